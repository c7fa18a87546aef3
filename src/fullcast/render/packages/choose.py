"""The package that a target's name asks for."""

import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

from fullcast.errors import OutputError
from fullcast.formats.files import check_folder, check_target
from fullcast.model import Book
from fullcast.render.lines import Document
from fullcast.render.packages.order import Order
from fullcast.render.packages.report import Progress, Report
from fullcast.render.packages.store import Store
from fullcast.render.timeline import Timeline

PACKAGES = {
    ".m4b": "one audiobook with chapters",
    ".epub": "a book to read along, EPUB 3 with Media Overlays",
    ".vtt": "WebVTT captions with speakers",
    ".srt": "SRT captions",
    ".json": "the script with times",
    ".stems": "a folder with a track for each character",
    "": "a folder of MP3s, one a chapter",
}
"""What can be written, by the suffix of the target."""

_WRITERS = {
    ".m4b": "m4b",
    ".epub": "epub",
    ".vtt": "captions",
    ".srt": "captions",
    ".json": "timed",
    ".stems": "stems",
    "": "mp3",
}
"""The module that writes each: only what is needed is loaded."""

_MARKS = {".stems": "stems.json", "": "acx.json"}


def check_package(target: Path) -> str:
    """Return the suffix by which a package is chosen, and see that it could be written.

    Long work should ask first, so that nobody waits for a result that has nowhere to go.

    Raises:
        OutputError: There is no package of that suffix, or nothing can be written there.
    """
    suffix = target.suffix.lower()
    if suffix not in PACKAGES:
        suffix = "" if target.is_dir() else suffix
    if suffix == ".mp3":
        raise OutputError(
            f"{target}: MP3s come as a folder, one a chapter: give it no suffix, like "
            f"{target.with_suffix('')}; one file with chapters is {target.with_suffix('.m4b')}"
        )
    if suffix not in PACKAGES:
        there_is = "; ".join(f"{known or 'no suffix'}: {what}" for known, what in PACKAGES.items())
        raise OutputError(f"{target}: no package is called {suffix}; there is {there_is}")
    if suffix in _MARKS:
        check_folder(target, _MARKS[suffix])
    else:
        check_target(target)
    return suffix


def write_package(
    timeline: Timeline,
    target: Path,
    *,
    cover: Path | None = None,
    source: Book | None = None,
    script: Document | None = None,
    cache: Path | None = None,
    need: Callable[[Iterable[Path]], None] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Write a performance as the package that its target's suffix asks for, whole or not at all.

    Args:
        timeline: The performance.
        target: A file or folder; see :data:`PACKAGES`.
        cover: A JPEG or PNG picture, for M4B, MP3 and an EPUB made from the text.
        source: The book that was performed. An EPUB needs it: one read from an EPUB is kept as
            it is and given its audio, any other is made into one.
        script: What was performed, for its times to be told in it.
        cache: A folder for encoded chapters; those that did not change are not encoded again.
        need: Told which of its files are needed, before they are looked for.
        progress: Told now and then how far the work is.

    Returns:
        What was written and measured: ``report.lines()`` for people, ``report.as_json()``.

    Raises:
        OutputError: It cannot be written, a clip or the cover cannot be read, or there is nothing
            to pack. Nothing was changed.
    """
    suffix = check_package(target)
    if not any(part.clips for part in timeline.parts):
        raise OutputError(f"{target}: nothing was spoken, so there is nothing to write")
    module = import_module(f"fullcast.render.packages.{_WRITERS[suffix]}")
    write: Callable[[Order], Report] = module.write
    try:
        with ExitStack() as stack:
            folder = cache or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            return write(
                Order(
                    timeline=timeline,
                    target=target,
                    store=Store(folder, need),
                    cover=cover,
                    source=source,
                    script=script,
                    progress=progress,
                )
            )
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise OutputError(f"{target}: cannot be written ({why}); nothing was changed") from error
