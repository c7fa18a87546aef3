"""Set the scene for the rules: names, tags, calls and genders, gathered once for a book."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log

from fullcast.analysis.lexicon import TITLES
from fullcast.analysis.people.gender import GENDERS, find_genders
from fullcast.analysis.people.names import NameTable, Naming, is_passing
from fullcast.analysis.scene.cues import CueFinder, Tag
from fullcast.analysis.scene.layout import Layout
from fullcast.analysis.scene.tags import find_tags
from fullcast.analysis.scene.tellers import Tellers, find_tellers
from fullcast.analysis.scene.vocatives import asks, sort_names
from fullcast.analysis.words import Words
from fullcast.model import Character, Gender, Quotation

_SUBJECT_PLACE = re.compile(
    r"(?:^|[.!?…;:,\"”’)—-]|\b(?:and|but|when|while|as|that|if|because|then|so|for|until|or"
    r"|though))\s*$"
)
_PLACE_REACH = 12
_SELVES = frozenset(("i", "i'd", "i'll", "i'm", "i've", "me"))
_CONTRACTED = re.compile("['’].*")


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the rules know of a book when they weigh speakers."""

    text: str
    quotations: Sequence[Quotation]
    layout: Layout
    tags: Sequence[Sequence[Tag]]
    narrated: Sequence[Naming]
    """Namings in narration, in order."""
    subjects: Sequence[bool]
    """For each of them, whether it stands where a subject does."""
    selves: Sequence[Naming]
    """Where a narrator who is in the story tells of themself: *I* and *me*, in narration."""
    named_in_speech: Sequence[Sequence[Naming]]
    """For each quotation the namings inside it."""
    calls: Sequence[set[str]]
    """For each quotation the names it calls, folded, as written."""
    called: Sequence[set[str]]
    """For each quotation the ids of those it calls."""
    asks: Sequence[bool]
    """For each quotation, whether it ends in a question."""
    spoken_of: Sequence[set[str]]
    genders: Mapping[str, str]
    narrator: str | None
    prominence: Mapping[str, float]
    families: Mapping[str, frozenset[str]]
    """Each character's family names, folded."""
    titles: Mapping[str, frozenset[str]]
    """Each character's titles, folded: *mrs, aunt, general*."""
    tellers: Tellers
    """Who tells which chapter, where headings say so."""
    said: Mapping[int, str | None] = field(default_factory=dict)
    """Who speaks the turns that a person has settled; ``None`` for nobody in the cast."""

    def teller(self, t: int) -> str | None:
        """Return who says *I* in the narration around quotation ``t``."""
        return self.tellers.at(self.quotations[t].span.start) or self.narrator

    def tag(self, t: int) -> Tag | None:
        """Return the surest tag of quotation ``t``."""
        return self.tags[t][0] if self.tags[t] else None

    def named_before(self, place: int, count: int) -> Sequence[Naming]:
        """Return the last ``count`` names in narration before ``place``."""
        end = bisect_left(self.narrated, place, key=lambda naming: naming.start)
        return self.narrated[max(0, end - count) : end]

    def gender(self, character: Character) -> Gender:
        """Return what is known of a character's gender, by name or by pronouns."""
        return GENDERS.get(self.genders.get(character.id, "x"), character.gender)

    def named(self, t: int) -> str | None:
        """Return whom a speech verb names as the speaker of ``t``, where it names just one."""
        tag = self.tag(t)
        if tag is None or tag.verb is None:
            return None
        if tag.subject.first_person:
            return self.teller(t)
        ids = tag.subject.characters
        return ids[0] if len(ids) == 1 else None

    def settled(self, t: int) -> str | None:
        """Return who is known to speak ``t``: whom a person names, else whom a speech verb does."""
        return self.said[t] if t in self.said else self.named(t)


class Speech:
    """Which quotation a place in the text belongs to."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        """Index the parts of all quotations."""
        parts = sorted((s.start, s.end, n) for n, q in enumerate(quotations) for s in q.spans)
        self._starts = [start for start, _, _ in parts]
        self._ends = [end for _, end, _ in parts]
        self._numbers = [number for _, _, number in parts]

    def at(self, place: int) -> int | None:
        """Return the number of the quotation at ``place``, or ``None`` in narration."""
        found = bisect_right(self._starts, place) - 1
        return self._numbers[found] if found >= 0 and place < self._ends[found] else None

    def covers(self, place: int) -> bool:
        """Tell whether a place in the text is inside a quotation."""
        return self.at(place) is not None


def set_scene(
    text: str,
    words: Words,
    quotations: Sequence[Quotation],
    layout: Layout,
    cast: Sequence[Character],
    *,
    written: Sequence[Quotation] = (),
) -> Scene:
    """Gather what the rules need to know of a book whose cast is known.

    Args:
        text: The book's.
        words: Its words.
        quotations: Those that somebody utters.
        layout: Where these stand.
        cast: Who may speak.
        written: Letters and the like: what they name is neither narrated nor spoken.
    """
    speech, letters = Speech(quotations), Speech(written)

    def own(place: int) -> bool:
        return layout.holds(place) and not letters.covers(place)

    names = NameTable(cast)
    found = (naming for naming in names.find(words) if own(naming.start))
    narrated, inside = _apart(found, speech, len(quotations))
    subjects = [_is_subject(text, naming) for naming in narrated]
    narrator = next((c.id for c in cast if c.narrator), None)
    spoken = [sort_names(text, q, names) for q, names in zip(quotations, inside, strict=True)]
    return Scene(
        text=text,
        quotations=quotations,
        layout=layout,
        tags=_bind(find_tags(text, layout, CueFinder(text, words, narrated, cast)), cast, text),
        narrated=narrated,
        subjects=subjects,
        selves=[
            naming
            for naming in (_selves(text, words, narrator) if narrator else ())
            if own(naming.start) and not speech.covers(naming.start)
        ],
        named_in_speech=inside,
        calls=[s.names for s in spoken],
        asks=[asks(text, q) for q in quotations],
        called=[s.called for s in spoken],
        spoken_of=[s.spoken_of for s in spoken],
        genders=find_genders(cast, words, narrated, subjects, _beside(layout, speech)),
        narrator=narrator,
        prominence=_prominence(cast, narrated),
        families={c.id: _families(c) for c in cast},
        titles={c.id: _titles(c) for c in cast},
        tellers=find_tellers(text, words, layout, names, narrated, _told(layout, speech)),
    )


def _told(layout: Layout, speech: Speech) -> Callable[[int], bool]:
    """Return what tells whether a place is where the story itself is told."""
    return lambda at: layout.tells(at) and not speech.covers(at)


def _apart(
    namings: Iterable[Naming], speech: Speech, count: int
) -> tuple[list[Naming], list[list[Naming]]]:
    """Return the namings in narration, and those inside each of ``count`` quotations."""
    narrated: list[Naming] = []
    inside: list[list[Naming]] = [[] for _ in range(count)]
    for naming in namings:
        number = speech.at(naming.start)
        (narrated if number is None else inside[number]).append(naming)
    return narrated, inside


def _beside(layout: Layout, speech: Speech) -> Callable[[int, int], bool]:
    """Return what tells whether a second place is in narration of the first one's paragraph."""

    def beside(place: int, other: int) -> bool:
        return layout.paragraph(place) == layout.paragraph(other) and not speech.covers(other)

    return beside


def _selves(text: str, words: Words, narrator: str) -> Iterator[Naming]:
    """Yield where a text says *I* or *me*."""
    for number, word in enumerate(words.lower):
        if word in _SELVES:
            place = words.starts[number]
            end = place + len(_CONTRACTED.sub("", text[place : words.ends[number]]))
            yield Naming(start=place, end=end, first_word=number, characters=(narrator,))


def _bind(tags: Sequence[Sequence[Tag]], cast: Sequence[Character], text: str) -> list[list[Tag]]:
    """Give tags like *said a voice* to the character that stands for these very words.

    And a bare title, *said Mademoiselle*, to whoever bears it.
    """
    bearers: dict[str, tuple[str, ...]] = {}
    for character in cast:
        for title in _titles(character):
            bearers[title] = (*bearers.get(title, ()), character.id)
    bearers |= {
        alias.lower(): (character.id,)
        for character in cast
        for alias in character.aliases
        if is_passing(alias)
    }

    def bound(tag: Tag) -> Tag:
        words = " ".join(tag.subject.span.of(text).lower().split())
        if not tag.verb or tag.subject.characters or words not in bearers:
            return tag
        return replace(tag, subject=replace(tag.subject, characters=bearers[words]))

    return [[bound(tag) for tag in found] for found in tags]


def _is_subject(text: str, naming: Naming) -> bool:
    lead = _SUBJECT_PLACE.search(text, max(0, naming.start - _PLACE_REACH), naming.start)
    return bool(lead) and text[naming.end : naming.end + 2] not in ("'s", "’s")


def _families(character: Character) -> frozenset[str]:
    """Return the last words of a character's longer names."""
    names = (alias.split() for alias in (character.name, *character.aliases))
    return frozenset(words[-1].lower() for words in names if len(words) > 1)


def _titles(character: Character) -> frozenset[str]:
    """Return the titles that a character's names begin with."""
    names = (alias.split() for alias in (character.name, *character.aliases))
    firsts = {words[0].rstrip(".") for words in names if len(words) > 1}
    return frozenset(first.lower() for first in firsts if first in TITLES)


def _prominence(cast: Sequence[Character], narrated: Sequence[Naming]) -> dict[str, float]:
    """Return for each character how often narration names them, as log share of the most named."""
    counts = Counter(n.characters[0] for n in narrated if len(n.characters) == 1)
    most = max(counts.values(), default=0)
    return {c.id: log(1 + counts[c.id]) - log(1 + most) for c in cast}
