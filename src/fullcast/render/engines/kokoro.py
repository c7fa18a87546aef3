"""Kokoro: a small network with natural voices, where its model was added."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from fullcast.errors import EngineError
from fullcast.model import Gender
from fullcast.render.direction import Direction
from fullcast.render.engines.engine import LineError
from fullcast.render.engines.onnx_model import engine_folder, run, sounds_of, start
from fullcast.render.engines.resample import resample
from fullcast.render.voices import Voice

if TYPE_CHECKING:
    from fullcast.render.engines.engine import Samples

KOKORO_HZ = 24_000
MOST_SOUNDS = 510

_FIRST = {mark: at for at, mark in enumerate(";:,.!?", 1)} | {"—": 9, "…": 10, "(": 12, ")": 13}
_IPA = "ɑɐɒæɓʙβɔɕçɗɖðʤəɘɚɛɜɝɞɟʄɡɠɢʛɦɧħɥʜɨɪʝɭɬɫɮʟɱɯɰŋɳɲɴøɵɸθœɶʘɹɺɾɻʀʁɽʂʃʈʧʉʊʋⱱʌɣɤʍχʎʏʑʐʒʔʡʕʢǀǁǂǃˈˌːˑ"
NUMBERS = {
    **_FIRST,
    " ": 16,
    **{letter: at for at, letter in enumerate("abcdefghijklmnopqrstuvwxyz", 43)},
    **{sound: at for at, sound in enumerate(_IPA, 69)},
    "ᵻ": 177,
}
"""The network's number for each sound."""

_INSTEAD = str.maketrans({"r": "ɹ", "g": "ɡ", "ʲ": "j", "ɬ": "l"})


class KokoroEngine:
    """The network, and a table of styles for each voice."""

    name = "kokoro"
    lanes = 1

    def __init__(self, folder: str = "") -> None:
        self._folder = engine_folder("kokoro", folder, "kokoro")
        self.settings: dict[str, str] | None = {"folder": str(self._folder)}

    @cached_property
    def version(self) -> str:
        """The model's name, and that of what we do with it."""
        return f"{self._model.stem}/1"

    @property
    def _model(self) -> Path:
        return sorted(self._folder.glob("*.onnx"))[0]

    @cached_property
    def _session(self) -> Any:
        return start(self._model)

    @cached_property
    def _styles(self) -> Any:
        import numpy as np

        found = sorted(self._folder.glob("voices*"))
        if not found:
            raise EngineError(
                f"kokoro: no voices in {self._folder}; fetch them: fullcast voices add kokoro"
            )
        try:
            return np.load(found[0], allow_pickle=False)
        except (OSError, ValueError) as error:
            raise EngineError(
                f"{found[0]}: these are no voices ({error}); delete it and add it again"
            ) from error

    @cached_property
    def _voices(self) -> tuple[Voice, ...]:
        genders = {"f": Gender.FEMALE, "m": Gender.MALE}
        accents = {"a": "en-us", "b": "en-gb"}
        return tuple(
            Voice(id=name, gender=genders.get(name[1:2], Gender.UNKNOWN), accent=accents[name[0]])
            for name in sorted(self._styles.keys(), key=_interleaved)
            if name[:1] in accents
        )

    def voices(self) -> tuple[Voice, ...]:
        """List its English voices."""
        return self._voices

    def voice(self, name: str) -> Voice:
        """Find a voice by its id."""
        for voice in self._voices:
            if voice.id == name:
                return voice
        raise EngineError(f"kokoro: there is no voice {name!r}; see: fullcast voices list")

    def _style_of(self, name: str) -> Any:
        try:
            return self._styles[name]
        except (KeyError, ValueError, OSError, BadZipFile) as error:
            raise EngineError(
                f"kokoro: its voice {name!r} cannot be read ({error}); add it again: "
                "fullcast voices add kokoro"
            ) from error

    def speak(self, text: str, voice: Voice, direction: Direction) -> "Samples":
        """Speak a text; a whisper is only softer."""
        import numpy as np

        sounds = sounds_of(text, voice.accent).translate(_INSTEAD)
        numbers = [NUMBERS[sound] for sound in sounds if sound in NUMBERS][:MOST_SOUNDS]
        if not numbers:
            raise LineError("there is nothing in it that can be said")
        styles = self._style_of(voice.id)
        style = styles[min(len(numbers), len(styles)) - 1].reshape(1, -1)
        tokens = {one.name for one in self._session.get_inputs()} & {"tokens", "input_ids"}
        feeds = {
            tokens.pop(): np.array([[0, *numbers, 0]], np.int64),
            "style": style.astype(np.float32),
            "speed": np.array([direction.pace], np.float32),
        }
        samples: Samples = np.asarray(run(self._session, feeds), np.float32).reshape(-1)
        return resample(samples, KOKORO_HZ)


def _interleaved(name: str) -> tuple[str, str, str]:
    return name[2:], name[:1], name[1:2]
