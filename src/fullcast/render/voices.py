"""Voices: what casting may know of one before it is heard."""

from dataclasses import dataclass

from fullcast.model import Gender


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One of an engine's voices."""

    id: str
    """What the engine calls it, and a casting file."""
    gender: Gender = Gender.UNKNOWN
    age: str = "adult"
    """``child``, ``adult`` or ``old``."""
    pitch_hz: float = 0.0
    """Its median pitch, measured; 0 where nobody has."""
    accent: str = ""
    """A language tag: ``en-gb-scotland``."""
