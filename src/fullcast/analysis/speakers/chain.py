"""A conversation as a chain: how sure each speaker is, given all the others.

Knows nothing of stories: states, scores and links come from outside.
"""

from collections.abc import Callable, Sequence
from math import exp, log

Link = Callable[[int, str, str, str], float]
"""``link(t, speaker, one before, two before)`` in log-odds; a place before the start is ``""``."""


def marginals(scores: Sequence[dict[str, float]], link: Link) -> list[dict[str, float]]:
    """Return each place's probabilities over its states.

    Args:
        scores: For each place its states with their own log-odds; no place is empty.
        link: ``link(t, s, r, q)`` adds log-odds for states ``s`` at ``t``, ``r`` at ``t-1`` and
            ``q`` at ``t-2`` (``""`` where the chain has not begun).
    """
    if not scores:
        return []
    forward = _forward(scores, link)
    return _backward(scores, link, forward)


def _forward(scores: Sequence[dict[str, float]], link: Link) -> list[dict[tuple[str, str], float]]:
    """Return for each place the log-weight of every pair (one before, here)."""
    pairs = {("", s): score for s, score in scores[0].items()}
    chart = [pairs]
    for t in range(1, len(scores)):
        step: dict[tuple[str, str], float] = {}
        for s, score in scores[t].items():
            arriving: dict[str, list[float]] = {}
            for (q, r), weight in chart[-1].items():
                arriving.setdefault(r, []).append(weight + link(t, s, r, q))
            for r, weights in arriving.items():
                step[r, s] = score + log_sum(weights)
        chart.append(step)
    return chart


def _backward(
    scores: Sequence[dict[str, float]],
    link: Link,
    forward: list[dict[tuple[str, str], float]],
) -> list[dict[str, float]]:
    found: list[dict[str, float]] = []
    ahead = dict.fromkeys(forward[-1], 0.0)
    for t in range(len(scores) - 1, -1, -1):
        joint = {pair: weight + ahead[pair] for pair, weight in forward[t].items()}
        found.append(_normal(joint))
        if t:
            ahead = _step_back(scores[t], link, t, forward[t - 1], ahead)
    found.reverse()
    return found


def _step_back(
    score: dict[str, float],
    link: Link,
    t: int,
    before: dict[tuple[str, str], float],
    ahead: dict[tuple[str, str], float],
) -> dict[tuple[str, str], float]:
    return {
        (q, r): log_sum([own + link(t, s, r, q) + ahead[r, s] for s, own in score.items()])
        for q, r in before
    }


def _normal(joint: dict[tuple[str, str], float]) -> dict[str, float]:
    top = max(joint.values())
    sums: dict[str, float] = {}
    for (_, s), weight in joint.items():
        sums[s] = sums.get(s, 0.0) + exp(weight - top)
    total = sum(sums.values())
    return {s: value / total for s, value in sums.items()}


def log_sum(weights: Sequence[float]) -> float:
    """Return log(Σ exp(w)) without overflow."""
    top = max(weights)
    if len(weights) == 1:
        return top
    return top + log(sum(exp(w - top) for w in weights))
