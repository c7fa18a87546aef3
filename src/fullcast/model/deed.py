"""What people do around the talk, and what they think."""

from dataclasses import dataclass
from enum import StrEnum

from fullcast.model.span import Span


class DeedKind(StrEnum):
    """What a deed is to whoever else is there."""

    APPROACH = "approach"
    """Nearer to somebody: *sat down beside her*, *followed him*."""
    WITHDRAWAL = "withdrawal"
    """Further from somebody: *turned away*, *drew back her hand*."""
    ENTRANCE = "entrance"
    EXIT = "exit"
    TOUCH = "touch"
    """Of somebody: *took her hand*."""
    GIVE = "give"
    LOOK = "look"
    GESTURE = "gesture"
    MOTION = "motion"
    """From place to place, or of the whole body: *rose*, *walked to the window*."""
    ACT = "act"
    """Anything else: *shut the door*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Somebody does something, perhaps to somebody."""

    span: Span
    """From the verb to the last word that was understood."""
    kind: DeedKind
    verb: Span
    agent: Span
    """Who does it, as the narrator puts it."""
    target: Span | None = None
    """To whom, or whose hand, book, arm: the words for that person."""
    character: str | None = None
    """The agent's id; ``None`` where nobody in the cast was found for the words."""
    target_character: str | None = None
    probability: float | None = None
    """That ``character`` is whom ``agent`` means, in [0, 1]; ``None`` where nobody was found."""
    target_probability: float | None = None


class ThoughtKind(StrEnum):
    """What is told of somebody's mind."""

    THOUGHT = "thought"
    """*He supposed she would go home now.*"""
    FEELING = "feeling"
    """*She felt a sudden dread.*"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """What the narrator tells that somebody thinks or feels, outside quotation marks."""

    span: Span
    """The clause that tells it."""
    kind: ThoughtKind
    verb: Span
    subject: Span
    """Who thinks, as the narrator puts it."""
    character: str | None = None
    probability: float | None = None
    """That ``character`` is whom ``subject`` means, in [0, 1]."""
