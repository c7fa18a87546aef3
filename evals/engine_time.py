"""How much of a performance's time is the engine's own: ``python -m evals.engine_time STORY``.

espeak-ng speaks, in this process and a line at a time, and is timed. ``--slower X`` makes it wait
until a second of sound has taken X seconds, as a network's would: what it takes from the
processors is not imitated, and need not be, for nothing else runs while a line is spoken. What all
else takes is told in processor time too, which other jobs on the machine lengthen little.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import fullcast
from fullcast.render.direction import Direction
from fullcast.render.engines import build_engine
from fullcast.render.engines.engine import Engine
from fullcast.render.loudness import Samples
from fullcast.render.timeline import RATE_HZ
from fullcast.render.voices import Voice


class Timed:
    """An engine, and how long it has spoken."""

    settings = None
    lanes = 1

    def __init__(self, engine: Engine, slower: float) -> None:
        self.name, self.version = engine.name, engine.version
        self.spoken_s = self.busy_s = 0.0
        self._engine, self._slower = engine, slower

    def voices(self) -> tuple[Voice, ...]:
        """Return the engine's voices."""
        return self._engine.voices()

    def voice(self, name: str) -> Voice:
        """Find one of the engine's voices."""
        return self._engine.voice(name)

    def speak(self, text: str, voice: Voice, direction: Direction) -> Samples:
        """Speak as the engine does, but no sooner than a slower one would."""
        begun_s, begun_busy_s = time.perf_counter(), time.process_time()
        samples = self._engine.speak(text, voice, direction)
        left_s = self._slower * len(samples) / RATE_HZ - (time.perf_counter() - begun_s)
        time.sleep(max(0.0, left_s))
        self.spoken_s += time.perf_counter() - begun_s
        self.busy_s += time.process_time() - begun_busy_s
        return samples


def main(arguments: Sequence[str] | None = None) -> None:
    """Perform a story to an M4B, and print a line for people and one of JSON."""
    parser = argparse.ArgumentParser(prog="python -m evals.engine_time", description=__doc__)
    parser.add_argument("story", type=Path)
    parser.add_argument("--slower", type=float, default=0.0, metavar="X")
    options = parser.parse_args(arguments)
    engine = Timed(build_engine("espeak", {"language": "en"}), options.slower)
    with tempfile.TemporaryDirectory() as folder:
        begun_s, begun_busy_s = time.perf_counter(), time.process_time()
        done = fullcast.perform(options.story, Path(folder) / "out.m4b", engine=engine)
        whole_s = time.perf_counter() - begun_s
        else_busy_s = time.process_time() - begun_busy_s - engine.busy_s
    audio_s = done.timeline.duration_s
    found = {
        "takes": done.made,
        "audio_s": round(audio_s, 1),
        "engine_s": round(engine.spoken_s, 1),
        "whole_s": round(whole_s, 1),
        "times_the_engine": round(whole_s / engine.spoken_s, 3),
        "else_s_an_hour": round((whole_s - engine.spoken_s) / audio_s * 3600, 1),
        "else_processor_s_an_hour": round(else_busy_s / audio_s * 3600, 1),
    }
    print(
        f"{whole_s:.1f} s for {audio_s:.1f} s of sound: {whole_s / engine.spoken_s:.2f} times the "
        f"engine's own; all else takes {found['else_s_an_hour']} s for an hour of sound, "
        f"{found['else_processor_s_an_hour']} of a processor"
    )
    print(json.dumps(found))


if __name__ == "__main__":
    main()
