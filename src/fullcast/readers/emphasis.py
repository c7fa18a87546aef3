"""Emphasis marked in plain text: ``_word_``, ``*word*``, ``**word**``."""

import re
from collections.abc import Iterable

from fullcast.model import BlockKind, Span
from fullcast.readers.draft import Draft

# Neither pattern can cross its own marker, so each character is looked at a bounded number of
# times. A plural may follow the mark, as in Gutenberg's _protégé_s.
_UNDERSCORE = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_]{1,2000})(?<=\S)\1(?:(?!\w)|(?=s\b))")
_ASTERISK = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]{1,2000})(?<=\S)\1(?![\w*])")
_MARKS = "*_"


def find_emphasis(drafts: list[Draft]) -> list[Span]:
    """Return the spans between emphasis marks, marks left out, never across blocks."""
    found: list[Span] = []
    for draft in drafts:
        if draft.kind is BlockKind.BREAK or not ("_" in draft.words or "*" in draft.words):
            continue
        for pattern in (_UNDERSCORE, _ASTERISK):
            found.extend(
                _inner(draft, match.start(2), match.end(2))
                for match in pattern.finditer(draft.words)
            )
    return merge(found)


def _inner(draft: Draft, start: int, end: int) -> Span:
    while start < end and draft.words[start] in _MARKS:
        start += 1
    while end > start and draft.words[end - 1] in _MARKS:
        end -= 1
    return Span(draft.span.start + start, draft.span.start + end)


def merge(spans: Iterable[Span]) -> list[Span]:
    """Join spans that overlap or touch; drop empty ones."""
    merged: list[Span] = []
    for span in sorted(spans):
        if not len(span):
            continue
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
