"""What is done that brings people nearer to each other, or draws them back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import understood

from fullcast.analysis.lexicon import STEPS, verb_forms

WELL = "Ada Finch knew Tom Reed. He knew her.", "“Well?” said Ada.", "“Well,” said Tom."


def steps(*paragraphs: str) -> list[tuple[str, str, str]]:
    """Return who comes nearer to whom (``+``), or draws back (``-``), after two lines."""
    _, found = understood(*WELL, *paragraphs)
    names = {character.id: character.name.split()[0] for character in found.characters}
    signs = {"approach": "+", "withdrawal": "-"}
    return [
        (names[move.source], signs.get(str(move.kind), "?"), names[move.target])
        for move in found.moves
        if move.kind
    ]


NEARER, BACK = ("Ada", "+", "Tom"), ("Ada", "-", "Tom")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Ada sat down beside him.", [NEARER]),
        ("Ada turned away.", [BACK]),
        ("Ada had turned away.", [BACK]),
        ("She’d taken hold of Tom’s hand.", [NEARER]),
        ("Ada’s hand had found his.", []),
        ("Ada’s hand found his fingers.", [NEARER]),
        ("Ada did not look up.", [BACK]),
        ("Ada looked up.", [NEARER]),
        ("Ada would have looked up.", []),
        ("If Ada looked up, all was lost.", []),
        ("Ada wanted to sit down.", []),
        ("Ada began to smile.", [NEARER]),
        ("Ada stopped smiling.", [BACK]),
        ("Ada looked at the ceiling.", [BACK]),
        ("Ada looked at him.", [NEARER]),
        ("Ada looked at her hands.", [BACK]),
        ("Ada was taken by the hand.", []),
        ("Turning away, Ada sighed.", [BACK]),
        ("They laughed.", [("Tom", "+", "Ada"), NEARER]),
        ("They looked at the ceiling.", []),
        ("The woman held out her hand.", [NEARER]),
        ("Ada slapped Tom.", [("Ada", "?", "Tom")]),
    ],
)
def test_steps(words: str, told: list[tuple[str, str, str]]) -> None:
    assert sorted(steps(words)) == sorted(told)


def test_who_is_not_named_after_a_line_is_who_heard_it() -> None:
    assert steps("“Sit down, Ada,” said Tom.", "She sat down.") == [NEARER]


@given(st.sampled_from([phrase for _, _, _, phrases in STEPS for phrase in phrases]))
def test_every_phrase_begins_with_a_verb_of_one_word(phrase: str) -> None:
    base, past, third, ing, participle = verb_forms(phrase.split()[0])
    assert base.isalpha()
    assert ing.endswith("ing")
    assert past
    assert third
    assert participle
