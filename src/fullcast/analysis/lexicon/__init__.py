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
PERSONS = _by_first("persons.txt")
"""More nouns for people, that make nobody one of the cast: as above, ``?`` where doubtful."""
TITLES = _by_first("titles.txt")
"""Titles without their full stop, to ``f``, ``m`` or ``x``."""
LADIES = frozenset(("mrs", "lady", "madame"))
LORDS = frozenset(("mr", "sir", "lord", "monsieur"))
"""Titles, folded, of women and men who may be somebody’s wife, mother, husband or father."""
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
KIN = _by_first("kin.txt")
"""Words for what one person is to another, to ``f``, ``m`` or ``x``."""
VOICES = _by_first("voices.txt")
"""Words of a tag that tell how it sounds, to the name of a voice: *hissed* to ``whisper``."""
MANNERS = _by_first("manners.txt")
"""Other words of manner, adverbs without their *-ly*, to ``delivery`` or ``feeling``."""


def stems(form: str) -> tuple[str, ...]:
    """Return what an adverb in -ly may be made of; another word itself.

    >>> stems("gaily")[2], stems("anger")
    ('gay', ('anger',))
    """
    if not form.endswith("ly"):
        return (form,)
    stem = form[:-2]
    return (stem, stem + "le", stem[:-1] + "y", stem + "l", stem.removesuffix("al"), stem + "e")


def inflect(verb: str) -> tuple[str, ...]:
    """Return the forms of a verb that tell a deed: its past, its *-s* and its *-ing*.

    >>> inflect("nod:nodded"), inflect("carry"), inflect("lie:lay")
    (('nodded', 'nods', 'nodding'), ('carried', 'carries', 'carrying'), ('lay', 'lies', 'lying'))
    """
    base, _, past = verb.partition(":")
    stem = base[:-1] if base.endswith("e") else base
    yielding = base.endswith("y") and base[-2] not in "aeiou"
    regular = base[:-1] + "ied" if yielding else stem + "ed"
    third = base[:-1] + "ies" if yielding else base + "s"
    if base.endswith(("s", "sh", "ch", "x", "z", "go")):
        third = base + "es"
    doubled = past.endswith("ed") and not past.startswith(stem + "ed")
    if base.endswith("ie"):
        stem = base[:-2] + "y"
    elif base.endswith("ee"):
        stem = base
    elif doubled or base in _DOUBLING:
        stem = base + base[-1]
    return past or regular, third, stem + "ing"


_DOUBLING = frozenset("run get sit set put cut hit shut stab dig swim quit spit forget".split())


def _deeds() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for kind, *verbs in _lines("deeds.txt"):
        for form in (form for verb in verbs for form in inflect(verb)):
            table[form] = tuple(dict.fromkeys((*table.get(form, ()), kind)))
    return MappingProxyType(table)


DEEDS = _deeds()
"""Forms of verbs that tell what people do around talk, to the kinds of deed they may tell."""
THOUGHTS = MappingProxyType(
    {
        form: kind
        for kind, *verbs in _lines("thoughts.txt")
        for verb in verbs
        for form in inflect(verb)
    }
)
"""Forms of verbs that tell what is in somebody’s mind, to ``thought`` or ``feeling``."""


def _steps() -> tuple[tuple[tuple[str, str, float, tuple[str, ...]], ...], Mapping[str, str]]:
    rows: list[tuple[str, str, float, tuple[str, ...]]] = []
    verbs = (verb for _, *verbs in _lines("deeds.txt") for verb in verbs)
    irregular = {verb.partition(":")[0]: verb for verb in verbs if ":" in verb}
    for kind, *rest in _lines("steps.txt"):
        if kind == "irregular":
            irregular |= {verb.partition(":")[0]: verb for verb in rest}
        else:
            name, weight, *words = rest
            phrases = tuple(phrase.strip() for phrase in " ".join(words).split(";"))
            rows.append((kind, name, float(weight), phrases))
    return tuple(rows), MappingProxyType(irregular)


STEPS, _IRREGULAR = _steps()
"""What brings people nearer or draws them back: each a kind of deed, a name, a weight from -1 to 1,
and phrases; see the file for their signs."""


def verb_forms(verb: str) -> tuple[str, ...]:
    """Return all forms of a verb of steps, its base first.

    >>> verb_forms("take"), verb_forms("turn")
    (('take', 'took', 'takes', 'taking', 'taken'), ('turn', 'turned', 'turns', 'turning', 'turned'))
    """
    base, _, rest = _IRREGULAR.get(verb, verb).partition(":")
    past, _, participle = rest.partition(":")
    past, third, ing = inflect(f"{base}:{past}" if past else base)
    return base, past, third, ing, participle or past


def _warmth() -> Mapping[str, tuple[tuple[str, float, tuple[str, ...]], ...]]:
    table: dict[str, list[tuple[str, float, tuple[str, ...]]]] = {}
    for place, name, weight, *words in _lines("warmth.txt"):
        phrases = tuple(phrase.strip() for phrase in " ".join(words).split(";"))
        table.setdefault(place, []).append((name, float(weight), phrases))
    return MappingProxyType({place: tuple(rows) for place, rows in table.items()})


WARMTH = _warmth()
"""What tells of warmth ``said``, by ``manner`` and by ``deed``: each a name, a weight from -1 to
1, and words; ``~`` stands for up to two of any."""


def _feelings() -> Mapping[str, str]:
    table: dict[str, str] = {}
    for emotion, *words in _lines("feelings.txt"):
        if emotion == "verbs":
            emotion, *verbs = words
            words = [form for verb in verbs for form in inflect(verb)]
        for word in words:
            table.setdefault(word, emotion)
    return MappingProxyType(table)


FEELINGS = _feelings()
"""Words of narration that tell a feeling, adverbs without their *-ly*, to the emotion’s name."""
