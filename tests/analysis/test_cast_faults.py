"""Faults seen in other programs' casts, none of which may be seen in ours."""

import re
from dataclasses import replace

import pytest
from telling import people, tell

from fullcast.analysis import analyze
from fullcast.model import Layer

STORY = (
    "Mr. Bennet shut his book. Mrs. Bennet went to the window, and Jane sewed.",
    "“Rain,” said Mr. Bennet.",
    "“Rain again,” cried Mrs. Bennet.",
    "“It will stop, Mama,” said Jane.",
    "“Never,” said Mrs. Bennet.",
)


def test_a_husband_and_a_wife_are_two() -> None:
    cast = people(*STORY)
    assert {"Mr. Bennet", "Mrs. Bennet"} <= cast.keys()
    assert not set(cast["Mr. Bennet"].aliases) & set(cast["Mrs. Bennet"].aliases)


def test_one_person_under_several_names_is_one() -> None:
    cast = people(
        "John Cavendish came in. Mr. Cavendish was wet.",
        "“Rain,” said John.",
        "“Rain,” said Ada.",
        "“Yes,” said Cavendish.",
        "“Sit, John,” said Ada.",
        "“I will,” said Mr. John Cavendish.",
    )
    assert len(cast) == 2


@pytest.mark.parametrize("layer", [Layer.FRONT, Layer.BACK, Layer.NOTE])
def test_who_stands_outside_the_story_is_not_in_its_cast(layer: Layer) -> None:
    book = tell(*STORY, "Agatha Penhallow lives in Leeds. “I write,” said Agatha Penhallow.")
    *body, last = book.blocks
    outside = replace(book, blocks=(*body, replace(last, layer=layer)))
    assert "Agatha Penhallow" in {c.name for c in analyze(book).characters}
    assert "Agatha Penhallow" not in {c.name for c in analyze(outside).characters}


@pytest.mark.parametrize(
    "story",
    [
        STORY,
        ("I sat down, and I was cold.", "“Who is it?” I said.", "“Me,” said Tom. I stood."),
        ("“Rain,” said Tom.", "“More,” he said.", "“Yes,” said they.", "“No,” said it."),
    ],
)
def test_nobody_is_called_by_a_pronoun(story: tuple[str, ...]) -> None:
    pronouns = {"I", "me", "we", "it", "they", "you"}
    names = {a for c in people(*story).values() for a in (c.name, *c.aliases)}
    assert not {name.casefold() for name in names} & {p.casefold() for p in pronouns}


def test_words_in_scare_quotes_are_nobody() -> None:
    cast = people(*STORY, "The “Genius” of Meryton, as “Lady Luck” had it, was out. Jane sewed.")
    assert not [name for name in cast if "Genius" in name or "Luck" in name]


def test_every_name_stands_in_the_text() -> None:
    text = re.sub(r"\W+", " ", tell(*STORY).text.lower())
    for character in people(*STORY).values():
        for alias in character.aliases:
            assert re.sub(r"\W+", " ", alias.lower()).strip() in text


def test_every_speaker_is_one_of_the_cast() -> None:
    found = analyze(tell(*STORY))
    assert {a.speaker for a in found.attributions} <= {c.id for c in found.characters} | {None}
