"""When each line is heard: what was performed, before it is packed into files."""

from dataclasses import dataclass
from pathlib import Path

from fullcast.model import SegmentKind

RATE_HZ = 24_000
"""Samples a second of every clip: mono, as the engines speak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A stretch of the text, spoken by one voice."""

    segment: str
    """The id of the script's segment that it speaks, or a part of."""
    start: int
    end: int
    """The characters of the text that it speaks, half-open."""
    text: str
    kind: SegmentKind
    chapter: int
    """The number of its chapter, from 0."""
    speaker: str | None
    """The character's id; ``None`` where the narrator speaks."""
    name: str
    """The speaker's name, as people read it."""
    voice: str
    path: Path
    """A FLAC file: one channel, 16 bits, :data:`RATE_HZ`."""
    start_s: float
    """When it begins, in seconds from the beginning of its chapter: a whole number of samples."""
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A chapter as it is heard."""

    title: str
    clips: tuple[Clip, ...]
    duration_s: float
    """With the silence at its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A whole performance. Clips of one chapter may overlap where somebody is cut off."""

    title: str
    author: str
    language: str
    parts: tuple[Part, ...]
    narrator: str = "Fullcast (synthetic voices)"
    """Who performs it, as tags of audiobooks say."""
    series: str = ""
    """The series that the book belongs to."""
    series_part: str = ""
    """Its number there: ``2``, ``2.5``."""
    failed: tuple[str, ...] = ()
    """What could not be spoken and why, a line each; empty where the performance is whole."""

    @property
    def duration_s(self) -> float:
        """Return how long it is in all."""
        return sum(part.duration_s for part in self.parts)
