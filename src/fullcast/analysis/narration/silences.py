"""Silence as a turn: who says nothing where something could be said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fullcast.analysis.people.names import Naming
from fullcast.analysis.scene.phrases import Phrases, Subject
from fullcast.analysis.words import Words
from fullcast.model import Silence, Span

_NOBODY = re.compile(
    r"\b(?:nobody|no one|neither(?: of (?:them|us))?|none of (?:them|us)) (?:\w+ )?"
    r"(?:spoke|answered|replied|said (?:anything|a word))"
    r"|\b(?:there was|there followed|followed|there fell) (?:an?|another)"
    r" (?:[\w-]+,? ){0,4}(?:silence|pause)\b"
    r"|\bsilence (?:fell|followed|ensued)\b"
    r"|\ba (?:[\w-]+ ){0,2}silence (?:fell|followed|ensued)\b"
    r"|\b(?:they|we) (?:\w+ )?(?:were|sat|stood|walked|remained|fell)(?: \w+)?"
    r" (?:silent|in silence)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\b(?:made|gave|returned|vouchsafed) (?:him |her |me |them )?no"
    r" (?:\w+ )?(?:answer|reply|response)\b"
    r"|\b(?:did not|didn[’']t|could not|would not) (?:\w+ly )?(?:answer|reply|speak|respond)\b"
    r"|\bsaid (?:nothing|no more|not a word)\b"
    r"|\b(?:was|is|fell|remained|sat|stood|kept|grew) (?:\w+ly )?silent\b|\bkept silence\b"
)
_SUBJECT_WORDS = 4


@dataclass(frozen=True, slots=True)
class FoundSilence:
    """A silence before it is asked who is meant."""

    silence: Silence
    subject: Subject | None


class SilenceReader:
    """Finds silences in narration."""

    def __init__(self, text: str, words: Words, namings: Sequence[Naming]) -> None:
        """Keep the text, its words and its names at hand."""
        self._text = text
        self._words = words
        self._phrases = Phrases(text, words, namings)

    def silences(self, start: int, end: int) -> Iterator[FoundSilence]:
        """Yield the silences in a stretch of narration, in order."""
        found = [FoundSilence(Silence(span=Span(*m.span())), None) for m in self._all(start, end)]
        for match in _SOMEBODY.finditer(self._text, start, end):
            subject = self._before(start, match.start())
            if subject:
                span = Span(subject.span.start, match.end())
                found.append(FoundSilence(Silence(span=span, subject=subject.span), subject))
        yield from sorted(found, key=lambda each: each.silence.span)

    def _all(self, start: int, end: int) -> Iterator[re.Match[str]]:
        return _NOBODY.finditer(self._text, start, end)

    def _before(self, start: int, place: int) -> Subject | None:
        """Read who stands right before a place."""
        words = self._words
        stop = words.at_or_after(place)
        for at in range(stop - 1, max(words.at_or_after(start), stop - _SUBJECT_WORDS) - 1, -1):
            subject = self._phrases.noun_phrase(at, stop)
            if subject and words.at_or_after(subject.span.end) >= stop - 1:
                return None if words.lower[at] == "it" else subject
        return None
