"""How warm one stands to another along a story, and where that turns.

Warmth is a mean of moves in which a move weighs half so many lines of the two later, and which one
further move of no warmth at all draws toward nothing. It is no more than a person could reckon by
hand from the moves it rests on, it stays between -1 and 1, and it says little where little is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import erf, sqrt

from fullcast.model import Move, TurningPoint

_HALF = 12
"""So many lines that pass between the two, and what was shown before weighs half."""
_NOTHING = 1.0
"""The weight of the move of no warmth that stands at the beginning."""
_FEWEST = 2
"""Moves that must stand on either side of a turning point."""
_LEAST_CHANGE = 0.25
_SPREAD = 0.35
"""How far moves of the same warmth lie apart, as a standard deviation."""
_SURE = 0.8
_STATED = frozenset(
    """says: apology|says: confession|says: love|says: hate|says: insult|says: care|says: comfort
    |says: concern|says: trust|says: reproach|deed: tender|deed: hurt|address: nearer
    |address: further""".replace("\n    ", "").split("|")
)
"""What changes how two stand by itself, where it goes against what was shown before."""
_STATED_SURE = 0.75
_STATED_CHANGE = 0.3
_STATED_LEAST = 0.1
"""Less warmth gained or lost in all is no turn, whatever is stated."""
_NAMED = 0.35
"""A third of what is found here a reader of such scenes names too, whatever sets it apart."""
_APART = 6
"""Lines between a change that is stated and another turning point, at least."""
_MOST_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean that forgets."""

    total: float = 0.0
    weight: float = 0.0

    def later(self, lines: int) -> "Mean":
        """Return what it is so many lines on."""
        keep = 0.5 ** (lines / _HALF)
        return Mean(self.total * keep, self.weight * keep)

    def plus(self, amount: float, weight: float) -> "Mean":
        """Return it with one move more."""
        return Mean(self.total + amount * weight, self.weight + weight)

    @property
    def warmth(self) -> float:
        """How warm it is, from -1 to 1."""
        return self.total / (self.weight + _NOTHING)

    @property
    def plain(self) -> float:
        """The mean itself; 0 where there is nothing."""
        return self.total / self.weight if self.weight else 0.0


@dataclass(frozen=True, slots=True)
class Dated:
    """A move from one to another, and how many lines of the two came before it."""

    move: Move
    line: int


class Warmth:
    """Says how warm people are to each other; of whom nothing changed, what it said before."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._said: dict[tuple[str, str], tuple[list[Dated], _Warmed]] = {}

    def told(self, moves: Iterable[Dated]) -> tuple[tuple[Move, ...], tuple[TurningPoint, ...]]:
        """Say how warm each move leaves its two, and where that turns; in the order of the text."""
        ways: dict[tuple[str, str], list[Dated]] = defaultdict(list)
        for dated in moves:
            ways[dated.move.source, dated.move.target].append(dated)
        warmed: list[Move] = []
        turns: list[TurningPoint] = []
        for two, way in ways.items():
            before, said = self._said.get(two, ([], None))
            if said is None or before != way:
                said = _Warmed(tuple(_warmed(way)), tuple(turning_points(way)))
                self._said[two] = way, said
            warmed += said.moves
            turns += said.turns
        warmed.sort(key=_place)
        turns.sort(key=_place)
        return tuple(warmed), tuple(turns)


@dataclass(frozen=True, slots=True)
class _Warmed:
    """The moves from one person to another, and where they turn."""

    moves: tuple[Move, ...]
    turns: tuple[TurningPoint, ...]


def _warmed(way: Sequence[Dated]) -> Iterator[Move]:
    for dated, mean in zip(way, _means(way), strict=True):
        yield replace(dated.move, warmth=round(mean.warmth, 3))


def _place(told: Move | TurningPoint) -> tuple[int, int]:
    return told.span.start, told.span.end


def _means(moves: Sequence[Dated]) -> Iterator[Mean]:
    mean, last = Mean(), 0
    for dated in moves:
        mean = mean.later(abs(dated.line - last)).plus(dated.move.amount, dated.move.probability)
        last = dated.line
        yield mean


def turning_points(moves: Sequence[Dated]) -> Iterator[TurningPoint]:
    """Yield where moves from one person to another turn: what came before and what follows differ.

    Such a turn needs two moves on either side, and must be the sharpest within the lines by which
    what was shown weighs half. Where there is none near, what states a change is one by itself: an
    apology, a confession, an embrace, after what was cold or nothing yet.
    """
    before = [Mean(), *_means(moves)][: len(moves)]
    after = [*_means(moves[::-1])][::-1]
    changes = [b.warmth - a.warmth for a, b in zip(before, after, strict=True)]
    sharp = list(_sharp(moves, before, after, changes))
    turned = [moves[at].line for at, _ in sharp]
    for at in _stated(moves, before, changes):
        if all(abs(moves[at].line - line) >= _APART for line in turned):
            turned.append(moves[at].line)
            sharp.append((at, _STATED_SURE))
    for at, sure in sorted(sharp):
        yield _turning(at, moves, before[at], after[at], sure)


def _stated(
    moves: Sequence[Dated], before: Sequence[Mean], changes: Sequence[float]
) -> Iterator[int]:
    """Yield the numbers of moves that state a change, against what was shown before."""
    for at, dated in enumerate(moves):
        if at == 0 or changes[at] * dated.move.amount <= 0:
            continue
        if abs(changes[at]) < _STATED_LEAST:
            continue
        told = not _STATED.isdisjoint(reason.name for reason in dated.move.reasons)
        change = dated.move.amount - before[at].warmth
        if told and change * dated.move.amount > 0 and abs(change) >= _STATED_CHANGE:
            yield at


def _sharp(
    moves: Sequence[Dated],
    before: Sequence[Mean],
    after: Sequence[Mean],
    changes: Sequence[float],
) -> Iterator[tuple[int, float]]:
    """Yield the numbers of moves where means differ by more than chance, and how surely."""
    for at, dated in enumerate(moves):
        if not _FEWEST <= at <= len(moves) - _FEWEST:
            continue
        change = changes[at]
        if abs(change) < _LEAST_CHANGE or change * dated.move.amount <= 0:
            continue
        sure = _sure(before[at], after[at])
        if sure >= _SURE and _sharpest(at, moves, changes):
            yield at, sure


def _sure(before: Mean, after: Mean) -> float:
    """Return how probable it is that two means differ by more than chance."""
    if not (before.weight and after.weight):
        return 0.0
    error = _SPREAD * sqrt(1 / before.weight + 1 / after.weight)
    return erf(abs(after.plain - before.plain) / (error * sqrt(2)))


def _sharpest(at: int, moves: Sequence[Dated], changes: Sequence[float]) -> bool:
    near = [
        other
        for other in range(len(moves))
        if abs(moves[other].line - moves[at].line) <= _HALF
        and _FEWEST <= other <= len(moves) - _FEWEST
        and changes[other] * moves[other].move.amount > 0
    ]
    return at == max(near, key=lambda other: (abs(changes[other]), -other))


def _turning(
    at: int, moves: Sequence[Dated], before: Mean, after: Mean, sure: float
) -> TurningPoint:
    move = moves[at].move
    rising = after.warmth > before.warmth
    sides = (moves[:at], -1 if rising else 1), (moves[at:], 1 if rising else -1)
    evidence = [
        dated.move.span
        for side, sign in sides
        for dated in sorted(side, key=lambda each: -_tells(each, at, moves, sign))[:_MOST_EVIDENCE]
        if _tells(dated, at, moves, sign) > 0
    ]
    return TurningPoint(
        span=move.span,
        quotation=move.quotation,
        source=move.source,
        target=move.target,
        before=round(before.warmth, 3),
        after=round(after.warmth, 3),
        probability=round(_NAMED * sure * move.probability, 3),
        evidence=tuple(sorted(evidence)),
    )


def _tells(dated: Dated, at: int, moves: Sequence[Dated], sign: int) -> float:
    """Return what a move weighs for the side of a turning point that it stands on."""
    keep = 0.5 ** (abs(dated.line - moves[at].line) / _HALF)
    return float(sign * dated.move.amount * dated.move.probability * keep)
