"""A script performed: lines are directed, spoken where no take of them is kept, and put in time."""

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fullcast.errors import EngineError
from fullcast.render.casting import Casting
from fullcast.render.direction import PLAIN, TAIL_S, Direction, direct, pause_s
from fullcast.render.engines.engine import Engine
from fullcast.render.lines import Document, Line, Scenario
from fullcast.render.pronunciation import Pronunciation
from fullcast.render.studio import make
from fullcast.render.takes import Take, Takes
from fullcast.render.timeline import RATE_HZ, Clip, Part, Timeline
from fullcast.render.words import spoken

Progress = Callable[[str, float], None]
"""Called now and then with what is being done and how much of it, from 0 to 1."""

NARRATOR_NAME = "Narrator"
MOST_PATIENCE = 8
"""When so many lines have failed and none was spoken, the rest is not tried."""

MOST_SHOWN = 60
"""Characters of a line in a message."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Every line's take, and what came of making those that were not kept."""

    takes: tuple[Take, ...]
    durations_s: Mapping[str, float]
    made: int
    failures: Mapping[str, str]
    """Why a take failed, by its key."""


def assign(
    scenario: Scenario,
    engine: Engine,
    casting: Casting,
    *,
    pronunciation: Pronunciation,
    language: str,
    directed: bool = True,
) -> tuple[Take, ...]:
    """Say what is to be spoken for each line, by whom and how."""
    takes = []
    for line in scenario.lines:
        role = casting.role(line.speaker)
        how = Direction(pace=role.pace, pitch_st=role.pitch_st)
        takes.append(
            Take(
                words=pronunciation.apply(spoken(line.text, line.kind, language)),
                voice=role.voice,
                direction=how.then(direct(line) if directed else PLAIN),
                engine=engine.name,
                version=engine.version,
            )
        )
    return tuple(takes)


def record(
    takes: Sequence[Take],
    engine: Engine,
    kept: Takes,
    *,
    lanes: int = 1,
    progress: Progress | None = None,
) -> Recorded:
    """Speak every take that is not kept yet.

    Raises:
        EngineError: The engine cannot go on.
        OutputError: Takes cannot be kept.
    """
    unique = {take.key: take for take in takes}
    durations_s = {key: found for key in unique if (found := kept.duration_s(key)) is not None}
    wanted = [take for key, take in unique.items() if key not in durations_s]
    failures: dict[str, str] = {}
    account = _Account(kept.folder, len(unique), len(wanted), progress)
    account.tell(0, 0)
    try:
        for number, (take, failed) in enumerate(make(engine, kept, wanted, lanes=lanes), 1):
            found = None if failed else kept.duration_s(take.key)
            if found is None:
                failures[take.key] = failed or "its take cannot be read back"
                _despair(engine, number, failures, len(unique))
            else:
                durations_s[take.key] = found
            account.tell(number, len(failures))
    except BaseException:
        account.close("failed")
        raise
    account.close("partial" if failures else "spoken")
    return Recorded(tuple(takes), durations_s, len(wanted) - len(failures), failures)


def _despair(engine: Engine, tried: int, failures: Mapping[str, str], clips: int) -> None:
    """Stop where it seems that nothing can be spoken at all."""
    if tried == len(failures) and tried >= min(MOST_PATIENCE, clips):
        reason = next(iter(failures.values()))
        raise EngineError(f"{engine.name}: no line could be spoken: {reason}")


def set_in_time(
    script: Document, scenario: Scenario, recorded: Recorded, casting: Casting, kept: Takes
) -> Timeline:
    """Say when each line is heard. What could not be spoken is left out, and told."""
    parts: list[list[Clip]] = [[] for _ in scenario.titles]
    names = {one["id"]: one["name"] for one in script["characters"]}
    failed: list[str] = []
    before: Line | None = None
    for line, take in zip(scenario.lines, recorded.takes, strict=True):
        if take.key not in recorded.durations_s:
            failed.append(_failure(line, take, recorded.failures[take.key]))
            continue
        clips = parts[line.chapter]
        quiet_s = pause_s(line, before)
        start_s = clips[-1].start_s + clips[-1].duration_s + quiet_s if clips else max(quiet_s, 0)
        clips.append(
            Clip(
                segment=line.segment,
                start=line.start,
                end=line.end,
                text=line.text,
                kind=line.kind,
                chapter=line.chapter,
                speaker=line.speaker,
                name=names.get(line.speaker or "", NARRATOR_NAME),
                voice=take.voice,
                path=kept.path(take.key),
                start_s=round(start_s * RATE_HZ) / RATE_HZ,
                duration_s=recorded.durations_s[take.key],
            )
        )
        before = line
    return Timeline(
        title=script["title"],
        author=script["author"],
        language=script["language"],
        parts=tuple(map(_part, scenario.titles, parts)),
        failed=tuple(failed),
    )


def _part(title: str, clips: Sequence[Clip]) -> Part:
    end_s = max((clip.start_s + clip.duration_s for clip in clips), default=0.0)
    return Part(title=title, clips=tuple(clips), duration_s=end_s + TAIL_S)


def _failure(line: Line, take: Take, reason: str) -> str:
    words = " ".join(line.text.split())
    shown = words if len(words) <= MOST_SHOWN else f"{words[: MOST_SHOWN - 1]}…"
    return f"{line.segment}: {shown} ({take.voice}): {reason}"


class _Account:
    """What people are told of the work, on the terminal and in ``progress.json``."""

    INTERVAL_S = 0.5

    def __init__(self, folder: Path, clips: int, wanted: int, progress: Progress | None) -> None:
        self._path = folder / "progress.json"
        self._clips, self._wanted = clips, wanted
        self._progress = progress
        self._begun_s = time.monotonic()
        self._told_s = 0.0
        self._last = (0, 0)

    def tell(self, done: int, failed: int) -> None:
        """Tell how far it is, though not more often than anybody looks."""
        self._last = done, failed
        now_s = time.monotonic()
        if self._progress is not None:
            self._progress(f"speaking{self._left()}", done / max(self._wanted, 1))
        if now_s - self._told_s >= self.INTERVAL_S:
            self._told_s = now_s
            self._write("speaking")

    def close(self, state: str) -> None:
        self._write(state)

    def _left_s(self) -> float | None:
        done = self._last[0]
        elapsed_s = time.monotonic() - self._begun_s
        return elapsed_s / done * (self._wanted - done) if done else None

    def _left(self) -> str:
        left_s = self._left_s()
        if left_s is None or time.monotonic() - self._begun_s < 2:
            return ""
        minutes, seconds = divmod(round(left_s), 60)
        return f", {minutes}:{seconds:02} left"

    def _write(self, state: str) -> None:
        """Write it down, where programs look."""
        done, failed = self._last
        left_s = self._left_s()
        told = {
            "state": state,
            "clips": self._clips,
            "kept": self._clips - self._wanted,
            "made": done - failed,
            "failed": failed,
            "elapsed_s": round(time.monotonic() - self._begun_s, 1),
            "left_s": None if left_s is None else round(left_s, 1),
        }
        _put(self._path, told)


def tell_state(folder: Path, state: str) -> None:
    """Say in ``progress.json`` what comes after the speaking."""
    path = folder / "progress.json"
    with suppress(OSError, ValueError):
        _put(path, json.loads(path.read_text("utf-8")) | {"state": state})


def _put(path: Path, told: Mapping[str, object]) -> None:
    part = path.with_name(f".progress-{os.getpid()}.part")
    with suppress(OSError):  # it is for looking only
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(told) + "\n", "utf-8")
        part.replace(path)
