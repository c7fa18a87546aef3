"""The chain's sums, against every path counted one by one."""

from collections.abc import Callable
from itertools import product
from math import exp, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullcast.analysis.speakers.chain import marginals

Scores = list[dict[str, float]]
NUMBERS = st.floats(-8, 8)
CHAINS: st.SearchStrategy[Scores] = st.lists(
    st.dictionaries(st.sampled_from("abc"), NUMBERS, min_size=1, max_size=3),
    min_size=1,
    max_size=5,
)
PLACES = st.dictionaries(
    st.tuples(st.integers(0, 4), st.sampled_from("abc")), st.tuples(NUMBERS, NUMBERS)
)


def no_link(t: int, s: str) -> tuple[float, float]:
    return 0.0, 0.0


def count_paths(scores: Scores, link: Callable[[int, str], tuple[float, float]]) -> Scores:
    """Weigh every path; slow and plain."""
    sums: Scores = [dict.fromkeys(states, 0.0) for states in scores]
    for path in product(*scores):
        weight = sum(states[s] for states, s in zip(scores, path, strict=True))
        for t in range(1, len(path)):
            again, back = link(t, path[t])
            if path[t] == path[t - 1]:
                weight += again
            elif t > 1 and path[t] == path[t - 2]:
                weight += back
        for t, s in enumerate(path):
            sums[t][s] += exp(weight)
    return [{s: v / sum(states.values()) for s, v in states.items()} for states in sums]


@given(CHAINS, PLACES, NUMBERS)
def test_every_path_counts(
    scores: Scores, ties: dict[tuple[int, str], tuple[float, float]], rest: float
) -> None:
    def link(t: int, s: str) -> tuple[float, float]:
        return ties.get((t, s), (rest, -rest))

    found, expected = marginals(scores, link), count_paths(scores, link)
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(other, abs=1e-9)


@given(CHAINS)
def test_probabilities_sum_to_one(scores: Scores) -> None:
    for states, found in zip(scores, marginals(scores, no_link), strict=True):
        assert found.keys() == states.keys()
        assert isclose(sum(found.values()), 1.0)
        assert all(0 <= p <= 1 for p in found.values())


@given(CHAINS, st.floats(-500, 500))
def test_what_is_added_to_all_changes_nothing(scores: Scores, more: float) -> None:
    moved = [{s: v + more for s, v in states.items()} for states in scores]
    for one, other in zip(marginals(scores, no_link), marginals(moved, no_link), strict=True):
        assert one == pytest.approx(other, abs=1e-6)


def test_an_empty_chain() -> None:
    assert marginals([], no_link) == []


def alternate(t: int, s: str) -> tuple[float, float]:
    return -5.0, 0.0


def test_a_link_carries_what_is_known() -> None:
    both = {"ada": 0.0, "tom": 0.0}
    found = marginals([{"ada": 0.0}, both, both, {"tom": 0.0}], alternate)
    assert found[1]["tom"] > 0.95
    assert found[2]["ada"] > 0.95


def test_a_long_chain_does_not_run_out_of_numbers() -> None:
    both = {"ada": -300.0, "tom": 300.0}
    found = marginals([both] * 500, alternate)
    assert all(isclose(sum(shares.values()), 1.0) for shares in found)
    assert all(shares["tom"] > 0.99 for shares in found)


def test_huge_scores_do_not_overflow() -> None:
    (found,) = marginals([{"ada": 5000.0, "tom": -5000.0}], no_link)
    assert found == {"ada": 1.0, "tom": 0.0}


def test_what_settled_places_part_may_be_weighed_apart() -> None:
    both = {"ada": 0.5, "tom": 0.0}
    scores = [both, both, {"ada": 0.0}, {"tom": 0.0}, both, both]
    whole = marginals(scores, alternate)
    parts = marginals(scores[:4], alternate), marginals(scores[2:], alternate)
    for one, other in zip(whole, [*parts[0], *parts[1][2:]], strict=True):
        assert one == pytest.approx(other)
