"""The tiling of a text: joined, the segments ARE the text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from fullcast.model.book import Block, BlockKind, Book, Layer
from fullcast.model.span import Span
from fullcast.model.speech import Quotation, QuotationKind


class SegmentKind(StrEnum):
    """What a performer does with a segment."""

    SPEECH = "speech"
    THOUGHT = "thought"
    WRITING = "writing"
    NARRATION = "narration"
    HEADING = "heading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of text of one kind, inside one block.

    White space after a block belongs to the block's last segment, white space before the first
    block to the first segment; so no segment is white space alone (unless the text is).
    """

    span: Span
    kind: SegmentKind
    layer: Layer = Layer.BODY
    quotation: str | None = None
    """The id of the quotation it is a part of."""

    @property
    def id(self) -> str:
        """An id that depends on the text alone."""
        return f"s{self.span.start}"


def tile(book: Book, quotations: Iterable[Quotation]) -> tuple[Segment, ...]:
    """Cut the whole text of ``book`` into segments, in order, without gap or overlap."""
    pieces = _pieces(book, quotations)
    if not pieces:
        whole = Span(0, len(book.text))
        return (Segment(span=whole, kind=SegmentKind.NARRATION),) if book.text else ()
    starts = [0, *(piece.span.start for piece in pieces[1:]), len(book.text)]
    return tuple(
        Segment(
            span=Span(start, end), kind=piece.kind, layer=piece.layer, quotation=piece.quotation
        )
        for piece, (start, end) in zip(pieces, pairwise(starts), strict=True)
    )


def _pieces(book: Book, quotations: Iterable[Quotation]) -> list[Segment]:
    """Find where segments begin: at blocks, and where quotations start and stop."""
    lines = [
        (span, SegmentKind(quotation.kind), quotation.id)
        for quotation in quotations
        if quotation.kind is not QuotationKind.MENTION
        for span in quotation.spans
    ]
    lines.sort()
    pieces: list[Segment] = []
    following = iter(lines)
    line = next(following, None)
    for block in book.blocks:
        inside = []
        while line is not None and line[0].start < block.span.end:
            inside.append(line)
            line = next(following, None)
        pieces.extend(_cut(book.text, block, inside))
    return pieces


def _cut(text: str, block: Block, lines: list[tuple[Span, SegmentKind, str]]) -> Iterator[Segment]:
    plain = SegmentKind.HEADING if block.kind is BlockKind.HEADING else SegmentKind.NARRATION
    at = block.span.start
    for span, kind, quotation in lines:
        if text[at : span.start].strip():
            yield Segment(span=Span(at, span.start), kind=plain, layer=block.layer)
        yield Segment(span=span, kind=kind, layer=block.layer, quotation=quotation)
        at = span.end
    if text[at : block.span.end].strip():
        yield Segment(span=Span(at, block.span.end), kind=plain, layer=block.layer)
