"""The cast as a person has corrected it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fullcast.analysis.people.find import slug
from fullcast.analysis.people.grounds import known_as
from fullcast.analysis.people.known import answers_to, key_of, stand_alone
from fullcast.analysis.people.names import NameTable
from fullcast.errors import CorrectionError
from fullcast.model import (
    CastCorrection,
    Character,
    CharacterRemoved,
    CharacterRenamed,
    CharactersMerged,
    CharacterSplit,
    Correction,
    Gender,
    GenderSet,
    NarratorSet,
    SpeakerSet,
)

_PERSON = "a person says so"
_NARRATOR = "narrator"
"""The id of a narrator whom nobody calls by a name."""


class Recast:
    """A cast with all that a person has decided about it.

    An id that was good once stays good: that of somebody merged means whoever took the names, and
    that of somebody renamed is kept. So what was said of them before is not lost.
    """

    def __init__(self, cast: Sequence[Character], corrections: Iterable[Correction] = ()) -> None:
        """Decide all in order.

        Raises:
            CorrectionError: where one names a character, or a name, that is not there.
        """
        self._people = {character.id: character for character in cast}
        self._names: dict[str, str] = {}
        self._gone: dict[str, str | None] = {}
        self._taken = set(self._people)
        for correction in corrections:
            if not isinstance(correction, SpeakerSet):
                self._decide(correction)

    @property
    def cast(self) -> tuple[Character, ...]:
        """The characters, under the names that the story is understood with."""
        return tuple(self._people.values())

    def shown(self, character: Character) -> Character:
        """Return a character under the name that a person has chosen."""
        return replace(character, name=self._names.get(character.id, character.name))

    def find(self, named: str) -> str | None:
        """Return whose id it is, or was before a merge, or would be by one of their names.

        The last is for ids of another reading of the book, with another cast file: *ada* is Ada
        Finch still, if nobody else is called Ada.
        """
        while named in self._gone:
            heir = self._gone[named]
            if heir is None:
                return None
            named = heir
        if named in self._people:
            return named
        bearers = [
            character.id
            for character in self.cast
            if any(slug(alias, set()) == named for alias in _borne(character))
        ]
        return bearers[0] if len(bearers) == 1 else None

    def is_removed(self, named: str) -> bool:
        """Tell whether it was the id of somebody who is nobody, as a person has said."""
        heir: str | None = named
        while heir in self._gone:
            heir = self._gone[heir]
        return heir is None

    def _decide(self, correction: CastCorrection) -> None:
        match correction:
            case CharactersMerged():
                self._merge(correction)
            case CharacterSplit():
                self._split(correction)
            case CharacterRenamed():
                self._rename(correction)
            case GenderSet():
                self._set_gender(correction)
            case CharacterRemoved():
                nobody = self._character(correction.character, correction).id
                self._gone[nobody] = None
                del self._people[nobody]
            case NarratorSet():
                self._set_narrator(correction)

    def _character(self, named: str, correction: CastCorrection) -> Character:
        found = self.find(named)
        if found is None:
            raise CorrectionError(
                f"nobody in the cast is {named!r}, named in {correction}; take ids from the book's "
                "own annotations"
            )
        return self._people[found]

    def _merge(self, correction: CharactersMerged) -> None:
        kept = self._character(correction.kept, correction)
        merged = self._character(correction.merged, correction)
        if correction.kept == correction.merged:
            raise CorrectionError(f"{kept.id!r} cannot be merged with itself; name two characters")
        if kept.id == merged.id:
            return  # An earlier merge has made one of them already.
        self._people[kept.id] = replace(
            known_as(kept, _written(merged), _PERSON),
            gender=merged.gender if kept.gender is Gender.UNKNOWN else kept.gender,
            narrator=kept.narrator or merged.narrator,
        )
        del self._people[merged.id]
        self._gone[merged.id] = kept.id

    def _split(self, correction: CharacterSplit) -> None:
        whole = self._character(correction.character, correction)
        _check_name(correction.name, correction)
        table, keys = NameTable([whole]), {key_of(a): a for a in _written(whole)}
        for alias in correction.aliases:
            if key_of(alias) not in keys and not answers_to(table, alias):
                raise CorrectionError(
                    f"{whole.id!r} is not called {alias!r}, as {correction} has it; "
                    f"their names are {', '.join(map(repr, keys.values()))}"
                )
        gone = {key_of(alias) for alias in correction.aliases}
        rest = tuple(alias for key, alias in keys.items() if key not in gone)
        if not gone or not rest:
            raise CorrectionError(
                f"{correction} gives away {'all names' if gone else 'no name'} of {whole.id!r}; "
                f"name some of {', '.join(map(repr, keys.values()))}"
            )
        name = rest[0] if key_of(whole.name) in gone else whole.name
        grounds = tuple(g for g in whole.grounds if g.name in rest)
        self._people[whole.id] = replace(whole, name=name, aliases=rest, grounds=grounds)
        new = stand_alone(correction.name, correction.aliases, self._taken)
        self._people[new.id] = new

    def _rename(self, correction: CharacterRenamed) -> None:
        _check_name(correction.name, correction)
        self._names[self._character(correction.character, correction).id] = correction.name

    def _set_gender(self, correction: GenderSet) -> None:
        character = self._character(correction.character, correction)
        self._people[character.id] = replace(character, gender=correction.gender)

    def _set_narrator(self, correction: NarratorSet) -> None:
        """Have the story told by one, who gets the lines of a narrator without a name."""
        named = correction.character
        teller = self._character(named, correction).id if named is not None else None
        for character in self.cast:
            if character.narrator and not character.aliases and character.id != teller:
                del self._people[character.id]
                self._gone[character.id] = teller
            else:
                tells = character.id == teller
                self._people[character.id] = replace(character, narrator=tells)


def _written(character: Character) -> tuple[str, ...]:
    """Return all that the text calls somebody; for who says *I* and is never named, nothing."""
    if character.narrator and not character.aliases:
        return ()
    named = key_of(character.name) in map(key_of, character.aliases)
    return character.aliases if named else (character.name, *character.aliases)


def _borne(character: Character) -> tuple[str, ...]:
    """Return all names that an id of somebody may have been made of."""
    told = (_NARRATOR,) if character.narrator else ()
    return (character.name, *character.aliases, *told)


def _check_name(name: str, correction: CastCorrection) -> None:
    if not any(map(str.isalnum, name)):
        raise CorrectionError(f"{name!r} in {correction} is no name; give one with letters")
