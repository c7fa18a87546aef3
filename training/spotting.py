"""From excerpts to what the mention finder learns from: windows of pieces, tags, chains."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from evals.excerpts import Excerpt, GoldMention
from fullcast.infer.encode import WINDOW, Array, frame_of
from fullcast.model import Book, MentionKind, Span

KINDS = (MentionKind.NAME, MentionKind.DESCRIPTION, MentionKind.PRONOUN)
ROWS = ("name", "description", "pronoun", "description inside")
"""Mentions may stand in others; in a row none overlap, and nearly all find a row."""
_INSIDE = ROWS.index("description inside")
OUTSIDE, BEGINS, GOES_ON = range(3)
UNTAGGED = -100


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text in whole paragraphs; T pieces, M mentions."""

    ids: Array
    """[T] word pieces, framed."""
    starts: Array
    """[T] the characters of each piece, half-open."""
    ends: Array
    tags: Array
    """[T, ROWS], :data:`UNTAGGED` for the frame."""
    mentions: Array
    """[M, 4] first piece, last piece, number of the kind, number of the chain."""


@dataclass(frozen=True, slots=True)
class Found:
    """A mention that was found."""

    span: Span
    kind: int
    first: int
    last: int
    """Its pieces in the window."""


def lay_windows(book: Book, tokenizer: Tokenizer) -> Iterator[tuple[Array, Array, Array]]:
    """Yield ids, starts and ends of the pieces of windows, cut between paragraphs if possible."""
    opening, closing = frame_of(tokenizer)
    room = WINDOW - 2
    held: list[tuple[int, int, int]] = []

    def framed() -> tuple[Array, Array, Array]:
        at = held[0][1], held[-1][2]
        rows = [(opening, at[0], at[0]), *held, (closing, at[1], at[1])]
        ids, starts, ends = np.array(rows, dtype=np.int64).T
        return ids, starts, ends

    texts = [block.span.of(book.text) for block in book.blocks]
    encoded = tokenizer.encode_batch(texts, add_special_tokens=False)
    for block, found in zip(book.blocks, encoded, strict=True):
        start = block.span.start
        pieces = [
            (i, a + start, b + start) for i, (a, b) in zip(found.ids, found.offsets, strict=True)
        ]
        if held and len(held) + len(pieces) > room:
            yield framed()
            held = []
        held += pieces
        while len(held) > room:
            rest = held[room:]
            held = held[:room]
            yield framed()
            held = rest
    if held:
        yield framed()


def spot(excerpt: Excerpt, tokenizer: Tokenizer) -> list[Window]:
    """Return an excerpt's windows with the tags and chains that are to be learnt."""
    chains = {chain: n for n, chain in enumerate({m.chain: 0 for m in excerpt.mentions})}
    windows = []
    for ids, starts, ends in lay_windows(excerpt.book, tokenizer):
        tags = np.full((len(ids), len(ROWS)), OUTSIDE, dtype=np.int64)
        tags[[0, -1]] = UNTAGGED
        rows = []
        for mention in excerpt.mentions:
            first, last = _pieces(mention.span, starts, ends)
            if first > last:
                continue
            rows.append((first, last, KINDS.index(mention.kind), chains[mention.chain]))
            _tag(tags, first, last, KINDS.index(mention.kind))
        windows.append(Window(ids, starts, ends, tags, np.array(rows, np.int64).reshape(-1, 4)))
    return windows


def _pieces(span: Span, starts: Array, ends: Array) -> tuple[int, int]:
    """Return the first and last piece of a span, in that order unless it is not in the window."""
    inside = slice(1, -1)
    first = int(np.searchsorted(ends[inside], span.start, side="right")) + 1
    last = int(np.searchsorted(starts[inside], span.end, side="left"))
    return first, last


def _tag(tags: Array, first: int, last: int, row: int) -> None:
    """Write a mention in its row, or in the row of those inside others, if there is room."""
    for each in (row, _INSIDE):
        if (tags[first : last + 1, each] == OUTSIDE).all():
            tags[first : last + 1, each] = GOES_ON
            tags[first, each] = BEGINS
            return


def read_tags(scores: Array, starts: Array, ends: Array) -> Iterator[Found]:
    """Yield the mentions that tags' log-probabilities [T, ROWS, 3] tell, the likeliest tagging."""
    taken: set[tuple[int, int]] = set()
    for row in range(scores.shape[1]):
        for first, last in _runs(_best_path(scores[:, row])):
            if (first, last) not in taken:
                taken.add((first, last))
                kind = KINDS.index(MentionKind.DESCRIPTION) if row == _INSIDE else row
                yield Found(Span(int(starts[first]), int(ends[last])), kind, first, last)


def _best_path(scores: Array) -> list[int]:
    """Return the likeliest tags [T] of one row, in which nothing goes on that has not begun."""
    allowed = np.zeros((3, 3))
    allowed[OUTSIDE, GOES_ON] = -np.inf
    best = scores[0] + allowed[OUTSIDE]
    came: list[Array] = []
    for row in scores[1:]:
        ways = best[:, None] + allowed
        came.append(ways.argmax(0))
        best = ways.max(0) + row
    path = [int(best.argmax())]
    for back in reversed(came):
        path.append(int(back[path[-1]]))
    return path[::-1]


def _runs(tags: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = -1
    for place, tag in enumerate([*tags, OUTSIDE]):
        if tag != GOES_ON and first >= 0:
            yield first, place - 1
            first = -1
        if tag == BEGINS:
            first = place


def reachable(windows: Iterable[Window], mentions: Sequence[GoldMention]) -> float:
    """Return the share of mentions that the tags can tell: what nests too deep is lost."""
    told: set[Span] = set()
    for window in windows:
        scores = np.eye(3)[np.maximum(window.tags, 0)]
        told |= {found.span for found in read_tags(scores, window.starts, window.ends)}
    return len(told & {m.span for m in mentions}) / max(1, len(mentions))
