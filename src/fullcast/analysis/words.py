"""The words of a text as parallel arrays: a scratch pad for the rules, never part of a result."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

READER = "Y/N"
"""*Your name*: what fan fiction calls a reader who is in the story."""
_WORD = re.compile(rf"{READER}\b|[^\W_]+(?:[’'-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$|--|[—–])|[;:](?=\s|$|--)")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr st mme mlle messrs rev hon capt col gen lieut lt sgt prof".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of a text with its place. ``forms`` are as written, ``lower`` are folded."""

    starts: list[int]
    ends: list[int]
    forms: list[str]
    lower: list[str]

    def at_or_after(self, place: int) -> int:
        """Return the number of the first word that begins at ``place`` or later."""
        return bisect_left(self.starts, place)

    def between(self, start: int, end: int) -> range:
        """Return the numbers of the words that lie wholly in ``[start, end)``."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        while last > first and self.ends[last - 1] > end:
            last -= 1
        return range(first, last)


def split_words(text: str) -> Words:
    """Find the words of ``text``; a possessive *’s* is a word's end, not a word."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    for match in _WORD.finditer(text):
        form = match.group()
        end = match.end()
        if len(form) > 2 and form[-1] in "sS" and form[-2] in "'’":
            form, end = form[:-2], end - 2
        starts.append(match.start())
        ends.append(end)
        forms.append(form)
    return Words(starts, ends, forms, [form.lower().replace("’", "'") for form in forms])


def split_clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the clauses of ``text[start:end]``, cut at full stops, semicolons and colons."""
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.group() == "." and _is_abbreviation(text, match.start()):
            continue
        yield at, match.end()
        at = match.end()
    if text[at:end].strip():
        yield at, end


def _is_abbreviation(text: str, stop: int) -> bool:
    start = stop
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    word = text[start:stop]
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper() and word != "I")
