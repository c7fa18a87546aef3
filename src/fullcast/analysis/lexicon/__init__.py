"""Word lists as data: each file opens with what it is, where it comes from and its licence."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from types import MappingProxyType


def _lines(name: str) -> Iterator[list[str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split()


def _by_first(name: str) -> Mapping[str, str]:
    """Read lines of ``value word word …`` into a table of word to value; the first line wins."""
    table: dict[str, str] = {}
    for value, *words in _lines(name):
        for word in words:
            table.setdefault(word, value)
    return MappingProxyType(table)


def _verbs(*, touching_only: bool) -> frozenset[str]:
    return frozenset(
        form.rstrip("?")
        for forms in _lines("speech_verbs.txt")
        if forms[0].endswith("?") == touching_only
        for form in forms
    )


SURE_VERBS = _verbs(touching_only=False)
"""Forms of verbs that tag speech wherever they stand: *said, replies, asking*."""
TOUCHING_VERBS = _verbs(touching_only=True) - SURE_VERBS
"""Forms that tag only the speech they touch: *laughed, smiled, began*."""
SPEECH_VERBS = SURE_VERBS | TOUCHING_VERBS
PEOPLE = _by_first("people.txt")
"""Common nouns for people, to ``f``, ``m``, ``x`` (either) or ``p`` (several)."""
TITLES = _by_first("titles.txt")
"""Titles without their full stop, to ``f``, ``m`` or ``x``."""
GIVEN_NAMES = _by_first("given_names.txt")
"""Given names to ``f`` or ``m``."""
NICKNAMES: Mapping[str, frozenset[str]] = MappingProxyType(
    {short: frozenset(longer) for short, *longer in _lines("nicknames.txt")}
)
"""Short forms to the names they may stand for."""
GENDERED_PRONOUNS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("he", "him", "his", "himself"), "m")
    | dict.fromkeys(("she", "her", "hers", "herself"), "f")
)
NOT_PEOPLE = frozenset(_by_first("not_people.txt"))
"""Capitalised words that name no person on their own."""
PAST_VERBS = frozenset(word for line in _lines("past_verbs.txt") for word in line)
"""Irregular past forms of verbs that tell deeds."""
