"""Takes: what was spoken once is kept, under a name made of all that it depends on."""

import errno
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fullcast.errors import OutputError
from fullcast.render.direction import Direction
from fullcast.render.timeline import RATE_HZ

if TYPE_CHECKING:
    from fullcast.render.engines.engine import Samples

FORM = 1
"""Raised whenever :mod:`~fullcast.render.finish` changes what becomes of samples."""

_numbers = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One stretch of words, to be spoken by one voice in one way."""

    words: str
    voice: str
    direction: Direction
    engine: str
    version: str

    @property
    def key(self) -> str:
        """A name that is the same for the same sound, and for no other."""
        return _key(self)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data, for another process."""
        return asdict(self)

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Take":
        """Make it of plain data."""
        return cls(**{**entry, "direction": Direction(**entry["direction"])})


@lru_cache(maxsize=1 << 14)
def _key(take: Take) -> str:
    recipe = json.dumps([FORM, take.as_json()], sort_keys=True)
    return sha256(recipe.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Takes:
    """A folder of takes. Several runs may use it at once: a take is the same whoever makes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Say where a take is, or will be."""
        return self.folder / key[:2] / f"{key}.flac"

    def duration_s(self, key: str) -> float | None:
        """Tell how long a take is; nothing where there is none that can be read."""
        import soundfile

        path = self.path(key)
        if not path.exists():
            return None
        try:
            found = soundfile.info(str(path))
        except soundfile.LibsndfileError:
            return None  # cut short when the power went; it is made again
        good = found.samplerate == RATE_HZ and found.channels == 1 and found.frames > 0
        return found.frames / RATE_HZ if good else None

    def keep(self, key: str, samples: "Samples") -> None:
        """Write a take, whole or not at all.

        Raises:
            OutputError: The disk is full, or the folder is closed to us.
        """
        import soundfile

        path = self.path(key)
        part = path.with_name(f".{key}-{os.getpid()}-{next(_numbers)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                sound = BytesIO()  # on a full disk, libsndfile would complain by itself
                soundfile.write(sound, samples, RATE_HZ, format="FLAC", subtype="PCM_16")
                part.write_bytes(sound.getvalue())
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
        except (OSError, soundfile.LibsndfileError) as error:
            raise OutputError(f"{path.parent}: no take can be kept ({_reason(error)})") from error

    def sweep(self) -> None:
        """Remove what runs left behind that were killed an hour ago or longer."""
        import time

        for part in self.folder.glob("*/.*"):
            with suppress(FileNotFoundError):  # another run sweeps too
                if time.time() - part.stat().st_mtime > 3600:
                    part.unlink()


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "the disk is full: make room and run again, what was spoken is kept"
    words = getattr(error, "strerror", None) or str(error)
    return str(words).lower()
