"""What tells for each person whom a mention may mean, as numbers for a ranker."""

from collections.abc import Sequence
from math import log2

from fullcast.analysis.lexicon import NICKNAMES, TITLES
from fullcast.analysis.references.people import FIRST, SECOND, History, Person
from fullcast.analysis.references.reference import GROUPS
from fullcast.model import MentionKind

_KINDS = tuple(MentionKind)
_OPENINGS = ("a", "the", "possessive")
_LAST = 6
"""Among how many of somebody's last mentions the nearest is looked for."""
_FEW, _FAR = 5, 5
"""Logarithms are divided by these, to be near 1."""


def weigh(history: History, mention: int, candidates: Sequence[int]) -> list[list[float]]:
    """Return what tells for somebody new and then, in their order, for each candidate."""
    asked = _Asked(history, mention)
    own = asked.own()
    return [[1.0, *own, *([0.0] * _TOLD)], *([0.0, *own, *asked.told(n)] for n in candidates)]


class _Asked:
    """A mention of which it is asked whom it means, and all that is looked up for it once."""

    def __init__(self, history: History, mention: int) -> None:
        self._people = history.people
        self._mention = mention
        self._refs = history.references
        self._reference = reference = self._refs[mention]
        self._is_name = reference.kind is MentionKind.NAME
        self._name = " ".join(reference.words)
        self._titles = {w for w in reference.words if w.capitalize() in TITLES}
        self._proper = set(reference.words) - self._titles
        self._longer = {
            name.lower() for w in self._proper for name in NICKNAMES.get(w.capitalize(), ())
        }
        self._speaker = history.speaker(reference.line)
        self._addressee = history.addressee(reference.line)
        self._bearer = history.bearer(reference.named)

    def own(self) -> list[float]:
        """Return what the mention tells by itself."""
        reference = self._reference
        return [
            *(float(reference.kind is kind) for kind in _KINDS),
            *(float(reference.group == group) for group in GROUPS),
            *(float(reference.opening == opening) for opening in _OPENINGS),
            float(reference.line is not None),
            float(reference.possessive),
            float(reference.reflexive),
            float(reference.subject),
            float(reference.gender == "p"),
            float(reference.inside is not None),
            float(reference.copular),
            float(reference.apposed),
            float(reference.called),
            float(self._speaker is None),
            float(self._addressee is None),
        ]

    def told(self, number: int) -> list[float]:
        """Return what tells for a candidate: :data:`_TOLD` figures."""
        person = self._people[number]
        return [
            *self._agreed(person),
            float(number == self._speaker),
            float(number == self._addressee),
            *self._alike(person),
            float(self._bearer == number),
            *self._near(person),
            *self._known(person),
        ]

    def _agreed(self, person: Person) -> list[float]:
        total, gender = sum(person.genders.values()), self._reference.gender
        share = person.genders[gender] / total if total and gender != "x" else 0.5
        return [share, float(not total), float(person.genders["p"] > 0)]

    def _alike(self, person: Person) -> list[float]:
        """Return how far the words of the mention are those of somebody."""
        reference, name = self._reference, self._is_name
        shared = bool(self._proper & person.proper)
        head, named = reference.head, reference.named
        clash = named is not None and person.characters and not person.characters[named]
        other_title = self._titles and person.titles and not self._titles & person.titles
        return [
            float(name and self._name in person.names),
            float(name and shared),
            float(name and bool(self._proper) and self._proper <= person.proper),
            float(name and bool(person.proper) and not shared),
            float(name and bool(self._longer & person.proper)),
            float(name and bool(other_title)),
            float(bool(clash)),
            float(bool(head) and head in person.heads),
            float(bool(head) and reference.words in person.phrases),
            float(bool(head) and bool(person.heads) and head not in person.heads),
            float(not name and shared),
        ]

    def _near(self, person: Person) -> list[float]:
        """Return how far off somebody was last mentioned, and how."""
        mention, reference = self._mention, self._reference
        members = person.members[-_LAST:]
        last = min(members, key=lambda other: (abs(other - mention), -other))
        near, group, line = self._refs[last], reference.group, reference.line
        return [
            float(group != "other" and (line, group) in person.groups),
            log2(1 + abs(mention - last)) / _FAR,
            float(mention < last),
            log2(1 + abs(reference.sentence - near.sentence)) / _FAR,
            log2(1 + abs(reference.paragraph - near.paragraph)) / _FAR,
            float(reference.sentence == near.sentence),
            float(near.subject),
            float(near.copular or near.apposed),
            float(near.line == line),
            float(near.line is not None),
            float(near.kind is MentionKind.PRONOUN),
            float(near.group == group and group != "other"),
            float(reference.inside in members),
            float(near.inside == mention),
        ]

    def _known(self, person: Person) -> list[float]:
        """Return what is known of somebody."""
        return [
            log2(len(person.members)) / _FEW,
            float(bool(person.kinds[MentionKind.NAME])),
            float(bool(person.kinds[MentionKind.DESCRIPTION])),
            float((None, FIRST) in person.groups),
            float(any(group == SECOND for _, group in person.groups)),
        ]


_TOLD = 3 + 2 + 11 + 1 + 14 + 5
