"""Where a text names the people of a cast, and which names are people's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import people

from fullcast.analysis.people.find import slug
from fullcast.analysis.people.names import NameTable
from fullcast.analysis.words import split_words
from fullcast.model import Character


def person(name: str, *aliases: str, group: bool = False) -> Character:
    return Character(id=slug(name, set()), name=name, aliases=(name, *aliases), group=group)


def found(text: str, *cast: Character) -> list[tuple[str, tuple[str, ...]]]:
    """Return the namings in a text, as words and whose they are."""
    return [(n.span.of(text), n.characters) for n in NameTable(cast).find(split_words(text))]


ADA = person("Miss Ada Finch")


@pytest.mark.parametrize("name", ["Miss Ada Finch", "Miss Finch", "Ada", "Finch"])
def test_parts_of_a_full_name(name: str) -> None:
    assert found(f"There was {name} again.", ADA) == [(name, ("miss-ada-finch",))]


def test_the_longest_name_counts() -> None:
    assert found("Miss Ada Finch sat.", ADA, person("Ada")) == [
        ("Miss Ada Finch", ("miss-ada-finch",))
    ]


def test_a_shared_name_keeps_both_in_doubt() -> None:
    ann, jane = person("Miss Ann Vane"), person("Miss Jane Vane")
    assert found("Miss Vane sat.", ann, jane) == [
        ("Miss Vane", ("miss-ann-vane", "miss-jane-vane"))
    ]


def test_mr_and_mrs_are_two() -> None:
    husband, wife = person("Mr. Finch"), person("Mrs. Finch")
    assert found("Mr. Finch and Mrs. Finch sat. Finch slept.", husband, wife) == [
        ("Mr. Finch", ("mr-finch",)),
        ("Mrs. Finch", ("mrs-finch",)),
        ("Finch", ("mr-finch",)),
    ]


def test_possessives_and_new_lines() -> None:
    assert found("Ada’s hat, Ada's coat, Miss\nFinch’s boat.", ADA) == [
        ("Ada", ("miss-ada-finch",)),
        ("Ada", ("miss-ada-finch",)),
        ("Miss\nFinch", ("miss-ada-finch",)),
    ]


def test_common_nouns_need_their_article() -> None:
    landlord = person("The landlord", "the landlord")
    assert found("The landlord sat. His landlord ran. No landlord came.", landlord) == [
        ("landlord", ("the-landlord",)),
        ("landlord", ("the-landlord",)),
    ]


def test_a_name_is_no_verb() -> None:
    assert found("They rose. Rose sat. Will he? We will.", person("Rose")) == [("Rose", ("rose",))]


def test_an_empty_cast_is_never_named() -> None:
    assert found("Ada sat.") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Mrs. Ada Finch", "mrs-ada-finch"), ("Zoë", "zoe"), ("Anna", "anna"), ("O’Hara", "ohara")],
)
def test_ids_can_be_read(name: str, expected: str) -> None:
    assert slug(name, set()) == expected


@given(st.lists(st.text(min_size=1, max_size=6), max_size=12))
def test_ids_are_new_and_never_empty(names: list[str]) -> None:
    taken: set[str] = set()
    ids = [slug(name, taken) for name in names]
    assert len(set(ids)) == len(ids)
    assert all(ids)


@pytest.mark.parametrize("name", ["Ада", "アダ", "—"])
def test_ids_of_names_in_other_letters(name: str) -> None:
    taken: set[str] = set()
    assert slug(name, taken) != slug(name, taken)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("“Sit,” said Ada.", {"Ada"}),
        ("“Sit,” said Captain Brace.", {"Captain Brace"}),
        ("“Sit,” said Dr. Hale.", {"Dr. Hale"}),
        ("“Sit,” said Ada, who was from Boston.", {"Ada"}),
        ("“Sit,” said Ada. It was Monday in London.", {"Ada"}),
        ("“Sit,” said Ada. Then Nobody knew.", {"Ada"}),
        ("“Sit,” said the professor.", {"The professor"}),
    ],
)
def test_who_is_somebody(words: str, names: set[str]) -> None:
    assert set(people(words)) == names
