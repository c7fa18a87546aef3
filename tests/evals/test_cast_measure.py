"""The measure of the cast, from what was found to its last line."""

import json
from pathlib import Path

import pytest
from novels import write_novel

from evals.cast import Fate, main, measure
from evals.pdnc import GoldQuotation, Novel
from fullcast.model import Annotations, Book, Character, Gender, Mention, MentionKind, Span

ADA = Character(id="ada", name="Ada Finch", aliases=("Ada Finch", "Ada", "Miss Finch"))
MAY = Character(id="may", name="May Finch", aliases=("May Finch", "May", "Miss Finch"))
TEXT = "Ada May Ada May Ada May Miss Finch Ada"


def novel() -> Novel:
    lines = [
        GoldQuotation(spans=(Span(0, 1),), speaker=who, addressees=frozenset(), kind="")
        for who in ("ada", "may")
        for _ in range(10)
    ]
    return Novel(
        name="Rain",
        book=Book(text=TEXT, blocks=()),
        quotations=tuple(lines),
        cast=(ADA, MAY),
        minor=frozenset(),
        genders={"ada": "F", "may": "F"},
    )


def found(*characters: Character, **held: tuple[str, ...]) -> Annotations:
    """Return a cast in which each holds the mentions by the words it is given."""
    mentions, place = [], 0
    for word in TEXT.replace("Miss Finch", "Miss_Finch").split():
        name, start, place = word.replace("_", " "), place, place + len(word) + 1
        holder = next((c for c, names in held.items() if name in names), None)
        span = Span(start, start + len(name))
        mentions.append(Mention(span=span, kind=MentionKind.NAME, character=holder))
    return Annotations(
        quotations=(), characters=characters, mentions=tuple(mentions), cues=(), attributions=()
    )


def person(name: str, gender: Gender = Gender.FEMALE) -> Character:
    return Character(id=name.lower(), name=name, aliases=(name,), gender=gender)


def faults(annotations: Annotations) -> dict[str, list[str]]:
    return {fate.name: fate.faults() for fate in measure(novel(), annotations)}


def test_two_people_found_as_two() -> None:
    cast = found(person("Ada"), person("May"), ada=("Ada",), may=("May",))
    assert faults(cast) == {"Ada Finch": [], "May Finch": []}


def test_one_person_found_as_two() -> None:
    half = Character(id="half", name="Ada Finch", aliases=("Ada Finch",), gender=Gender.FEMALE)
    cast = found(person("Ada"), person("May"), half, ada=("Ada",), may=("May",))
    assert faults(cast) == {"Ada Finch": ["split: Ada, Ada Finch"], "May Finch": []}


def test_two_people_found_as_one() -> None:
    cast = found(person("Ada"), ada=("Ada", "May"))
    assert faults(cast) == {
        "Ada Finch": ["merged with May Finch"],
        "May Finch": ["not found", "merged with Ada Finch"],
    }


def test_a_shared_name_merges_nobody() -> None:
    cast = found(person("Ada"), person("May"), ada=("Ada", "Miss Finch"), may=("May",))
    assert faults(cast) == {"Ada Finch": [], "May Finch": []}


def test_gender() -> None:
    cast = found(person("Ada", Gender.MALE), person("May", Gender.UNKNOWN), may=("May",))
    assert faults(cast) == {
        "Ada Finch": ["gender male, not female"],
        "May Finch": ["gender unknown, not female"],
    }


def test_nobody_to_compare_has_no_gender() -> None:
    fate = Fate(
        name="Ada",
        found=(),
        split=False,
        merged=(),
        gold_gender=Gender.FEMALE,
        gender=Gender.UNKNOWN,
    )
    assert not fate.gender_told


def test_the_last_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_novel(tmp_path / "Rain")
    main([str(tmp_path)])
    *_, last = capsys.readouterr().out.splitlines()
    # Nobody there has ten quotations.
    assert json.loads(last) == {
        "novels": ["Rain"],
        "characters": 0,
        "found": None,
        "split": None,
        "merged": None,
        "gender": {"right": None, "unknown": None},
    }
