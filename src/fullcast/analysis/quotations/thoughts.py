"""Thoughts that are set in italics instead of quotation marks."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from fullcast.analysis.quotations.kinds import thought_after, thought_before
from fullcast.model import BlockKind, Book, Layer, Quotation, QuotationKind, Span

_FIRST_PERSON = re.compile(r"\b(?:I|I[’']\w+|my|me|we|us|our)\b")
_SENTENCE_END = re.compile(r"[.!?…—,]$")
_LEAST_WORDS = 3
_REACH = 50


def find_italic_thoughts(book: Book, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return the emphasised passages outside ``quotations`` that somebody thinks.

    The narrator says so (*she thought*), or a whole sentence speaks of *I* in a story that is not
    told in the first person.
    """
    emphasis = [s for s in book.emphasis if len(s.of(book.text).split()) >= _LEAST_WORDS]
    if not emphasis:
        return []
    taken = sorted((s.start, s.end) for q in quotations for s in q.spans)
    told = _told_in_first_person(book, sorted([*taken, *((s.start, s.end) for s in emphasis)]))
    blocks = [b for b in book.blocks if b.layer is Layer.BODY and b.kind is BlockKind.PARAGRAPH]
    starts = [b.span.start for b in blocks]
    found = []
    for span in emphasis:
        place = bisect_right(starts, span.start) - 1
        if place < 0 or not blocks[place].span.contains(span) or _overlaps(taken, span):
            continue
        if _is_thought(book.text, span, told=told):
            marked = _with_markers(book.text, span)
            found.append(Quotation(spans=(marked,), kind=QuotationKind.THOUGHT))
    return found


def _is_thought(text: str, span: Span, *, told: bool) -> bool:
    words = span.of(text).strip()
    after = text[span.end : span.end + _REACH].lstrip("_*")
    before = text[max(0, span.start - _REACH) : span.start].rstrip("_*")
    if thought_after(after, words) or thought_before(before):
        return True
    whole = words[:1].isupper() and bool(_SENTENCE_END.search(words))
    return whole and not told and bool(_FIRST_PERSON.search(words))


def _with_markers(text: str, span: Span) -> Span:
    """Take in the underscores or asterisks that plain text writes italics with."""
    start, end = span.start, span.end
    while start > 0 and end < len(text) and text[start - 1] == text[end] and text[end] in "_*":
        start, end = start - 1, end + 1
    return Span(start, end)


def _overlaps(taken: Sequence[tuple[int, int]], span: Span) -> bool:
    place = bisect_right(taken, (span.end, 0)) - 1
    return place >= 0 and taken[place][1] > span.start


def _told_in_first_person(book: Book, taken: Sequence[tuple[int, int]]) -> bool:
    """Tell whether narration says *I* as a matter of course."""
    pieces, at = [], 0
    for start, end in taken:
        pieces.append(book.text[at : max(at, start)])
        at = max(at, end)
    narration = " ".join([*pieces, book.text[at:]])
    return len(re.findall(r"\bI\b", narration)) > len(narration.split()) / 100
