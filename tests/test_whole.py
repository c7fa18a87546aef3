"""From a file to a script, nothing replaced: the samples, and the public verbs."""

import json
from pathlib import Path

import pytest

import fullcast
from fullcast.cli import main

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_script_is_the_text(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "script.json"
    assert main(["script", str(sample), "-o", str(target)]) == 0
    segments = json.loads(target.read_bytes())["segments"]
    assert "".join(each["text"] for each in segments).encode() == sample.read_bytes()
    assert any(each["speaker"] for each in segments)


def test_a_script_is_the_same_each_time(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("“Come in,” said Ada. “Sit.”\n\n“I will,” said Tom.\n", encoding="utf-8")
    assert fullcast.script(story) == fullcast.script(story)


def test_the_verbs_work_together(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("“Come in,” said Ada. “Sit.”\n\n“I will,” said Tom.\n", encoding="utf-8")
    book = fullcast.read(story)
    annotations = fullcast.analyze(book)
    assert {each.name for each in annotations.characters} == {"Ada", "Tom"}
    assert fullcast.script(book, annotations=annotations) == fullcast.script(story)
