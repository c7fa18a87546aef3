"""Who is in a story, and where the text speaks of them."""

from dataclasses import dataclass
from enum import StrEnum

from fullcast.model.span import Span


class Gender(StrEnum):
    """As the text tells it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    """Any other, singular *they* among them."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """Somebody who can speak or be spoken of."""

    id: str
    """A readable slug of the name, unique in the cast: ``ada-finch``."""
    name: str
    aliases: tuple[str, ...] = ()
    """Every form the text uses, the name among them."""
    gender: Gender = Gender.UNKNOWN
    narrator: bool = False
    """Tells the story in the first person."""
    group: bool = False
    """Several people who speak as one: *the girls*."""


class MentionKind(StrEnum):
    """How a text refers to somebody."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where the text refers to somebody."""

    span: Span
    kind: MentionKind
    character: str | None = None
    """The character's id; ``None`` where nobody in the cast was found for it."""
