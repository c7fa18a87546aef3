"""Who is who, as it grows while a text is read: mentions join somebody known, or somebody new."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import exp, log, log2

from fullcast.analysis.lexicon import NICKNAMES, TITLES
from fullcast.infer.encode import Array
from fullcast.model import MentionKind
from training.references import GROUPS, Reference, Talk

KINDS = tuple(MentionKind)
_OPENINGS = ("a", "the", "possessive")
_FIRST, _SECOND = "i", "you"
_MEMBERS = 40
REACH = 120
"""How many mentions back somebody was last mentioned to whom a pronoun may point."""


@dataclass(slots=True)
class Entity:
    """Somebody, by the mentions so far."""

    members: list[int] = field(default_factory=list)
    """In the order they were read."""
    characters: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    kinds: Counter[MentionKind] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    proper: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    phrases: set[tuple[str, ...]] = field(default_factory=set)
    groups: set[tuple[int | None, str]] = field(default_factory=set)
    """The pronouns used, with the quotation they stand in."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text's mentions and what is known of them, in order."""

    references: Sequence[Reference]
    talk: Talk
    links: Array
    """[M, M] what each earlier mention is worth to each, by the network."""
    alone: Array
    """[M] that each takes up nobody, by the network."""

    def order(self) -> list[int]:
        """Return the order to read mentions in: of a paragraph first what the narrator tells.

        So it is known who speaks when what is said is read, tag behind it or not.
        """
        refs = self.references
        return sorted(
            range(len(refs)),
            key=lambda n: (refs[n].paragraph, refs[n].line is not None, refs[n].span.start),
        )


class History:
    """Everybody so far."""

    def __init__(self, text: Text) -> None:
        """Begin with nobody."""
        self.text = text
        self.entities: list[Entity] = []
        self.home: dict[int, int] = {}
        self._by_character: dict[str, Counter[int]] = {}
        self._speaks: dict[int, int] = {}

    def join(self, mention: int, entity: int | None) -> int:
        """Let a mention join somebody, or somebody new; return who."""
        if entity is None:
            entity = len(self.entities)
            self.entities.append(Entity())
        told, reference = self.entities[entity], self.text.references[mention]
        told.members.append(mention)
        told.kinds[reference.kind] += 1
        if reference.gender != "x":
            told.genders[reference.gender] += 1
        if reference.kind is MentionKind.NAME:
            told.names.add(" ".join(reference.words))
            for word in reference.words:
                (told.titles if word.capitalize() in TITLES else told.proper).add(word)
        elif reference.kind is MentionKind.DESCRIPTION:
            told.heads.add(reference.head)
            told.phrases.add(reference.words)
        else:
            told.groups.add((reference.line, reference.group))
        self.home[mention] = entity
        for character, weight in self._means(reference):
            told.characters[character] += weight
            self._by_character.setdefault(character, Counter())[entity] += weight
        if reference.speaks is not None:
            self._speaks[reference.speaks] = entity
        elif reference.group == _FIRST and reference.line is not None:
            self._speaks.setdefault(reference.line, entity)
        return entity

    def _means(self, reference: Reference) -> Iterator[tuple[str, int]]:
        """Yield whom of the cast a mention tells of, and how surely."""
        talk = self.text.talk
        if reference.named:
            yield reference.named, 6
        if reference.speaks is not None and (speaker := talk.speakers[reference.speaks]):
            yield speaker, 3
        if reference.group == _FIRST:
            who = talk.narrator if reference.line is None else talk.speakers[reference.line]
            if who:
                yield who, 2
        if reference.group == _SECOND and reference.line is not None:
            for character in talk.addressees[reference.line][:1]:
                yield character, 1

    def bearer(self, character: str | None) -> int | None:
        """Return who stands for one of the cast."""
        counts = self._by_character.get(character or "")
        return counts.most_common(1)[0][0] if counts else None

    def speaker(self, line: int | None) -> int | None:
        """Return who speaks a quotation, or, in narration, who tells the story."""
        if line is None:
            return self.bearer(self.text.talk.narrator)
        if line in self._speaks:
            return self._speaks[line]
        return self.bearer(self.text.talk.speakers[line])

    def addressee(self, line: int | None) -> int | None:
        """Return to whom a quotation is said."""
        if line is None or len(self.text.talk.addressees[line]) != 1:
            return None
        return self.bearer(self.text.talk.addressees[line][0])

    def candidates(self, mention: int) -> list[int]:
        """Return whom a mention may mean: those lately mentioned, and those of like name."""
        refs = self.text.references
        reference = refs[mention]
        likely = {self.speaker(reference.line), self.addressee(reference.line)}
        found = []
        for number, entity in enumerate(self.entities):
            recent = mention - max(entity.members) <= REACH
            alike = entity.proper.intersection(reference.words) or reference.head in entity.heads
            if recent or alike or number in likely or len(entity.members) > 5:
                found.append(number)
        return found

    def features(self, mention: int, candidates: Sequence[int]) -> list[list[float]]:
        """Return what tells for somebody new and, in their order, for each candidate."""
        asked = Asked(self, mention)
        own = asked.own()
        new = [1.0, float(self.text.alone[mention]), *own, *([0.0] * TOLD)]
        return [new, *([0.0, 0.0, *own, *asked.told(number)] for number in candidates)]


class Asked:
    """A mention of which it is asked whom it means, and all that is looked up for it once."""

    def __init__(self, history: History, mention: int) -> None:
        """Look up what does not depend on the candidate."""
        self._history = history
        self._mention = mention
        self._refs = history.text.references
        self._reference = reference = self._refs[mention]
        self._links = history.text.links[mention].tolist()
        for later in range(mention + 1, len(self._links)):
            self._links[later] = float(history.text.links[later, mention])
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
            *(float(reference.kind is kind) for kind in KINDS),
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
        """Return what tells for a candidate: :data:`TOLD` figures."""
        entity = self._history.entities[number]
        return [
            *self._linked(entity),
            *self._agreed(entity),
            float(number == self._speaker),
            float(number == self._addressee),
            *self._alike(entity),
            float(self._bearer == number),
            *self._near(entity),
            *self._known(entity),
        ]

    def _linked(self, entity: Entity) -> list[float]:
        """Return what the network makes of it: the best, mean, nearest and summed link."""
        links = [self._links[other] for other in entity.members[-_MEMBERS:]]
        best = max(links)
        summed = best + log(sum(exp(link - best) for link in links))
        return [best, sum(links) / len(links), self._links[self._nearest(entity)], summed]

    def _nearest(self, entity: Entity) -> int:
        mention = self._mention
        return min(entity.members, key=lambda other: (abs(other - mention), -other))

    def _agreed(self, entity: Entity) -> list[float]:
        total, gender = sum(entity.genders.values()), self._reference.gender
        share = entity.genders[gender] / total if total and gender != "x" else 0.5
        return [share, float(not total), float(entity.genders["p"] > 0)]

    def _alike(self, entity: Entity) -> list[float]:
        """Return how far the words of the mention are those of somebody."""
        reference, name = self._reference, self._is_name
        shared = bool(self._proper & entity.proper)
        head, named = reference.head, reference.named
        clash = named is not None and entity.characters and not entity.characters[named]
        other_title = self._titles and entity.titles and not self._titles & entity.titles
        return [
            float(name and self._name in entity.names),
            float(name and shared),
            float(name and bool(self._proper) and self._proper <= entity.proper),
            float(name and bool(entity.proper) and not shared),
            float(name and bool(self._longer & entity.proper)),
            float(name and bool(other_title)),
            float(bool(clash)),
            float(bool(head) and head in entity.heads),
            float(bool(head) and reference.words in entity.phrases),
            float(bool(head) and bool(entity.heads) and head not in entity.heads),
            float(not name and shared),
        ]

    def _near(self, entity: Entity) -> list[float]:
        """Return how far off somebody was last mentioned, and how."""
        reference, last = self._reference, self._nearest(entity)
        near, group = self._refs[last], self._reference.group
        line = reference.line
        return [
            float(group != "other" and (line, group) in entity.groups),
            log2(1 + abs(self._mention - last)) / 5,
            float(self._mention < last),
            log2(1 + abs(reference.sentence - near.sentence)) / 5,
            log2(1 + abs(reference.paragraph - near.paragraph)) / 5,
            float(reference.sentence == near.sentence),
            float(near.subject),
            float(near.copular or near.apposed),
            float(near.line == line),
            float(near.line is not None),
            float(near.kind is MentionKind.PRONOUN),
            float(near.group == group and group != "other"),
            float(reference.inside in entity.members),
            float(near.inside == self._mention),
        ]

    def _known(self, entity: Entity) -> list[float]:
        """Return what is known of somebody."""
        return [
            log2(len(entity.members)) / 5,
            float(bool(entity.kinds[MentionKind.NAME])),
            float(bool(entity.kinds[MentionKind.DESCRIPTION])),
            float((None, _FIRST) in entity.groups),
            float(any(group == _SECOND for _, group in entity.groups)),
        ]


TOLD = 4 + 3 + 2 + 11 + 1 + 14 + 5
