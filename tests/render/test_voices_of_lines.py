"""Who is heard: what users of other systems report as wrong, performed from the text alone."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

import fullcast
from fullcast.errors import SourceDamaged
from fullcast.render.direction import PLAIN
from fullcast.render.engines.espeak import EspeakEngine
from fullcast.render.finish import finish
from fullcast.render.timeline import RATE_HZ

STORY = """\
“Bah!” said Edwin Marsh, “humbug!”

“My dear uncle,” said Clara Marsh, “you do not mean that.”

Edwin was tired. He had never liked Christmas, and why should he? Clara could keep it if she chose.

“I do.”

“No!”

“Yes.”

“Oh,” whispered Clara.
"""
EDWIN, CLARA, NARRATOR = "Edwin Marsh", "Clara Marsh", "Narrator"


@pytest.fixture
def performed(tmp_path: Path) -> fullcast.Performance:
    (tmp_path / "bah.txt").write_text(STORY, "utf-8")
    return fullcast.perform(
        tmp_path / "bah.txt", tmp_path / "bah.json", engine="silent", network="rules"
    )


def said(performed: fullcast.Performance) -> list[tuple[str, str]]:
    return [(clip.name, clip.text) for part in performed.timeline.parts for clip in part.clips]


def test_speech_is_its_speakers_and_all_else_the_narrators(
    performed: fullcast.Performance,
) -> None:
    """A split speech has one voice; no tag is read by who speaks, nor narration by its hero."""
    assert said(performed) == [
        (EDWIN, "“Bah!”"),
        (NARRATOR, "said Edwin Marsh,"),
        (EDWIN, "“humbug!”"),
        (CLARA, "“My dear uncle,”"),
        (NARRATOR, "said Clara Marsh,"),
        (CLARA, "“you do not mean that.”"),
        (NARRATOR, "Edwin was tired."),
        (NARRATOR, "He had never liked Christmas, and why should he?"),
        (NARRATOR, "Clara could keep it if she chose."),
        (EDWIN, "“I do.”"),
        (CLARA, "“No!”"),
        (EDWIN, "“Yes.”"),
        (CLARA, "“Oh,”"),
        (NARRATOR, "whispered Clara."),
    ]


def test_everybody_has_one_voice_and_it_is_not_the_narrators(
    performed: fullcast.Performance,
) -> None:
    voices: dict[str, set[str]] = {}
    for part in performed.timeline.parts:
        for clip in part.clips:
            voices.setdefault(clip.name, set()).add(clip.voice)
    assert set(voices) == {EDWIN, CLARA, NARRATOR}
    assert all(len(each) == 1 for each in voices.values())
    assert len(set.union(*voices.values())) == 3


def test_a_name_in_place_of_an_id_is_refused_and_not_narrated(
    performed: fullcast.Performance, tmp_path: Path
) -> None:
    script = performed.report.path
    edited = script.read_text("utf-8").replace(
        '"speaker": "clara-marsh"', '"speaker": "Clara Marsh"'
    )
    assert edited != script.read_text("utf-8")
    script.write_text(edited, "utf-8")
    with pytest.raises(SourceDamaged, match=r"spoken by 'Clara Marsh', who is not.*clara-marsh"):
        fullcast.perform(script, tmp_path / "again.vtt", engine="silent")


@pytest.mark.parametrize("words", ["I.", "Oh!", "No.", "Yes?", "Hm.", "A", "10", "Ah—", "Ssh!"])
def test_very_short_lines_are_said(words: str, tmp_path: Path) -> None:
    engine = EspeakEngine()
    samples = finish(engine.speak(words, engine.voices()[0], PLAIN), PLAIN)
    soundfile.write(tmp_path / "said.flac", samples, RATE_HZ)
    assert 0.1 < len(samples) / RATE_HZ < 1.2
    assert np.abs(samples).max() > 0.05
