"""Interactive fiction, read back by the engines that it is for (of the node world)."""

import html
import re

import pytest
from exported import lines_of, nasty_script, nasty_stories, read_by, spoken, squeezed, told
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from fullcast.exporters import Script, ink, twee, yarn
from fullcast.exporters.scenes import handles_of, names_of, scenes_of

MANY = settings(max_examples=3, phases=[Phase.generate])  # to shrink them would take hours
SCRIPTS = st.lists(nasty_stories(), min_size=20, max_size=60)


def check_ink(script: Script, played: dict) -> None:
    assert [line["text"] for line in played["lines"]] == squeezed(told(script))
    assert played["choices"] == 0
    for line, one in zip(lines_of(script), played["lines"], strict=True):
        assert f"line:{line.segment['id']}" in one["tags"]
        assert (f"speaker:{line.segment['speaker']}" in one["tags"]) == bool(
            line.voiced and line.segment["speaker"]
        )


def check_yarn(script: Script, played: dict) -> None:
    handles = handles_of(names_of(script))
    found = [(_labelled(line), line["text"].strip()) for line in played["lines"] if line["text"]]
    assert found == [
        (handles[line.segment["speaker"]] if line.voiced else None, line.text)
        for line in lines_of(script)
    ]


def _labelled(line: dict) -> str | None:
    labels = (mark for mark in line["markup"] if mark["name"] == "character")
    return next((mark["properties"]["name"] for mark in labels), None)


def check_twee(script: Script, read: dict) -> None:
    passages = [each for each in read["passages"] if each["name"].startswith("Scene ")]
    spans = [
        html.unescape(span)
        for each in passages
        for span in re.findall(r"<span[^>]*>([^<]*)</span>", each["text"])
    ]
    assert spans == told(script)
    links = [re.findall(r"\[\[(.*?)\]\]", each["text"]) for each in passages]
    assert links == [[each["name"]] for each in passages[1:]] + [[]] * bool(passages)
    assert len(passages) == len(scenes_of(script))


ENGINES = {"ink": (ink, check_ink), "yarn": (yarn, check_yarn), "twee": (twee, check_twee)}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_story_plays_to_its_end(engine: str, script: Script) -> None:
    module, check = ENGINES[engine]
    check(script, *read_by(engine, module.export(script)))


@pytest.mark.parametrize("engine", ENGINES)
def test_nasty_lines_come_back(engine: str) -> None:
    module, check = ENGINES[engine]
    script = nasty_script()
    check(script, *read_by(engine, module.export(script)))


@pytest.mark.parametrize("engine", ENGINES)
@MANY
@given(scripts=SCRIPTS)
def test_random_lines_come_back(engine: str, scripts: list[Script]) -> None:
    module, check = ENGINES[engine]
    scripts = [script for script in scripts if lines_of(script)]
    found = read_by(engine, *(module.export(script) for script in scripts))
    for script, played in zip(scripts, found, strict=True):
        check(script, played)


def test_ink_says_who_is_who(script: Script) -> None:
    (played,) = read_by("ink", ink.export(script))
    assert "character: ada-finch Ada Finch" in played["tags"]
    assert spoken(script)[2] == ("Ada Finch", "“Will he come?”")
    assert played["lines"][2]["tags"] == [
        "speaker:ada-finch",
        "to:tom",
        "manner:softly",
        "line:s112",
    ]
