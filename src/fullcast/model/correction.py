"""What a person has decided about a book, to be put above what rules and models find."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class SpeakerSet:
    """A person has said who speaks a quotation."""

    quotation: str
    """Its id."""
    speaker: str | None
    """A character's id, or ``None`` for nobody in the cast."""


Correction: TypeAlias = SpeakerSet
"""Anything that a person may decide. Corrections stand in a list that only grows: of several that
decide the same thing, the last holds."""
