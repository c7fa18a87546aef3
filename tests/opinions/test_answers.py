"""What is made of an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullcast.model import Annotations, Attribution, Character, Quotation, SourceKind, Span
from fullcast.opinions.answers import merge, read_answer
from fullcast.opinions.passages import Passage

ADA = Character(id="ada-finch", name="Ada Finch")
TOM = Character(id="tom", name="Tom")
OTHER_TOM = Character(id="tom-2", name="Tom")
LINES = tuple(Quotation(spans=(Span(at, at + 5),)) for at in (0, 10, 20))
PASSAGE = Passage(lines=LINES, text="", cast=(ADA, TOM, OTHER_TOM))


@pytest.mark.parametrize(
    ("said", "speaker"),
    [
        ('"ada-finch"', "ada-finch"),
        ('"Ada Finch"', "ada-finch"),
        ('"tom-2"', "tom-2"),
        ('"tom"', "tom"),
        ('"nobody"', None),
        ("null", None),
    ],
)
def test_who_is_named(said: str, speaker: str | None) -> None:
    assert read_answer(f'{{"q10": {said}}}', PASSAGE).speakers == {"q10": speaker}


@pytest.mark.parametrize("said", ['"moriarty"', "7", "[]", '{"id": "tom"}', "true", '"the owl"'])
def test_who_is_no_one_we_know(said: str) -> None:
    answer = read_answer(f'{{"q10": {said}, "q99": "tom"}}', PASSAGE)
    assert (answer.speakers, answer.strangers, answer.unasked) == ({}, 1, 1)


@given(st.text(st.sampled_from('{}[]":,q10tom \\n'), max_size=60))
def test_any_answer_is_read_or_refused(words: str) -> None:
    try:
        answer = read_answer(words, PASSAGE)
    except ValueError:
        return
    assert set(answer.speakers) <= {"q0", "q10", "q20"}


def judged(speaker: str | None, probability: float, *others: tuple[str | None, float]):
    return Attribution(
        quotation="q0", speaker=speaker, probability=probability, alternatives=others
    )


@pytest.mark.parametrize(
    ("before", "probability", "alternatives"),
    [
        (judged("tom", 0.5, ("ada-finch", 0.3), (None, 0.2)), 0.4, (("tom", 0.4), (None, 0.2))),
        (judged("tom", 0.4, (None, 0.3)), 0.2, ((None, 0.3), ("tom", 0.2))),
        (judged("tom", 0.98), 0.49, (("tom", 0.49),)),
        (judged(None, 0.0), 0.0, ((None, 0.0),)),
    ],
)
def test_an_opinion_shares_what_the_rules_had(
    before: Attribution, probability: float, alternatives: tuple[tuple[str | None, float], ...]
) -> None:
    known = Annotations(quotations=LINES, characters=(ADA, TOM), attributions=(before,))
    (after,) = merge(known, {"q0": "ada-finch"}, "tiny").attributions
    assert (after.speaker, after.probability) == ("ada-finch", probability)
    assert after.alternatives == alternatives
    assert (after.source, after.reason) == (SourceKind.OPINION, "llm: tiny")


def test_the_cast_stays_in_order_of_its_lines() -> None:
    known = Annotations(
        quotations=LINES, characters=(TOM, OTHER_TOM, ADA), attributions=(judged("tom", 0.5),)
    )
    assert merge(known, {"q0": "ada-finch"}, "tiny").characters == (ADA, TOM, OTHER_TOM)
