"""A story shown to people: as a page, and as a picture."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Unpack

from fullcast.errors import OutputError, how_to_add
from fullcast.exporters import Script, check_target, write_atomically
from fullcast.model import Book
from fullcast.workspace.stories import spare
from fullcast.workspace.understanding import Judging, understood

PAGES = (".html", ".htm")
PICTURES = (".svg", ".png")


def report(
    story: str | PathLike[str] | Book, output: str | PathLike[str], **judging: Unpack[Judging]
) -> None:
    """Write a story as one page of HTML: its cast, its talk, and its text with every line marked.

    The page needs no other file and no network.

    Args:
        story: A book, the path of a story, or of a script that :func:`fullcast.script` wrote as
            JSON, which is not judged again.
        output: A ``.html`` file.
        judging: See :class:`Judging`.

    Raises:
        SourceError: The story cannot be read.
        OutputError: It cannot be written there; told before any work is done.
    """
    from fullcast.exporters.report import report_bytes

    _write(story, Path(output), PAGES, report_bytes, judging)


def plot(
    story: str | PathLike[str] | Book, output: str | PathLike[str], **judging: Unpack[Judging]
) -> None:
    """Draw how much each character talks, when, and to whom.

    Args:
        story: As in :func:`report`.
        output: A ``.svg`` or ``.png`` file.
        judging: See :class:`Judging`.

    Raises:
        SourceError: The story cannot be read.
        OutputError: It cannot be written there, or matplotlib is not installed; told before any
            work is done.
    """
    target = Path(output)
    _check_suffix(target, PICTURES)
    try:
        from fullcast.exporters.plots import plot_bytes
    except ModuleNotFoundError as error:
        raise OutputError(
            f"{target}: drawing needs {error.name}, which is not installed: {how_to_add('plots')}"
        ) from error
    suffix = target.suffix.lower()
    _write(story, target, PICTURES, lambda script: plot_bytes(script, suffix), judging)


def _write(
    story: str | PathLike[str] | Book,
    target: Path,
    suffixes: tuple[str, ...],
    make: Callable[[Script], bytes],
    judging: Judging,
) -> None:
    _check_suffix(target, suffixes)
    check_target(target)
    spare(story, target)
    _, script = understood(story, **judging)
    write_atomically(target, make(script))


def _check_suffix(target: Path, suffixes: tuple[str, ...]) -> None:
    if target.suffix.lower() not in suffixes:
        raise OutputError(f"{target}: give it a name that ends in {' or '.join(suffixes)}")
