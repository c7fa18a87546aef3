"""Mentions of people, found and told apart, on sentences made by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import understood

from fullcast.analysis.references import find_mentions
from fullcast.analysis.references.evidence import weigh
from fullcast.analysis.references.grammar import gender_of
from fullcast.analysis.references.people import History
from fullcast.analysis.references.reference import read_talk, refer
from fullcast.analysis.references.spot import spot
from fullcast.infer.ranker import Ranker, shipped_rankers

PHRASES = shipped_rankers().phrases


@pytest.mark.parametrize(
    ("story", "mentions"),
    [
        ("I saw her old mother.", ["I", "her", "her old mother"]),
        ("The master of the house slept, said they.", ["The master of the house", "they"]),
        ("It rained, and nobody spoke.", ["nobody"]),
        ("She met a man who had spoken to her.", ["She", "a man who had spoken to her", "her"]),
        ("It was a woman of forty, and she wept.", ["a woman of forty", "she"]),
        ("He was a stout, wheezy fellow.", ["He", "a stout, wheezy fellow"]),
        ("He pitied the poor old Mr. Hale.", ["He", "the poor old Mr. Hale"]),
        ("He saw Mr. Hale’s eldest daughter.", ["He", "Mr. Hale", "Mr. Hale’s eldest daughter"]),
        ("The rain was on the house and the garden.", []),
    ],
)
def test_mentions_are_found(story: str, mentions: list[str]) -> None:
    book, found = understood(story, "“I will,” said Mr. Hale. “And I too,” said Ada Finch.")
    first = book.blocks[0].span
    told = [span.of(book.text) for span, _ in spot(book, found, PHRASES) if span.end <= first.end]
    assert sorted(told) == sorted(mentions)


@given(st.text(alphabet="aA the.,;’“”-\n who of men Mr", max_size=80))
def test_mentions_lie_in_the_text(story: str) -> None:
    book, found = understood(f"The man {story}")
    spans = [span for span, _ in spot(book, found, PHRASES)]
    assert spans == sorted(set(spans), key=lambda span: (span.start, -span.end))
    assert all(0 <= span.start < span.end <= len(book.text) for span in spans)


@pytest.mark.parametrize(
    ("word", "gender"),
    [("mother", "f"), ("ship-captain", "x"), ("washerwomen", "p"), ("enemies", "p"), ("table", "")],
)
def test_nouns_for_people_are_known(word: str, gender: str) -> None:
    assert gender_of(word) == gender


def test_each_mention_means_somebody() -> None:
    book, found = understood(
        "“I will,” said Ada Finch.", "“And I too,” said Tom Hale. He nodded. A woman came."
    )
    mentions = find_mentions(book, found)
    assert [m.span for m in mentions] == sorted(m.span for m in mentions)
    assert {m.chain for m in mentions if m.span.of(book.text) == "Ada Finch"} == {"ada-finch"}
    for mention in mentions:
        assert 0.0 <= mention.probability <= 1.0
        assert mention.chain is not None
        assert mention.character in (None, mention.chain)


def test_each_candidate_has_its_figures() -> None:
    book, found = understood("Ada Finch nodded. Tom Hale saw her.")
    history = History(refer(book, found, spot(book, found, PHRASES)), read_talk(found))
    for mention in (0, 1):
        history.join(mention, None)
    rows = weigh(history, 2, history.candidates(2))
    assert len(rows) == 3
    assert len({len(row) for row in rows}) == 1


def test_probabilities_are_of_all_candidates() -> None:
    ranker = Ranker(
        {
            "mean": np.zeros(2),
            "spread": np.ones(2),
            "first": np.eye(2),
            "first_bias": np.zeros(2),
            "second": np.eye(2),
            "second_bias": np.zeros(2),
            "last": np.ones(2),
        }
    )
    shares = ranker.rank([[1.0, 0.0], [2.0, 1.0], [0.0, 0.0]])
    assert sum(shares) == pytest.approx(1.0)
    assert max(range(3), key=shares.__getitem__) == 1
