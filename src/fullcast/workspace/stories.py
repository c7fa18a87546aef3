"""What one does with a story: read it, understand it, write it out.

These are the verbs of the command line and of ``import fullcast``.
"""

from collections.abc import Callable
from contextlib import suppress
from os import PathLike
from pathlib import Path

from fullcast.errors import OutputError
from fullcast.exporters import Script, build_script, check_target, write_atomically, writer_for
from fullcast.model import Annotations, Book

Progress = Callable[[str, float], None]
"""Called now and then with what is being done and how much of it, from 0 to 1."""


def read(path: str | PathLike[str], *, encoding: str | None = None) -> Book:
    """Read a story from a file.

    Args:
        path: A text, Markdown, HTML, EPUB or DOCX file; what it is shows from its bytes.
        encoding: How its characters are written; found from the bytes where not given.

    Raises:
        SourceError: The file cannot be read as a story; its subclasses say why.
    """
    from fullcast.readers import read_book

    return read_book(path, encoding=encoding)


def analyze(book: Book, *, progress: Progress | None = None) -> Annotations:
    """Find the quotations of a book, its cast, and who says what to whom.

    Raises:
        TypeError: It is no book, but perhaps the path of one.
    """
    if not isinstance(book, Book):
        raise TypeError(
            f"analyze takes a Book, not {type(book).__name__}; fullcast.read makes one of a file"
        )
    from fullcast.analysis import analyze as understand

    return understand(book, progress=progress)


def script(
    story: str | PathLike[str] | Book,
    output: str | PathLike[str] | None = None,
    *,
    annotations: Annotations | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> Script:
    """Say for every stretch of a story what it is and who speaks it; write that, if asked to.

    Args:
        story: A book, or the path of a file to read one from.
        output: Where to write the script: a ``.json``, ``.jsonl`` or ``.csv`` file.
        annotations: What is known about the book already; found where not given.
        encoding: As in :func:`read`; for a path only.
        progress: Told now and then how far the work is.

    Raises:
        SourceError: The story cannot be read.
        OutputError: The script cannot be written there; told before any work is done.
        TypeError: An encoding is given for a book, whose text is read already.
    """
    if encoding is not None and isinstance(story, Book):
        raise TypeError("encoding belongs to reading: give it to fullcast.read, not with a Book")
    target = Path(output) if output is not None else None
    if target is not None:
        writer = writer_for(target)
        check_target(target)
        _spare(story, target)
    book = story if isinstance(story, Book) else read(story, encoding=encoding)
    if annotations is None:
        annotations = analyze(book, progress=progress)
    document = build_script(book, annotations)
    if target is not None:
        write_atomically(target, writer(document))
    return document


def _spare(story: str | PathLike[str] | Book, target: Path) -> None:
    """Refuse to write a script over the story it is made from."""
    source = Path(story.origin.path if isinstance(story, Book) else story)
    with suppress(OSError):  # one of the two is not there, or not to be seen
        if target.samefile(source):
            raise OutputError(f"{target}: this is the story itself; name another file")
