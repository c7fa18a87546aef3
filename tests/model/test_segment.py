"""The tiling: whatever the book, the segments joined are its text."""

from itertools import pairwise

import pytest
from hypothesis import given
from making import make_book, make_story, stories

from fullcast.model import (
    Annotations,
    Block,
    BlockKind,
    Book,
    Layer,
    Quotation,
    QuotationKind,
    SegmentKind,
    Span,
    tile,
)


@given(stories())
def test_joined_they_are_the_text(story: tuple[Book, Annotations]) -> None:
    book, annotations = story
    segments = tile(book, annotations.quotations)
    assert "".join(segment.span.of(book.text) for segment in segments) == book.text
    assert all(one.span.end == two.span.start for one, two in pairwise(segments))
    assert len({segment.id for segment in segments}) == len(segments)


@given(stories())
def test_none_is_white_space_alone(story: tuple[Book, Annotations]) -> None:
    book, annotations = story
    for segment in tile(book, annotations.quotations):
        assert segment.span.of(book.text).strip() or not book.text.strip()


@given(stories())
def test_lines_begin_where_quotations_do(story: tuple[Book, Annotations]) -> None:
    book, annotations = story
    segments = tile(book, annotations.quotations)
    spoken = [each for each in annotations.quotations if each.kind is not QuotationKind.MENTION]
    pieces = {(each.id, span.of(book.text)) for each in spoken for span in each.spans}
    lines = [each for each in segments if each.quotation is not None]
    assert {(each.quotation, each.span.of(book.text).strip()) for each in lines} == pieces


def test_every_kind() -> None:
    book, annotations = make_story()
    found = [
        (segment.kind, segment.layer, segment.span.of(book.text).strip())
        for segment in tile(book, annotations.quotations)
    ]
    assert found[:4] == [
        (SegmentKind.NARRATION, Layer.FRONT, "The Ferry\nNobody's rights reserved."),
        (SegmentKind.HEADING, Layer.BODY, "I. The Landing"),
        (
            SegmentKind.NARRATION,
            Layer.BODY,
            "The river was high, and the ferry [the old one] was late.",
        ),
        (SegmentKind.SPEECH, Layer.BODY, "“Will he come?”"),
    ]
    assert {kind for kind, _, _ in found} == set(SegmentKind)


@pytest.mark.parametrize("text", ["", " \n", "A river."])
def test_a_text_without_blocks(text: str) -> None:
    segments = tile(Book(text=text, blocks=()), ())
    assert "".join(segment.span.of(text) for segment in segments) == text


def test_a_break_without_characters_makes_no_segment() -> None:
    text = "One.\n\nTwo."
    blocks = (
        Block(span=Span(0, 4)),
        Block(span=Span(5, 5), kind=BlockKind.BREAK),
        Block(span=Span(6, 10)),
    )
    segments = tile(Book(text=text, blocks=blocks), ())
    assert [segment.span for segment in segments] == [Span(0, 6), Span(6, 10)]


def test_a_mention_is_no_line() -> None:
    book = make_book([(BlockKind.PARAGRAPH, Layer.BODY, "The so-called “house”.")])
    mention = Quotation(spans=(Span(14, 21),), kind=QuotationKind.MENTION)
    (segment,) = tile(book, [mention])
    assert segment.kind is SegmentKind.NARRATION
