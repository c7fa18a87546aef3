"""What people do around the talk, and whether it brings them nearer to each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from fullcast.analysis.lexicon import DEEDS
from fullcast.analysis.narration.clauses import Action, ClauseReader
from fullcast.analysis.scene.phrases import Subject
from fullcast.analysis.words import Words
from fullcast.model import Deed, DeedKind, Span

_REACH = 5
_AWAY = frozenset("away off out back backward backwards aside".split())
_IN = frozenset("in into".split())
_TOWARDS = frozenset(
    """to toward towards after beside near nearer forward close closer by round around over at
    against upon before behind up with into on facing opposite""".split()
)
_STAYS = frozenset(
    "lean bend bent leaned leaning bending stood sat set lay stand sit rose fell stopped".split()
)
_HELD = frozenset(
    "took taking takes drew drawing draws pulled pulling snatched withdrew withdrawing".split()
)
_ENDS = frozenset("and as when while who which that but if because".split())
_SPEAKS_ON = {"went": "on", "going": "on", "goes": "on", "broke": "in", "put": "in", "cut": "in"}
"""These with their particles say that somebody speaks."""

_SEEMS = frozenset("looked looks looking".split())
_WHITHER = frozenset(
    """at up down round around out over into back away from in on upon through toward towards to
    after across about straight full him her them me us his my their""".split()
)
"""*Looked at* is a deed, *looked pale* is none."""


@dataclass(frozen=True, slots=True)
class FoundDeed:
    """A deed before it is asked who is meant."""

    deed: Deed
    agent: Subject
    target: Subject | None


class DeedReader:
    """Finds deeds in narration. Who is meant by its words is not asked here."""

    def __init__(self, text: str, words: Words, clauses: ClauseReader) -> None:
        """Keep the text, its words and the reader of its clauses."""
        self._text = text
        self._words = words
        self._clauses = clauses

    def deeds(self, start: int, end: int) -> Iterator[FoundDeed]:
        """Yield what is done in a stretch of narration, in order."""
        for action in self._clauses.actions(start, end, DEEDS):
            particles = self._particles(action)
            form = self._words.lower[action.verb]
            seems = form in _SEEMS and bool(particles) and not _looks_at(particles[0])
            if _SPEAKS_ON.get(form) not in particles[:1] and not seems:
                yield self._found(action, particles)

    def _found(self, action: Action, particles: list[str]) -> FoundDeed:
        words = self._words
        verb = Span(words.starts[action.verb], words.ends[action.verb])
        target = self._clauses.target(action)
        deed = Deed(
            span=Span(verb.start, target.span.end if target else verb.end),
            kind=_kind(words.lower[action.verb], particles, target is not None),
            verb=verb,
            agent=action.agent.span,
            target=target.span if target else None,
        )
        return FoundDeed(deed, action.agent, target)

    def _particles(self, action: Action) -> list[str]:
        """Return the words behind a verb that may tell its direction."""
        words = self._words
        found = []
        for at in range(action.verb + 1, min(action.verb + 1 + _REACH, action.stop)):
            gap = self._text[words.ends[at - 1] : words.starts[at]]
            if gap.strip() or words.lower[at] in _ENDS:
                break
            found.append(words.lower[at])
        return found


def _looks_at(word: str) -> bool:
    return word in _WHITHER or word.endswith("ly")


def _kind(form: str, particles: list[str], aimed: bool) -> DeedKind:
    """Tell what a deed is from its verb, the particles behind it, and whether it has a target."""
    kinds = DEEDS[form]
    if form in _HELD and {"away", "back"}.intersection(particles):
        return DeedKind.WITHDRAWAL
    if "motion" in kinds:
        return _motion(form, particles, aimed)
    if kinds[0] in ("touch", "take"):
        return DeedKind.TOUCH if aimed else DeedKind.ACT
    if kinds[0] == "give" and not aimed:
        return DeedKind.ACT
    return DeedKind(kinds[0])


def _motion(form: str, particles: list[str], aimed: bool) -> DeedKind:
    """Tell which way somebody moves: *went away*, *walked up to her*, *came in*, *rose*."""
    away = next((n for n, word in enumerate(particles) if word in _AWAY), None)
    if away is not None and not (aimed and "to" in particles[away:]):
        leaves = particles[away] == "out" and form not in _STAYS and not aimed
        return DeedKind.EXIT if leaves else DeedKind.WITHDRAWAL
    if aimed:
        if "from" in particles:
            return DeedKind.WITHDRAWAL
        return DeedKind.MOTION if _TOWARDS.isdisjoint(particles) else DeedKind.APPROACH
    if not _IN.isdisjoint(particles[:2]) and form not in _STAYS:
        return DeedKind.ENTRANCE
    return DeedKind.MOTION
