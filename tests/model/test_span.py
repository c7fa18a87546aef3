"""Spans: half-open, ordered, and never the wrong way round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullcast.model import Span

PLACES = st.integers(0, 20)
SPANS = st.tuples(PLACES, PLACES).map(lambda ends: Span(min(ends), max(ends)))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_refuses_what_is_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_an_empty_span_is_a_place() -> None:
    assert Span(3, 3)
    assert len(Span(3, 3)) == 0


@given(SPANS, SPANS)
def test_overlap_and_containment_mean_shared_characters(one: Span, two: Span) -> None:
    mine, other = set(range(one.start, one.end)), set(range(two.start, two.end))
    assert one.overlaps(two) == two.overlaps(one)
    if mine and other:
        assert one.overlaps(two) == bool(mine & other)
        assert one.contains(two) == (other <= mine)


@given(st.text(max_size=20), SPANS)
def test_of_gives_the_characters(text: str, span: Span) -> None:
    assert span.of(text) == text[span.start : span.end]
