"""What the tests of the readers share: a story's bytes in, and what was made of them out."""

from pathlib import Path

from fullcast.model import Book
from fullcast.readers import read_book


def read(tmp_path: Path, content: bytes | str, name: str = "story.txt") -> Book:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_book(path)


def parts(book: Book) -> list[tuple[str, str, str]]:
    return [(b.kind.value, b.layer.value, b.span.of(book.text)) for b in book.blocks]


def words(book: Book, kind: str = "", layer: str = "") -> list[str]:
    return [w for k, where, w in parts(book) if kind in {"", k} and layer in {"", where}]


def stressed(book: Book) -> list[str]:
    return [span.of(book.text) for span in book.emphasis]


def chapters(book: Book) -> list[tuple[str, int]]:
    return [(chapter.title, chapter.level) for chapter in book.chapters]
