"""Which reader reads a file, and what is said when the file itself cannot be had."""

import os
from pathlib import Path

from fullcast.errors import SourceEmpty, SourceError, SourceNotFound
from fullcast.model import Book
from fullcast.readers.decode import marked_encoding, wide_encoding
from fullcast.readers.plain import read_plain
from fullcast.readers.sniff import find_format, is_html, refuse_binary

_HEAD = 65_536


def read_book(path: str | os.PathLike[str], *, encoding: str | None = None) -> Book:
    """Read a story: TXT, Markdown, HTML, EPUB or DOCX, told apart by their bytes.

    Args:
        path: The file.
        encoding: The codec of its text, where it is known; else it is found out.

    Raises:
        SourceError: The file cannot be read; the subclass and the message say why.
    """
    where = Path(path)
    data = read_bytes(where)
    match find_format(data, where):
        case "epub":
            from fullcast.readers.epub import read_epub

            return read_epub(data, where)
        case "docx":
            from fullcast.readers.docx import read_docx

            return read_docx(data, where)
        case _:
            return _read_text(data, where, encoding)


def _read_text(data: bytes, path: Path, encoding: str | None) -> Book:
    wide = marked_encoding(data) or wide_encoding(data)
    if encoding is None and wide in {None, "utf-8"}:
        refuse_binary(data, path)
    head = data[:_HEAD].decode(wide or "latin-1", "replace")
    if is_html(head, path):
        from fullcast.readers.html import read_html

        return read_html(data, path, encoding)
    return read_plain(data, path, encoding)


def read_bytes(path: Path) -> bytes:
    """Return what the file holds."""
    try:
        if path.is_dir():
            raise SourceNotFound(f"{path}: this is a folder; give the story file inside it.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceNotFound(f"{path}: no such file; check the name and the folder.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path}: cannot be opened ({reason}); check its permissions.") from None
    if not data:
        raise SourceEmpty(f"{path}: the file is empty; give a file that holds a story.")
    return data
