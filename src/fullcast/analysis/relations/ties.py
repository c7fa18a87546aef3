"""Relations that the text states: *Tom’s brother Harry*, *my late wife*, *said his wife*."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fullcast.analysis.lexicon import KIN
from fullcast.analysis.people.names import Naming
from fullcast.analysis.scene.scene import Scene, Speech
from fullcast.analysis.scene.vocatives import is_vocative
from fullcast.analysis.words import Words
from fullcast.model import Attribution, Span, Tie

_ADJECTIVES = frozenset(
    """dead late elder younger eldest youngest little dear dearest poor only old former first
    second twin own beloved good best oldest big great deceased future""".split()
)
_PAST = frozenset("dead late former first deceased".split())
_NOT_YET = frozenset("future".split())
_OWNERS = {"his": "m", "her": "f"}
_CALLED = frozenset("mother father mamma mama papa mum mom mummy mommy dad daddy auntie".split())
_TITLES = frozenset("aunt auntie uncle cousin grandma grandpa".split())
_ONE = frozenset("mother father mamma mama papa mum mom dad daddy wife husband".split())
"""Of these one has a single one, as a rule."""
_COUPLE = re.compile(r"\bMr\.? and Mrs\.? ([A-Z][^\W\d_]+)")
_COPULAS = re.compile(r"\s(is|was|had been|used to be|was once|has been)\s")
_BEEN = frozenset(("had been", "used to be", "was once"))
_MOST_ADJECTIVES = 2
_COPULA_REACH = 12
_HAVING = re.compile(r"\bI(?: have| had| have got|['’]ve|['’]ve got|['’]d) (?:an? |\w+ )?\Z")
"""*“I had sisters.”*"""
_HAVING_REACH = 20
_WAS = re.compile(r"\b(?:s?he|they) (?:was|were|used to be) \Z", re.IGNORECASE)
_USED = re.compile(r"\s+used\s+to\b")
_STATED, _OWN_WORD, _RESOLVED = 0.95, 0.85, 0.7
_CALLING = 0.7
_LEAST = 0.4
"""What is less sure is not told."""
_ONE_RELATION = tuple(
    frozenset(words.split())
    for words in (
        "wife husband spouse widow widower ex-wife ex-husband",
        """mother mamma mama mom mum mummy mommy father papa dad daddy parent daughter son""",
        "sister brother half-sister half-brother",
        "aunt auntie uncle niece nephew",
    )
)
"""Words that tell one relation, seen from either side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A tie before it is asked who speaks. Who is a number where it is the speaker of a turn."""

    span: Span
    word: str
    of: str | int
    who: str | int | None
    to: bool = False
    """Whether ``of`` is not who speaks the turn, but who is spoken to: *your wife*."""
    calls: bool = False
    """Whether ``who`` is not who speaks the turn, but who is spoken to: *Mother!*"""
    owner: str = "x"
    """The gender that *his* or *her* tells of ``of``."""
    past: bool
    probability: float


class TieReader:
    """Reads a book’s ties once. Only what is meant by *my* and *said his wife* depends on turns."""

    def __init__(self, scene: Scene, words: Words) -> None:
        """Read what the text states."""
        self._scene = scene
        self._words = words
        self._speech = Speech(scene.quotations)
        every = [*scene.narrated, *(n for inside in scene.named_in_speech for n in inside)]
        self._named = {n.first_word: n for n in every if len(n.characters) == 1 and not n.common}
        self._ending = {n.end: n for n in self._named.values()}
        self._tagged = {
            tags[0].subject.span.end: t
            for t, tags in enumerate(scene.tags)
            if tags and tags[0].verb and tags[0].subject.head in KIN
        }
        found = [*self._couples(), *self._kin()]
        self._found = sorted(found, key=lambda each: each.span)

    def ties(self, attributions: Sequence[Attribution]) -> tuple[Tie, ...]:
        """Say who is what to whom, given who speaks each turn, in the order of the text."""
        ties = [tie for found in self._found for tie in self._meant(found, attributions)]
        return tuple(_told_once(_filled(_consistent(ties))))

    def _meant(self, found: _Found, attributions: Sequence[Attribution]) -> Iterator[Tie]:
        of, of_sure = _person(found.of, attributions, spoken_to=found.to)
        who, who_sure = _person(found.who, attributions, spoken_to=found.calls)
        if found.owner != "x":
            of = self._spouse(who, found.word) or of
        sure = found.probability * of_sure * who_sure
        called_nobody = found.calls and who is None
        if of is None or of == who or called_nobody or sure < _LEAST:
            return
        if not (self._agrees(who, KIN[found.word]) and self._owns(of, found.owner)):
            return
        yield Tie(
            span=found.span,
            word=found.word,
            of=of,
            character=who,
            past=found.past,
            probability=round(sure, 3),
        )

    def _agrees(self, character: str | None, gender: str) -> bool:
        if character is None:
            return True
        return {gender, self._scene.genders.get(character, "x")} != {"f", "m"}

    def _owns(self, character: str, gender: str) -> bool:
        """Tell whether *his* is known to fit."""
        return gender == "x" or self._scene.genders.get(character) == gender

    def _spouse(self, who: str | None, word: str) -> str | None:
        """Find the Mr. Finch to whom Mrs. Finch is the wife who speaks."""
        own, other = {"wife": ("mrs", "mr"), "husband": ("mr", "mrs")}.get(word, ("", ""))
        if who is None or own not in self._scene.titles.get(who, ()):
            return None
        found = {self._titled(other, family) for family in self._scene.families[who]}
        return found.pop() if len(found) == 1 else None

    def _couples(self) -> Iterator[_Found]:
        """Read *Mr. and Mrs. Finch*."""
        for found in _COUPLE.finditer(self._scene.text):
            pair = [self._titled(title, found[1].lower()) for title in ("mrs", "mr")]
            if pair[0] and pair[1] and self._scene.layout.tells(found.start()):
                yield _Found(
                    span=Span(*found.span()),
                    word="wife",
                    of=pair[1],
                    who=pair[0],
                    past=False,
                    probability=_STATED,
                )

    def _titled(self, title: str, family: str) -> str | None:
        scene = self._scene
        bearers = [who for who in scene.titles if title in scene.titles[who]]
        named = [who for who in bearers if family in scene.families[who]]
        return named[0] if len(named) == 1 else None

    def _kin(self) -> Iterator[_Found]:
        for at, form in enumerate(self._words.lower):
            if (form in KIN or form.removesuffix("s") in KIN) and self._scene.layout.tells(
                self._words.starts[at]
            ):
                found = self._read(at)
                if found:
                    yield found

    def _read(self, at: int) -> _Found | None:
        """Read the tie that a word for kin states, with whose it is before it."""
        words, turn = self._words, self._speech.at(self._words.starts[at])
        if words.lower[at] not in KIN:
            return self._had(at, at, turn) if turn is not None else None
        first = at
        while first and at - first < _MOST_ADJECTIVES and words.lower[first - 1] in _ADJECTIVES:
            first -= 1
        adjectives = frozenset(words.lower[first:at])
        if adjectives & _NOT_YET or first == 0 or self._broken(first - 1, at):
            return None
        owner = self._ending.get(words.ends[first - 1])
        if owner and self._scene.text[owner.end : owner.end + 2] in ("’s", "'s"):
            return self._stated(at, owner.first_word, owner.characters[0], adjectives)
        form = words.lower[first - 1]
        if turn is None:
            return self._narrated(at, first - 1, form, adjectives)
        if form in ("my", "your"):
            return self._own(at, first - 1, turn, adjectives)
        if first == at and words.lower[at] in _CALLED and form not in _OWNERS:
            return self._called(at, turn)
        return self._had(first, at, turn)

    def _had(self, first: int, at: int, turn: int) -> _Found | None:
        """Read *“I had sisters”* and *“I’ve a cousin with a boat.”*."""
        words, start = self._words, self._words.starts[first]
        lead = _HAVING.search(self._scene.text, max(0, start - _HAVING_REACH), start)
        if lead is None:
            return None
        form = words.lower[at]
        return _Found(
            span=Span(lead.start(), words.ends[at]),
            word=form if form in KIN else form.removesuffix("s"),
            of=turn,
            who=None,
            past=lead[0].startswith("I had "),
            probability=_OWN_WORD,
        )

    def _broken(self, first: int, last: int) -> bool:
        gap = self._scene.text[self._words.ends[first] : self._words.starts[last]]
        return bool(re.search(r"[.!?;:”\"]", gap))

    def _stated(
        self, at: int, first: int, of: str | int, adjectives: frozenset[str], sure: float = _STATED
    ) -> _Found | None:
        """Read who it is that stands beside the words: *Tom’s brother Harry*."""
        who, span, been = self._beside(first, at)
        word = self._words.lower[at]
        unnamed = who is None and isinstance(of, str)
        if unnamed or who == of or not self._agrees(who, KIN[word]):
            return None
        past = bool(adjectives & _PAST) or been or word.startswith("ex-") or self._once(at)
        return _Found(span=span, word=word, of=of, who=who, past=past, probability=sure)

    def _beside(self, first: int, at: int) -> tuple[str | None, Span, bool]:
        """Return who is named in apposition, or as what somebody is; where; and whether it was."""
        text, words = self._scene.text, self._words
        start, end = words.starts[first], words.ends[at]
        follows = self._named.get(at + 1)
        if follows:
            gap = text[end : follows.start]
            comma = gap.strip() == "," and text[follows.end : follows.end + 1] in (",", ".", ";")
            if (comma and self._speech.at(start) is None) or not gap.strip():
                return follows.characters[0], Span(start, follows.end), False
        before = self._named_before(start)
        if before is None:
            return None, Span(start, end), False
        gap = text[before.end : start]
        copula = _COPULAS.fullmatch(gap)
        closes = text[end : end + 1] in (",", ".", ";")
        if copula or (gap == ", " and closes and self._speech.at(start) is None):
            been = copula is not None and copula[1] in _BEEN
            return before.characters[0], Span(before.start, end), been
        return None, Span(start, end), False

    def _named_before(self, place: int) -> Naming | None:
        at = self._words.at_or_after(place)
        for number in range(at - 1, max(-1, at - 5), -1):
            naming = self._ending.get(self._words.ends[number])
            if naming and place - naming.end <= _COPULA_REACH:
                return naming
        return None

    def _narrated(
        self, at: int, first: int, form: str, adjectives: frozenset[str]
    ) -> _Found | None:
        """Read *his brother Harry*, *my brother Harry* and *said his wife* in narration."""
        words = self._words
        turn = self._tagged.get(self._words.ends[at])
        if form in ("my", "our"):
            return self._narrators(at, first, turn, adjectives)
        if words.forms[at][0].isupper() and not self._opens(at):
            return self._named_so(at)
        if form not in _OWNERS:
            return None
        if turn is not None:
            return self._tag(at, first, turn, form, adjectives)
        who, _, _ = self._beside(first, at)
        of = self._owner(first, form, who) if who else None
        return self._stated(at, first, of, adjectives, _RESOLVED) if of else None

    def _narrators(
        self, at: int, first: int, turn: int | None, adjectives: frozenset[str]
    ) -> _Found | None:
        """Read *my brother Harry*, *my wife* and *my sister said*, of whoever tells the story."""
        words, narrator = self._words, self._scene.narrator
        if narrator is None:
            return None
        found = self._stated(at, first, narrator, adjectives)
        if found or (turn is None and words.lower[at] not in _NAMELESS):
            return found
        return _Found(
            span=Span(words.starts[first], words.ends[at]),
            word=words.lower[at],
            of=narrator,
            who=turn,
            past=bool(adjectives & _PAST) or self._once(at),
            probability=_OWN_WORD,
        )

    def _named_so(self, at: int) -> _Found | None:
        """Read *Mum* and *Aunt Lou*, as who tells the story calls them."""
        words, narrator, named = self._words, self._scene.narrator, self._named.get(at)
        title = named is not None and named.end > words.ends[at] and words.lower[at] in _TITLES
        if narrator is None or not (title or words.lower[at] in _CALLED):
            return None
        return _Found(
            span=named.span if named else Span(words.starts[at], words.ends[at]),
            word=words.lower[at],
            of=narrator,
            who=named.characters[0] if named else None,
            past=self._once(at),
            probability=_CALLING,
        )

    def _opens(self, at: int) -> bool:
        """Tell whether a word begins a sentence, where any is written large."""
        return (
            self._scene.text[max(0, self._words.starts[at] - 3) : self._words.starts[at]].rstrip()[
                -1:
            ]
            in '.!?…"”’*'
        )

    def _once(self, at: int) -> bool:
        """Tell whether somebody is told of as no more: *my mother used to say*."""
        return bool(_USED.match(self._scene.text, self._words.ends[at]))

    def _owner(self, at: int, form: str, other: str) -> str | None:
        """Find whom *his* means: the one man named in its sentence, other than the brother."""
        start = self._words.starts[at]
        sentence = max(self._scene.text.rfind(end, 0, start) for end in (". ", "\n\n", "” ", "! "))
        found = {
            naming.characters[0]
            for naming in self._scene.named_before(start, 4)
            if len(naming.characters) == 1 and naming.start > sentence
        }
        fits = [who for who in found - {other} if self._scene.genders.get(who) == _OWNERS[form]]
        return fits[0] if len(fits) == 1 else None

    def _tag(self, at: int, first: int, turn: int, form: str, adjectives: frozenset[str]) -> _Found:
        """Read *said his wife*: the speaker’s tie to whoever she speaks to."""
        words = self._words
        return _Found(
            span=Span(words.starts[first], words.ends[at]),
            word=words.lower[at],
            of=turn,
            to=True,
            who=turn,
            owner=_OWNERS[form],
            past=bool(adjectives & _PAST),
            probability=_RESOLVED,
        )

    def _own(self, at: int, first: int, turn: int, adjectives: frozenset[str]) -> _Found | None:
        """Read *my brother* and *your brother* in speech."""
        words, text = self._words, self._scene.text
        place = Naming(words.starts[first], words.ends[at], first, ())
        if is_vocative(text, place, self._scene.quotations[turn]) and words.lower[first] == "my":
            return None
        found = self._stated(at, first, turn, adjectives, _OWN_WORD)
        yours = words.lower[first] == "your"
        if found is None or (found.who is None and words.lower[at] not in _NAMELESS):
            return None
        was = _WAS.search(text, max(0, place.start - _HAVING_REACH), place.start)
        return replace(found, to=yours, past=found.past or was is not None)

    def _called(self, at: int, turn: int) -> _Found | None:
        """Read *Mother* where it calls somebody."""
        words = self._words
        span = Span(words.starts[at], words.ends[at])
        place = Naming(span.start, span.end, at, ())
        if not is_vocative(self._scene.text, place, self._scene.quotations[turn]):
            return None
        return _Found(
            span=span,
            word=words.lower[at],
            of=turn,
            who=turn,
            calls=True,
            past=False,
            probability=_CALLING,
        )


_NAMELESS = frozenset(KIN) - frozenset("friend partner cousin ward guardian parent lover".split())
"""Ties worth telling without a name."""


def _person(
    who: str | int | None, attributions: Sequence[Attribution], *, spoken_to: bool
) -> tuple[str | None, float]:
    """Say who is meant by somebody or by a turn's number, and how sure that is."""
    if not isinstance(who, int):
        return who, 1.0
    judged = attributions[who]
    if not spoken_to:
        return judged.speaker, judged.probability
    if len(judged.addressees) == 1:
        return judged.addressees[0], judged.probability
    before = attributions[who - 1].speaker if who else None
    return (None if before == judged.speaker else before), judged.probability * _RESOLVED


def _consistent(ties: Sequence[Tie]) -> list[Tie]:
    """Leave out what is gainsaid: two who are told to be married are not father and daughter."""
    told: dict[frozenset[str | None], dict[frozenset[str], float]] = defaultdict(dict)
    for tie in ties:
        here, relation = told[frozenset((tie.of, tie.character))], _relation(tie)
        if relation:
            here[relation] = here.get(relation, 0.0) + tie.probability
    return [tie for tie in ties if tie.character is None or _stands(tie, told)]


def _stands(tie: Tie, told: Mapping[frozenset[str | None], Mapping[frozenset[str], float]]) -> bool:
    here, relation = told[frozenset((tie.of, tie.character))], _relation(tie)
    return not relation or here[relation] == max(here.values())


def _relation(tie: Tie) -> frozenset[str]:
    return next((words for words in _ONE_RELATION if tie.word in words), frozenset())


def _told_once(ties: Iterable[Tie]) -> Iterator[Tie]:
    """Leave out what was told before of somebody whom no name tells: *your sister*, again."""
    told: set[tuple[str, str]] = set()
    for tie in ties:
        if tie.character is not None or (tie.of, tie.word) not in told:
            yield tie
        if tie.character is None:
            told.add((tie.of, tie.word))


def _filled(ties: Sequence[Tie]) -> Iterator[Tie]:
    """Name the mother who is not named there, where the text has named her elsewhere."""
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for tie in ties:
        if tie.character is not None:
            named[tie.of, tie.word].add(tie.character)
    for tie in ties:
        known = named[tie.of, tie.word]
        if tie.character is None and tie.word in _ONE and len(known) == 1:
            sure = round(tie.probability * _RESOLVED, 3)
            yield replace(tie, character=min(known), probability=sure)
        else:
            yield tie
