"""Whether the text tells that somebody is a woman or a man: titles, names, pronouns near by."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from fullcast.analysis.lexicon import GENDERED_PRONOUNS, GIVEN_NAMES, PEOPLE, TITLES
from fullcast.analysis.people.names import Naming
from fullcast.analysis.people.proper import PRONOUN_REACH
from fullcast.analysis.words import Words, split_words
from fullcast.model import Character, Gender

GENDERS = {"f": Gender.FEMALE, "m": Gender.MALE, "t": Gender.OTHER}
"""The letters by which rules and word lists tell a gender; ``p`` tells several people, ``x`` is
untold."""
_LETTERS = {gender: letter for letter, gender in GENDERS.items() if gender is not Gender.OTHER}
_TOLD_BY = {
    **dict.fromkeys("they their theirs themself themselves".split(), "t"),
    **{form: letter for form, letter in GENDERED_PRONOUNS.items() if form != "him"},
}
"""Pronouns and what they tell; *him* and *them* after a name are another: *Ada thumped him*."""
_BEHIND_OBJECTS = frozenset(
    "and or but as at by for from in into of on out over to up upon with back down away off again "
    "that if when while so the a an".split()
)
_LEAST = 3
_MARGIN = 2.5


def find_genders(
    cast: Iterable[Character],
    words: Words,
    namings: Sequence[Naming],
    subjects: Sequence[bool],
    beside: Callable[[int, int], bool],
) -> dict[str, str]:
    """Return ``f``, ``m``, ``t`` (a *they*), ``p`` (a group) or ``x`` (untold) by character's id.

    Args:
        cast: The people in question.
        words: The text's.
        namings: Those in narration.
        subjects: For each of them, whether it stands where a subject does. What such tell is
            taken alone; *She watched Tom. He* may be of another.
        beside: Whether two places stand in narration of one paragraph. In speech, and where
            another takes his turn, pronouns point elsewhere.
    """
    counts = _pronouns_after(words, namings, [True] * len(namings), beside)
    counts |= _pronouns_after(words, namings, subjects, beside)
    return {c.id: _decide(c, counts.get(c.id, Counter())) for c in cast}


def _decide(character: Character, counts: Mapping[str, int]) -> str:
    if character.group:
        return "p"
    if character.gender is Gender.OTHER:
        return "x"  # A person has said so; no pronoun tells otherwise.
    known = _LETTERS.get(character.gender)
    if known:
        return known
    told = from_names((character.name, *character.aliases))
    gendered = counts.get("f", 0) + counts.get("m", 0)
    if counts.get("t", 0) >= _LEAST and counts["t"] > _MARGIN * gendered:
        return "t"
    most, least = sorted((counts.get("f", 0), counts.get("m", 0)), reverse=True)
    if most >= (1 if told == "x" and not least else _LEAST) and most > _MARGIN * least:
        counted = "f" if counts.get("f", 0) == most else "m"
        if told == "x" or not least or most >= 4 * _LEAST:
            return counted
    return told


def from_titles(names: Iterable[str]) -> str:
    """Return what titles alone tell: ``f``, ``m`` or ``x``."""
    titles = {TITLES.get(name.split(maxsplit=1)[0].rstrip("."), "x") for name in names if name}
    told = titles - {"x"}
    return told.pop() if len(told) == 1 else "x"


def from_names(names: Iterable[str]) -> str:
    """Return what titles, given names and nouns tell: ``f``, ``m`` or ``x``."""
    votes: Counter[str] = Counter()
    for name in names:
        forms = split_words(name).forms
        if not forms:
            continue
        title = TITLES.get(forms[0], "x")
        if title != "x":
            votes[title] += 3
        for form in forms[:2]:
            votes[GIVEN_NAMES.get(form, "x")] += 2
        votes[PEOPLE.get(forms[-1].lower(), "x")] += 2
    del votes["x"]
    (first, most), *rest = [*votes.most_common(), ("x", 0)]
    return first if most > (rest[0][1] if rest else 0) else "x"


def _pronouns_after(
    words: Words,
    namings: Sequence[Naming],
    counted: Sequence[bool],
    beside: Callable[[int, int], bool],
) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for number, naming in enumerate(namings):
        if len(naming.characters) != 1 or not counted[number]:
            continue
        start = words.at_or_after(naming.end)
        stop = start + PRONOUN_REACH
        if number + 1 < len(namings):
            stop = min(stop, namings[number + 1].first_word)
        for place, form in enumerate(words.lower[start:stop], start):
            letter = _TOLD_BY.get(form)
            if form == "her" and _is_object(words, place):
                continue
            if letter and beside(naming.start, words.starts[place]):
                counts[naming.characters[0]][letter] += 1
                break
    return counts


def _is_object(words: Words, place: int) -> bool:
    """Tell *Tom looked at her* from *Ada shook her head*."""
    if words.starts[place + 1 : place + 2] != [words.ends[place] + 1]:
        return True
    return words.lower[place + 1] in _BEHIND_OBJECTS
