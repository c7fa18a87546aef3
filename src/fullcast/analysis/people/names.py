"""Where a text names the people of a cast."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fullcast.analysis.lexicon import PEOPLE, TITLES
from fullcast.analysis.words import Words, split_words
from fullcast.model import Character, Span

_ARTICLES = frozenset(("the", "a", "an"))
_PARTICLES = frozenset("of the in at from with and".split())
_MAX_NAME_WORDS = 4
_PASSING = frozenset("a an his her my our their your its one another some someone somebody".split())
_DETERMINERS = _ARTICLES | frozenset("his her my our their your its that this said another".split())


@dataclass(frozen=True, slots=True)
class Naming:
    """A name in the text and everybody in the cast who answers to it."""

    start: int
    end: int
    first_word: int
    """Number of its first word."""
    characters: tuple[str, ...]
    """Ids; more than one where the name is shared."""
    common: bool = False
    """Whether it is a description, of common nouns: *the landlord*."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class NameTable:
    """The names of a cast, ready to be looked up word by word."""

    def __init__(self, cast: Iterable[Character]) -> None:
        """Index every alias, and the parts of full names that are nobody's alias."""
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        parts: dict[tuple[str, ...], set[str]] = defaultdict(set)
        rare: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._common: set[tuple[str, ...]] = set()
        for character in cast:
            aliases = {a for a in (character.name, *character.aliases) if a.strip()}
            passing = {alias for alias in aliases if is_passing(alias)}
            for alias in sorted(aliases):
                if alias[0].lower() + alias[1:] in passing:
                    continue
                key, common = _key(alias)
                if common:
                    self._common.add(key)
                elif len(key) > 1 and not character.group:
                    for part in _parts(alias):
                        parts[part].add(character.id)
                    for part in _family_of_woman(alias):
                        rare[part].add(character.id)
                if key:
                    found[key].add(character.id)
        found = {**rare, **parts, **found}
        self._exact = {key: tuple(sorted(ids)) for key, ids in found.items()}
        self._longest: Mapping[str, int] = _longest(self._exact)

    def find(self, words: Words) -> list[Naming]:
        """Return the namings among ``words``, the longest at each place, in order."""
        found: list[Naming] = []
        longest, lower = self._longest, words.lower
        at, count = 0, len(lower)
        while at < count:
            size = min(longest.get(lower[at], 0), count - at)
            while size and not self._named(words, at, size):
                size -= 1
            if size:
                key = tuple(lower[at : at + size])
                place = words.starts[at], words.ends[at + size - 1]
                found.append(Naming(*place, at, self._exact[key], key in self._common))
            at += size or 1
        return found

    def _named(self, words: Words, at: int, size: int) -> bool:
        """Tell whether a name stands there: *Rose spoke*, but not *they rose*."""
        key = tuple(words.lower[at : at + size])
        if key not in self._exact or not _unbroken(words, at, size):
            return False
        if words.forms[at][0].isupper():
            return True
        if key not in self._common:
            return False
        return size > 1 or (at > 0 and words.lower[at - 1] in _DETERMINERS)


def is_titled(alias: str) -> bool:
    """Tell whether a name begins with a title: *Mrs. Finch*."""
    return alias.split()[0].rstrip(".") in TITLES


def only_titled(character: Character) -> bool:
    """Tell whether somebody is known by title and family name alone."""
    return bool(character.aliases) and all(map(is_titled, character.aliases))


def is_passing(alias: str) -> bool:
    """Tell whether a description holds only where it stands: *a voice*, *his mother*."""
    return alias.partition(" ")[0] in _PASSING


def _key(alias: str) -> tuple[tuple[str, ...], bool]:
    """Return an alias as folded words, and whether it is made of common nouns."""
    key = tuple(split_words(alias).lower)
    article = key[:1] and key[0] in _ARTICLES
    if article:
        key = key[1:]
    return key, bool(key) and bool(article or key[-1] in PEOPLE)


def _parts(alias: str) -> Iterator[tuple[str, ...]]:
    """Yield what Miss Ada Finch is called besides: *Ada*, *Finch* and *Miss Finch*."""
    forms = split_words(alias).forms
    title = forms[0] if forms[0] in TITLES else None
    proper = [form for form in forms if form not in TITLES and form[0].isupper()]
    if not proper or len(proper) > _MAX_NAME_WORDS or any(f.lower() in _PARTICLES for f in forms):
        return
    if len(proper) > 1:
        yield (proper[0].lower(),)
        yield (proper[-1].lower(),)
        if title:
            yield title.lower(), proper[-1].lower()
    elif title and TITLES[title] != "f":
        yield (proper[0].lower(),)


def _family_of_woman(alias: str) -> Iterator[tuple[str, ...]]:
    """Yield the bare family name of *Mrs. Finch*: hers only if no man or full name claims it."""
    forms = split_words(alias).forms
    if len(forms) == 2 and TITLES.get(forms[0]) == "f":
        yield (forms[1].lower(),)


def _longest(keys: Iterable[Sequence[str]]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for key in keys:
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return longest


def _unbroken(words: Words, at: int, size: int) -> bool:
    return all(words.starts[i + 1] - words.ends[i] <= 3 for i in range(at, at + size - 1))
