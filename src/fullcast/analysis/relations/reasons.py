"""What the words of a line, its manner or a deed tell of warmth, whoever it is between."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fullcast.analysis.lexicon import PEOPLE, WARMTH
from fullcast.analysis.scene.cues import Tag
from fullcast.analysis.words import Words
from fullcast.model import Manner, Reason, Span

AVERTED = "manner: turned away"
_TO_A_THING = re.compile(r"\b(?:to|of|at)\s+the\s+(\w+)(?=[.,;]|$)")
_HEARS = frozenset(
    """room company house table world crowd meeting phone telephone receiver radio court
    end first last time moment same""".split()
)
"""Who speaks to one of these speaks to people."""
_AVOIDS = -0.3
_ENDS = r"(?=[*_]*[.!?,…—”’\"'])"
_NEW = re.compile(r"[.!?…—;:]")
_MARKS = 2
"""Characters of quotation marks and stress before a speech’s first word, at most."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    name: str
    weight: float
    pattern: re.Pattern[str]
    opens: bool = False
    """Whether it stands only where a sentence begins."""


def _compiled(place: str) -> tuple[_Phrases, ...]:
    return tuple(
        _Phrases(name, weight, re.compile(rf"\b(?:{'|'.join(map(_words, words))})\b", re.I))
        for name, weight, words in WARMTH[place]
    )


def _words(phrase: str) -> str:
    """Write a phrase as a pattern; a ``~`` stands for up to two words."""
    words = [_either(word) for word in phrase.split()]
    return r"\s+".join(words).replace(r"\s+~\s+", r"\s+(?:[\w’'-]+\s+){0,2}")


def _either(word: str) -> str:
    told = [re.escape(each).replace("'", "[’']") for each in word.split("/")]
    return "~" if word == "~" else f"(?:{'|'.join(told)})"


def _by_first_word() -> Mapping[str, tuple[_Phrases, ...]]:
    table: dict[str, list[_Phrases]] = {}
    for name, weight, phrases in WARMTH["said"]:
        for phrase in phrases:
            words = phrase.removeprefix("^ ").removesuffix(" $")
            ends = _ENDS if phrase.endswith(" $") else r"\b"
            pattern = re.compile(_words(words) + ends, re.I)
            found = _Phrases(name, weight, pattern, phrase.startswith("^ "))
            for first in words.split()[0].split("/"):
                table.setdefault(first.removesuffix("'s"), []).append(found)
    return {first: tuple(found) for first, found in table.items()}


_SAID, _MANNERS = _by_first_word(), _compiled("manner")


def said(text: str, words: Words, spans: Iterable[Span]) -> Iterator[Reason]:
    """Yield what the words of a speech tell, each kind of it once."""
    seen: set[str] = set()
    for span in spans:
        for at in words.between(span.start, span.end):
            for phrase in _SAID.get(words.lower[at], ()):
                if phrase.name in seen or (phrase.opens and not _opens(text, words, at, span)):
                    continue
                found = phrase.pattern.match(text, words.starts[at], span.end)
                if found:
                    seen.add(phrase.name)
                    name = f"says: {phrase.name}"
                    yield Reason(name=name, weight=phrase.weight, span=Span(*found.span()))


def _opens(text: str, words: Words, at: int, span: Span) -> bool:
    """Tell whether a sentence begins at a word."""
    before = text[words.ends[at - 1] : words.starts[at]] if at else ""
    return words.starts[at] - span.start <= _MARKS or bool(_NEW.search(before))


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
    if tag.verb is None or tag.label:
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
