"""What the reading network is told of a story: plain data, with no word of rules or networks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from fullcast.model import Span

if TYPE_CHECKING:
    from fullcast.infer.scorer import Scorer

NOBODY = "?"
"""Stands for a speaker who is not in the cast."""
Beliefs = Mapping[str, float]
"""Probabilities by character id, :data:`NOBODY` among them."""


@dataclass(frozen=True, slots=True)
class Person:
    """A character as the network sees one: no name, only what the book as a whole tells."""

    gender: str
    """``f``, ``m``, ``p`` for several, ``x`` for untold."""
    narrator: bool
    prominence: float
    """Log share of the most named character's namings, at most 0."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name or description in the text that everybody in ``characters`` answers to."""

    span: Span
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A text with its lines of speech, its names, and its cast."""

    text: str
    paragraphs: Sequence[Span]
    lines: Sequence[tuple[Span, ...]]
    """The parts of each line, in order of their first characters."""
    names: Sequence[Name]
    """In order, in narration and in speech."""
    mentions: Sequence[Span]
    """Pronouns and descriptions to be traced to their characters, in order."""
    people: Mapping[str, Person]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of one line."""

    speakers: Beliefs
    addressees: Beliefs


class Reader(Protocol):
    """Reads one story, and reads again what is near a new answer."""

    @property
    def readings(self) -> Sequence[Reading]:
        """One for each line."""
        ...

    def read(self, tagged: Mapping[int, str], decided: Mapping[int, str]) -> Sequence[int]:
        """Read, given who speaks some lines; return the lines read again.

        Args:
            tagged: Whom the text itself names as the speaker; the same at every call.
            decided: What a person has said since, or what follows from it.
        """
        ...


class ReadingNetwork(Protocol):
    """Whatever reads stories: the network that comes with Fullcast, or a better one."""

    @property
    def name(self) -> str:
        """Its name, and the beginning of its hash."""
        ...

    @property
    def scorer(self) -> "Scorer":
        """How evidence tells beside its reading."""
        ...

    def open(self, story: Story, likely: Sequence[Beliefs]) -> Reader:
        """Open a story, to be read as answers come in.

        Args:
            story: The story.
            likely: Who may speak each line, before anything is read.
        """
        ...
