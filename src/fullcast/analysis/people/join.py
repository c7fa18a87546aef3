"""Join the names of a text into people: what can be one person's, and what must stay apart."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from fullcast.analysis.lexicon import GIVEN_NAMES, NICKNAMES, TITLES
from fullcast.analysis.people.proper import Sighting

_MARRIED = frozenset(("Mrs", "Mme", "Madame", "Frau"))
_WITH_GIVEN = frozenset(
    "Sir Lady Aunt Auntie Aunty Uncle Cousin Sister Brother Father Mother Saint St Prince Princess "
    "King Queen Lord Dame Friar Don Miss Mlle Mademoiselle Master".split()
)
"""Titles that a given name may follow: *Sir Thomas*, *Aunt Polly*."""
_KIN_NAMES = frozenset("Aunt Auntie Aunty Uncle Cousin".split())
"""Titles that go with a given name, even one nobody has listed."""
_LEAST_STEM = 3
_LEAST_CLIP = 2
_CUT = 2
_LONG_FAMILY = 2
"""A name of more words ends in a family name of several."""
_NEAR = 150
"""Characters of narration within which a person is hardly called by two names."""
_MEETINGS = ((3, 0.4), (8, 0.12))
"""How many times, and in which share of the rarer name's places, two names of two people meet."""
_OUTSTANDING = 4
"""So many times as often as others somebody is named to be meant by a name that fits them all."""
_SEVERAL = 2
_LEAST_GIVEN = 10
"""So often narration says a given name alone of whom it would not call *Mr. Finch*."""
_LEAST_VOTES = 3
_VOTES_SHARE = 0.75
"""So often, and at such a share of its places, one bearer is named last before a shared name."""
_VOTE_REACH = 5000
_ELDEST = "Miss"
_LEAST_PRONOUNS = 3
_SURE_PRONOUNS = 8
"""So many pronouns tell the gender of a bearer of a name of the other gender."""
_MARGIN = 2.5
_ANSWER_REACH = 600
"""Characters of the text within which one speaker answers another."""
_LEAST_TURNS = 2
_TURNS_SHARE = 0.15
_LEAST_TITLED = 8
_TITLED_SHARE = 0.15
"""From here on narration uses two titles for two people: *General Finch*, *Mr. Finch*."""
_LEAST_STYLED = 3
_RANKS = frozenset(
    "Sir Lady Lord King Queen Prince Princess Duke Duchess Count Countess Captain Colonel General "
    "Major Dr Doctor Professor Inspector Lieutenant Sergeant Judge Reverend Rev Admiral".split()
)
"""Titles that one person seldom changes for another."""
_NOBLE = frozenset("Countess Princess Duchess Marchioness Baroness Madame Mme".split())
"""Titles that one lady goes by in turns: *Madame Olenska*, *the Countess Olenska*."""
_PARTICLES = frozenset("de du des la le von van der den di da d".split())
"""With them a family name begins: *Mr. van der Luyden*."""


_Name = tuple[str, ...]


@dataclass(slots=True)
class Person:
    """Somebody, as the names joined so far tell."""

    given: set[str] = field(default_factory=set)
    family: str = ""
    gender: str = "x"
    married: bool = False
    """Called *Mrs*: shares her family name with a husband."""
    style: str = ""
    """The husband's given name, if she is called by it: *Mrs. Tom Finch*."""
    styles_wife: bool = False
    """Whether somebody is *Mrs. Tom Finch* after this *Tom Finch*."""
    beside_miss: bool = False
    """Whether there is a *Miss Finch* besides this *Ada Finch*, who may be a daughter then."""
    names: Counter[str] = field(default_factory=Counter)
    sightings: list[Sighting] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    """Why each name but the first was taken for the person's."""

    @property
    def weight(self) -> int:
        """How often the text names the person."""
        return sum(s.count for s in self.sightings)

    def take(self, sighting: Sighting, form: "_Form") -> None:
        """Join a name to the person."""
        name = max(sighting.written, key=lambda w: (not w.isupper(), sighting.written[w]))
        if self.sightings:
            self.reasons.setdefault(name, _reason(self, form))
        self.sightings.append(sighting)
        self.names[name] += sighting.count
        self.given |= {form.given} - {""}
        self.family = self.family or form.family
        self.gender = form.gender if self.gender == "x" else self.gender
        self.married = self.married or form.married
        self.style = self.style or form.style


@dataclass(frozen=True, slots=True)
class _Form:
    """A written name taken apart."""

    title: str
    given: str
    family: str
    gender: str
    married: bool
    style: str = ""
    """The given name of the man whose wife is named by it: *Mrs. Tom Finch*."""


def _reason(person: Person, form: _Form) -> str:
    """Tell by what a name is taken for one more of a person's."""
    if form.given and form.given in person.given:
        return "given name"
    if {form.family, form.given} & {person.family} - {""}:
        return "family name"
    return "nickname" if form.given and person.given else "part of the name"


def join_names(sightings: Iterable[Sighting]) -> list[Person]:
    """Return the people behind the names, most named first.

    Full names come first and gather the short ones; a short name that could be two people's goes
    to the one named most with it, or stands alone where its title says otherwise.
    """
    sightings = list(sightings)
    told, talks = _genders_told(sightings), _talks(sightings)
    seen = {s.name: s for s in sightings}
    wives = {s.proper for s in sightings if s.title in _MARRIED and s.count >= _LEAST_STYLED}
    misses = {" ".join(s.proper) for s in sightings if s.title == _ELDEST}
    people: list[Person] = []
    by_word: dict[str, list[Person]] = defaultdict(list)
    families = {s.proper[1:] for s in sightings if not s.title and len(s.proper) > _LONG_FAMILY}
    forms = [(sighting, _take_apart(sighting, told, families)) for sighting in sightings]
    forms.sort(key=lambda pair: _order(*pair))
    for sighting, form in forms:
        near = {id(p): p for key in sorted(_sought_under(form)) for p in by_word[key]}
        fitting = [
            person
            for person in near.values()
            if _fits(person, form, sighting) and not _answer_each_other(person, sighting, talks)
        ]
        meant = _meant(fitting, form, sighting, seen)
        if meant:
            person = max(meant, key=lambda p: (*_closeness(p, form), p.weight, min(p.names)))
        else:
            person = Person()
            people.append(person)
        person.take(sighting, form)
        person.styles_wife = person.styles_wife or (form.gender == "m" and sighting.proper in wives)
        person.beside_miss = person.beside_miss or (not form.married and form.family in misses)
        for key in _kept_under(form):
            by_word[key].append(person)
    people.sort(key=lambda p: (-p.weight, min(p.names)))
    return people


def _order(sighting: Sighting, form: _Form) -> tuple[int, bool, int, tuple[str, ...]]:
    """Put full names first; those only called come last, as they may be others cut short."""
    return -_fullness(form), not sighting.narrated, -sighting.count, sighting.name


def _kept_under(form: _Form) -> set[str]:
    """Return the keys that a person is filed under for a name: words, stems, initials."""
    words = {form.given, *form.family.split()} - {""}
    longer = {long for word in words for long in NICKNAMES.get(word, ())}
    initials = {f"{word[0]}…" for word in words if len(word) > 1}
    clips = {word[:_LEAST_CLIP] for word in words}
    return words | longer | {word[:_LEAST_STEM] for word in words} | initials | clips


def _sought_under(form: _Form) -> set[str]:
    """Return the keys that may lead from a name to somebody who bears it already."""
    words = {form.given, *form.family.split()} - {""}
    longer = {long for word in words for long in NICKNAMES.get(word, ())}
    stems = {word[:_LEAST_STEM] for word in words}
    initials = {f"{word}…" if len(word) == 1 else word[0] for word in words}
    return words | longer | stems | initials


def _meant(
    fitting: Sequence[Person], form: _Form, sighting: Sighting, seen: Mapping[_Name, Sighting]
) -> Sequence[Person]:
    """Return who may be meant: nobody if *Mr. Finch* could be any of several Finches.

    Likewise *the Cat*, where there are several of them. ``seen`` are all names of the text.
    """
    if sighting.role:
        return fitting if len(fitting) == 1 else ()
    if not (form.title and form.family) or form.given:
        return fitting
    bearers = [person for person in fitting if person.given]
    if form.married:
        bearers = [person for person in fitting if person.style] or bearers
    if len(bearers) == 1 and _known_by_given(bearers[0], sighting, seen):
        return ()
    weights = sorted((person.weight for person in bearers), reverse=True)
    if len(weights) < _SEVERAL or weights[0] >= _OUTSTANDING * weights[1]:
        return fitting
    if form.title == _ELDEST:
        # Of sisters the eldest is *Miss Finch*, another *Miss Ada*.
        younger = {given for p in bearers for given in p.given if (_ELDEST, given) in seen}
        bearers = [person for person in bearers if not person.given & younger]
        formal = [p for p in bearers if _only_formal(p, seen)]
        bearers = formal if len(formal) == 1 else bearers
        if len(bearers) < _SEVERAL:
            return bearers
    return _last_named(bearers, sighting, seen)


def _known_by_given(person: Person, sighting: Sighting, seen: Mapping[_Name, Sighting]) -> bool:
    """Tell whether narration says *Paul* of him, and far more often *Mr. Finch* of his father."""
    if TITLES.get(sighting.title or "") != "m":
        return False
    given = sum(seen[name,].narrated for name in person.given if (name,) in seen)
    known = given + sum(s.narrated for s in person.sightings)
    return given >= _LEAST_GIVEN and sighting.narrated > 2 * known


def _only_formal(person: Person, seen: Mapping[_Name, Sighting]) -> bool:
    """Tell whether she is *Miss Ada Finch*, and nobody says *Ada*."""
    called = any(s.title == _ELDEST for s in person.sightings)
    return called and not any((given,) in seen for given in person.given)


def _last_named(
    bearers: Sequence[Person], sighting: Sighting, seen: Mapping[_Name, Sighting]
) -> Sequence[Person]:
    """Return the one whom narration mostly names last before it says *Mr. Finch*."""
    places = [sorted(_own_places(person, seen)) for person in bearers]
    votes = [0 for _ in bearers]
    for place in sighting.places:
        last = [at[bisect_left(at, place) - 1] if at and at[0] < place else -inf for at in places]
        votes[last.index(max(last))] += place - max(last) < _VOTE_REACH
    most = max(votes)
    if most < _LEAST_VOTES or most < _VOTES_SHARE * sum(votes):
        return ()
    found = votes.index(most)
    known = sum(s.narrated for s in bearers[found].sightings)
    # Who is mostly called so needs no full name, and is none of those who have one.
    return (bearers[found],) if sighting.narrated <= 2 * known else ()


def _own_places(person: Person, seen: Mapping[_Name, Sighting]) -> Iterator[int]:
    """Yield where narration names somebody, also by a given name that is joined later."""
    for sighting in person.sightings:
        yield from sighting.places
    for given in person.given:
        if (given,) in seen:
            yield from seen[given,].places


def _genders_told(sightings: Iterable[Sighting]) -> dict[str, str]:
    """Return what pronouns tell of the bearers of names without a title, by the first name."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for sighting in sightings:
        if not sighting.title and not sighting.role:
            counts[sighting.name[0]] += sighting.pronouns
    told = {}
    for name, count in counts.items():
        least, most = sorted((count["f"], count["m"]))
        known = GIVEN_NAMES.get(name)
        if most >= (_SURE_PRONOUNS if known else _LEAST_PRONOUNS) and most > _MARGIN * least:
            told[name] = "f" if count["f"] == most else "m"
    return told


def _talks(sightings: Iterable[Sighting]) -> Counter[frozenset[_Name]]:
    """Count how often two names have the word one after the other: two people answer each other."""
    spoken = sorted((place, s.name) for s in sightings for place in s.spoken)
    return Counter(
        frozenset((one, other))
        for (at, one), (then, other) in pairwise(spoken)
        if one != other and then - at <= _ANSWER_REACH
    )


def _answer_each_other(
    person: Person, sighting: Sighting, talks: Counter[frozenset[_Name]]
) -> bool:
    """Tell whether a name has the word in turn with a name of the person's."""
    names = {s.name for s in person.sightings}
    if not sighting.title and any(set(sighting.name) & set(name) for name in names):
        return False
    others = (n for n in names | {(g,) for g in person.given} if not set(n) & set(sighting.name))
    turns = max((talks[frozenset((name, sighting.name))] for name in others), default=0)
    return turns >= _LEAST_TURNS and turns >= _TURNS_SHARE * sighting.speaks


def _take_apart(
    sighting: Sighting, told: Mapping[str, str], families: Collection[_Name] = ()
) -> _Form:
    title, proper = sighting.title or "", sighting.proper or sighting.name
    gender = TITLES.get(title, "x")
    given = family = style = ""
    married = title in _MARRIED
    if proper[0].lower() in _PARTICLES or (title and proper in families):
        family = " ".join(proper)  # *Princess Abdul Akbar* is Jenny Abdul Akbar.
    elif len(proper) > 1:
        given, family = proper[0], " ".join(proper[1:])
        if married and GIVEN_NAMES.get(given) != "f":
            given, style = "", given  # *Mrs. Newland Archer* bears her husband's name.
    elif title and not _title_with_given(title, proper[0]):
        family = proper[0]
    else:
        given = proper[0]
    if gender == "x" and given:
        gender = told.get(given) or GIVEN_NAMES.get(given, "x")
    return _Form(title, given, family, gender, married, style)


def _title_with_given(title: str, name: str) -> bool:
    """Tell whether *Sir Thomas* is meant, and not *Miss Howard*."""
    if title in _KIN_NAMES:
        return True
    gender, told = TITLES[title], GIVEN_NAMES.get(name)
    return title in _WITH_GIVEN and told is not None and gender in ("x", told)


def _fullness(form: _Form) -> int:
    return 2 * bool((form.given or form.style) and form.family) + bool(form.title)


def _fits(person: Person, form: _Form, sighting: Sighting) -> bool:
    """Tell whether a name can be one more name of a person."""
    if "x" not in (person.gender, form.gender) and person.gender != form.gender:
        return False
    another_wife = form.style and person.style != form.style
    if another_wife or not _rank_fits(person, form, sighting) or _meet(person, sighting):
        return False
    several = person.styles_wife or (form.married and person.beside_miss)
    if several and _is_head(person, form, sighting):
        return False
    if sighting.role or any(s.role for s in person.sightings):
        return any(_same_role(s, sighting) for s in person.sightings)
    if form.given and form.family:
        return (
            person.family in ("", form.family)
            and _same_given(person.given, form.given)
            and (bool(person.family) or bool(person.given))
        )
    word = (form.family or form.given).split()[-1]
    if person.family.split()[-1:] == [word] and _title_fits(person, form):
        return not (person.married and not form.title)
    if not person.given and not form.title and alike(word, person.family):
        return True
    if form.married:
        return word in person.given and person.married  # *Mrs. Rachel* is Mrs. Rachel Lynde.
    if form.title and form.family and word not in GIVEN_NAMES:
        return False
    # *Jacky* alone is no J. Finch: many names begin so.
    spelt = {one for one in person.given if len(one) > 1 or len(word) == 1}
    given = _same_given(spelt, word) or any(
        clips(sighting, one) or clips(sighting, one, longer=True) for one in person.given
    )
    return given and (word in person.given or not _ranked(person))


def _same_role(one: Sighting, other: Sighting) -> bool:
    """Tell whether two callings are one: *the Rabbit* is the White Rabbit."""
    short, long = sorted((one.name, other.name), key=len)
    return short == long or (one.role and other.role and short == long[-1:])


def _is_head(person: Person, form: _Form, sighting: Sighting) -> bool:
    """Tell whether *Mr. Finch* is the head of a family in which *Tom Finch* is another."""
    full = sum(s.count for s in person.sightings if len(s.proper) > 1)
    return bool(form.title) and not form.given and sighting.count >= _OUTSTANDING * full


def _rank_fits(person: Person, form: _Form, sighting: Sighting) -> bool:
    """Tell whether *Sir Thomas*, *Captain Finch* can be a person's title too."""
    titles = {s.title for s in person.sightings if s.title}
    if titles <= _NOBLE and form.title in _NOBLE:
        return True
    ranks = titles & _RANKS
    if form.title in _RANKS:
        return form.title in titles or not titles
    if not ranks or not form.title:
        return True
    used = max(s.narrated for s in person.sightings if s.title in ranks)
    return sighting.narrated < max(_LEAST_TITLED, _TITLED_SHARE * used)


def _meet(person: Person, sighting: Sighting) -> bool:
    """Tell whether narration sets the name beside the person's others: *George and Mr. Emerson*."""
    for other in person.sightings:
        rarer = min(len(other.places), len(sighting.places))
        if set(other.name) & set(sighting.name):
            continue
        met = _meetings(other.places, sighting.places) if rarer >= _MEETINGS[0][0] else 0
        if any(met >= least and met >= share * rarer for least, share in _MEETINGS):
            return True
    return False


def _meetings(one: Sequence[int], other: Sequence[int]) -> int:
    """Count the places of ``one`` that have a place of ``other`` near by."""
    return sum(
        bisect_left(other, place - _NEAR) < bisect_left(other, place + _NEAR) for place in one
    )


def _ranked(person: Person) -> bool:
    """Tell whether a rank goes with the person's name; such are not called by a nickname."""
    return any(s.title in _RANKS for s in person.sightings)


def _title_fits(person: Person, form: _Form) -> bool:
    """Tell whether *Miss Finch* or *Mr Finch* can be this Finch."""
    if form.title in _NOBLE and all(s.title in _NOBLE for s in person.sightings if s.title):
        return True
    if form.married != person.married and any(s.title for s in person.sightings):
        return form.gender == "m"
    return form.gender != "x" or not form.title or person.gender in ("m", "x")


def _same_given(known: set[str], given: str) -> bool:
    if not known or given in known:
        return bool(known)
    return any(alike(one, given) for one in known)


def alike(one: str, other: str) -> bool:
    """Tell whether two given names can be one person's: initials, nicknames, pet names."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    if _pet_name(one, other) or _pet_name(other, one):
        return True
    longer, shorter = NICKNAMES.get(one, frozenset()), NICKNAMES.get(other, frozenset())
    return other in longer or one in shorter or bool(longer & shorter)


def clips(sighting: Sighting, given: str, *, longer: bool = False) -> bool:
    """Tell whether a name that is only ever called is a given name cut short: *Jo* for Jonah.

    With ``longer``, whether the given name is cut short of it. Where narration uses both, they may
    be two people.
    """
    if sighting.narrated or not sighting.called or len(sighting.name) > 1:
        return False
    name = sighting.name[0]
    short, long = (given, name) if longer else (name, given)
    least = _LEAST_STEM if longer else _LEAST_CLIP
    return least <= len(short) <= len(long) - _CUT and long.startswith(short)


def _pet_name(short: str, long: str) -> bool:
    """Tell whether one name is the other cut short, *Letty* for Lettice, or drawn out: *Kitty*."""
    stem = short.removesuffix("ie").removesuffix("y")
    if stem != short and long in (stem, stem[:-1] if stem[-2:-1] == stem[-1:] else stem):
        return len(long) >= _LEAST_STEM
    return (
        stem != short
        and len(stem) >= _LEAST_STEM
        and len(long) > len(short)
        and long.startswith(stem)
    )


def _closeness(person: Person, form: _Form) -> tuple[int, bool, int]:
    """Rank fitting people: the very name first, then family names (a man's if bare), nicknames.

    Of those who bear it alike it is whoever has the title, then whoever is named most with it.
    """
    word = (form.family or form.given).split()[-1]
    titled = bool(form.title) and any(s.title == form.title for s in person.sightings)
    bearing = sum(s.count for s in person.sightings if word in s.name)
    if form.given and form.given in person.given:
        return 3, titled, bearing
    if person.family.split()[-1:] != [word]:
        return 0, titled, 0
    return (2 if form.title or person.gender == "m" else 1), titled, bearing


def display_name(person: Person) -> str:
    """Choose the name that a reader knows the person by: the most frequent, and its fuller form."""
    often = max(person.names, key=lambda n: (person.names[n], len(n), n))
    total = sum(person.names.values())
    longer = [n for n in person.names if often in n and person.names[n] * 10 >= total]
    return max(longer, key=lambda n: (len(n.split()), person.names[n], n), default=often)
