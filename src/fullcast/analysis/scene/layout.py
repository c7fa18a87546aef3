"""Where quotations stand among the paragraphs: the ground that the rules walk on."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fullcast.model import BlockKind, Book, Layer, Quotation, Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the story with the quoted parts in it."""

    number: int
    span: Span
    kind: BlockKind
    parts: tuple[tuple[Span, int], ...] = ()
    """Each part with the number of its quotation, in order."""

    def narration(self) -> list[Span]:
        """Return what stands before, between and after the parts: one span more than parts."""
        edges = [self.span.start]
        for part, _ in self.parts:
            edges += [part.start, part.end]
        edges.append(self.span.end)
        return [Span(a, max(a, b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


@dataclass(frozen=True, slots=True)
class Layout:
    """All paragraphs of the story's own text, and each quotation's first and last one."""

    paragraphs: list[Paragraph]
    first: list[int]
    """For each quotation the number of the paragraph where it begins."""
    last: list[int]

    def paragraph(self, place: int) -> int:
        """Return the number of the paragraph around or before a place, or -1."""
        return bisect_right(self.paragraphs, place, key=lambda p: p.span.start) - 1

    def holds(self, place: int) -> bool:
        """Tell whether a place is in the story's own text: not in a title page or a note."""
        number = self.paragraph(place)
        return number >= 0 and place < self.paragraphs[number].span.end

    def tells(self, place: int) -> bool:
        """Tell whether a place is in a paragraph of the story, not in a heading or front matter."""
        number = self.paragraph(place)
        return self.holds(place) and self.paragraphs[number].kind is BlockKind.PARAGRAPH


def lay_out(book: Book, quotations: Sequence[Quotation]) -> Layout:
    """Place ``quotations`` in the paragraphs of ``book``."""
    blocks = [b for b in book.blocks if b.layer is Layer.BODY]
    starts = [b.span.start for b in blocks]
    parts: dict[int, list[tuple[Span, int]]] = defaultdict(list)
    first, last = [], []
    for number, quotation in enumerate(quotations):
        places = [max(bisect_right(starts, s.start) - 1, 0) for s in quotation.spans]
        for place, span in zip(places, quotation.spans, strict=True):
            parts[place].append((span, number))
        first.append(places[0])
        last.append(places[-1])
    paragraphs = [
        Paragraph(i, block.span, block.kind, tuple(sorted(parts[i])))
        for i, block in enumerate(blocks)
    ]
    return Layout(paragraphs, first, last)
