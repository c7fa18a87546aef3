"""Where a scene begins and ends, and who is there."""

from dataclasses import dataclass
from enum import StrEnum

from fullcast.model.span import Span


class SceneStart(StrEnum):
    """What parts a scene from the one before."""

    CHAPTER = "chapter"
    BREAK = "break"
    TIME = "time"
    """Narration says that time has passed: *The next morning*."""
    PLACE = "place"
    """Narration says that somebody is elsewhere now: *When they reached the inn*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Somebody who is there in a scene: who speaks, is spoken to, acts, or is acted on."""

    character: str
    first: Span
    """What first shows it."""
    last: Span
    enters: Span | None = None
    """The deed by which they come in after the scene has begun."""
    leaves: Span | None = None
    """The deed by which they go, and are not seen again in the scene."""
    probability: float
    """That they are there, in [0, 1]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryScene:
    """A stretch of the story in one place and time."""

    span: Span
    start: SceneStart
    presences: tuple[Presence, ...] = ()
    """By first appearance."""

    @property
    def id(self) -> str:
        """An id that depends on the text alone."""
        return f"e{self.span.start}"
