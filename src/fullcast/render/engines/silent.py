"""An engine that says nothing, in as much time as it would take: for tests and dry runs."""

from typing import TYPE_CHECKING

from fullcast.errors import EngineError
from fullcast.model import Gender
from fullcast.render.direction import Direction
from fullcast.render.timeline import RATE_HZ
from fullcast.render.voices import Voice

if TYPE_CHECKING:
    from fullcast.render.engines.engine import Samples

CHARACTERS_A_SECOND = 15

_VOICES = tuple(
    Voice(id=f"{gender}-{number}", gender=gender, pitch_hz=hertz + 15 * number, accent="en")
    for number in range(1, 5)
    for gender, hertz in ((Gender.FEMALE, 170.0), (Gender.MALE, 80.0))
)


class SilentEngine:
    """Quiet as long as somebody would speak."""

    name = "silent"
    version = "1"
    lanes = 1
    settings = None

    def voices(self) -> tuple[Voice, ...]:
        """List voices that differ in name only."""
        return _VOICES

    def voice(self, name: str) -> Voice:
        """Find a voice by its id."""
        for voice in _VOICES:
            if voice.id == name:
                return voice
        raise EngineError(f"silent: there is no voice {name!r}; see: fullcast voices list")

    def speak(self, text: str, voice: Voice, direction: Direction) -> "Samples":
        """Keep quiet."""
        import numpy as np

        seconds = max(len(text), 3) / CHARACTERS_A_SECOND / direction.pace
        return np.full(round(seconds * RATE_HZ), 1e-4, np.float32)
