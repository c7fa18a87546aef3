"""Thoughts that are set in italics instead of quotation marks."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from fullcast.analysis.quotations.kinds import ended, thought_after, thought_before
from fullcast.model import BlockKind, Book, Layer, Quotation, QuotationKind, Span

_FIRST_PERSON = re.compile(r"\b(?:I|I[’']\w+|my|me|we|us|our)\b")
_SENTENCE_END = re.compile(r"[.!?…—,]$")
_LEAST_WORDS = 3
"""Words that make a passage a thought without the narrator's word for it, or a narrator of *I*."""
_REACH = 50
_SELF = r"(?:my|your|him|her|it|one|our|them)sel(?:f|ves)\b"
_TOLD_SELF = re.compile(
    rf"\b(?:told|tells?|asked|asks?|reminded|reminds?|promised|assured|warned)\s+{_SELF}"
    rf"|\b(?:said|says?|whispered|murmured|repeated)\s+(?:[A-Z]\w+\s+){{0,2}}to\s+{_SELF}"
)
"""In italics, what somebody tells himself is not said aloud."""
_TOLD_SELF_REACH = 24
_TOLD_SELF_LEAD = re.compile(_TOLD_SELF.pattern + r"\s*[,:]\s*$")
_ALOUD = re.compile(r"\b(?:aloud|out loud)\b")
_OPENS = re.compile(r"(?:^|[.!?…:—–”\"’'»*_])\s*$")
"""Narration after which a new sentence begins."""


def find_italic_thoughts(book: Book, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return the emphasised passages outside ``quotations`` that somebody thinks.

    The narrator says so (*she thought*), or a whole sentence speaks of *I* in a story that is not
    told in the first person.
    """
    if not book.emphasis:
        return []
    long = [s for s in book.emphasis if len(s.of(book.text).split()) >= _LEAST_WORDS]
    taken = sorted((s.start, s.end) for q in quotations for s in q.spans)
    told = _told_in_first_person(book, sorted([*taken, *((s.start, s.end) for s in long)]))
    blocks = [b for b in book.blocks if b.layer is Layer.BODY and b.kind is BlockKind.PARAGRAPH]
    starts = [b.span.start for b in blocks]
    found = []
    tagged_in = -1
    for span in sorted(book.emphasis):
        place = bisect_right(starts, span.start) - 1
        if place < 0 or not blocks[place].span.contains(span) or _overlaps(taken, span):
            continue
        passage = _Passage(book.text, span, blocks[place].span)
        tagged = passage.is_tagged() or (tagged_in == place and passage.is_sentence())
        if tagged or passage.is_untagged_thought(told=told):
            marked = _with_markers(book.text, span)
            found.append(Quotation(spans=(marked,), kind=QuotationKind.THOUGHT))
        tagged_in = place if tagged else tagged_in
    return found


class _Passage:
    """Words in italics, with the narration that touches them inside their paragraph."""

    def __init__(self, text: str, span: Span, paragraph: Span) -> None:
        self._words = span.of(text).strip()
        after = text[span.end : min(paragraph.end, span.end + _REACH)]
        self._outside = self._words[-1:].isalnum()
        self._ended, self._head = ended(self._words, after.lstrip("_*"))
        self._lead = text[max(0, span.start - _REACH) : span.start].rstrip("_*")
        self._before = self._lead[max(0, len(self._lead) - (span.start - paragraph.start)) :]

    def is_tagged(self) -> bool:
        """Tell whether the narrator says that somebody thinks it: *, she thought*."""
        if not self._words:
            return False
        if thought_before(self._lead) or _TOLD_SELF_LEAD.search(self._lead):
            return True
        if not thought_after(self._head, self._ended) and not self._told_to_self():
            return False
        # A word stressed in a sentence of the narrator's own is no thought: *It was* odd, *she
        # thought.*
        whole = self._counts() and not self._outside
        return whole or bool(_OPENS.search(self._before))

    def is_sentence(self) -> bool:
        """Tell whether it stands as a sentence of its own."""
        whole = self._words[:1].isupper() and bool(_SENTENCE_END.search(self._ended))
        return whole and bool(_OPENS.search(self._before))

    def is_untagged_thought(self, *, told: bool) -> bool:
        """Tell whether it is a whole sentence of *I*, where the narrator is no *I*."""
        whole = self._words[:1].isupper() and bool(_SENTENCE_END.search(self._words))
        return whole and self._counts() and not told and bool(_FIRST_PERSON.search(self._words))

    def _counts(self) -> bool:
        return len(self._words.split()) >= _LEAST_WORDS

    def _told_to_self(self) -> bool:
        found = _TOLD_SELF.search(self._head)
        if not found or found.start() > _TOLD_SELF_REACH or _ALOUD.search(self._head):
            return False
        if self._head.lstrip()[:1].isupper() and self._ended[-1] == ".":
            return False
        return not self._ended[-1].isalnum()


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
