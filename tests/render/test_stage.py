"""Lines become takes and takes a timeline; what fails is told, and the rest goes on."""

import json
from pathlib import Path

import numpy as np
import pytest

from fullcast.errors import EngineError
from fullcast.exporters import Script
from fullcast.render.casting import cast
from fullcast.render.direction import Direction
from fullcast.render.engines.engine import Engine, LineError
from fullcast.render.engines.silent import SilentEngine
from fullcast.render.lines import plan
from fullcast.render.pronunciation import Pronunciation, Said
from fullcast.render.stage import assign, record, set_in_time
from fullcast.render.takes import Takes
from fullcast.render.timeline import Timeline
from fullcast.render.voices import Voice


class Choosy(SilentEngine):
    """An engine that will not say some words, and counts what it says."""

    def __init__(self, *refused: str) -> None:
        self.refused, self.said = refused, []

    def speak(self, text: str, voice: Voice, direction: Direction) -> np.ndarray:
        if any(word in text for word in self.refused):
            raise LineError("I will not say that")
        self.said.append(text)
        return super().speak(text, voice, direction)


def perform(
    script: Script, engine: Engine, folder: Path, words: dict[str, Said] | None = None, **more: bool
) -> tuple[Timeline, int]:
    scenario, casting, kept = plan(script), cast(script, engine), Takes(folder)
    takes = assign(
        scenario, engine, casting, pronunciation=Pronunciation(words or {}), language="en", **more
    )
    recorded = record(takes, engine, kept)
    return set_in_time(script, scenario, recorded, casting, kept), recorded.made


def test_a_timeline(script: Script, tmp_path: Path) -> None:
    timeline, made = perform(script, SilentEngine(), tmp_path)
    (part,) = timeline.parts
    assert (timeline.title, timeline.author) == ("The Ferry", "N. O. Body")
    assert part.title == "I. The Landing"
    assert made == len(part.clips) == 18
    assert {clip.name for clip in part.clips} == {"Narrator", "Ada Finch", "Tom"}
    for clip, after in zip(part.clips, part.clips[1:], strict=False):
        assert 0 < after.start_s - clip.start_s - clip.duration_s < 2
    assert part.duration_s == part.clips[-1].start_s + part.clips[-1].duration_s + 2


def test_only_what_changed_is_spoken_again(script: Script, tmp_path: Path) -> None:
    engine = Choosy()
    before, _ = perform(script, engine, tmp_path)
    engine.said.clear()
    again, made = perform(script, engine, tmp_path)
    assert (again, made, engine.said) == (before, 0, [])
    owl = next(one for one in script["segments"] if "owl" in one["text"])
    owl["speaker"] = "tom"
    _, made = perform(script, engine, tmp_path)
    assert (made, engine.said) == (1, ["That was an owl."])


def test_a_new_pronunciation_makes_only_its_lines_stale(script: Script, tmp_path: Path) -> None:
    engine = Choosy()
    perform(script, engine, tmp_path)
    engine.said.clear()
    _, made = perform(script, engine, tmp_path, {"Tom": Said(alias="Tomm")})
    assert (made, engine.said) == (1, ["said Tomm."])


def test_direction_may_be_left_out(script: Script, tmp_path: Path) -> None:
    perform(script, SilentEngine(), tmp_path)
    _, made = perform(script, SilentEngine(), tmp_path, directed=False)
    assert made == 3  # asked softly, in two parts; and a thought


def test_what_fails_is_told_and_the_rest_goes_on(script: Script, tmp_path: Path) -> None:
    timeline, made = perform(script, Choosy("owl", "Listen"), tmp_path)
    assert made == 16
    assert [failed.partition(": ")[2] for failed in timeline.failed] == [
        "“Listen!” (male-1): I will not say that",
        "“That was an owl.” (female-1): I will not say that",
    ]
    told = json.loads((tmp_path / "progress.json").read_text("utf-8"))
    assert (told["state"], told["clips"], told["made"], told["failed"]) == ("partial", 18, 16, 2)
    whole, made = perform(script, SilentEngine(), tmp_path)
    assert (whole.failed, made) == ((), 2)


def test_where_nothing_can_be_spoken_the_rest_is_not_tried(script: Script, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no line could be spoken: I will not say that"):
        perform(script, Choosy(""), tmp_path)
    told = json.loads((tmp_path / "progress.json").read_text("utf-8"))
    assert (told["state"], told["failed"]) == ("failed", 7)


def test_progress_is_told(script: Script, tmp_path: Path) -> None:
    engine, told = SilentEngine(), []
    scenario, casting = plan(script), cast(script, engine)
    takes = assign(scenario, engine, casting, pronunciation=Pronunciation(), language="en")
    record(takes, engine, Takes(tmp_path), lanes=3, progress=lambda *one: told.append(one))
    assert told[0] == ("speaking", 0.0)
    assert told[-1] == ("speaking", 1.0)
