"""The same story gives the same book, whatever file it comes in."""

from collections.abc import Callable
from pathlib import Path

import pytest
import stories
from reading import chapters, parts, read, stressed

FORMATS = {
    "html": stories.as_html,
    "epub": stories.as_epub3,
    "epub2": stories.as_epub2,
    "docx": stories.as_docx,
}


@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)
def test_same_story(make: Callable[[], bytes], tmp_path: Path) -> None:
    plain = read(tmp_path, stories.as_text())
    other = read(tmp_path, make(), "other")
    assert other.text == plain.text
    assert parts(other) == parts(plain)
    assert other.chapters == plain.chapters
    assert (other.title, other.author) == (plain.title, plain.author)
    assert stressed(other) == ["nobody"]
    assert other.notices == plain.notices == ()


def test_the_story_itself(tmp_path: Path) -> None:
    book = read(tmp_path, stories.as_text())
    assert parts(book)[:3] == [
        ("heading", "front", "The Quiet Mill"),
        ("paragraph", "front", "by Jane Doe"),
        ("heading", "body", "Chapter 1"),
    ]
    assert parts(book)[5] == ("break", "body", "* * *")
    assert chapters(book) == [("Chapter 1", 1), ("Chapter 2: The Miller’s Return", 1)]
    assert book.chapters[0].span.end == book.chapters[1].span.start
    assert book.chapters[1].span.end == book.blocks[-1].span.end


@pytest.mark.parametrize(
    ("make", "format_", "document", "place"),
    [
        (stories.as_text, "txt", "", ""),
        (stories.as_html, "html", "", "/html/body/p[2]"),
        (stories.as_epub2, "epub", "OEBPS/ch 1.xhtml", "/*/*[2]/*[4]"),
        (stories.as_docx, "docx", "", "paragraph 4"),
    ],
)
def test_where_a_block_stood(
    make: Callable[[], bytes], format_: str, document: str, place: str, tmp_path: Path
) -> None:
    book = read(tmp_path, make(), "x")
    assert book.origin.format == format_
    assert (book.blocks[3].place.document, book.blocks[3].place.path) == (document, place)
    assert book.blocks[3].place.line == (7 if format_ == "txt" else 0)
