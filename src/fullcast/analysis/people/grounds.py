"""One more name for somebody, and why it is theirs."""

from collections.abc import Iterable
from dataclasses import replace

from fullcast.model import Alias, Character, Gender, Span


def known_as(
    character: Character, names: Iterable[str], reason: str, evidence: Span | None = None
) -> Character:
    """Return a character who bears some names more, with the reason for each that is new."""
    new = tuple(dict.fromkeys(name for name in names if name not in character.aliases))
    grounds = tuple(Alias(name=name, reason=reason, evidence=evidence) for name in new)
    return replace(
        character,
        aliases=(*character.aliases, *new),
        grounds=(*character.grounds, *grounds),
    )


def joined(
    character: Character, other: Character, reason: str, evidence: Span | None = None
) -> Character:
    """Return the one person that two characters are, under the first's name and id."""
    whole = known_as(character, other.aliases, reason, evidence)
    gender = other.gender if character.gender is Gender.UNKNOWN else character.gender
    return replace(whole, gender=gender)
