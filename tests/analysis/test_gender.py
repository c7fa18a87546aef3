"""What the text tells of women and men."""

import pytest
from telling import people

from fullcast.analysis.people.gender import find_genders, from_names
from fullcast.analysis.people.names import NameTable
from fullcast.analysis.words import split_words
from fullcast.model import Character, Gender


def told(text: str, *cast: Character) -> dict[str, str]:
    words = split_words(text)
    namings = NameTable(cast).find(words)
    return find_genders(cast, words, namings, [True] * len(namings), lambda *_: True)


@pytest.mark.parametrize(
    ("names", "letter"),
    [
        (["Mrs. Finch"], "f"),
        (["Mr. Finch"], "m"),
        (["Ada"], "f"),
        (["Tom", "Tom Finch"], "m"),
        (["the landlord"], "m"),
        (["the landlady"], "f"),
        (["Miss Robin Vane"], "f"),
        (["Dr. Hale"], "x"),
        (["Vrax"], "x"),
        ([""], "x"),
        ([], "x"),
    ],
)
def test_names_and_titles_tell(names: list[str], letter: str) -> None:
    assert from_names(names) == letter


def test_pronouns_tell_what_a_name_does_not() -> None:
    text = "Vrax shook his head. Quill took her coat. " * 4
    cast = (Character(id="vrax", name="Vrax"), Character(id="quill", name="Quill"))
    assert told(text, *cast) == {"vrax": "m", "quill": "f"}


def test_one_pronoun_tells_where_none_speaks_against_it() -> None:
    assert told("Vrax shook his head.", Character(id="vrax", name="Vrax")) == {"vrax": "m"}
    text = "Vrax shook his head. Vrax took her coat."
    assert told(text, Character(id="vrax", name="Vrax")) == {"vrax": "x"}


@pytest.mark.parametrize(
    "told",
    [
        ("Vrax ate a chip. “He is up there.” She yawned.",),
        ("“No,” said Vrax.", "He was wrong, that old man Quill.", "Vrax shook her head."),
        ("Vrax thumped him. Vrax shook her head.",),
        ("He looked at Vrax. He was wet. Vrax shook her head.",),
    ],
)
def test_a_pronoun_that_is_anothers_tells_nothing(told: tuple[str, ...]) -> None:
    cast = people(*told, "“Yes,” said Vrax.")
    assert cast["Vrax"].gender is Gender.FEMALE


def test_mixed_pronouns_leave_a_doubt() -> None:
    text = "Vrax shook his head. Vrax took her coat. " * 4
    assert told(text, Character(id="vrax", name="Vrax")) == {"vrax": "x"}


def test_many_pronouns_outweigh_a_given_name() -> None:
    text = "Tom shook her head. " * 12
    assert told(text, Character(id="tom", name="Tom")) == {"tom": "f"}


def test_what_is_known_stays() -> None:
    text = "Vrax shook his head. " * 12
    assert told(text, Character(id="vrax", name="Vrax", gender=Gender.FEMALE)) == {"vrax": "f"}


def test_groups_are_many() -> None:
    assert told("", Character(id="girls", name="the girls", group=True)) == {"girls": "p"}


def test_they_may_be_one() -> None:
    cast = (Character(id="wren", name="Wren"), Character(id="quill", name="Quill"))
    text = "Wren sat; they were wet. Wren shook their head. Wren shrugged as they went. Quill sat."
    assert told(text, *cast) == {"wren": "t", "quill": "x"}
