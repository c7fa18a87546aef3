"""Mentions of people, found and told apart, on sentences made by hand."""

import numpy as np
import pytest
from telling import understood

from fullcast.analysis.references import find_mentions
from fullcast.analysis.references.evidence import weigh
from fullcast.analysis.references.people import History
from fullcast.analysis.references.reference import read_talk, refer
from fullcast.analysis.references.spot import spot
from fullcast.infer.ranker import Ranker


@pytest.mark.parametrize(
    ("story", "mentions"),
    [
        ("I saw her old mother.", ["I", "her", "her old mother"]),
        ("The master of the house slept, said they.", ["The master of the house", "they"]),
        ("It rained, and nobody spoke.", ["nobody"]),
    ],
)
def test_mentions_are_found(story: str, mentions: list[str]) -> None:
    book, found = understood(story)
    told = [span.of(book.text) for span, _ in spot(book, found)]
    assert sorted(told) == sorted(mentions)


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
    history = History(refer(book, found, spot(book, found)), read_talk(found))
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
