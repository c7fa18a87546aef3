"""Files written whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fullcast.errors import OutputError


def check_target(path: Path) -> None:
    """Raise ``OutputError`` where a file could not be written to ``path``; touch nothing.

    Long work should ask first, so that nobody waits for a result that has nowhere to go.
    """
    try:
        hurdle = _hurdle(path)
    except OSError as error:  # a name too long, or a directory closed to us
        hurdle = f"cannot be written ({_reason(error)}); choose another place"
    if hurdle:
        raise OutputError(f"{path}: {hurdle}")


def check_new(path: Path) -> None:
    """Raise ``OutputError`` where a file could not be written, or where there is one already."""
    check_target(path)
    if path.exists():
        raise OutputError(
            f"{path}: it is there already, perhaps with changes of yours; name another file"
        )


def _hurdle(path: Path) -> str:
    """Say what stands in the way, and what to do about it; nothing where the way is free."""
    folder = path.parent
    if path.is_dir():
        return "this is a directory; name a file in it"
    if not folder.is_dir():
        return f"there is no directory {folder}; make it first"
    if path.exists() and not path.is_file():
        return "this is no ordinary file; write to another"
    if path.exists() and not os.access(path, os.W_OK):
        return "the file is read-only; write to another"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"nothing may be written in {folder}; choose another directory"
    return ""


def write_atomically(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step, so that nobody ever sees half a file."""
    with whole_file(path) as part:
        part.write_bytes(content)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a place to write to; what is there in the end becomes ``path`` in one step.

    Raises:
        OutputError: It cannot be written; nothing was changed.
    """
    check_target(path)
    target = path.resolve()  # a link stays a link, and its target is what changes
    part = target.parent / f".fullcast-{os.getpid()}.part"
    try:
        try:
            yield part
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritten(path, error) from error


@contextmanager
def whole_folder(path: Path, mark: str) -> Iterator[Path]:
    """Give a folder to write to; in the end it takes the place of the folder ``path``.

    Args:
        path: What is there already is replaced only if Fullcast made it, or it is empty.
        mark: The file by which a folder shows that Fullcast made it.

    Raises:
        OutputError: It cannot be written, or holds other things; nothing was changed.
    """
    check_folder(path, mark)
    target = path.resolve()
    part, old = (target.parent / f".fullcast-{os.getpid()}.{end}" for end in ("part", "old"))
    try:
        try:
            part.mkdir()
            yield part
            if target.exists():
                target.replace(old)
            part.replace(target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise _unwritten(path, error) from error


def check_folder(path: Path, mark: str) -> None:
    """Raise ``OutputError`` where a folder could not be written as ``path``; touch nothing."""
    if not path.is_dir():
        check_target(path)
        if path.exists():
            raise OutputError(f"{path}: there is a file of that name; name another folder")
    elif any(path.iterdir()) and not (path / mark).is_file():
        raise OutputError(f"{path}: the folder holds other things; name a new one")


def _unwritten(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot be written ({_reason(error)}); nothing was changed")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
