"""What was encoded already: a chapter that did not change is not encoded again."""

import json
import os
import threading
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from fullcast.errors import OutputError
from fullcast.render.timeline import Clip


class Store:
    """Files named by what they are made of; killed at any moment, it holds whole files only."""

    def __init__(self, folder: Path, need: Callable[[Iterable[Path]], None] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._need = need

    def made(self, key: str, suffix: str, make: Callable[[Path], None]) -> Path:
        """Return the file of that key; where there is none, have it made."""
        path = self.folder / f"{key}{suffix}"
        if self._need is not None:
            self._need([path])
        if not path.exists():
            part = path.with_name(f".{key}-{os.getpid()}-{threading.get_ident()}{suffix}")
            try:
                make(part)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
        return path

    def noted(self, key: str, make: Callable[[], Any]) -> Any:
        """Return the plain data of that key; where there are none, have them made."""
        path = self.made(
            key, ".json", lambda part: _write(part, json.dumps(make(), ensure_ascii=False))
        )
        return json.loads(path.read_text(encoding="utf-8"))

    def read(self, name: str) -> Any:
        """Return the plain data called ``name``, or ``None``."""
        try:
            return json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def write(self, name: str, entry: Any) -> None:
        """Note plain data under a name."""
        part = self.folder / f".{name}-{os.getpid()}.json"
        _write(part, json.dumps(entry, ensure_ascii=False))
        part.replace(self.folder / f"{name}.json")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def key_of(*what: object) -> str:
    """Return the key of something made from all that."""
    return sha256(repr(what).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def clip_key(clip: Clip) -> tuple[object, ...]:
    """Return what tells a clip's sound from others.

    Raises:
        OutputError: There is no such file.
    """
    try:
        stat = clip.path.stat()
    except OSError as error:
        raise OutputError(
            f"{clip.path}: this clip is gone ({error.strerror}); perform the story again"
        ) from None
    return clip.path.name, stat.st_size, stat.st_mtime_ns
