"""How loud something is, as broadcasters tell (ITU-R BS.1770) and as Audible does (RMS).

What is measured of pieces adds up: the sum of the levels of all chapters is the level of the book.
"""

from collections import Counter
from dataclasses import dataclass, field
from math import log10, sqrt
from typing import Any

VOICE_LUFS = -18.0
"""How loud every voice is made."""
_HARDLY_HEARD = -70.0
_MOST_DB = 30.0

SILENCE_DB = -120.0
"""What is quieter counts as silence."""
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What a meter saw. Levels of pieces add up to the level of the whole."""

    samples: int = 0
    energy: float = 0.0
    """The sum of all samples squared."""
    peak: float = 0.0
    quietest: float = 1.0
    """The mean square of the quietest half second."""
    momentary: Counter[int] = field(default_factory=Counter)
    """How often each momentary loudness was met, in tenths of a LUFS."""

    def __add__(self, other: "Level") -> "Level":
        return Level(
            samples=self.samples + other.samples,
            energy=self.energy + other.energy,
            peak=max(self.peak, other.peak),
            quietest=min(self.quietest, other.quietest),
            momentary=self.momentary + other.momentary,
        )

    @property
    def rms_db(self) -> float:
        """Return the plain power of it all, pauses and all."""
        return decibels(sqrt(self.energy / self.samples)) if self.samples else SILENCE_DB

    @property
    def peak_db(self) -> float:
        """Return the highest sample."""
        return decibels(self.peak)

    @property
    def floor_db(self) -> float:
        """Return the RMS of the quietest half second."""
        return decibels(sqrt(self.quietest))

    @property
    def lufs(self) -> float:
        """Return the integrated loudness, gated as BS.1770 has it."""
        heard = {m / 10: n for m, n in self.momentary.items() if m / 10 > _ABSOLUTE_GATE}
        if not heard:
            return SILENCE_DB
        gate = _mean_loudness(heard) + _RELATIVE_GATE
        return _mean_loudness({m: n for m, n in heard.items() if m > gate})

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data that :func:`level_from` takes."""
        return {
            "samples": self.samples,
            "energy": self.energy,
            "peak": self.peak,
            "quietest": self.quietest,
            "momentary": {str(m): n for m, n in sorted(self.momentary.items())},
        }


def level_from(entry: dict[str, Any]) -> Level:
    """Return the level that :meth:`Level.as_json` wrote."""
    return Level(
        samples=entry["samples"],
        energy=entry["energy"],
        peak=entry["peak"],
        quietest=entry["quietest"],
        momentary=Counter({int(m): n for m, n in entry["momentary"].items()}),
    )


def _mean_loudness(heard: dict[float, int]) -> float:
    power = sum(n * 10 ** (m / 10) for m, n in heard.items()) / sum(heard.values())
    return 10 * log10(power)


def decibels(amplitude: float) -> float:
    """Return an amplitude in dB below full scale."""
    return max(SILENCE_DB, 20 * log10(amplitude)) if amplitude > 0 else SILENCE_DB


def amplitude(db: float) -> float:
    """Return the factor that ``db`` stands for."""
    return float(10 ** (db / 20))


def gain_db(lufs: float) -> float:
    """Return the gain that brings a voice to its level; silence stays silence."""
    if lufs <= _HARDLY_HEARD:
        return 0.0
    return round(max(-_MOST_DB, min(_MOST_DB, VOICE_LUFS - lufs)), 2)
