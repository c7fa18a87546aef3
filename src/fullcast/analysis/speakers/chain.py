"""A conversation as a chain: how sure each speaker is, given all the others.

Knows nothing of stories: states, scores and links come from outside.
"""

from collections.abc import Callable, Mapping, Sequence
from math import exp

Scores = Mapping[str, float]
"""The states of a place with their own log-odds; never empty."""
Link = Callable[[int, str], tuple[float, float]]
"""``again, back = link(t, s)``: what state ``s`` gains at ``t``, in log-odds, where it is also the
state one before; and where it is also the state two before, but not the one before.

Nothing else ties places together, so a step costs the square of its states and not the cube.
"""
_Pairs = dict[str, dict[str, float]]
"""The weight of each state at the place before, and here."""


def marginals(scores: Sequence[Scores], link: Link) -> list[dict[str, float]]:
    """Return each place's probabilities over its states."""
    own = [_odds(states) for states in scores]
    ties = [{s: _tie(link(t, s)) for s in states} for t, states in enumerate(own)]
    forward: list[_Pairs] = []
    for t, states in enumerate(own):
        forward.append(_onward(forward[-1], states, ties[t]) if t else {"": states})
    found: list[dict[str, float]] = []
    ahead: _Pairs = {}
    for t in range(len(own) - 1, -1, -1):
        last = t + 1 == len(own)
        ahead = {} if last else _backward(forward[t], own[t + 1], ties[t + 1], ahead)
        found.append(_joined(forward[t], ahead))
    found.reverse()
    return found


def _odds(scores: Scores) -> dict[str, float]:
    """Return odds to the likeliest state."""
    top = max(scores.values())
    return {s: exp(score - top) for s, score in scores.items()}


def _tie(link: tuple[float, float]) -> tuple[float, float]:
    """Return the factor of *again*, and what *back* adds to a factor of one."""
    again, back = link
    return exp(again), exp(back) - 1.0


def _onward(before: _Pairs, own: dict[str, float], ties: dict[str, tuple[float, float]]) -> _Pairs:
    """Weigh every pair (one before, here) by all that leads to it."""
    lead: dict[str, float] = {}
    for states in before.values():
        for r, weight in states.items():
            lead[r] = lead.get(r, 0.0) + weight
    found: _Pairs = {r: {} for r in lead}
    for s, odds in own.items():
        again, back = ties[s]
        earlier = before.get(s, {})
        for r, weight in lead.items():
            weight = weight * again if r == s else weight + earlier.get(r, 0.0) * back
            found[r][s] = odds * weight
    return _scaled(found)


def _backward(
    here: _Pairs, own: dict[str, float], ties: dict[str, tuple[float, float]], ahead: _Pairs
) -> _Pairs:
    """Weigh every pair (one before, here) by all that follows from it."""
    states = next(iter(here.values()))
    found: _Pairs = {q: {} for q in here}
    for r in states:
        onward = {s: odds * (ahead[r][s] if ahead else 1.0) for s, odds in own.items()}
        if r in onward:
            onward[r] *= ties[r][0]
        plain = sum(onward.values())
        for q, weights in found.items():
            more = onward[q] * ties[q][1] if q in onward and q != r else 0.0
            weights[r] = plain + more
    return _scaled(found)


def _scaled(pairs: _Pairs) -> _Pairs:
    """Keep a long chain from running out of numbers."""
    total = sum(sum(weights.values()) for weights in pairs.values())
    return {r: {s: w / total for s, w in weights.items()} for r, weights in pairs.items()}


def _joined(forward: _Pairs, ahead: _Pairs) -> dict[str, float]:
    sums: dict[str, float] = {}
    for r, weights in forward.items():
        for s, weight in weights.items():
            sums[s] = sums.get(s, 0.0) + weight * (ahead[r][s] if ahead else 1.0)
    total = sum(sums.values())
    return {s: weight / total for s, weight in sums.items()}
