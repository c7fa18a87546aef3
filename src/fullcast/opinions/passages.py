"""Which lines are doubtful, and what of the story to show with them. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from fullcast.model import Annotations, Attribution, Book, Character, Quotation, SourceKind, Span

BEFORE = 1500
"""Characters of the story shown before a line: talk is followed from where it began."""

AFTER = 600

MOST_BEFORE = 30
"""Pieces of lines shown before a line, where they are short."""

MOST_AFTER = 12

LONGEST_LINE = 1500
"""Characters of a line; of a longer one the beginning and the end are shown."""

MARK = 40
"""Characters that marking a piece of a line takes, about."""

MOST_TEXT = 8000
"""Characters shown at once, marks among them: with the cast, they fit into 4,096 tokens."""

MOST_LINES = 20

MOST_CAST = 40

LEAST_CAST = 12
"""Where fewer come into question, those who talk most fill up."""

SURE = 0.8
"""Lines at least this sure, and not asked about, are shown with their speakers."""

CUT = "[…]"

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is asked about at once."""

    lines: tuple[Quotation, ...]
    """The doubtful ones, in order."""
    text: str
    """The story around them, cut where it is long, its lines marked."""
    cast: tuple[Character, ...]
    """Who may say them."""


def doubtful(annotations: Annotations, doubt: float) -> list[Quotation]:
    """Find the lines less sure than ``doubt`` that no person has decided, in order."""
    judged = {
        each.quotation
        for each in annotations.attributions
        if each.probability < doubt and each.source is not SourceKind.PERSON
    }
    return [quotation for quotation in annotations.quotations if quotation.id in judged]


def find_passages(book: Book, annotations: Annotations, doubt: float) -> list[Passage]:
    """Cut out what to ask about, in order; each doubtful line stands in one passage."""
    lines = doubtful(annotations, doubt)
    if not annotations.characters:
        return []
    paragraphs = _Paragraphs(book, annotations.quotations)
    showing = _Showing(book, annotations, doubt)
    return [showing.passage(views, batch) for views, batch in _batches(paragraphs, lines)]


class _Paragraphs:
    """Where a text may be cut."""

    def __init__(self, book: Book, quotations: Iterable[Quotation]) -> None:
        self._text = book.text
        self._pieces = sorted(span.start for each in quotations for span in each.spans)
        self._starts = [block.span.start for block in book.blocks]
        self._ends = [block.span.end for block in book.blocks]

    def views(self, line: Quotation) -> list[Span]:
        """Choose what to show with a line: one stretch, or two where it is long."""
        start, end = line.span.start, line.span.end
        if end - start <= LONGEST_LINE:
            return [Span(self._back(start, BEFORE), self._on(end, AFTER))]
        half = LONGEST_LINE // 2
        return [
            Span(self._back(start, BEFORE), self._on(start, half)),
            Span(self._back(end, half), self._on(end, AFTER)),
        ]

    def cost(self, view: Span) -> int:
        """Count the characters that showing a stretch takes."""
        first, last = (bisect_left(self._pieces, at) for at in (view.start, view.end))
        return len(view) + MARK * (last - first)

    def _back(self, at: int, reach: int) -> int:
        """Go back to where a paragraph begins; into one, where that would be too near."""
        far = max(0, at - reach)
        before = bisect_left(self._pieces, at) - MOST_BEFORE
        far = max(far, self._pieces[before]) if before >= 0 else far
        first = bisect_left(self._starts, far)
        if first < len(self._starts) and self._starts[first] <= (far + at) // 2:
            return self._starts[first]
        space = self._text.find(" ", far, at) if far else -1
        return space + 1 if space >= 0 else far

    def _on(self, at: int, reach: int) -> int:
        """Go on to where a paragraph ends; into one, where that would be too near."""
        far = min(len(self._text), at + reach)
        after = bisect_left(self._pieces, at) + MOST_AFTER
        far = min(far, self._pieces[after]) if after < len(self._pieces) else far
        last = bisect_right(self._ends, far) - 1
        if last >= 0 and self._ends[last] >= (at + far) // 2:
            return self._ends[last]
        space = self._text.rfind(" ", at, far) if far < len(self._text) else -1
        return space if space >= 0 else far


def _batches(
    paragraphs: _Paragraphs, lines: Iterable[Quotation]
) -> Iterator[tuple[list[Span], list[Quotation]]]:
    """Put lines together that stand together, as far as the budget allows."""
    views: list[Span] = []
    batch: list[Quotation] = []
    for line in lines:
        own = paragraphs.views(line)
        joined = _joined(views, own)
        near = bool(views) and own[0].start <= views[-1].end
        fits = sum(map(paragraphs.cost, joined)) <= MOST_TEXT and len(batch) < MOST_LINES
        if batch and not (near and fits):
            yield views, batch
            joined, batch = _joined([], own), []
        views = joined
        batch.append(line)
    if batch:
        yield views, batch


def _joined(views: Sequence[Span], more: Sequence[Span]) -> list[Span]:
    """Join stretches that meet."""
    joined: list[Span] = []
    for view in sorted([*views, *more]):
        if joined and view.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, view.end))
        else:
            joined.append(view)
    return joined


class _Showing:
    """What is known of a book, found by place."""

    def __init__(self, book: Book, annotations: Annotations, doubt: float) -> None:
        self._text = book.text
        self._blocks = [block.span for block in book.blocks if len(block.span)]
        self._pieces = sorted((s, q.id) for q in annotations.quotations for s in q.spans)
        self._mentions = sorted(
            (mention.span, mention.character)
            for mention in annotations.mentions
            if mention.character is not None
        )
        self._characters = annotations.characters
        self._judged = {each.quotation: each for each in annotations.attributions}
        self._sure = {
            each.quotation: each.speaker
            for each in annotations.attributions
            if each.probability >= max(doubt, SURE) or each.source is SourceKind.PERSON
        }

    def passage(self, views: Sequence[Span], lines: Sequence[Quotation]) -> Passage:
        """Write down what stands in ``views``, and who comes into question."""
        marks = {line.id: f'id="{line.id}"' for line in lines}
        known: list[str] = []
        for _, quotation in (piece for view in views for piece in _within(self._pieces, view)):
            if quotation in self._sure and quotation not in marks:
                speaker = self._sure[quotation]
                marks[quotation] = f'speaker="{speaker or "nobody"}"'
                known += [speaker] if speaker else []
        shown = f"\n\n{CUT}\n\n".join(self._view(view, marks) for view in views)
        return Passage(
            lines=tuple(lines),
            text=shown,
            cast=self._cast(views, [self._judged[line.id] for line in lines], known),
        )

    def _view(self, view: Span, marks: Mapping[str, str]) -> str:
        paragraphs = []
        for block in self._near(view):
            place = Span(max(block.start, view.start), min(block.end, view.end))
            before = f"{CUT} " if place.start > block.start else ""
            after = f" {CUT}" if place.end < block.end else ""
            paragraphs.append(f"{before}{self._marked(place, marks)}{after}")
        return "\n\n".join(paragraphs)

    def _near(self, view: Span) -> list[Span]:
        first = bisect_right(self._blocks, view.start, key=lambda block: block.end)
        last = bisect_left(self._blocks, view.end, key=lambda block: block.start)
        return self._blocks[first:last]

    def _marked(self, place: Span, marks: Mapping[str, str]) -> str:
        written, at = "", place.start
        for piece, quotation in _within(self._pieces, place):
            start, end = max(piece.start, place.start), min(piece.end, place.end)
            line = self._text[start:end]
            if quotation in marks:
                line = f"<line {marks[quotation]}>{line}</line>"
            written += self._text[at:start] + line
            at = end
        return written + self._text[at : place.end]

    def _cast(
        self, views: Sequence[Span], judged: Sequence[Attribution], known: Sequence[str]
    ) -> tuple[Character, ...]:
        """Choose who may speak: whom the rules thought of, who is named there, who talks most."""
        likely: dict[str | None, None] = {each.speaker: None for each in judged}
        likely |= {speaker: None for each in judged for speaker, _ in each.alternatives}
        likely |= dict.fromkeys(known)
        likely |= {who: None for view in views for _, who in _within(self._mentions, view)}
        likely |= {who.id: None for who in self._characters if who.narrator}
        likely.pop(None, None)
        rest = (who.id for who in self._characters if who.id not in likely)
        likely |= dict.fromkeys(list(islice(rest, max(0, LEAST_CAST - len(likely)))))
        chosen = set(islice(likely, MOST_CAST))
        return tuple(who for who in self._characters if who.id in chosen)


def _within(pieces: Sequence[tuple[Span, _Found]], place: Span) -> Iterator[tuple[Span, _Found]]:
    """Yield the pieces, in order and not overlapping, that share a character with ``place``."""
    first = bisect_right(pieces, place.start, key=lambda piece: piece[0].end)
    for piece in islice(pieces, first, None):
        if piece[0].start >= place.end:
            return
        yield piece
