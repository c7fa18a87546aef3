"""The same story gives the same book, whatever file it comes in."""

from collections.abc import Callable
from pathlib import Path

import pytest
import stories
from reading import chapters, parts, read, stressed

from fullcast.analysis import analyze
from fullcast.model import Book, tile

SAMPLE = Path(__file__).parents[2] / "samples" / "standby.txt"
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


def as_epub(story: list[tuple[str, str]]) -> bytes:
    return stories.epub({"story.xhtml": stories.as_markup(story)})


@pytest.mark.parametrize("make", [stories.as_html, as_epub, stories.as_docx])
def test_same_script(make: Callable[..., bytes], tmp_path: Path) -> None:
    title, *paragraphs = SAMPLE.read_text(encoding="utf-8").replace("_", "").split("\n\n")
    story = [("title", title), *(("text", paragraph.strip()) for paragraph in paragraphs)]
    plain = script(read(tmp_path, stories.as_text(story)))
    assert len(plain) > 100
    assert script(read(tmp_path, make(story), "other")) == plain


def script(book: Book) -> list[tuple[str, str, str | None]]:
    """Return each segment's kind, text and speaker."""
    known = analyze(book)
    speakers = {each.quotation: each.speaker for each in known.attributions}
    return [
        (each.kind, each.span.of(book.text), speakers.get(each.quotation or ""))
        for each in tile(book, known.quotations)
    ]


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
