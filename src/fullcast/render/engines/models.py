"""Models that a user adds: each file pinned and hashed, fetched only when asked to."""

import os
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from types import MappingProxyType
from urllib.error import HTTPError

from fullcast.errors import EngineError

FOLDER = "FULLCAST_VOICES"
"""The environment's name for the folder of models."""

TIMEOUT_S = 60.0
PIECE = 1 << 18

Told = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model."""

    url: str
    sha256: str

    @property
    def name(self) -> str:
        """What it is called, there and here."""
        return self.url.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Model:
    """What can be added."""

    engine: str
    files: tuple[ModelFile, ...]
    about: str
    licence: str


_KOKORO = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"
_PIPER = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0/en"

MODELS: Mapping[str, Model] = MappingProxyType(
    {
        "kokoro": Model(
            engine="kokoro",
            files=(
                ModelFile(
                    f"{_KOKORO}/kokoro-v1.0.onnx",
                    "7d5df8ecf7d4b1878015a32686053fd0eebe2bc377234608764cc0ef3636a6c5",
                ),
                ModelFile(
                    f"{_KOKORO}/voices-v1.0.bin",
                    "bca610b8308e8d99f32e6fe4197e7ec01679264efed0cac9140fe9c29f1fbf7d",
                ),
            ),
            about="28 English voices, natural; 354 MB",
            licence="Apache-2.0",
        ),
        "piper-vctk": Model(
            engine="piper",
            files=(
                ModelFile(
                    f"{_PIPER}/en_GB/vctk/medium/en_GB-vctk-medium.onnx",
                    "4e9fc85ab9009385319fc6bae7f55577f8a2d7ee77fd9159a5500eb6531f41e6",
                ),
                ModelFile(
                    f"{_PIPER}/en_GB/vctk/medium/en_GB-vctk-medium.onnx.json",
                    "7f85e6391ed0f7f46e4abd19345929a16be931a0c9945086f96692dce2087fa8",
                ),
            ),
            about="109 British voices in one model, fast; 77 MB",
            licence="MIT, trained on VCTK (CC BY 4.0)",
        ),
        "piper-lessac": Model(
            engine="piper",
            files=(
                ModelFile(
                    f"{_PIPER}/en_US/lessac/medium/en_US-lessac-medium.onnx",
                    "5efe09e69902187827af646e1a6e9d269dee769f9877d17b16b1b46eeaaf019f",
                ),
                ModelFile(
                    f"{_PIPER}/en_US/lessac/medium/en_US-lessac-medium.onnx.json",
                    "efe19c417bed055f2d69908248c6ba650fa135bc868b0e6abb3da181dab690a0",
                ),
            ),
            about="one American voice, fast; 63 MB",
            licence="MIT, trained on Blizzard 2013 (research only)",
        ),
    }
)


def models_folder() -> Path:
    """Say where models are kept: in ``FULLCAST_VOICES``, else with the user's other data."""
    if given := os.environ.get(FOLDER):
        return Path(given)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "fullcast" / "voices"


def add_model(
    name: str,
    *,
    models: Mapping[str, Model] = MODELS,
    folder: Path | None = None,
    told: Told | None = None,
) -> Path:
    """Fetch a model's files; what is there is not fetched again, and half a file is gone on with.

    Raises:
        EngineError: There is no such model, it cannot be fetched, or it is not what it should be.
    """
    if name not in models:
        raise EngineError(f"there is no model {name!r} to add; there are {', '.join(models)}")
    place = (folder or models_folder()) / models[name].engine
    try:
        place.mkdir(parents=True, exist_ok=True)
        for file in models[name].files:
            if not (place / file.name).exists():
                _fetch(file, place / file.name, told)
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
        raise EngineError(
            f"{name}: cannot be fetched ({reason}); run again to go on where it stopped"
        ) from error
    return place


def _fetch(file: ModelFile, path: Path, told: Told | None) -> None:
    part = path.with_name(f"{path.name}.part")
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(file.url, headers={"User-Agent": "fullcast"})
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        response = urllib.request.urlopen(request, timeout=TIMEOUT_S)
    except HTTPError as error:
        if error.code != 416:  # all of it is there already
            raise
    else:
        with response, part.open("ab" if response.status == 206 else "wb") as sink:
            left = int(response.headers.get("Content-Length") or 0)
            total = sink.tell() + left
            while piece := response.read(PIECE):
                sink.write(piece)
                if told is not None and total:
                    told(f"fetching {file.name}", sink.tell() / total)
            if total and sink.tell() < total:
                raise ConnectionError(f"the connection broke off at {sink.tell():,} bytes")
    found = _digest(part)
    if found != file.sha256:
        part.unlink()
        raise EngineError(
            f"{file.url}: this is not the file we know (SHA-256 {found[:16]}…, not "
            f"{file.sha256[:16]}…); nothing was kept"
        )
    part.replace(path)


def _digest(path: Path) -> str:
    found = sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()
