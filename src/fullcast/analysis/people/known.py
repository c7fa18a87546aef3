"""What a person knows of the cast, laid over what was found of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from fullcast.analysis.people.find import slug
from fullcast.analysis.people.gender import GENDERS, from_titles
from fullcast.analysis.people.names import NameTable
from fullcast.analysis.words import split_words
from fullcast.model import Character, Gender, KnownCast, KnownCharacter

_ARTICLES = frozenset(("the", "a", "an"))
_Key = tuple[str, ...]


def lay_over(known: KnownCast, found: Sequence[Character]) -> list[Character]:
    """Return the cast as a person knows it, with those found besides them.

    A known name belongs to those who are known by it, and to nobody else. Somebody found whose
    names are all known so is gone; whoever has others left stands alone with these. What is left
    open about a character is taken from those who were found under the name.
    """
    if not known.characters:
        return list(found)
    claims = _claims(known)
    heirs = _find_heirs(known, claims, found)
    taken: set[str] = set()
    told = any(person.narrator for person in known.characters)
    cast = []
    for number, person in enumerate(known.characters):
        sources = [f for f in found if heirs.get(f.id) == number]
        character = _settle(person, sources, claims, taken)
        cast.append(replace(character, narrator=bool(person.narrator)) if told else character)
    if known.complete:
        return cast
    for character in found:
        if character.id not in heirs:
            if not (told and _is_nameless_narrator(character)):
                narrator = character.narrator and not told
                cast.append(replace(character, id=_own_id(character, taken), narrator=narrator))
        elif known.characters[heirs[character.id]].aliases is not None:
            rest = tuple(alias for alias in character.aliases if key_of(alias) not in claims)
            if rest:
                name = rest[0][0].upper() + rest[0][1:]
                cast.append(stand_alone(name, rest, taken, group=character.group))
    return cast


def _own_id(character: Character, taken: set[str]) -> str:
    """Return the id that somebody found has already, if nobody known has it."""
    if character.id in taken:
        return slug(character.name, taken)
    taken.add(character.id)
    return character.id


def stand_alone(
    name: str, aliases: tuple[str, ...], taken: set[str], *, group: bool = False
) -> Character:
    """Make a character of names that were taken for somebody else's."""
    return Character(
        id=slug(name, taken),
        name=name,
        aliases=aliases,
        gender=GENDERS.get(from_titles(aliases), Gender.UNKNOWN),
        group=group,
    )


def key_of(alias: str) -> _Key:
    """Fold case, and *the*: *The Hare* is the Hare; but *a voice* is not the voice."""
    words = tuple(split_words(alias).lower)
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def answers_to(table: NameTable, alias: str) -> bool:
    """Tell whether a name, as a whole, is one of a table's, or a part of a full one there."""
    words = split_words(alias)
    if not words.forms:
        return False
    first = len(words.forms) > 1 and words.lower[0] in _ARTICLES
    places = [(naming.start, naming.end) for naming in table.find(words)]
    return places == [(words.starts[first], words.ends[-1])]


def _is_nameless_narrator(character: Character) -> bool:
    """Tell whether somebody says *I* and is never named."""
    return character.narrator and not character.aliases


def _claims(known: KnownCast) -> dict[_Key, int]:
    """Return for each known name the number of the first who is known by it."""
    claims: dict[_Key, int] = {}
    for number, person in enumerate(known.characters):
        for alias in (person.name, *(person.aliases or ())):
            claims.setdefault(key_of(alias), number)
    return claims


def _find_heirs(
    known: KnownCast, claims: Mapping[_Key, int], found: Sequence[Character]
) -> dict[str, int]:
    """Return by id which of those found are known, and their numbers there.

    Where the aliases of Irene Adler are left open, *Adler* alone is her too.
    """
    parts = {
        number: NameTable([Character(id="?", name=person.name)])
        for number, person in enumerate(known.characters)
        if person.aliases is None
    }
    heirs = {}
    for character in found:
        names = (character.name, *character.aliases)
        claimed = [claims[key] for key in map(key_of, names) if key in claims]
        partly = [
            number
            for number, table in parts.items()
            if not claimed and all(answers_to(table, alias) for alias in names)
        ]
        if claimed or len(partly) == 1:
            heirs[character.id] = (claimed or partly)[0]
    return heirs


def _settle(
    person: KnownCharacter,
    sources: Sequence[Character],
    claims: Collection[_Key],
    taken: set[str],
) -> Character:
    """Make a character of what is known, and for the rest of who was found under the name."""
    found = [alias for source in sources for alias in source.aliases]
    aliases = person.aliases
    if aliases is None:
        aliases = tuple(alias for alias in found if key_of(alias) not in claims)
    keys = {key_of(person.name), *map(key_of, aliases)}
    forms = [*(alias for alias in found if key_of(alias) in keys), *aliases]
    if person.aliases != () and key_of(person.name) not in map(key_of, forms):
        forms.insert(0, person.name)
    genders = {source.gender for source in sources} - {Gender.UNKNOWN}
    told = genders.pop() if len(genders) == 1 else Gender.UNKNOWN
    return Character(
        id=slug(person.name, taken),
        name=person.name,
        aliases=tuple(dict.fromkeys(forms)),
        gender=person.gender or told,
        narrator=_either(person.narrator, any(source.narrator for source in sources)),
        group=_either(person.group, any(source.group for source in sources)),
        grounds=tuple(g for source in sources for g in source.grounds if g.name in forms),
    )


def _either(known: bool | None, found: bool) -> bool:
    return found if known is None else known
