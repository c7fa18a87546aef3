"""Who is meant, as the narrator puts it: pronouns, names and descriptions read where they begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from fullcast.analysis.lexicon import PEOPLE, SPEECH_VERBS, TITLES
from fullcast.analysis.people.names import Naming
from fullcast.analysis.words import Words
from fullcast.model import CueKind, Span

PRONOUNS = {"i": "x", "he": "m", "she": "f", "they": "p", "we": "p", "it": "x"}
_OWNERS = {"my": "x", "his": "m", "her": "f", "their": "p"}
_BODY = frozenset(
    """voice tone eye eyes eyebrow eyebrows brow brows face expression mouth lips lip jaw chin
    cheeks ears nose head hair shoulders hand hands fingers fist fists knuckles knees heart
    stomach chest throat breath smile grin smirk frown gaze laugh laughter""".split()
)
"""What acts for its owner: *Her ears went pink*."""
_BODY_REACH = 2
DETERMINERS = frozenset(
    "the a an his her my our their your its this that another one both some two three "
    "all several many poor little old young dear good".split()
)
OBJECT_MARKERS = frozenset(
    "to with of at by for from upon toward towards after beside into on near like than about "
    "behind before past against between among around over under in without through and or "
    "told asked answered addressed interrupted assured informed reminded".split()
)
"""What follows one of these is not the subject of the verb to come."""
_CLAUSE_OPENERS = frozenset("as when while who whom which if because before until".split())
_NOT_DESCRIBING = SPEECH_VERBS | OBJECT_MARKERS | _CLAUSE_OPENERS
"""What no description goes on behind: *said the groom softly as the boy turned*."""
_OWN_PARTS = frozenset("voice voices ghost spirit shadow".split())
"""What speaks for its owner: *said Pryce’s voice*."""
_NO_BARE_TITLES = frozenset("mr mrs ms mme mlle dr m don".split())
INDEFINITE = frozenset("someone somebody everyone everybody nobody".split())
MAX_NOUN_PHRASE = 6
_MAX_POSSESSED = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a cue points at, as the narrator puts it."""

    span: Span
    kind: CueKind
    gender: str
    """``f``, ``m``, ``x`` or ``p``, as pronoun or noun tells it."""
    characters: tuple[str, ...] = ()
    """Everybody in the cast who answers to the name; empty for pronouns and unknown nouns."""
    first_person: bool = False
    head: str = ""
    """The noun of a description, folded."""
    plain: bool = False
    """Whether it is *he* or *she* in small letters: a tag that goes on from the speech."""
    taught: bool = False
    """Whether a person has told, by settling another line, whom the words mean."""


class Phrases:
    """Reads the noun phrases of people, word by word."""

    def __init__(self, text: str, words: Words, namings: Sequence[Naming]) -> None:
        """Keep the text's words and names at hand."""
        self._text = text
        self._words = words
        self._naming_at = {naming.first_word: naming for naming in namings}

    def noun_phrase(self, at: int, stop: int) -> Subject | None:
        """Read a pronoun, a name or a description of a person that begins at a word."""
        words = self._words
        if at >= stop:
            return None
        start, form = words.starts[at], words.lower[at]
        if form in PRONOUNS and (form != "i" or words.forms[at] == "I"):
            span = Span(start, words.ends[at])
            return Subject(
                span,
                CueKind.ANAPHORIC,
                PRONOUNS[form],
                first_person=form in ("i", "we"),
                plain=words.forms[at] in ("he", "she"),
            )
        if form in INDEFINITE:
            return Subject(Span(start, words.ends[at]), CueKind.ANAPHORIC, "x", head=form)
        naming = self._naming_at.get(at)
        for name in range(at + 1, min(at + 4, stop)) if form in DETERMINERS else ():
            if not naming and not self._text[words.ends[name - 1] : words.starts[name]].strip():
                naming = self._naming_at.get(name)
        if naming and naming.end <= words.ends[stop - 1]:
            relative = self._relative_of(naming, start, stop)
            if relative:
                return relative
            kind = CueKind.ANAPHORIC if naming.common else CueKind.EXPLICIT
            return Subject(Span(start, naming.end), kind, "x", naming.characters)
        return self._description(at, stop) or self._bare_title(at, stop)

    def _bare_title(self, at: int, stop: int) -> Subject | None:
        """Read *Mademoiselle* or *Captain* in place of a name, but not before one."""
        words = self._words
        form = words.forms[at]
        if form.lower() in _NO_BARE_TITLES or form not in TITLES:
            return None
        if at + 1 < stop and words.forms[at + 1][0].isupper():
            return None
        span = Span(words.starts[at], words.ends[at])
        return Subject(span, CueKind.ANAPHORIC, TITLES[form], head=form.lower())

    def owner(self, at: int, stop: int) -> Subject | None:
        """Read whose voice, eyes or hands act: *her* of *Her ears went pink*."""
        words, form = self._words, self._words.lower[at]
        if form not in _OWNERS or not words.forms[at][0].isupper():
            return None
        if _BODY.isdisjoint(words.lower[at + 1 : min(at + 1 + _BODY_REACH, stop)]):
            return None
        span = Span(words.starts[at], words.ends[at])
        return Subject(span, CueKind.ANAPHORIC, _OWNERS[form], first_person=form == "my")

    def owner_of_part(self, at: int, stop: int) -> Subject | None:
        """Read whose hand, head or eyes act, also amid a sentence: *and Tom’s hand found hers*."""
        words = self._words
        naming = self._naming_at.get(at)
        if naming and self.possessive(naming.end):
            found = Subject(naming.span, CueKind.EXPLICIT, "x", naming.characters)
            after = words.at_or_after(naming.end)
        elif words.lower[at] in _OWNERS:
            gender, span = _OWNERS[words.lower[at]], Span(words.starts[at], words.ends[at])
            first = words.lower[at] == "my"
            found = Subject(span, CueKind.ANAPHORIC, gender, first_person=first)
            after = at + 1
        else:
            return None
        parts = words.lower[after : min(after + _BODY_REACH, stop)]
        return None if _BODY.isdisjoint(parts) else found

    def possessive(self, end: int) -> bool:
        """Tell whether an *’s* follows."""
        return self._text[end : end + 2] in ("'s", "’s")

    def _relative_of(self, naming: Naming, start: int, stop: int) -> Subject | None:
        """Read *Tom’s mother*: somebody described by whose they are."""
        if not self.possessive(naming.end):
            return None
        first = self._words.at_or_after(naming.end)
        for place in range(first, min(first + _MAX_POSSESSED, stop)):
            form = self._words.lower[place]
            if form in PEOPLE and form not in _OWN_PARTS:
                span = Span(start, self._words.ends[place])
                return Subject(span, CueKind.ANAPHORIC, PEOPLE[form], head=form)
        return None

    def _description(self, at: int, stop: int) -> Subject | None:
        words = self._words
        if words.lower[at] not in DETERMINERS:
            return None
        for place in range(at + 1, min(at + MAX_NOUN_PHRASE, stop)):
            form = words.lower[place]
            broken = self._text[words.ends[place - 1] : words.starts[place]].strip()
            if form in _NOT_DESCRIBING or broken:
                break
            gender = PEOPLE.get(form)
            if gender:
                following = words.lower[place + 1] if place + 1 < stop else ""
                if following in PEOPLE and words.starts[place + 1] - words.ends[place] == 1:
                    continue
                span = Span(words.starts[at], words.ends[place])
                return Subject(span, CueKind.ANAPHORIC, gender, head=form)
        return None
