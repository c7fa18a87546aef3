"""The scorer of who is who, on an example worked out by hand and on what must always hold."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.coreference import Tally, clustered


def clusters(*words: str) -> list[frozenset[str]]:
    return [frozenset(word) for word in words]


def scores(found: Sequence[frozenset[str]], gold: Sequence[frozenset[str]]) -> dict[str, object]:
    tally = Tally()
    tally.add(found, gold)
    return dict(tally.scores())


def test_the_example_of_the_reference_scorer() -> None:
    # MUC: 2 of 5 links each way. B³: 35/84 and 1/2. CEAFe: 1.3 of 2 and of 3.
    found = scores(clusters("ab", "cd", "fghi"), clusters("abc", "defg"))
    assert found == pytest.approx({"muc": 0.4, "b3": 0.4545, "ceafe": 0.52, "conll": 0.4582})


def test_clusters_of_one_count() -> None:
    assert scores(clusters("a", "b"), clusters("a", "b")) == {
        "muc": None,
        "b3": 1.0,
        "ceafe": 1.0,
        "conll": pytest.approx(2 / 3, abs=1e-4),
    }


def test_nothing_found_is_nothing() -> None:
    assert scores([], clusters("ab")) == {"muc": 0.0, "b3": 0.0, "ceafe": 0.0, "conll": 0.0}


def test_texts_are_counted_together() -> None:
    tally = Tally()
    tally.add(clusters("ab"), clusters("ab"))
    tally.add(clusters("a", "b"), clusters("ab"))
    # Precision 1, recall 1/2.
    assert tally.scores()["muc"] == pytest.approx(2 / 3, abs=1e-4)


def test_what_has_no_label_is_alone() -> None:
    found = clustered([("a", "x"), ("b", None), ("c", "x"), ("d", None)])
    assert set(found) == {frozenset("ac"), frozenset("b"), frozenset("d")}


@given(st.lists(st.integers(0, 3), min_size=2))
def test_what_is_right_scores_one(labels: list[int]) -> None:
    found = clustered(enumerate(labels))
    tally = Tally()
    tally.add(found, found)
    known = {name: score for name, score in tally.scores().items() if name != "conll"}
    assert set(known.values()) <= {1.0, None}
