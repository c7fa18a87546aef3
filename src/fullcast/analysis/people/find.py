"""Who is named in a story, from its text alone."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from fullcast.analysis.lexicon import NOT_PEOPLE
from fullcast.analysis.people.gender import GENDERS, from_titles
from fullcast.analysis.people.join import Person, alike, clips, display_name, join_names
from fullcast.analysis.people.proper import SHORT_STORY, Sighting, sight_names
from fullcast.analysis.words import Words
from fullcast.model import Alias, Character, Gender


def find_cast(
    text: str,
    words: Words,
    in_story: Callable[[int], bool],
    in_speech: Callable[[int], bool],
) -> list[Character]:
    """Return the people named in ``text``, most named first.

    Args:
        text: The book's.
        words: Its words.
        in_story: Whether a place is in the story, and not in a heading, say.
        in_speech: Whether it is in a quotation.
    """
    sightings = sight_names(text, words, in_story, in_speech)
    people = join_names(_people_among(sightings, 1 if len(words.forms) < SHORT_STORY else 2))
    taken: set[str] = set()
    return [_character(person, taken) for person in people]


def _people_among(sightings: Sequence[Sighting], least_acts: int) -> list[Sighting]:
    """Return the names that people bear, full names of people known by a part of them included."""
    sure = {s.name for s in sightings if s.is_person(least_acts)}
    parts = {word for s in sightings if s.name in sure for word in s.proper}
    return [s for s in sightings if s.name in sure or _vouched(s, parts)]


def _vouched(sighting: Sighting, parts: set[str]) -> bool:
    """Tell whether known names vouch for a rare one: Ada for *Ada Finch*, Lettice for *Letty*."""
    if sighting.placed or NOT_PEOPLE.intersection(sighting.proper):
        return False
    if len(sighting.proper) > 1:
        return bool(parts.intersection(sighting.proper))
    if sighting.called and any(alike(sighting.name[0], part) for part in parts):
        return True
    return sum(clips(sighting, part) for part in parts) == 1


def slug(name: str, taken: set[str]) -> str:
    """Return a readable id for a name, new among ``taken``, and add it there.

    >>> slug("Mrs. Ada Finch", set())
    'mrs-ada-finch'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    base = base or "-".join(f"{ord(c):x}" for c in name[:4])
    found, number = base, 2
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    taken.add(found)
    return found


def _character(person: Person, taken: set[str]) -> Character:
    name = display_name(person)
    aliases = tuple(n for n, _ in person.names.most_common())
    role = any(s.role for s in person.sightings)
    shown = f"The {name}" if role else name
    return Character(
        id=slug(shown, taken),
        name=shown,
        aliases=aliases,
        gender=GENDERS.get(from_titles(aliases), Gender.UNKNOWN),
        grounds=tuple(
            Alias(name=alias, reason=person.reasons[alias])
            for alias in aliases
            if alias in person.reasons
        ),
    )
