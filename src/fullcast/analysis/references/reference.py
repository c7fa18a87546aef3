"""What a text tells of each mention of people by itself, before it is known who is meant."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fullcast.analysis.people.gender import from_names
from fullcast.analysis.references.grammar import gender_of, is_common
from fullcast.analysis.words import split_words
from fullcast.model import Annotations, Attribution, Book, Gender, MentionKind, Quotation, Span

_FORMS = {
    "i": "i me my mine myself",
    "you": "you your yours yourself thou thee thy thine ye yeh yer ya",
    "he": "he him his himself",
    "she": "she her hers herself",
    "we": "we us our ours ourselves",
    "they": "they them their theirs themselves yourselves",
    "who": "who whom whose",
    "it": "it its itself",
}
PRONOUNS = {form: group for group, forms in _FORMS.items() for form in forms.split()}
GROUPS = (*_FORMS, "other")
_GENDERS = {"he": "m", "she": "f", "they": "p", "we": "p", "it": "x"}
_POSSESSIVE = frozenset("my your his her our their its thy yer whose".split())
_REFLEXIVE = frozenset(w for w in PRONOUNS if w.endswith(("self", "selves")))
_CUT = re.compile(
    r"[,;:(]|\s(?:of|in|on|at|with|who|whom|whose|that|which|from|to|by|for|and|as|about|than)\s"
)
_ONES = frozenset("a an another some any no every each one".split())
_MANY = frozenset("both all many few several these those two three four five six".split())
_SENTENCE = re.compile(r"[.!?]+[\"”’')]*\s+(?=[\"“‘'(]*[A-Z])|\n\s*\n")
_SUBJECT = re.compile(
    r"(?:^|[.!?;:,“”\"’—-]|\b(?:and|but|when|while|as|that|if|because|then|for))\s*$"
)
_LOOK = 14
_COPULA = re.compile(
    r"\b(?:am|are|is|was|were|be|been|being|become|became|like|as|[’']s|[’']re|[’']m)(?:\s+not)?\s+$"
)
_COMMAS = frozenset((",", "--", "—", "–"))
_CALL_BEFORE, _CALL_AFTER = re.compile(r"[,.!?;“\"‘—-]\s*$"), re.compile(r"\s*[,.!?;”\"’—-]")
_KNOWN = {Gender.FEMALE: "f", Gender.MALE: "m"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One mention of somebody, as it stands in the text."""

    span: Span
    kind: MentionKind
    words: tuple[str, ...]
    """Folded, articles left out."""
    head: str
    """Of a description its noun: *wife* of *the wife of the man*."""
    group: str
    """Of a pronoun one of :data:`GROUPS`."""
    gender: str
    """``f``, ``m``, ``p`` for several, ``x`` for untold."""
    opening: str
    """Of a description its first word, if that is ``a``, ``the`` or a possessive; else nothing."""
    possessive: bool
    reflexive: bool
    subject: bool
    """Whether it stands where a subject does."""
    copular: bool
    """Whether it says what somebody is: *he was a boy*."""
    apposed: bool
    """Whether a comma alone parts it from the mention before it: *Tom, the boy*."""
    called: bool
    """Whether it may be called out: *“Come in, my dear!”*."""
    paragraph: int
    sentence: int
    line: int | None
    """The number of the quotation it stands in."""
    inside: int | None
    """The number of the mention it stands in."""
    named: str | None
    """Whom a name means, among the cast."""
    speaks: int | None
    """The number of the quotation whose tag names it as the speaker."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Who speaks each quotation, and to whom: ids, nothing where it is not known."""

    speakers: Sequence[str | None]
    addressees: Sequence[tuple[str, ...]]
    narrator: str | None


def read_talk(found: Annotations) -> Talk:
    """Return who speaks and who is spoken to, by the number of the quotation."""
    answers: Mapping[str, Attribution] = {a.quotation: a for a in found.attributions}
    said = [answers.get(q.id) for q in found.quotations]
    return Talk(
        speakers=[a.speaker if a else None for a in said],
        addressees=[a.addressees if a else () for a in said],
        narrator=next((c.id for c in found.characters if c.narrator), None),
    )


def refer(
    book: Book, found: Annotations, mentions: Sequence[tuple[Span, MentionKind]]
) -> list[Reference]:
    """Return what the text and its analysis tell of mentions, which are in order."""
    places = _Places(book, found)
    references: list[Reference] = []
    open_: list[int] = []
    for number, (span, kind) in enumerate(mentions):
        before = max(
            (
                mentions[n][0].end
                for n in range(max(0, number - 4), number)
                if mentions[n][0].end <= span.start
            ),
            default=-1,
        )
        while open_ and mentions[open_[-1]][0].end < span.end:
            open_.pop()
        inside = open_[-1] if open_ else None
        open_.append(number)
        references.append(places.reference(span, kind, inside, before))
    return references


class _Places:
    """Where in a text anything stands, and whom its names and tags mean."""

    def __init__(self, book: Book, found: Annotations) -> None:
        """Index a text and its analysis."""
        self._text = book.text
        self._paragraphs = [block.span.start for block in book.blocks]
        self._sentences = [match.end() for match in _SENTENCE.finditer(book.text)]
        self._lines = sorted(_stretches(found.quotations))
        numbers = {q.id: number for number, q in enumerate(found.quotations)}
        self._tags = {cue.subject.start: numbers[cue.quotation] for cue in found.cues}
        self._named = {m.span.start: m.character for m in found.mentions if m.character}
        self._naming_starts = sorted(self._named)
        self._genders = {c.id: _KNOWN.get(c.gender, "x") for c in found.characters}

    def reference(
        self, span: Span, kind: MentionKind, inside: int | None, before: int
    ) -> Reference:
        """Return what is told of one mention; another ended at ``before``."""
        text = span.of(self._text)
        core = span.start + len(core_of(text))
        words = split_words(text).lower if kind is not MentionKind.NAME else _own(text)
        word = (split_words(text).lower or [text.lower()])[0]
        is_pronoun = kind is MentionKind.PRONOUN
        group = PRONOUNS.get(word, "other") if is_pronoun else "other"
        at = self._last_name(span.start, core) if kind is MentionKind.NAME else None
        named = None if at is None else self._named[at]
        lead = self._text[max(0, span.start - _LOOK) : span.start]
        line = self._line(span.start)
        calls = _CALL_BEFORE.search(lead) and _CALL_AFTER.match(self._text, span.end)
        head = _head(text) if kind is MentionKind.DESCRIPTION else ""
        return Reference(
            span=span,
            kind=kind,
            words=tuple(w for w in words if w not in {"a", "an", "the"}),
            head=head,
            group=group,
            gender=_GENDERS.get(group, "x") if is_pronoun else self._gender(text, head, named),
            opening="" if is_pronoun else _opening(word),
            possessive=word in _POSSESSIVE and is_pronoun,
            reflexive=word in _REFLEXIVE,
            subject=bool(_SUBJECT.search(lead)),
            copular=not is_pronoun and bool(_COPULA.search(lead)),
            apposed=not is_pronoun and self._text[before : span.start].strip() in _COMMAS,
            called=not is_pronoun and line is not None and bool(calls),
            paragraph=bisect_right(self._paragraphs, span.start),
            sentence=bisect_right(self._sentences, span.start),
            line=line,
            inside=inside,
            named=named,
            speaks=self._tags.get(span.start, self._tags.get(at or span.start)),
        )

    def _last_name(self, start: int, end: int) -> int | None:
        """Return where the last name between two places begins: *Ada* in *poor Ada*."""
        last = bisect_left(self._naming_starts, end) - 1
        if last < 0 or self._naming_starts[last] < start:
            return None
        return self._naming_starts[last]

    def _gender(self, text: str, head: str, named: str | None) -> str:
        if named and self._genders.get(named, "x") != "x":
            return self._genders[named]
        if not head:
            return from_names([text])
        first = text.split(maxsplit=1)[0].lower()
        told = gender_of(head).replace("?", "")
        if first in _MANY:
            return "p"
        return told or ("p" if head.endswith("s") and not head.endswith("ss") else "x")

    def _line(self, place: int) -> int | None:
        at = bisect_right(self._lines, (place, 1 << 60, 0)) - 1
        return self._lines[at][2] if at >= 0 and place < self._lines[at][1] else None


def _stretches(quotations: Sequence[Quotation]) -> Iterator[tuple[int, int, int]]:
    for number, quotation in enumerate(quotations):
        for span in quotation.spans:
            yield span.start, span.end, number


def core_of(text: str) -> str:
    """Return a mention without what is put behind it."""
    cut = _CUT.search(text)
    return text[: cut.start()] if cut and cut.start() else text


def _own(name: str) -> list[str]:
    """Return the words of a name, folded, without *poor* and *old* and what stands behind it."""
    forms = split_words(core_of(name)).forms
    own = [form.lower() for form in forms if form[0].isupper() and not is_common(form.lower())]
    return own or [form.lower() for form in forms]


def _head(text: str) -> str:
    """Return the noun of a description: the last for people before what is put behind it."""
    forms = split_words(core_of(text)).lower
    people = [form for form in forms if gender_of(form) not in {"", "?"}]
    return [*forms[-1:], *people[-1:]][-1] if forms else ""


def _opening(word: str) -> str:
    if word in _ONES:
        return "a"
    if word in _POSSESSIVE:
        return "possessive"
    return "the" if word in {"the", "this", "that"} else ""
