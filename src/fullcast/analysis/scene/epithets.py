"""Whom a description means, where it is somebody named: *the painter*, *the innkeeper*."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fullcast.analysis.lexicon import GENDERED_PRONOUNS, PEOPLE, TITLES
from fullcast.analysis.people.names import Naming
from fullcast.analysis.people.proper import PRONOUN_REACH, SHORT_STORY
from fullcast.analysis.scene.scene import Scene, Speech
from fullcast.analysis.words import Words
from fullcast.model import Character, Span

_TALK_REACH = 8
"""So many turns apart two people still take part in one conversation."""
_LEAST_TOGETHER = 8
_SAME_SIDE = 0.5
"""Two names of one person stand mostly an even number of turns apart."""
_ABOUT_REACH = 1000
"""Characters of the text within which somebody is about."""
_LEAST_ABOUT = 0.6
_MORE_THAN_USUAL = 0.4
"""By so much is somebody more often about where the description is than elsewhere."""
_LEAST_TURNS = 2
_SAMPLE = 500
_SENTENCE_END = re.compile(r"[.!?…;“”\"]|\n\s*\n")
_SENTENCE_REACH = 300
_MODIFIERS = r"(?:\w+\s+){0,2}"
_JOINED = re.compile(r",?\s+|\s*\(")
_PASSERS_BY = frozenset(
    "waiter waitress barman barmaid bartender barista driver cabman cabbie clerk cashier "
    "receptionist secretary maid housemaid parlourmaid butler servant footman valet porter guard "
    "nurse orderly officer constable policeman policewoman cop salesman saleswoman shopkeeper "
    "attendant keeper conductor usher bouncer messenger chauffeur steward stewardess janitor boy "
    "girl child kid lad lass stranger passenger customer neighbour neighbor".split()
)
"""Those who come into a scene, say a word and are gone, unnamed."""
_LEAST_TURNS_IN_PASSING = 5
_YOUNG = frozenset("girl boy child lad lass kid youngster".split())
_PLAIN = frozenset(("mr", "mrs", "miss", "ms"))
_STYLES = frozenset(title.lower() for title in TITLES)


@dataclass(frozen=True, slots=True)
class Epithet:
    """A description under which somebody speaks, and wherever narration has it."""

    phrase: str
    """Folded, with its article: *the old painter*."""
    gender: str
    """``f``, ``m`` or ``x``, as the noun tells it, or a pronoun behind it."""
    turns: tuple[int, ...]
    places: tuple[Span, ...]

    @property
    def head(self) -> str:
        """Its noun."""
        return self.phrase.rsplit(maxsplit=1)[-1]


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant by a description, and what tells so."""

    character: str
    reason: str
    evidence: Span


class EpithetReader:
    """Finds the named characters that descriptions mean."""

    def __init__(self, scene: Scene, cast: Sequence[Character], words: Words) -> None:
        """Keep what tells who is about."""
        self._scene = scene
        self._words = words
        self._ids = [c.id for c in cast if not (c.narrator or c.group)]
        self._named = [scene.named(t) for t in range(len(scene.quotations))]
        self._speech = Speech(scene.quotations)
        self._starts = [naming.start for naming in scene.narrated]
        self._paragraphs = [p.span.start for p in scene.layout.paragraphs]
        self._places: dict[str, list[int]] = {c: [] for c in self._ids}
        for naming in scene.narrated:
            if len(naming.characters) == 1 and naming.characters[0] in self._places:
                self._places[naming.characters[0]].append(naming.start)

    def find(self, phrase: str, turns: Iterable[int]) -> Epithet | None:
        """Return a description and where it stands, if it can be somebody named.

        Args:
            phrase: The description, folded: *the painter*.
            turns: The numbers of the turns that are said under it.
        """
        several = PEOPLE.get(phrase.rsplit(maxsplit=1)[-1]) == "p"
        if several or not phrase.startswith("the "):
            return None
        places = tuple(self._find(phrase))
        return Epithet(phrase, self._gender(phrase, places), tuple(turns), places)

    def read(self, epithet: Epithet) -> Meant | None:
        """Return whom a description means, or ``None`` if nothing tells."""
        fitting = [c for c in self._ids if self._may_be(epithet, c)]
        return (
            self._stated(epithet) or self._shown(epithet, fitting) or self._left(epithet, fitting)
        )

    def leaves_open(self, epithet: Epithet) -> bool:
        """Tell whether it means one of several who are about, so that the talk must tell which."""
        return self._is_known(epithet) and any(
            self._is_about(epithet, c) for c in self._ids if self._may_be(epithet, c)
        )

    def _find(self, phrase: str) -> Iterable[Span]:
        """Yield where narration has a description."""
        pattern = r"\b" + r"\s+".join(map(re.escape, phrase.split())) + r"\b"
        for match in re.finditer(pattern, self._scene.text, re.IGNORECASE):
            tells = self._scene.layout.tells(match.start())
            if tells and not self._speech.covers(match.start()):
                yield Span(*match.span())

    def _gender(self, phrase: str, places: Sequence[Span]) -> str:
        told = PEOPLE.get(phrase.rsplit(maxsplit=1)[-1], "x")
        if told != "x":
            return told
        counts: Counter[str] = Counter()
        for place in places:
            first = self._words.at_or_after(place.end)
            following = self._words.lower[first : first + PRONOUN_REACH]
            found = (GENDERED_PRONOUNS.get(form) for form in following)
            counts[next((gender for gender in found if gender), "x")] += 1
        del counts["x"]
        return counts.most_common(1)[0][0] if len(counts) == 1 else "x"

    def _may_be(self, epithet: Epithet, character: str) -> bool:
        """Tell whether nothing shows that a description means another."""
        scene = self._scene
        if {epithet.gender, scene.genders.get(character, "x")} == {"f", "m"}:
            return False
        if epithet.head in _STYLES and scene.titles[character] - _PLAIN - {epithet.head}:
            return False
        for turn in epithet.turns:
            beside = self._named[max(0, turn - 1) : turn + 2]
            if character in beside or character in scene.called[turn] | scene.spoken_of[turn]:
                return False
        return not any(self._in_sentence(place, character) for place in epithet.places)

    def _in_sentence(self, place: Span, character: str) -> bool:
        """Tell whether the sentence around a place names somebody."""
        text, low = self._scene.text, max(0, place.start - _SENTENCE_REACH)
        ends = [match.end() for match in _SENTENCE_END.finditer(text, low, place.start)]
        stop = _SENTENCE_END.search(text, place.end)
        places = self._places[character]
        return bisect_left(places, ends[-1] if ends else low) < bisect_left(
            places, stop.start() if stop else len(text)
        )

    def _stated(self, epithet: Epithet) -> Meant | None:
        """Read *Bunting the vicar* and *the innkeeper, Hanneke*."""
        if epithet.head in _YOUNG:
            return None
        text = self._scene.text
        pattern = rf"\bthe\s+{_MODIFIERS}{re.escape(epithet.head)}\b"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            if self._speech.covers(match.start()):
                continue
            at = bisect_left(self._starts, match.start())
            for naming in self._scene.narrated[max(0, at - 1) : at + 1]:
                place = _beside(text, naming, Span(*match.span()))
                if place and len(naming.characters) == 1 and naming.characters[0] in self._ids:
                    return Meant(naming.characters[0], "stated", place)
        return None

    def _shown(self, epithet: Epithet, fitting: Sequence[str]) -> Meant | None:
        """Find who takes the description's side in talk, and is about wherever it is."""
        passing = epithet.head in _PASSERS_BY
        if len(epithet.turns) < (_LEAST_TURNS_IN_PASSING if passing else _LEAST_TURNS):
            return None
        shown = [c for c in fitting if self._takes_its_side(epithet, c)]
        if len(shown) != 1:
            return None
        turn = self._scene.quotations[epithet.turns[0]]
        return Meant(shown[0], "takes turns", turn.span)

    def _takes_its_side(self, epithet: Epithet, character: str) -> bool:
        """Tell whether somebody speaks as one who has the description's turns would."""
        apart = [
            abs(turn - other)
            for turn in epithet.turns
            for other in range(max(0, turn - _TALK_REACH), turn + _TALK_REACH + 1)
            if self._named[other : other + 1] == [character]
        ]
        if sum(n % 2 == 0 for n in apart) < _SAME_SIDE * len(apart) or 2 not in apart:
            return False
        if len(apart) >= _LEAST_TOGETHER:
            return True
        about = self._about(epithet.places, character)
        return about >= _LEAST_ABOUT and about - self._usually(character) >= _MORE_THAN_USUAL

    def _left(self, epithet: Epithet, fitting: Sequence[str]) -> Meant | None:
        """Find the one of a short story's few who is left when all others are ruled out."""
        if not self._is_known(epithet):
            return None
        left = [c for c in fitting if self._is_about(epithet, c)]
        left = [c for c in left if not any(self._in_paragraph(p, c) for p in epithet.places)]
        if len(left) != 1:
            return None
        return Meant(left[0], "nobody else is left", epithet.places[0])

    def _is_known(self, epithet: Epithet) -> bool:
        """Tell whether a short story speaks of somebody met before: *the innkeeper*, at once."""
        short = len(self._words.forms) < SHORT_STORY
        new = epithet.head in _PASSERS_BY or epithet.head not in PEOPLE
        return short and not new and not self._introduced(epithet)

    def _is_about(self, epithet: Epithet, character: str) -> bool:
        """Tell whether somebody was named before the description has the word, and near it."""
        met = self._scene.quotations[epithet.turns[0]].span.start
        return any(place < met for place in self._places[character][:1]) and (
            self._about(epithet.places, character) >= _LEAST_ABOUT
        )

    def _introduced(self, epithet: Epithet) -> bool:
        """Tell whether the first mention brings somebody new: *an innkeeper*."""
        pattern = rf"\b(?:an?|another|one)\s+{_MODIFIERS}{re.escape(epithet.head)}\b"
        found = re.search(pattern, self._scene.text, re.IGNORECASE)
        return found is not None and not self._speech.covers(found.start())

    def _in_paragraph(self, place: Span, character: str) -> bool:
        """Tell whether narration of the same paragraph names somebody."""
        number = bisect_right(self._paragraphs, place.start) - 1
        span = self._scene.layout.paragraphs[number].span
        places = self._places[character]
        return bisect_left(places, span.start) < bisect_left(places, span.end)

    def _about(self, places: Sequence[Span], character: str) -> float:
        """Return at which share of places somebody is about."""
        named = self._places[character]
        near = (
            bisect_left(named, p.start - _ABOUT_REACH) < bisect_left(named, p.start + _ABOUT_REACH)
            for p in places
        )
        return sum(near) / max(1, len(places))

    def _usually(self, character: str) -> float:
        """Return at which share of all places of the text somebody is about."""
        grid = [Span(at, at) for at in range(0, len(self._scene.text), _SAMPLE)]
        return self._about(grid, character)


def _beside(text: str, naming: Naming, place: Span) -> Span | None:
    """Return the stretch of a name and a description that explain each other."""
    first, last = sorted((naming.span, place), key=lambda span: span.start)
    closed = text[last.end : last.end + 1] in ",.;:!?)—" or (
        first == naming.span and text[first.end : last.start].isspace()
    )
    owned = text[last.end : last.end + 2] in ("'s", "’s", " s")
    joined = first.end <= last.start and _JOINED.fullmatch(text, first.end, last.start)
    return Span(first.start, last.end) if joined and closed and not owned else None
