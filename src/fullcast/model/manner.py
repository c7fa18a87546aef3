"""How a line is said, and what is said by keeping silent."""

from dataclasses import dataclass
from enum import StrEnum

from fullcast.model.span import Span


class Voice(StrEnum):
    """How a voice sounds, where the narrator says so."""

    WHISPER = "whisper"
    SOFT = "soft"
    MUTTER = "mutter"
    LOUD = "loud"
    SHOUT = "shout"
    BREATHLESS = "breathless"
    FAST = "fast"
    SLOW = "slow"
    DEEP = "deep"
    HOARSE = "hoarse"
    SHRILL = "shrill"
    BROKEN = "broken"
    """It trembles, or sobs."""


class Tells(StrEnum):
    """What words of manner tell."""

    DELIVERY = "delivery"
    """How it sounds: *quietly*, *in a low voice*."""
    FEELING = "feeling"
    """What is felt: *angrily*, *with a smile*."""
    OTHER = "other"
    """Anything else: *politely*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MannerPhrase:
    """An adverb, a phrase or a participle that tells how something is said."""

    span: Span
    tells: Tells = Tells.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How one quotation is said, as the narrator and its own marks tell it."""

    quotation: str
    verb: Span | None = None
    """*snapped*."""
    phrases: tuple[MannerPhrase, ...] = ()
    """In the order of the text."""
    voice: Voice | None = None
    cut_off_by: str | None = None
    """The id of the quotation that breaks in on it."""
    hesitates: bool = False
    """Whether it falters: *I … no*, *w-well*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Somebody says nothing where something could be said: *for a minute nobody spoke*."""

    span: Span
    subject: Span | None = None
    """Who is silent, as the narrator puts it; ``None`` where everybody is."""
    character: str | None = None
    probability: float | None = None
    """That ``character`` is right, in [0, 1]; ``None`` where nobody is named."""
