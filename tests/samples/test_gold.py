"""The gold scripts of the sample stories agree with the stories."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ["one-pull", "standby", "twenty-four-letters"]
SCENES = ["dead-reckoning", "plus-one", "quiet-carriage", "spare-key", "tuesday-rules"]
"""Scenes for writing rules with, in ``evals/scenes``."""
STORIES = [*SAMPLES, *SCENES]
STRAIGHT = {"one-pull", "tuesday-rules"}
"""Stories with "straight" marks; their asterisks are listed but for a single emphasised word."""
EMPHASIS = re.compile(r"\*\w+\*")
KINDS = {"speech", "thought", "writing", "mention"}
GENDERS = {"female", "male", "other", "unknown"}


def story(slug: str) -> tuple[str, dict[str, Any]]:
    folder = ROOT / ("samples" if slug in SAMPLES else "evals/scenes")
    text = (folder / f"{slug}.txt").read_text(encoding="utf-8")
    gold = json.loads((folder / f"{slug}.gold.json").read_text(encoding="utf-8"))
    return text, gold


def spans(text: str, gold: dict[str, Any]) -> list[tuple[int, int]]:
    """Where the parts lie, each looked for after the end of the one before."""
    found, position = [], 0
    for quotation in gold["quotations"]:
        for part in quotation["parts"]:
            start = text.find(part, position)
            assert start >= 0, f"not found in order: {part!r}"
            position = start + len(part)
            found.append((start, position))
    return found


def test_every_story_is_tested() -> None:
    assert sorted(path.stem for path in ROOT.glob("samples/*.txt")) == SAMPLES
    assert sorted(path.stem for path in ROOT.glob("evals/scenes/*.txt")) == SCENES


@pytest.mark.parametrize("slug", STORIES)
def test_parts_are_found_in_order(slug: str) -> None:
    text, gold = story(slug)
    assert len(spans(text, gold)) == sum(len(each["parts"]) for each in gold["quotations"])


@pytest.mark.parametrize("slug", STORIES)
def test_characters_and_quotations_are_well_formed(slug: str) -> None:
    text, gold = story(slug)
    words = " ".join(text.split())
    ids = {each["id"] for each in gold["characters"]}
    assert len(ids) == len(gold["characters"])
    for character in gold["characters"]:
        assert set(character) == {"id", "name", "aliases", "gender", "narrator"}
        assert character["gender"] in GENDERS
        assert all(name in words for name in [character["name"], *character["aliases"]])
    for quotation in gold["quotations"]:
        assert set(quotation) == {"kind", "speaker", "addressees", "parts"}
        assert quotation["kind"] in KINDS
        assert (quotation["speaker"] is None) == (quotation["kind"] == "mention")
        assert quotation["speaker"] in ids | {None}
        assert set(quotation["addressees"]) <= ids - {quotation["speaker"]}


def left_out(text: str, gold: dict[str, Any]) -> list[int]:
    """Return the places of the characters that are in no quotation."""
    inside = {at for start, end in spans(text, gold) for at in range(start, end)}
    return [at for at in range(len(text)) if at not in inside]


@pytest.mark.parametrize("slug", sorted(set(SAMPLES) - STRAIGHT))
def test_no_quotation_mark_is_left_out(slug: str) -> None:
    text, gold = story(slug)
    outside = left_out(text, gold)
    assert not [text[at - 20 : at + 20] for at in outside if text[at] in "“”‘_"]
    # What is left are apostrophes: don’t, the sisters’.
    assert all(text[at - 1].isalpha() for at in outside if text[at] == "’")
    assert not set("\"'") & set(text), "straight marks"


@pytest.mark.parametrize("slug", sorted(STRAIGHT))
def test_no_straight_mark_is_left_out(slug: str) -> None:
    text, gold = story(slug)
    outside = "".join(text[at] for at in left_out(text, gold))
    assert not set('"*_') & set(EMPHASIS.sub("", outside))
    assert not set("“”‘’") & set(text), "curly marks"


@pytest.mark.parametrize("slug", sorted(STRAIGHT))
def test_each_pair_of_straight_marks_is_one_part(slug: str) -> None:
    text, gold = story(slug)
    parts = [part for quotation in gold["quotations"] for part in quotation["parts"]]
    assert [part for part in parts if part[0] == '"'] == re.findall(r'"[^"\n]*"', text)


@pytest.mark.parametrize("slug", STORIES)
def test_marks_open_and_close(slug: str) -> None:
    text, gold = story(slug)
    closing = {"“": "”", "‘": "’", "_": "_", '"': '"', "*": "*"}
    for start, end in spans(text, gold):
        runs_on = text[end : end + 2] == "\n\n" and text[end + 2 : end + 3] == text[start]
        assert text[end - 1] == closing[text[start]] or runs_on


@pytest.mark.parametrize("slug", STORIES)
def test_length_and_layout(slug: str) -> None:
    text, _ = story(slug)
    assert (1_100 if slug in SAMPLES else 700) <= len(text.split()) <= 1_800
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert all(line == line.rstrip() for line in text.split("\n"))


def test_the_wrapped_story_is_wrapped() -> None:
    text, _ = story("twenty-four-letters")
    assert max(map(len, text.split("\n"))) <= 72
