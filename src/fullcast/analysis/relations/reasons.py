"""What the words of a line, its manner or a deed tell of warmth, whoever it is between."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fullcast.analysis.lexicon import PEOPLE, WARMTH
from fullcast.analysis.scene.cues import Tag
from fullcast.analysis.words import Words
from fullcast.model import Deed, DeedKind, Manner, Reason, Span

AVERTED = "manner: turned away"
UNDONE = "deed: not done"
_KINDS = {
    DeedKind.APPROACH: 0.3,
    DeedKind.WITHDRAWAL: -0.3,
    DeedKind.EXIT: -0.2,
    DeedKind.TOUCH: 0.3,
    DeedKind.GIVE: 0.25,
}
"""What a deed weighs of which only the kind is told."""
_BODILY = {"approach": DeedKind.APPROACH, "withdrawal": DeedKind.WITHDRAWAL}
_TO_A_THING = re.compile(r"\b(?:to|of|at)\s+the\s+(\w+)(?=[.,;]|$)")
_HEARS = frozenset(
    "room company house table world crowd meeting phone telephone receiver radio court".split()
)
"""Who speaks to one of these speaks to people."""
_NOT_DONE = re.compile(
    r"\b([Hh]e|[Ss]he)\s+(?:did\s+not|didn[’']t|would\s+not|wouldn[’']t)\s+"
    r"(?:laugh|smile|answer|reply|look\s+up|look\s+at|look\s+round|look\s+around|turn)\b"
)
_AVOIDS = -0.3


@dataclass(frozen=True, slots=True)
class _Phrases:
    name: str
    weight: float
    pattern: re.Pattern[str]


def _compiled(place: str) -> tuple[_Phrases, ...]:
    return tuple(
        _Phrases(name, weight, re.compile(rf"\b(?:{'|'.join(map(_words, words))})\b", re.I))
        for name, weight, words in WARMTH[place]
    )


def _words(phrase: str) -> str:
    """Write a phrase as a pattern; a ``~`` stands for up to two words."""
    words = [re.escape(word).replace("'", "[’']") for word in phrase.split()]
    return r"\s+".join(words).replace(r"\s+\~\s+", r"\s+(?:[\w’'-]+\s+){0,2}")


def _by_first_word() -> Mapping[str, tuple[_Phrases, ...]]:
    table: dict[str, list[_Phrases]] = {}
    for name, weight, phrases in WARMTH["said"]:
        for phrase in phrases:
            first = phrase.split()[0].removesuffix("'s")
            pattern = re.compile(rf"{_words(phrase)}\b", re.I)
            table.setdefault(first, []).append(_Phrases(name, weight, pattern))
    return {first: tuple(found) for first, found in table.items()}


_SAID, _MANNERS, _DEEDS = _by_first_word(), _compiled("manner"), _compiled("deed")


def said(text: str, words: Words, spans: Iterable[Span]) -> Iterator[Reason]:
    """Yield what the words of a speech tell, each kind of it once."""
    seen: set[str] = set()
    for span in spans:
        for at in words.between(span.start, span.end):
            for phrase in _SAID.get(words.lower[at], ()):
                found = phrase.pattern.match(text, words.starts[at], span.end)
                if found and phrase.name not in seen:
                    seen.add(phrase.name)
                    name = f"says: {phrase.name}"
                    yield Reason(name=name, weight=phrase.weight, span=Span(*found.span()))


def said_how(text: str, manner: Manner) -> Iterator[Reason]:
    """Yield what the words of its manner tell: the strongest of each."""
    spans = [phrase.span for phrase in manner.phrases]
    if manner.verb:
        spans.append(manner.verb)
    for span in spans:
        if _negated(text, span):
            continue
        for phrases in _MANNERS:
            if phrases.pattern.search(span.of(text)):
                yield Reason(name=f"manner: {phrases.name}", weight=phrases.weight, span=span)
                break


def _negated(text: str, span: Span) -> bool:
    return bool(re.match(r"(?:without|not|with no)\b", span.of(text)))


def averted(text: str, tag: Tag) -> Iterator[Reason]:
    """Yield where a tag tells that somebody speaks turned away: *she said to the tabletop*."""
    if tag.verb is None:
        return
    start, end = tag.verb.end, tag.span.end
    avoiding = next(each for each in _MANNERS if each.name == "avoiding")
    found = avoiding.pattern.search(text, start, end)
    if found:
        yield Reason(name=AVERTED, weight=_AVOIDS, span=Span(*found.span()))
        return
    thing = _TO_A_THING.search(text, start, end)
    if thing and thing[1] not in PEOPLE and thing[1] not in _HEARS and thing[1].islower():
        yield Reason(name=AVERTED, weight=_AVOIDS, span=Span(*thing.span()))


def undone(text: str, narration: Sequence[Span], gender: str) -> Iterator[Reason]:
    """Yield what somebody will not do beside their line: *she did not laugh*."""
    for span in narration:
        for found in _NOT_DONE.finditer(text, span.start, span.end):
            told = "m" if found[1].lower() == "he" else "f"
            if gender == told:
                yield Reason(name=UNDONE, weight=_AVOIDS, span=Span(*found.span()))


def done(text: str, deed: Deed) -> tuple[DeedKind, Reason | None]:
    """Say what a deed is, and what it tells: by its very words, else by its kind."""
    for phrases in _DEEDS:
        found = phrases.pattern.match(text, deed.verb.start)
        if found:
            kind = _BODILY.get(phrases.name, deed.kind)
            span = Span(deed.agent.start, found.end()) if _close(deed) else Span(*found.span())
            reason = Reason(name=f"deed: {phrases.name}", weight=phrases.weight, span=span)
            return kind, reason
    weight = _KINDS.get(deed.kind)
    if weight is None:
        return deed.kind, None
    span = Span(deed.agent.start, deed.span.end) if _close(deed) else deed.span
    return deed.kind, Reason(name=f"deed: {deed.kind}", weight=weight, span=span)


def _close(deed: Deed) -> bool:
    """Tell whether the one who acts is named right before the verb."""
    return 0 <= deed.verb.start - deed.agent.end <= 1
