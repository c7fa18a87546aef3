"""Find the names of people in a text that comes with no cast."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fullcast.analysis.lexicon import (
    GENDERED_PRONOUNS,
    GIVEN_NAMES,
    NICKNAMES,
    NOT_PEOPLE,
    PAST_VERBS,
    SPEECH_VERBS,
    TITLES,
)
from fullcast.analysis.quotations.labels import label_of
from fullcast.analysis.words import READER, Words
from fullcast.model import Span

_JOINS = frozenset("de du des la le von van der den di da d O of".split())
_NO_NAME = frozenset(
    "I As But And The A An In On At He She It They We You What When Where Who Why How Oh Yes No "
    "Then There This That If So Of To For With By From My His Her Our Your Their".split()
)
_PARTICLES = _JOINS - {"of"}
_CALLS = frozenset(("call", "calls", "called", "calling"))
_WHOM = frozenset(("him", "her", "me", "you", "them"))
_GOES_ON = re.compile(r",\s+[a-z]")
"""A sentence that goes on after a name called at its head: *“Jess, are you listening?”*."""
_PLACE_LEADS = frozenset("in at from near through around across beyond towards toward into".split())
_CONTRACTED = re.compile(
    r"I$|(?:I|He|She|It|We|You|They|That|There|Here|Who|What|Where|When|How|Let)['’]"
)
_OPENING = re.compile(r"(?:^|[.!?…:;\"“”‘’'«»„(\[*_—–]|--|\n\s*\n)\s*$")
_CALL_BEFORE = frozenset(",!?.—“\"‘'")
_ABBREVIATED = frozenset(
    "Mr Mrs Ms Dr St Prof Capt Col Gen Lieut Lt Sgt Cpl Rev Hon Mlle Mme M Jr Messrs".split()
)
SHORT_STORY = 20_000
"""Words up to which somebody who acts once is taken for one of the cast."""
_MAX_WORDS = 4
_READ_BY_THINGS = frozenset(("read", "reads"))
"""*The Sign read “Closed”*: what does so is seldom somebody."""
PRONOUN_REACH = 14
"""A pronoun this many words after a name is likely to mean its bearer."""
_EPITHETS = frozenset("Old Young Poor Little Dear Dearest Big".split())
_SHORT_ED = 3
_WIDE_GAP = 20
_MIN_SHARE_UPPER = 0.8


@dataclass(slots=True)
class Sighting:
    """What was seen of one written name."""

    name: tuple[str, ...]
    count: int = 0
    speaks: int = 0
    """Times it stands beside a verb of speech in narration."""
    called: int = 0
    """Times it is called out in speech."""
    addressed: int = 0
    """Those of them where only a name can stand: *“Come here, Potter.”*."""
    acts: int = 0
    """Times it opens a sentence of narration before a verb: *Draco rolled over*."""
    narrated: int = 0
    places: list[int] = field(default_factory=list)
    """Where narration names them, in order."""
    placed: int = 0
    """Times it follows *in*, *at*, *from*: places do."""
    after: Counter[str] = field(default_factory=Counter)
    """Articles before it: *the Colonel*."""
    written: Counter[str] = field(default_factory=Counter)
    """How it is written, with its full stops: *Mrs. Finch*."""
    spoken: list[int] = field(default_factory=list)
    """Where it stands beside a verb of speech, in order."""
    pronouns: Counter[str] = field(default_factory=Counter)
    """The genders of pronouns that follow it in narration, before another name."""

    @property
    def title(self) -> str | None:
        """Its title, if it has one before a name."""
        return self.name[0] if len(self.name) > 1 and self.name[0] in TITLES else None

    @property
    def proper(self) -> tuple[str, ...]:
        """Its words without titles."""
        return tuple(word for word in self.name if word not in TITLES)

    @property
    def role(self) -> bool:
        """Whether it is a calling used as a name: *the Professor*, *the March Hare*."""
        return self.title is None and self.after["the"] * 2 > self.count

    def add(self, other: "Sighting", words_off: int) -> None:
        """Count what was seen of the same name with ``words_off`` more words before it."""
        self.count += other.count
        self.called += other.called
        self.addressed += other.addressed
        self.narrated += other.narrated
        self.speaks += other.speaks
        self.places = sorted(self.places + other.places)
        self.spoken = sorted(self.spoken + other.spoken)
        self.pronouns += other.pronouns
        for written, count in other.written.items():
            self.written[written.split(maxsplit=words_off)[-1]] += count

    def is_person(self, least_acts: int = 2) -> bool:
        """Judge whether somebody bears the name; ``least_acts`` deeds alone are enough."""
        if len("".join(self.name)) == 1:
            return False
        if self.name == (READER,):
            return True
        if self.title in ("St", "Saint"):
            return self.speaks > 0
        if self.speaks >= 2 or (self.role and self.speaks):
            return True
        if not self.proper:
            return self.speaks > 0
        if any(word in NOT_PEOPLE for word in self.proper):
            return False
        if self.placed * 2 > self.count and not self.speaks:
            return False
        if self.title or self.speaks:
            return True
        given = self.proper[0] in GIVEN_NAMES
        sure = (
            self.addressed > 0 or (self.called > 1 and self.narrated > 0) or self.acts >= least_acts
        )
        return (
            sure or (given and self.count + self.called > 1) or (self.count > 2 and self.called > 0)
        )


def sight_names(
    text: str,
    words: Words,
    in_story: Callable[[int], bool],
    in_speech: Callable[[int], bool],
) -> list[Sighting]:
    """Return every written name with what was seen of it, most frequent first."""
    common = _common_words(words) | SPEECH_VERBS
    sightings: dict[tuple[str, ...], Sighting] = {}
    openings: dict[tuple[str, ...], int] = defaultdict(int)
    for first, last in _runs(text, words):
        if not in_story(words.starts[first]):
            continue
        opening = bool(_OPENING.search(text, max(0, words.starts[first] - 6), words.starts[first]))
        while first <= last and opening and words.lower[first] in common:
            if first < last and words.forms[first] in TITLES:
                break  # *Captain Finch*, also where *the captain* is written small.
            first += 1
        while last > first and words.forms[last] in _JOINS:
            last -= 1
        if first > last or last - first >= _MAX_WORDS:
            continue
        name = tuple(_as_name(form) for form in words.forms[first : last + 1])
        if len(name) == 1 and name[0] in NOT_PEOPLE:
            continue
        sighting = sightings.setdefault(name, Sighting(name))
        sighting.count += 1
        sighting.written[" ".join(text[words.starts[first] : words.ends[last]].split())] += 1
        openings[name] += opening
        _observe(text, words, first, last, in_speech, sighting)
    _drop_openers(sightings, openings, 1 if len(words.forms) < SHORT_STORY else 2)
    _drop_plurals(sightings)
    return sorted((s for s in sightings.values() if s.count), key=lambda s: (-s.count, s.name))


def _as_name(form: str) -> str:
    """Return a word as names are written, for *TOM* is Tom."""
    shouted = form.isupper() and len(form) > 1 and form != READER
    return form.capitalize() if shouted else form


def _drop_plurals(sightings: dict[tuple[str, ...], Sighting]) -> None:
    """Forget families: *the Bennets*, *the two Miss Ormerods*."""
    for name, sighting in sightings.items():
        last = name[-1]
        singular = (*name[:-1], last[:-1])
        family = last.endswith("s") and (singular in sightings or (last[:-1],) in sightings)
        if family and sighting.after["the"] + sighting.after["two"] and not sighting.speaks:
            sighting.count = 0


def _drop_openers(
    sightings: dict[tuple[str, ...], Sighting],
    openings: dict[tuple[str, ...], int],
    least_acts: int,
) -> None:
    """Forget words seen only where a sentence begins: they may be any words."""
    seen_inside = {w for name, s in sightings.items() if openings[name] < s.count for w in name}
    clipped = {w[:size] for w in seen_inside for size in range(2, len(w) - 1)}
    for name, sighting in list(sightings.items()):
        only_opens = openings[name] == sighting.count
        rest = name[1:]
        verb = name[0] not in GIVEN_NAMES and name[0] not in TITLES
        apart = only_opens or name[0] in NOT_PEOPLE or name[0] in _EPITHETS
        if apart and verb and rest and (rest in sightings or rest[:1] in sightings):
            # *Ask Tibby Yelland*, *Poor Tibby*: the first word is none of the name.
            sightings.setdefault(rest, Sighting(rest)).add(sighting, words_off=1)
            sighting.count = 0
            continue
        vouched = (
            name[0] in GIVEN_NAMES
            or name[0] == READER
            or (name[0] in NICKNAMES and sighting.called > 1)
            or bool(len(name) > 1 and seen_inside.intersection(name))
            or sighting.acts >= least_acts
            or sighting.addressed > 0
            or (sighting.called > 1 and sighting.narrated > 0)
            or (sighting.called > 0 and not rest and name[0] in clipped)
        )
        if only_opens and not (sighting.title or sighting.speaks or vouched):
            sighting.count = 0


def _common_words(words: Words) -> frozenset[str]:
    """Return words, folded, that the text writes small as a rule."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for form in words.forms:
        (large if form[0].isupper() else small)[form.lower()] += 1
    return frozenset(w for w, n in small.items() if n > (1 - _MIN_SHARE_UPPER) * large[w])


def _runs(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Yield runs of capitalised words that may be one name, as first and last word numbers."""
    at, count = 0, len(words.forms)
    while at < count:
        if not _capital(words.forms[at]):
            at += 1
            continue
        last = at
        while last + 1 < count and _continues(text, words, last):
            last += 1
            while words.forms[last] in _PARTICLES:
                last += 1
        yield at, last
        at = last + 1


def _capital(form: str) -> bool:
    return form[0].isupper() and form not in ("A", "O") and not _CONTRACTED.match(form)


def _continues(text: str, words: Words, at: int) -> bool:
    gap = text[words.ends[at] : words.starts[at + 1]]
    form, following = words.forms[at], words.forms[at + 1]
    stop_allowed = form in _ABBREVIATED or len(form) == 1
    if gap.strip(" \n\r\t") not in (("", ".") if stop_allowed else ("",)) or "\n\n" in gap:
        return False
    if gap.startswith(("'", "’")) or len(gap.strip(".")) > 1:
        return False
    if (following in TITLES and form not in TITLES) or following in _NO_NAME:
        return False
    if following.isupper() != form.isupper() and min(len(following), len(form)) > 1:
        return False
    if following in _PARTICLES:
        return _capital(next((f for f in words.forms[at + 2 : at + 5] if f not in _PARTICLES), "a"))
    return _capital(following)


def _observe(
    text: str,
    words: Words,
    first: int,
    last: int,
    in_speech: Callable[[int], bool],
    sighting: Sighting,
) -> None:
    before = words.lower[first - 1] if first else ""
    after = words.lower[last + 1] if last + 1 < len(words.lower) else ""
    gap_before = text[words.ends[first - 1] : words.starts[first]] if first else ""
    if before in _PLACE_LEADS and not gap_before.strip():
        sighting.placed += 1
    if before in ("the", "a", "an", "two"):
        sighting.after[before] += 1
    start = words.starts[first]
    if in_speech(start):
        lead = text[max(0, start - _WIDE_GAP) : start].rstrip()[-1:]
        tail = text[words.ends[last] : words.ends[last] + 1]
        called = lead in _CALL_BEFORE and tail in ",!?.—"
        sighting.called += called
        given = words.forms[first] in GIVEN_NAMES and bool(_GOES_ON.match(text, words.ends[last]))
        sighting.addressed += called and (lead == "," or given)
        return
    if before in _WHOM and words.lower[max(0, first - 2)] in _CALLS:
        sighting.called += 1  # *Nobody called him Cal.*
        return
    sighting.narrated += 1
    sighting.places.append(words.starts[first])
    gap_after = text[words.ends[last] : words.starts[last + 1]] if after else ""
    said = before in SPEECH_VERBS and not gap_before.strip()
    says = after in SPEECH_VERBS and not gap_after.strip() and after not in _READ_BY_THINGS
    if said or says or _labels(text, words, first, last, in_speech):
        sighting.speaks += 1
        sighting.spoken.append(words.starts[first])
    sighting.pronouns[_pronoun_after(words, last, in_speech)] += 1
    begins = bool(_OPENING.search(text, max(0, words.starts[first] - 6), words.starts[first]))
    sighting.acts += begins and not gap_after.strip() and _is_past(after)


def _labels(
    text: str, words: Words, first: int, last: int, in_speech: Callable[[int], bool]
) -> bool:
    """Tell whether a name is the label of a line: *Jo: you awake?*."""
    if ":" not in text[words.ends[last] : words.ends[last] + _WIDE_GAP]:
        return False
    label = label_of(text, words.starts[first])
    if not label or label.name != Span(words.starts[first], words.ends[last]):
        return False
    before = text[max(0, label.start - _WIDE_GAP) : label.start]
    goes_on = before.strip() and "\n\n" not in before.replace("\r", "")
    if goes_on and not in_speech(label.start - len(before) + len(before.rstrip()) - 1):
        return False  # *… said to* at the end of a line, *Jo: “No.”* in the next.
    return in_speech(label.spoken)


def _pronoun_after(words: Words, last: int, in_speech: Callable[[int], bool]) -> str:
    """Return the gender of the pronoun that follows a name before another name, or ``x``.

    In speech, pronouns point elsewhere.
    """
    for place in range(last + 1, min(last + 1 + PRONOUN_REACH, len(words.forms))):
        gender = GENDERED_PRONOUNS.get(words.lower[place])
        if gender and not in_speech(words.starts[place]):
            return gender
        if words.forms[place][0].isupper() and words.forms[place] not in _NO_NAME:
            break
    return "x"


def _is_past(form: str) -> bool:
    """Tell whether a word looks like a verb that narration tells deeds with."""
    return (form.endswith("ed") and len(form) > _SHORT_ED) or form in PAST_VERBS
