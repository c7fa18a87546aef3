"""What a person has decided about a book, to be put above what rules and models find."""

from dataclasses import dataclass
from typing import TypeAlias

from fullcast.model.cast import Gender


@dataclass(frozen=True, slots=True)
class SpeakerSet:
    """A person has said who speaks a quotation."""

    quotation: str
    """Its id."""
    speaker: str | None
    """A character's id, or ``None`` for nobody in the cast."""


@dataclass(frozen=True, slots=True)
class CharactersMerged:
    """Two characters are one person."""

    kept: str
    """The id of the one who gets the other's names and lines."""
    merged: str
    """The id of the one who goes; whatever names it means the other from then on."""


@dataclass(frozen=True, slots=True)
class CharacterSplit:
    """Some of a character's names are somebody else's."""

    character: str
    """The id of whom they were taken for."""
    aliases: tuple[str, ...]
    """The names that are somebody else's."""
    name: str
    """What this new character is called; the id is made of it."""


@dataclass(frozen=True, slots=True)
class CharacterRenamed:
    """A character is called otherwise. The id stays, and so does what the text calls them."""

    character: str
    name: str


@dataclass(frozen=True, slots=True)
class GenderSet:
    """A person has told a character's gender."""

    character: str
    gender: Gender
    """``UNKNOWN`` leaves it to the text again."""


@dataclass(frozen=True, slots=True)
class CharacterRemoved:
    """A character is nobody: a thing, a place, a word that was taken for a name."""

    character: str
    """Its id. Lines that were given to it by then are nobody's in the cast."""


@dataclass(frozen=True, slots=True)
class NarratorSet:
    """A person has told who tells the story in the first person."""

    character: str | None
    """The id of the one in the cast, or ``None`` for nobody in it."""


CastCorrection: TypeAlias = (
    CharactersMerged
    | CharacterSplit
    | CharacterRenamed
    | GenderSet
    | CharacterRemoved
    | NarratorSet
)
"""What a person may decide about the cast. Each holds for the cast that those before it left."""

Correction: TypeAlias = SpeakerSet | CastCorrection
"""Anything that a person may decide. Corrections stand in a list that only grows: of several that
decide the same thing, the last holds; and who leaves one out undoes it."""
