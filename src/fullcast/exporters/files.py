"""Files written whole or not at all."""

import os
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
    check_target(path)
    target = path.resolve()  # a link stays a link, and its target is what changes
    part = target.parent / f".fullcast-{os.getpid()}.part"
    try:
        try:
            part.write_bytes(content)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({_reason(error)}); nothing was changed"
        ) from error


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
