"""A story in the forms that other programs read."""

import json
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Unpack

from fullcast.exporters import Script, check_target, whole_folder, write_atomically
from fullcast.exporters.registry import Format, format_called
from fullcast.formats.files import check_folder
from fullcast.model import Book
from fullcast.workspace.stories import spare
from fullcast.workspace.understanding import Judging, understood

MARK = "export.json"
"""Stands in a folder that was exported, and says of what and as what."""


def export(
    story: str | PathLike[str] | Book,
    output: str | PathLike[str],
    *,
    to: str,
    non_consumptive: bool = False,
    **judging: Unpack[Judging],
) -> None:
    """Write a story in a form that other programs read.

    Args:
        story: A book, the path of a story, or of a script that :func:`fullcast.script` wrote as
            JSON, which is not judged again.
        output: The file to write, or the folder, as the format is. A folder that is there already
            is replaced if an export made it.
        to: The format's name, one of ``fullcast.exporters.registry.FORMATS``.
        non_consumptive: Leave out all words of the story, and keep what was found about them.
        judging: See :class:`Judging`.

    Raises:
        SourceError: The story cannot be read.
        CorrectionError: The corrections cannot be used.
        OutputError: There is no such format, a library that it needs is not installed, or it
            cannot be written there; told before any work is done, where it can be.
    """
    target = Path(output)
    form = format_called(to)
    make = form.ready(text=not non_consumptive)
    _check(form, target)
    spare(story, target)
    _, script = understood(story, **judging)
    content = make(script)
    if isinstance(content, bytes):
        write_atomically(target, content)
    else:
        _write_folder(target, content, form, script)


def _check(form: Format, target: Path) -> None:
    if form.suffix:
        form.check_name(target)
        check_target(target)
    else:
        check_folder(target, MARK)


def _write_folder(target: Path, content: Mapping[str, bytes], form: Format, script: Script) -> None:
    told = {"format": form.name, "source": script["source"], "files": sorted(content)}
    with whole_folder(target, MARK) as folder:
        for name, page in content.items():
            (folder / name).write_bytes(page)
        (folder / MARK).write_text(json.dumps(told, indent=2) + "\n", "utf-8")
