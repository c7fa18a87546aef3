"""Piper: fast networks, one voice or many in each, where models were added."""

import json
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fullcast.errors import EngineError
from fullcast.model import Gender
from fullcast.render.direction import Direction
from fullcast.render.engines.engine import LineError
from fullcast.render.engines.onnx_model import engine_folder, run, sounds_of, start
from fullcast.render.engines.resample import resample
from fullcast.render.voices import Voice

if TYPE_CHECKING:
    from fullcast.render.engines.engine import Samples

_VCTK_MEN = frozenset(
    "p226 p227 p232 p237 p241 p243 p245 p246 p247 p251 p252 p254 p255 p256 p258 p259 p260 p263 "
    "p270 p271 p272 p273 p274 p275 p278 p279 p281 p284 p285 p286 p287 p292 p298 p302 p304 p311 "
    "p315 p316 p326 p334 p345 p347 p360 p363 p364 p374 p376".split()
)
_MEN = frozenset("alan joe ryan john danny hfc_male northern_english_male norman bryce".split())
_WOMEN = frozenset("alba amy lessac jenny_dioco cori hfc_female kathleen kristin ljspeech".split())


class PiperEngine:
    """All of its models that are there; a voice is ``model`` or ``model/speaker``."""

    name = "piper"
    lanes = 1

    def __init__(self, folder: str = "") -> None:
        self._folder = engine_folder("piper", folder, "piper-vctk")
        self._sessions: dict[str, Any] = {}
        self.settings: dict[str, str] | None = {"folder": str(self._folder)}

    @property
    def version(self) -> str:
        """What we do with the models; which one it is, the voice says."""
        return "1"

    @cached_property
    def _configs(self) -> dict[str, dict[str, Any]]:
        return {path.stem: _read_config(path) for path in sorted(self._folder.glob("*.onnx"))}

    @cached_property
    def _voices(self) -> tuple[Voice, ...]:
        found = []
        for model, config in self._configs.items():
            accent = str(config["espeak"]["voice"])
            speakers = config.get("speaker_id_map") or {}
            for speaker in speakers or [""]:
                name = f"{model}/{speaker}" if speaker else model
                found.append(Voice(id=name, gender=_gender(model, speaker), accent=accent))
        return tuple(found)

    def voices(self) -> tuple[Voice, ...]:
        """List every speaker of every model."""
        return self._voices

    def voice(self, name: str) -> Voice:
        """Find a voice by its id."""
        for voice in self._voices:
            if voice.id == name:
                return voice
        raise EngineError(f"piper: there is no voice {name!r}; see: fullcast voices list")

    def speak(self, text: str, voice: Voice, direction: Direction) -> "Samples":
        """Speak a text; a whisper is only softer."""
        import numpy as np

        model, _, speaker = voice.id.partition("/")
        config = self._configs[model]
        numbers = _numbers(sounds_of(text, voice.accent), config["phoneme_id_map"])
        if len(numbers) <= 3:
            raise LineError("there is nothing in it that can be said")
        if model not in self._sessions:
            self._sessions[model] = start(self._folder / f"{model}.onnx")
        how = config.get("inference") or {}
        scales = (
            how.get("noise_scale", 0.667),
            how.get("length_scale", 1.0) / direction.pace,
            how.get("noise_w", 0.8),
        )
        feeds = {
            "input": np.array([numbers], np.int64),
            "input_lengths": np.array([len(numbers)], np.int64),
            "scales": np.array(scales, np.float32),
        }
        if speaker:
            feeds["sid"] = np.array([config["speaker_id_map"][speaker]], np.int64)
        made = run(self._sessions[model], feeds)
        samples: Samples = np.asarray(made, np.float32).reshape(-1)
        return resample(samples, int(config["audio"]["sample_rate"]))


def _read_config(path: Path) -> dict[str, Any]:
    config = path.with_name(f"{path.name}.json")
    try:
        found: dict[str, Any] = json.loads(config.read_text("utf-8"))
        _check(found)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise EngineError(
            f"{config}: this does not describe a Piper model ({error!r}); add it again"
        ) from error
    return found


def _check(config: dict[str, Any]) -> None:
    """Raise an error of Python's where something is missing, or of another kind."""
    _ = str(config["espeak"]["voice"])
    rate_hz = int(config["audio"]["sample_rate"])
    numbers = [*chain.from_iterable(config["phoneme_id_map"].values())]
    numbers += (config.get("speaker_id_map") or {}).values()
    scales = [*(config.get("inference") or {}).values()]
    if rate_hz <= 0 or not all(isinstance(n, int) for n in numbers):
        raise ValueError("its sample rate, sounds and speakers are whole numbers")
    if not all(isinstance(n, int | float) for n in scales):
        raise ValueError("its scales are numbers")


def _numbers(sounds: str, table: dict[str, list[int]]) -> list[int]:
    """Number the sounds, a pad after each, as the models were taught."""
    pad = table.get("_", [0])
    numbers = [*table.get("^", [1]), *pad]
    for sound in sounds:
        if sound in table:
            numbers += [*table[sound], *pad]
    return [*numbers, *table.get("$", [2])]


def _gender(model: str, speaker: str) -> Gender:
    name = model.split("-")[1] if "-" in model else model
    if name == "vctk":
        return Gender.MALE if speaker in _VCTK_MEN else Gender.FEMALE
    if name in _MEN:
        return Gender.MALE
    return Gender.FEMALE if name in _WOMEN else Gender.UNKNOWN
