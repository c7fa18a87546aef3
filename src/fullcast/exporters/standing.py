"""How people stand to each other, as figures: plain data of a script document, to be shown."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from fullcast.exporters.schema import MoveEntry, Script, TieEntry, TurningPointEntry

FEWEST_FOR_TREND = 60
"""Fewer moves from one to another are shown one by one, and never as a line through them."""
FEWEST_SHOWN = 3
"""Two with fewer moves between them are not shown at all."""

_BODILY = frozenset({"approach", "withdrawal"})


@dataclass(frozen=True, slots=True)
class Way:
    """All that shows one person warm or cold toward another."""

    source: str
    target: str
    moves: tuple[MoveEntry, ...]
    turns: tuple[TurningPointEntry, ...]

    @property
    def is_trend(self) -> bool:
        """Whether there are moves enough to draw a line through."""
        return len(self.moves) >= FEWEST_FOR_TREND


@dataclass(frozen=True, slots=True)
class Standing:
    """Two people, and what shows how each stands to the other."""

    there: Way
    back: Way

    @property
    def moves(self) -> list[MoveEntry]:
        """The moves both ways, in the order of the text."""
        return sorted((*self.there.moves, *self.back.moves), key=lambda move: move["start"])


@dataclass(frozen=True, slots=True)
class ToldTie:
    """A relation that the text states, however often it does."""

    first: TieEntry
    times: int


def find_standings(script: Script, most: int) -> list[Standing]:
    """Return the two who show each other most, then the next, at most so many."""
    counts: Counter[frozenset[str]] = Counter()
    for move in script["moves"]:
        counts[frozenset((move["source"], move["target"]))] += 1
    shown = [two for two, count in counts.most_common(most) if count >= FEWEST_SHOWN]
    return [_standing(script, *_leading(script, two)) for two in shown]


def _leading(script: Script, two: frozenset[str]) -> list[str]:
    """Put first who speaks more; the cast is in that order."""
    order = [character["id"] for character in script["characters"]]
    return sorted(two, key=lambda who: (order.index(who) if who in order else len(order), who))


def _standing(script: Script, one: str, other: str) -> Standing:
    return Standing(_way(script, one, other), _way(script, other, one))


def _way(script: Script, source: str, target: str) -> Way:
    return Way(
        source,
        target,
        tuple(m for m in script["moves"] if (m["source"], m["target"]) == (source, target)),
        tuple(
            t for t in script["turning_points"] if (t["source"], t["target"]) == (source, target)
        ),
    )


def told_ties(script: Script) -> list[ToldTie]:
    """Return each tie once, those between two of the cast first, the most told first."""
    firsts: dict[tuple[str, str | None, str, bool], TieEntry] = {}
    times: Counter[tuple[str, str | None, str, bool]] = Counter()
    for tie in script["ties"]:
        key = tie["word"], tie["character"], tie["of"], tie["past"]
        firsts.setdefault(key, tie)
        times[key] += 1
    told = [ToldTie(first, times[key]) for key, first in firsts.items()]
    return sorted(told, key=lambda tie: (tie.first["character"] is None, -tie.times))


def bodily_moves(script: Script) -> Iterator[MoveEntry]:
    """Yield who comes nearer to whom, and who draws back, in the order of the text."""
    for move in script["moves"]:
        if move["kind"] in _BODILY:
            yield move
