"""Speech marked by dashes, or broken by narration between dashes inside guillemets."""

import re

from fullcast.analysis.lexicon import SPEECH_VERBS
from fullcast.analysis.quotations.conventions import DASHES
from fullcast.analysis.quotations.marks import Part, trimmed

_TURN = re.compile(rf"(?:[{DASHES}]|--?(?= |(?<=--)))[ \u00a0\t]*(?=\S)")
_SPANISH_IN = re.compile(rf"(?<=\s)[{DASHES}](?=\w)")
_SPANISH_OUT = re.compile(rf"(?<=\S)[{DASHES}](?=[\s,.;:!?…]|$)")
_AFTER_PUNCTUATION = re.compile(rf"(?<=[,.!?…])\s+(?:[{DASHES}]|--)\s+")
_NARRATOR = (
    r"(?:(?:I|he|she|they|we|it|you|%(name)s|the \w+)\s+%(verbs)s"
    r"|%(verbs)s\s+(?:I|he|she|they|we|%(name)s|the \w+))\b"
)
_ENGLISH_TAG = re.compile(
    r"(?<=[,.!?…—])\s+"
    + _NARRATOR
    % {
        "verbs": "(?:" + "|".join(sorted(SPEECH_VERBS)) + ")",
        "name": r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}",
    }
)
_FRENCH_TAG = re.compile(
    r"(?<=[,.!?…])\s+(?:\w+[’'])?\w+-(?:t-)?(?:il|elle|on|ils|elles|je|nous|vous)\b"
)
_GERMAN_TAG = re.compile(
    r"(?<=[,.!?…])\s+(?:sagte|fragte|rief|antwortete|erwiderte|entgegnete|meinte|flüsterte"
    r"|murmelte|schrie|dachte)n?\s+(?:ich|er|sie|es|wir|man)\b"
)
_TAG_END = re.compile(r"[.!?](?:\s+|$)|,\s+")


def cut_dash(text: str) -> list[Part]:
    """Find the speech in a paragraph that a dash begins; empty where none does."""
    turn = _TURN.match(text)
    if not turn:
        return []
    return _without_asides(text, 0, len(text.rstrip()))


def without_asides(text: str, part: Part) -> list[Part]:
    """Take the narrator's asides out of a part: *«Нет, — сказала она, — никогда.»*."""
    inner = _without_asides(text, part.start, part.end)
    last = inner[-1]
    return [*inner[:-1], Part(last.start, last.end, part.closed)]


def _without_asides(text: str, start: int, end: int) -> list[Part]:
    parts: list[Part] = []
    asides = _Asides(text, end)
    at = start
    while at < end:
        aside = asides.find(at + 2)
        if aside is None:
            parts.append(Part(at, end))
            break
        opens, closes = aside
        parts.append(Part(at, trimmed(text, at, opens)))
        at = closes
    return [part for part in parts if text[part.start : part.end].strip()]


class _Asides:
    """The narrator's asides in one passage, each way of writing them looked for once, forward."""

    def __init__(self, text: str, end: int) -> None:
        self._text = text
        self._end = end
        self._spanish = _Forward(_SPANISH_IN, text, end)
        self._dashed = _Forward(_AFTER_PUNCTUATION, text, end)
        self._tags = [_Forward(tag, text, end) for tag in (_ENGLISH_TAG, _FRENCH_TAG, _GERMAN_TAG)]

    def find(self, at: int) -> tuple[int, int] | None:
        """Return where the next narration begins and where speech goes on after it."""
        spanish, dashed = self._spanish.next(at), self._next_dashed(at)
        every = [spanish, dashed, *(tag.next(at) for tag in self._tags)]
        found = [match for match in every if match]
        if not found:
            return None
        first = min(found, key=re.Match.start)
        if first is spanish:
            return first.start(), self._past(_SPANISH_OUT, first.end(), ",.;:")
        if first is dashed:
            return first.start(), self._past(_AFTER_PUNCTUATION, first.end())
        return first.start(), self._past(_TAG_END, first.end())

    def _next_dashed(self, at: int) -> re.Match[str] | None:
        """Find a dash that narration follows; after a capital, the speaker goes on."""
        found = self._dashed.next(at)
        while found and not self._text[found.end() : found.end() + 1].islower():
            found = self._dashed.next(found.start() + 1)
        return found

    def _past(self, pattern: re.Pattern[str], at: int, skipped: str = "") -> int:
        """Return where speech goes on: past what ends the narration and its punctuation."""
        back = pattern.search(self._text, at, self._end)
        if back is None:
            return self._end
        place = back.end()
        while place < self._end and skipped and self._is_skipped(place, skipped):
            place += 1
        return place

    def _is_skipped(self, place: int, skipped: str) -> bool:
        return self._text[place].isspace() or self._text[place] in skipped


class _Forward:
    """One pattern's matches, asked for by places that only go forward."""

    def __init__(self, pattern: re.Pattern[str], text: str, end: int) -> None:
        self._pattern = pattern
        self._text = text
        self._end = end
        self._found: re.Match[str] | None = None
        self._fresh = False

    def next(self, at: int) -> re.Match[str] | None:
        """Return the first match from ``at`` on."""
        if not self._fresh or (self._found and self._found.start() < at):
            self._found = self._pattern.search(self._text, at, self._end)
            self._fresh = True
        return self._found
