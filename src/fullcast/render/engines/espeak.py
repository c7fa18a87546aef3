"""espeak-ng, from the package ``espeakng-loader``: robotic, small, and always there.

The library keeps state from one text to the next (noise, flutter), so the same words would never
sound the same twice. It is therefore loaded anew for each line, which takes half a millisecond.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fullcast.errors import EngineError, how_to_add
from fullcast.model import Gender
from fullcast.render.direction import Direction
from fullcast.render.engines.engine import LineError
from fullcast.render.engines.espeak_voices import VOICES
from fullcast.render.engines.phonemes import with_sounds
from fullcast.render.engines.resample import resample
from fullcast.render.voices import Voice

if TYPE_CHECKING:
    from fullcast.render.engines.engine import Samples

WORDS_A_MINUTE = 150
VOLUME = 40
"""Of 100: some of its voices clip at more."""

_SYNCHRONOUS = 2
_UTF8, _PHONEMES = 1, 0x100
_RATE, _LOUDNESS, _PITCH, _RANGE = 1, 2, 3, 4
_SEED = 7

_SHIFTS_ST = (-6.2, -4.9, -1.8, 0.0, 1.7, 5.3, 9.0)
_SETTINGS = (0, 20, 40, 50, 60, 80, 99)
"""Measured: what semitones a setting of its pitch makes."""

_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class EspeakEngine:
    """Voices made of espeak-ng's accents and variants."""

    name = "espeak"
    lanes = 1

    def __init__(self, language: str = "") -> None:
        english = language.partition("-")[0] in {"", "en"}
        self.settings: dict[str, str] | None = {} if english else {"language": language}
        self._voices = VOICES if english else tuple(self._foreign(language))

    @cached_property
    def version(self) -> str:
        """The library's, and that of what we do with it."""
        library = self._load()
        library.espeak_Info.restype = ctypes.c_char_p
        version: bytes = library.espeak_Info(None)
        _unload(library)
        return f"{version.decode('ascii')}/1"

    def voices(self) -> tuple[Voice, ...]:
        """List voices of the book's language: espeak-ng has more, see :meth:`voice`."""
        return self._voices

    def _foreign(self, language: str) -> Iterator[Voice]:
        """Let another language be spoken by the same variants, one of each."""
        library = self._load()
        known = library.espeak_SetVoiceByName(language.lower().encode("utf-8", "replace")) == 0
        _unload(library)
        accent = language.lower() if known else language.partition("-")[0].lower()
        for voice in VOICES:
            name = voice.id.replace(voice.accent, accent, 1)
            yield replace(voice, id=name, accent=accent)

    def voice(self, name: str) -> Voice:
        """Find a voice of ours, or any accent and variant that espeak-ng has.

        Raises:
            EngineError: It has none of that name.
        """
        for voice in self._voices:
            if voice.id == name:
                return voice
        accent, variant, _ = _parts(name)
        library = self._load()
        _choose(library, accent, variant)
        _unload(library)
        return Voice(id=name, accent=accent)

    def speak(self, text: str, voice: Voice, direction: Direction) -> "Samples":
        """Speak a text."""
        import numpy as np

        pieces: list[bytes] = []

        def collect(samples: Any, number: int, _: object) -> int:
            if samples and number > 0:
                pieces.append(ctypes.string_at(samples, 2 * number))
            return 0

        library = self._load()
        callback = _Callback(collect)
        library.espeak_SetSynthCallback(callback)
        self._set(library, voice, direction)
        words = with_sounds(text).replace("\0", " ").encode("utf-8", "replace")
        failed = library.espeak_Synth(words, len(words) + 1, 0, 1, 0, _UTF8 | _PHONEMES, None, None)
        library.espeak_Synchronize()
        rate_hz = self._rate_hz
        _unload(library)
        if failed:
            raise LineError(f"espeak-ng failed at it (code {failed})")
        samples = np.frombuffer(b"".join(pieces), np.int16).astype(np.float32) / np.float32(32768)
        return resample(samples, rate_hz)

    def read_aloud(self, words: str, accent: str = "en-gb") -> str:
        """Say in IPA how words are read."""
        library = self._load()
        _choose(library, accent, "")
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        text = ctypes.c_char_p(words.replace("\0", " ").encode("utf-8", "replace"))
        told = []
        while text.value:  # a clause at a time
            told.append(library.espeak_TextToPhonemes(ctypes.byref(text), _UTF8, 2) or b"")
        _unload(library)
        return b" ".join(told).decode("utf-8", "replace").strip()

    def _load(self) -> Any:
        try:
            import espeakng_loader
        except ImportError as error:
            raise EngineError(f"espeak: it needs {error.name}: {how_to_add('audio')}") from error
        try:
            library = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as error:
            raise EngineError(f"espeak: its library cannot be loaded ({error})") from error
        data = espeakng_loader.get_data_path().encode()
        self._rate_hz = library.espeak_Initialize(_SYNCHRONOUS, 0, data, 0)
        if self._rate_hz <= 0:
            raise EngineError(
                "espeak: its data cannot be read; install espeakng-loader again, in a place with a "
                "shorter path"
            )
        library.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
        return library

    def _set(self, library: Any, voice: Voice, direction: Direction) -> None:
        import numpy as np

        accent, variant, shift_st = _parts(voice.id)
        if direction.whisper:
            variant = "whisperf" if voice.gender is Gender.FEMALE else "whisper"
        _choose(library, accent, variant)
        shift_st += direction.pitch_st
        pitch = round(float(np.interp(shift_st, _SHIFTS_ST, _SETTINGS)))
        library.espeak_SetParameter(_RATE, round(WORDS_A_MINUTE * direction.pace), 0)
        library.espeak_SetParameter(_LOUDNESS, VOLUME, 0)
        library.espeak_SetParameter(_PITCH, pitch, 0)
        library.espeak_SetParameter(_RANGE, 55, 0)


def _parts(name: str) -> tuple[str, str, float]:
    """Take apart ``en-us+f2@-3``: an accent, a variant, and semitones."""
    plain, _, semitones = name.partition("@")
    accent, _, variant = plain.partition("+")
    try:
        return accent, variant, float(semitones or 0)
    except ValueError as error:
        raise EngineError(
            f"espeak: there is no voice {name!r}: after @ stand semitones, like en-us+f2@-3"
        ) from error


def _choose(library: Any, accent: str, variant: str) -> None:
    """Take a voice of the library's, which knows ``en-gb`` by another name."""
    name = ("en" if accent == "en-gb" else accent) + (f"+{variant}" if variant else "")
    if library.espeak_SetVoiceByName(name.encode("utf-8", "replace")) != 0:
        raise EngineError(
            f"espeak: there is no voice {accent}+{variant}; see: fullcast voices list"
        )


def _unload(library: Any) -> None:
    """Make the process forget the library, and what it remembers of the last text."""
    import _ctypes

    library.espeak_Terminate()
    unload = getattr(_ctypes, "dlclose", None) or _ctypes.FreeLibrary  # type: ignore[attr-defined]
    unload(library._handle)
