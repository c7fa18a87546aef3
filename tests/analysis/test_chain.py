"""The chain's sums, against every path counted one by one."""

from collections.abc import Callable
from itertools import product
from math import exp, isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullcast.analysis.speakers.chain import log_sum, marginals

Scores = list[dict[str, float]]
NUMBERS = st.floats(-8, 8)
CHAINS: st.SearchStrategy[Scores] = st.lists(
    st.dictionaries(st.sampled_from("abc"), NUMBERS, min_size=1, max_size=3),
    min_size=1,
    max_size=5,
)


def no_link(t: int, s: str, r: str, q: str) -> float:
    return 0.0


def count_paths(scores: Scores, link: Callable[[int, str, str, str], float]) -> Scores:
    """Weigh every path; slow and plain."""
    sums: Scores = [dict.fromkeys(states, 0.0) for states in scores]
    for path in product(*scores):
        weight = sum(states[s] for states, s in zip(scores, path, strict=True))
        for t in range(1, len(path)):
            weight += link(t, path[t], path[t - 1], path[t - 2] if t > 1 else "")
        for t, s in enumerate(path):
            sums[t][s] += exp(weight)
    return [{s: v / sum(states.values()) for s, v in states.items()} for states in sums]


@given(CHAINS, st.dictionaries(st.tuples(*[st.sampled_from("abc")] * 3), NUMBERS), NUMBERS)
def test_every_path_counts(
    scores: Scores, links: dict[tuple[str, str, str], float], start: float
) -> None:
    def link(t: int, s: str, r: str, q: str) -> float:
        return links.get((s, r, q), start if not q else 0.1 * t)

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


def test_a_link_carries_what_is_known() -> None:
    def alternate(t: int, s: str, r: str, q: str) -> float:
        return 5.0 if s != r else 0.0

    both = {"ada": 0.0, "tom": 0.0}
    found = marginals([{"ada": 0.0}, both, both, {"tom": 0.0}], alternate)
    assert found[1]["tom"] > 0.95
    assert found[2]["ada"] > 0.95


def test_huge_scores_do_not_overflow() -> None:
    (found,) = marginals([{"ada": 5000.0, "tom": -5000.0}], no_link)
    assert found == {"ada": 1.0, "tom": 0.0}


@given(st.lists(NUMBERS, min_size=1))
def test_log_sum(weights: list[float]) -> None:
    assert isclose(log_sum(weights), log(sum(map(exp, weights))), abs_tol=1e-9)
