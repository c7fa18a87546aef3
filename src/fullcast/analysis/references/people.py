"""Who is who, as it grows while a text is read: a mention joins somebody, or somebody new."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fullcast.analysis.lexicon import TITLES
from fullcast.analysis.references.reference import Reference, Talk
from fullcast.model import MentionKind

FIRST, SECOND = "i", "you"
_REACH = 60
"""How many mentions back somebody was last mentioned to whom a pronoun may point."""
_ALIKE = 6
"""Of how many who are called by one word the last are looked at."""
_NAMED, _TAGGED, _SAYS, _TOLD = 6, 3, 2, 1
"""How surely a mention tells of one of the cast: by name, in a tag, as *I*, as *you*."""


@dataclass(slots=True)
class Person:
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

    @property
    def character(self) -> str | None:
        """Who of the cast it is."""
        return max(self.characters, key=lambda c: (self.characters[c], c), default=None)


class History:
    """Everybody so far. What is asked of it costs the same however long the text is."""

    def __init__(self, references: Sequence[Reference], talk: Talk) -> None:
        """Begin with nobody."""
        self.references, self.talk = references, talk
        self.people: list[Person] = []
        self._by_character: dict[str, Counter[int]] = {}
        self._by_word: dict[str, dict[int, None]] = {}
        self._by_group: dict[tuple[int | None, str], int] = {}
        self._speaks: dict[int, int] = {}
        self._lately: deque[int] = deque(maxlen=_REACH)

    def order(self) -> list[int]:
        """Return the order to read mentions in: of a paragraph first what the narrator tells.

        So it is known who speaks when what is said is read, tag behind it or not.
        """
        refs = self.references
        return sorted(
            range(len(refs)),
            key=lambda n: (refs[n].paragraph, refs[n].line is not None, refs[n].span.start),
        )

    def join(self, mention: int, number: int | None) -> int:
        """Let a mention join somebody, or somebody new; return their number."""
        if number is None:
            number = len(self.people)
            self.people.append(Person())
        told, reference = self.people[number], self.references[mention]
        told.members.append(mention)
        told.kinds[reference.kind] += 1
        if reference.gender != "x":
            told.genders[reference.gender] += 1
        self._learn_words(told, reference, number)
        for character, weight in self._means(reference):
            told.characters[character] += weight
            self._by_character.setdefault(character, Counter())[number] += weight
        if reference.speaks is not None:
            self._speaks[reference.speaks] = number
        elif reference.group == FIRST and reference.line is not None:
            self._speaks.setdefault(reference.line, number)
        self._lately.append(number)
        return number

    def _learn_words(self, told: Person, reference: Reference, number: int) -> None:
        """Keep by which words somebody is called."""
        if reference.kind is MentionKind.PRONOUN:
            told.groups.add((reference.line, reference.group))
            self._by_group.setdefault((reference.line, reference.group), number)
            return
        if reference.kind is MentionKind.NAME:
            told.names.add(" ".join(reference.words))
            for word in reference.words:
                (told.titles if word.capitalize() in TITLES else told.proper).add(word)
            known = [w for w in reference.words if w in told.proper]
        else:
            told.heads.add(reference.head)
            told.phrases.add(reference.words)
            known = [reference.head]
        for word in known:
            alike = self._by_word.setdefault(word, {})
            alike.pop(number, None)
            alike[number] = None

    def _means(self, reference: Reference) -> Iterator[tuple[str, int]]:
        """Yield whom of the cast a mention tells of, and how surely."""
        talk = self.talk
        if reference.named:
            yield reference.named, _NAMED
        if reference.speaks is not None and (speaker := talk.speakers[reference.speaks]):
            yield speaker, _TAGGED
        if reference.group == FIRST:
            who = talk.narrator if reference.line is None else talk.speakers[reference.line]
            if who:
                yield who, _SAYS
        if reference.group == SECOND and reference.line is not None:
            for character in talk.addressees[reference.line][:1]:
                yield character, _TOLD

    def bearer(self, character: str | None) -> int | None:
        """Return who stands for one of the cast."""
        counts = self._by_character.get(character or "")
        return counts.most_common(1)[0][0] if counts else None

    def speaker(self, line: int | None) -> int | None:
        """Return who speaks a quotation, or, in narration, who tells the story."""
        if line is None:
            return self.bearer(self.talk.narrator)
        if line in self._speaks:
            return self._speaks[line]
        return self.bearer(self.talk.speakers[line])

    def addressee(self, line: int | None) -> int | None:
        """Return to whom a quotation is said."""
        if line is None or len(self.talk.addressees[line]) != 1:
            return None
        return self.bearer(self.talk.addressees[line][0])

    def so_called(self, reference: Reference) -> int | None:
        """Return whom the same pronoun meant in the same speech, or elsewhere in narration."""
        return self._by_group.get((reference.line, reference.group))

    def _alike(self, reference: Reference) -> list[int]:
        """Return the last few who were called by a word of a name or description, last first."""
        found: dict[int, None] = {}
        for word in (reference.head, *reference.words):
            found |= dict.fromkeys(list(self._by_word.get(word, {}))[-_ALIKE:][::-1])
        return list(found)

    def candidates(self, mention: int) -> list[int]:
        """Return whom a mention may mean: those lately mentioned, and those of like name."""
        reference = self.references[mention]
        line = reference.line
        found = dict.fromkeys(reversed(self._lately))
        if reference.kind is not MentionKind.PRONOUN:
            found |= dict.fromkeys(self._alike(reference))
        likely = (
            self.speaker(line),
            self.addressee(line),
            self.bearer(reference.named),
            self.so_called(reference),
        )
        return sorted(found | {number: None for number in likely if number is not None})
