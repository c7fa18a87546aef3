"""What is felt in a line, as far as its words and what is told beside them show."""

from dataclasses import dataclass
from enum import StrEnum

from fullcast.model.span import Span


class Emotion(StrEnum):
    """The eight of Plutchik's wheel, and none of them."""

    ANGER = "anger"
    ANTICIPATION = "anticipation"
    DISGUST = "disgust"
    FEAR = "fear"
    JOY = "joy"
    SADNESS = "sadness"
    SURPRISE = "surprise"
    TRUST = "trust"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeling:
    """What one quotation is felt with."""

    quotation: str
    emotions: tuple[tuple[Emotion, float], ...]
    """All nine with their probabilities, which sum to one; the most likely first."""
    valence: float
    """From -1, as unpleasant as can be, to 1."""
    warmth: float = 0.0
    """How warm it shows the speaker toward whom they speak to, from -1, as cold as can be, to 1."""
    evidence: tuple[Span, ...] = ()
    """The words that told most: in the line, in how it is said, or in a deed beside it."""
