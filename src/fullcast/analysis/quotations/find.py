"""Find the quotations of a book: parts between marks, joined into whole speeches."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fullcast.analysis.lexicon import SPEECH_VERBS
from fullcast.analysis.quotations.conventions import (
    CORNERS,
    DASH,
    GUILLEMETS,
    Convention,
    find_conventions,
)
from fullcast.analysis.quotations.dashes import cut_dash, without_asides
from fullcast.analysis.quotations.directions import without_directions
from fullcast.analysis.quotations.kinds import find_kind, is_mention
from fullcast.analysis.quotations.labels import find_labelled
from fullcast.analysis.quotations.letters import mark_letters
from fullcast.analysis.quotations.marks import cut
from fullcast.analysis.quotations.thoughts import find_italic_thoughts
from fullcast.model import Block, BlockKind, Book, Layer, Notice, Quotation, QuotationKind, Span

_REACH = 300
"""Characters of narration around a quotation that tell its kind."""
_PARAGRAPH_BREAK = re.compile(r"\r?\n[ \t]*\r?\n\s*")
_VERB = "(?:" + "|".join(sorted(SPEECH_VERBS)) + ")"
_NAME = r"((?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?[A-Z]\w+)"
_TAGGER = re.compile(rf"\s*(?:{_VERB}\s+{_NAME}|{_NAME}\s+{_VERB})\b")
"""A tag at the head of narration, with the name in it."""
_LEADS = re.compile(rf"\b{_VERB}(?:\s+(?:to\s+)?\w+)?\s*[,:]\s*$")
"""A tag that leads up to a speech: where one follows another, *He said, “Yes.” I asked, “Why?”*,
there are two."""
_LEAD_REACH = 60
_LONG_GAP_WORDS = 14
"""Narration in a full sentence longer than this ends a speech, even in one paragraph."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The quoted parts of one paragraph, as spans of the book's text."""

    block: Block
    parts: tuple[Span, ...]
    closed: bool


def find_quotations(book: Book) -> tuple[tuple[Quotation, ...], tuple[Notice, ...]]:
    """Return the book's quotations in order, and the doubts about its marks."""
    blocks = [b for b in book.blocks if _may_speak(b)]
    conventions = find_conventions([b.span.of(book.text) for b in blocks])
    speeches, notices = _find_marked(book.text, blocks, conventions)
    places = {block.span.start: block for block in blocks}
    found = mark_letters(book, [_judged(book.text, q, places) for q in speeches])
    found += find_labelled(book.text, blocks, found)
    found += find_italic_thoughts(book, found)
    found.sort(key=lambda q: q.spans)
    if not found:
        notices.append(Notice(code="Q002", message="No quotations were found."))
    return tuple(found), tuple(notices)


def _find_marked(
    text: str, blocks: Sequence[Block], conventions: Sequence[Convention]
) -> tuple[list[Quotation], list[Notice]]:
    """Return what stands between marks or after dashes, joined into whole speeches."""
    notices: list[Notice] = []
    pieces: list[tuple[Quotation, bool]] = []
    goes_on = False
    paragraphs = [_cut_block(text, block, conventions) for block in blocks]
    for here, after in zip(paragraphs, [*paragraphs[1:], None], strict=False):
        speeches = _join(text, here)
        pieces += [(speech, goes_on and n == 0) for n, speech in enumerate(speeches)]
        goes_on = not here.closed and _runs_on(text, here, after)
        if not here.closed and not goes_on:
            notices.append(_unclosed(text, speeches[-1].spans[-1]))
    return _whole(pieces), notices


def _whole(pieces: Iterable[tuple[Quotation, bool]]) -> list[Quotation]:
    """Join each piece that goes on from the one before to it."""
    groups: list[list[Quotation]] = []
    for piece, goes_on in pieces:
        if goes_on:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_as_one(group) for group in groups]


def _as_one(group: Sequence[Quotation]) -> Quotation:
    if len(group) == 1:
        return group[0]
    spans = tuple(span for piece in group for span in piece.spans)
    return replace(group[0], spans=spans, closed=group[-1].closed)


def _judged(text: str, quotation: Quotation, places: Mapping[int, Block]) -> Quotation:
    """Give a quotation its kind from its words and the narration that touches it."""
    if quotation.kind is QuotationKind.MENTION:
        return quotation
    first = quotation.spans[0]
    start, end = _bounds(text, first, places)
    kind = find_kind(text, quotation, text[start : first.start], text[first.end : end])
    return replace(quotation, kind=kind)


def _bounds(text: str, first: Span, places: Mapping[int, Block]) -> tuple[int, int]:
    """Return how far the narration around a first part reaches, inside its paragraph.

    Where it opens the paragraph, the one before leads up to it if it ends in a colon.
    """
    start = max(0, first.start - _REACH)
    lead = text[start : first.start]
    breaks = [match.end() for match in _PARAGRAPH_BREAK.finditer(lead)]
    if first.start in places and lead.rstrip().endswith(":"):
        breaks = breaks[:-1]
    after = text[first.end : first.end + _REACH]
    stop = _PARAGRAPH_BREAK.search(after)
    return start + (breaks[-1] if breaks else 0), first.end + (stop.start() if stop else len(after))


def _may_speak(block: Block) -> bool:
    return block.layer is Layer.BODY and block.kind is BlockKind.PARAGRAPH


def _cut_block(text: str, block: Block, conventions: Iterable[Convention]) -> _Found:
    paragraph = block.span.of(text)
    for convention in conventions:
        if convention is DASH:
            parts = cut_dash(paragraph)
        else:
            parts = cut(paragraph, convention)
            if convention in {GUILLEMETS, CORNERS}:
                parts = [piece for part in parts for piece in without_asides(paragraph, part)]
        if parts:
            parts = [piece for part in parts for piece in without_directions(paragraph, part)]
            at = block.span.start
            spans = tuple(Span(at + part.start, at + part.end) for part in parts)
            return _Found(block, spans, parts[-1].closed)
    return _Found(block, (), closed=True)


def _runs_on(text: str, here: _Found, after: _Found | None) -> bool:
    """Tell whether a speech left open goes on in the next paragraph, which must reopen it."""
    if after is None or not after.parts or after.parts[0].start != after.block.span.start:
        return False
    return text[here.block.span.end - 1] not in "—–-…"


def _unclosed(text: str, span: Span) -> Notice:
    start = " ".join(span.of(text)[:40].split())
    return Notice(code="Q001", message=f"A quotation is never closed: {start} …", span=span)


def _join(text: str, found: _Found) -> list[Quotation]:
    """Join the parts of one paragraph that are one speech broken by narration."""
    speeches: list[Quotation] = []
    group: list[Span] = []
    led = False
    edges = [found.block.span.start, *(p.end for p in found.parts)]
    ends = [*(p.start for p in found.parts[1:]), found.block.span.end]
    for part, edge, end in zip(found.parts, edges, ends, strict=False):
        if is_mention(text, part, text[edge : part.start], text[part.end : end]):
            speeches.append(Quotation(spans=(part,), kind=QuotationKind.MENTION))
            continue
        gap = text[group[-1].end : part.start] if group else ""
        leads = bool(_LEADS.search(text, max(edge, part.start - _LEAD_REACH), part.start))
        same = _goes_on(gap) and _same_tagger(gap, text[part.end : end])
        if group and not (same and not (led and leads and gap.lstrip()[:1].isupper())):
            speeches.append(Quotation(spans=tuple(group)))
            group = []
        led = led if group else leads
        group.append(part)
    if group:
        speeches.append(Quotation(spans=tuple(group)))
    speeches.sort(key=lambda q: q.spans)
    if not found.closed:
        speeches[-1] = replace(speeches[-1], closed=False)
    return speeches


def _same_tagger(gap: str, after: str) -> bool:
    """Tell whether two tags can be one person's: not *said Ada* here and *asked Tom* there."""
    one, other = _TAGGER.match(gap), _TAGGER.match(after)
    if not one or not other:
        return True
    return (one.group(1) or one.group(2)) == (other.group(1) or other.group(2))


def _goes_on(gap: str) -> bool:
    """Tell from the narration between two parts whether they are one speech."""
    words = gap.split()
    if not words:
        return False
    if words[0][0].islower():
        return gap.rstrip()[-1] in ".,;:!?—-" or len(words) <= _LONG_GAP_WORDS
    return len(words) <= _LONG_GAP_WORDS and gap.rstrip()[-1] in ".,;!?—-)"
