"""What people are to each other: what the text states, and how warm it is as the story goes on."""

from dataclasses import dataclass

from fullcast.model.deed import DeedKind
from fullcast.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A relation that the text states: *Tom’s brother Harry*, *said his wife*."""

    span: Span
    """The words that state it."""
    word: str
    """What ``character`` is to ``of``, in small letters: *brother*."""
    of: str
    """The id of the one whose brother it is."""
    character: str | None = None
    """The brother’s id; ``None`` where he is nobody in the cast, or is not named there."""
    past: bool = False
    """Whether it is over, or one of the two is dead: *her late husband*."""
    probability: float
    """That both are right, in [0, 1]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that tells how warm a line or deed is."""

    name: str
    """*manner*, *deed: withdrawal*, *tone: cold*."""
    weight: float
    """From -1, as cold as can be, to 1."""
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A line or a deed that shows somebody warm or cold toward another."""

    span: Span
    quotation: str | None = None
    """The line’s id; ``None`` for a deed."""
    kind: DeedKind | None = None
    """What it is bodily, approach or withdrawal among others; ``None`` where it is only said."""
    source: str
    target: str
    amount: float
    """How warm it is, from -1 to 1."""
    warmth: float
    """How warm ``source`` stands to ``target`` with all that went before, from -1 to 1."""
    probability: float
    """That it is between these two, in [0, 1]."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningPoint:
    """Where what somebody shows another is no longer what it was."""

    span: Span
    """The move’s with which it begins."""
    quotation: str | None = None
    """Its line’s id; ``None`` where it is a deed."""
    source: str
    target: str
    before: float
    """The warmth of the moves before, from -1 to 1."""
    after: float
    """That of this and the moves that follow."""
    probability: float
    """That the two differ by more than such moves do by chance, in [0, 1]; 0.5 at most where a
    line or a deed states the change by itself: an apology, an embrace."""
    evidence: tuple[Span, ...]
    """The moves that tell most on either side, in the order of the text."""
