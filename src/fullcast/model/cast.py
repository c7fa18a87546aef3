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
class Alias:
    """Why one more name is a character's."""

    name: str
    """As it stands among the character's aliases."""
    reason: str
    """In the words of ``docs/reference.md``: ``family name``, ``answers to it``."""
    evidence: Span | None = None
    """Where the text tells it, if one place does."""


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
    grounds: tuple[Alias, ...] = ()
    """Why those of the aliases are theirs that were found one by one."""


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
    chain: str | None = None
    """Whoever is meant: the character's id, or, outside the cast, ``p`` and where the text first
    mentions them. ``None`` where only names were looked for."""
    probability: float = 1.0
    """That it takes up whom it is said to, in [0, 1]."""
    evidence: Span | None = None
    """The mention that it takes up; ``None`` for the first of somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCharacter:
    """Somebody in a story, as far as a person knows; ``None`` leaves it to the text."""

    name: str
    aliases: tuple[str, ...] | None = None
    """All other forms that the text uses."""
    gender: Gender | None = None
    narrator: bool | None = None
    group: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCast:
    """Who is in a story, as far as a person knows.

    >>> KnownCast(characters=(KnownCharacter(name="Ada"), KnownCharacter(name="ada")))
    Traceback (most recent call last):
    ValueError: two characters are called 'ada'
    """

    characters: tuple[KnownCharacter, ...] = ()
    complete: bool = False
    """Whether there is nobody else."""

    def __post_init__(self) -> None:
        names: set[str] = set()
        for character in self.characters:
            folded = " ".join(character.name.split()).casefold()
            if not any(map(str.isalnum, folded)):
                raise ValueError(f"{character.name!r} is no name")
            if folded in names:
                raise ValueError(f"two characters are called {character.name!r}")
            names.add(folded)
        narrators = [character.name for character in self.characters if character.narrator]
        if len(narrators) > 1:
            raise ValueError(f"{' and '.join(map(repr, narrators))} cannot both be the narrator")
        if self.complete and not self.characters:
            raise ValueError("a complete cast lists somebody")
