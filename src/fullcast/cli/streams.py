"""Standard input and output: what comes from one, and what arrives at the other or fails.

Either may be closed; Python then has ``None`` in its place.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from fullcast.errors import OutputError, SourceError
from fullcast.model import Book

STANDARD = "-"
"""What stands for standard input where a story is named, and for standard output else."""

INPUT = "standard input"


def story(name: str, encoding: str | None) -> tuple[Book | str, str | None]:
    """Read what ``-`` names; any other name and its encoding stay as they are, to be read later."""
    return (_read_input(encoding), None) if name == STANDARD else (name, encoding)


def _read_input(encoding: str | None) -> Book:
    """Read standard input by way of a file, since that is what readers take."""
    from tempfile import TemporaryDirectory

    from fullcast.workspace import stories

    if sys.stdin is None:
        raise SourceError(f"{INPUT}: it is closed; give the story's file, or pipe a story in")
    with TemporaryDirectory(prefix="fullcast-") as folder:
        path = Path(folder, "story")
        try:
            path.write_bytes(sys.stdin.buffer.read())
        except OSError as error:
            raise SourceError(f"{INPUT}: cannot be read ({error.strerror})") from error
        try:
            book = stories.read(path, encoding=encoding)
        except SourceError as error:
            raise type(error)(str(error).replace(str(path), INPUT)) from error
    return replace(book, origin=replace(book.origin, path=STANDARD))


def check_output() -> None:
    """Raise ``OutputError`` where there is no standard output, before any work is done for it."""
    if sys.stdout is None:
        raise OutputError("standard output: it is closed; write to a file")


@contextmanager
def told_output() -> Iterator[None]:
    """Flush what is printed inside, and raise ``OutputError`` where it finds no room.

    Raises:
        BrokenPipeError: Whoever read it went away, which is no failure.
    """
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        raise
    except OSError as error:
        _drop_output()
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"standard output: cannot be written ({reason})") from error


def _drop_output() -> None:
    """Give what is still to be flushed at exit a place to go where nobody complains."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
