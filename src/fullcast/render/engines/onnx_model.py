"""What the engines with a network share: finding its files, starting it, words into sounds."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fullcast.errors import EngineError, how_to_add
from fullcast.render.engines.espeak import EspeakEngine
from fullcast.render.engines.models import models_folder
from fullcast.render.engines.phonemes import pieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_MARKS = re.compile(r"([;:,.!?—…()]+)")


def engine_folder(name: str, given: str, hint: str) -> Path:
    """Find the folder of an engine's models.

    Raises:
        EngineError: There is none.
    """
    folder = Path(given) if given else models_folder() / name
    if not any(folder.glob("*.onnx")):
        raise EngineError(f"{name}: no model in {folder}; fetch one: fullcast voices add {hint}")
    return folder


def start(path: Path) -> "InferenceSession":
    """Start a network.

    Raises:
        EngineError: It is none, or onnxruntime is not installed.
    """
    try:
        import onnxruntime
    except ImportError as error:
        raise EngineError(f"it needs onnxruntime: {how_to_add('audio')}") from error
    try:
        return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    except Exception as error:
        raise EngineError(
            f"{path}: this is no network that can be run ({_first_line(error)}); delete it and add "
            "it again"
        ) from error


def run(session: "InferenceSession", feeds: dict[str, Any]) -> Any:
    """Run a network once; of its outputs the first."""
    return session.run(None, feeds)[0]


def sounds_of(text: str, accent: str) -> str:
    """Write a text in IPA, its punctuation kept, and the sounds that stand in it already."""
    told = []
    for written, ipa in pieces(text):
        told.append(ipa or "".join(_part(one, accent) for one in _MARKS.split(written)))
    return "".join(told).strip()


def _part(words: str, accent: str) -> str:
    if _MARKS.fullmatch(words):
        return words
    if not words.strip():
        return " " if words else ""
    before = " " if words[0].isspace() else ""
    after = " " if words[-1].isspace() else ""
    return f"{before}{_espeak().read_aloud(words, accent)}{after}"


@cache
def _espeak() -> EspeakEngine:
    return EspeakEngine()


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200]
