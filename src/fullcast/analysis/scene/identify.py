"""Who is who beyond their names: the narrator, those only called, those only described."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from fullcast.analysis.lexicon import LADIES, LORDS, PEOPLE, TITLES
from fullcast.analysis.people.find import slug
from fullcast.analysis.people.gender import GENDERS
from fullcast.analysis.people.grounds import known_as
from fullcast.analysis.people.join import alike
from fullcast.analysis.people.names import is_passing, is_titled, only_titled
from fullcast.analysis.scene.cues import Tag
from fullcast.analysis.scene.doubles import join_doubles
from fullcast.analysis.scene.epithets import EpithetReader
from fullcast.analysis.scene.nameless import add_nameless
from fullcast.analysis.scene.narrator import find_narrator
from fullcast.analysis.scene.phrases import Subject
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.scene.tags import find_handles
from fullcast.analysis.words import Words
from fullcast.model import Character, Gender, Span

_VAGUE = frozenset(
    """man woman lady gentleman fellow person other others voice friend companion stranger speaker
    husband wife mother father brother sister son daughter aunt uncle cousin niece nephew lover
    partner parent owner leader chief all both everyone everybody men women people party company
    youth young younger elder eldest oldest youngest visitor guest host hostess hero heroine
    chap individual creature one face figure form head intruder newcomer latter former papa
    mamma mama mother mum dad daddy mummy grandfather grandmother lord master mistress sir madam
    neighbour neighbor blond blonde brunet brunette redhead teen teenager roommate flatmate
    classmate teammate coworker colleague alpha omega twin rookie vampire werewolf hunter mage
    healer villain mutant""".split()
)
"""Nouns that mostly stand for somebody named already."""
_KIN = frozenset(
    "wife husband son daughter niece nephew aunt auntie aunty uncle brother sister mother father "
    "cousin grandma grandmother granny mum mama mamma grandpa grandfather papa nurse lady "
    "miss".split()
)
_PARENTS = frozenset(
    "mother father mum mama mamma papa grandma grandmother granny grandpa grandfather".split()
)
_IN_FULL = {"Dr": "doctor", "Prof": "professor", "Capt": "captain", "Col": "colonel",
            "Gen": "general", "Lt": "lieutenant", "Sgt": "sergeant", "Rev": "reverend",
            "Sister": "nun", "Father": "priest"}  # fmt: skip
_CLIPPED = {"Sarge": "sergeant", "Doc": "doctor", "Cap": "captain", "Lieu": "lieutenant"}
_YOUNG = frozenset("girl boy child lad lass kid youngster".split())
_GROWN = frozenset("mr mrs ms dr sir lady lord captain colonel professor".split())
_NEARBY = 8
"""So many names back somebody described may have been named."""
_LEAST_CALLS = 2
_LEAST_ANSWERS = 3
_CLEARLY = 1.5
"""So many times as often as anybody else somebody must answer to a name."""
_ABOVE = 4
"""So many times as often as another general somebody is named to be *the general*."""


def identify(
    words: Words, cast: Sequence[Character], scene: Scene, told: Callable[[int], bool]
) -> list[Character]:
    """Return the cast with its narrator, without doubles, and with those who speak unnamed.

    Args:
        words: The book's.
        cast: The people named in it.
        scene: What tags and calls say of them.
        told: Whether a place in the text is narration.
    """
    calls = _calls(scene)
    narrated = Counter(c for naming in scene.narrated for c in naming.characters)
    cast, teller = find_narrator(words, _join_clipped(cast), scene, calls, narrated, told)
    tellers = {teller, *scene.tellers.tellers}
    cast = _present(_join_called(cast, calls, narrated, scene, teller), narrated, tellers)
    cast = _join_callings(_join_answering(cast, calls, scene, teller), words, narrated)
    cast = join_doubles(cast, scene, teller)
    cast = add_nameless(_add_unnamed(cast, scene, words), scene, words, told)
    return [*cast, *find_handles(scene.text, scene.layout, {c.id for c in cast})]


def _calls(scene: Scene) -> dict[str, list[int]]:
    """Return for each character the quotations that call them."""
    calls: dict[str, list[int]] = {}
    for number, called in enumerate(scene.called):
        for character in sorted(called):
            calls.setdefault(character, []).append(number)
    return calls


def _join_called(
    cast: Sequence[Character],
    calls: dict[str, list[int]],
    narrated: Counter[str],
    scene: Scene,
    teller: str | None,
) -> list[Character]:
    """Join a name that is only ever called to the one who speaks beside those calls.

    *“The bench is bought, Edwin,”* tells that Mr. Tapscott, who spoke before, is Edwin.
    """
    named = [scene.named(t) for t in range(len(scene.quotations))]
    people = {c.id: c for c in cast}
    for character in cast:
        at = calls.get(character.id, [])
        full = any(" " in alias for alias in character.aliases)
        if narrated[character.id] or full or character.id == teller or len(at) < _LEAST_CALLS:
            continue
        beside = Counter(
            named[n + step]
            for n in at
            for step in (-1, 1)
            if 0 <= n + step < len(named) and named[n + step] != named[n]
        )
        other = _outstanding(beside, character, people, teller, scene)
        if other:
            reason = "speaks beside those calls"
            people[other] = known_as(people[other], character.aliases, reason, _turn(scene, at[0]))
            del people[character.id]
    return list(people.values())


def _present(
    cast: Sequence[Character], narrated: Counter[str], tellers: Collection[str | None]
) -> list[Character]:
    """Leave out names that are only called or spoken of, if anybody else is about."""
    about = [c for c in cast if narrated[c.id] or c.id in tellers]
    return about if len(about) > 1 else list(cast)


def _outstanding(
    beside: Counter[str | None],
    character: Character,
    people: dict[str, Character],
    teller: str | None,
    scene: Scene,
) -> str | None:
    """Return who speaks beside the calls at least twice and twice as often as anybody else."""
    fitting = [
        (count, other)
        for other, count in beside.items()
        if other in people and other not in (character.id, teller)
        if only_titled(people[other])
        if {scene.genders[other], scene.genders[character.id]} != {"f", "m"}
    ]
    fitting.sort(key=lambda pair: (-pair[0], pair[1] or ""))
    if not fitting or fitting[0][0] < _LEAST_CALLS:
        return None
    clear = len(fitting) == 1 or fitting[0][0] >= 2 * fitting[1][0]
    return fitting[0][1] if clear else None


def _turn(scene: Scene, number: int) -> Span:
    return scene.quotations[number].span


def _add_unnamed(cast: Sequence[Character], scene: Scene, words: Words) -> list[Character]:
    """Add those who speak under a description: *the landlord*, *the boys*.

    Where it means somebody named, it is one more name of theirs; where nothing tells which of
    those who are about, it stays a mere description.
    """
    people = {c.id: c for c in cast}
    known = {alias.lower() for c in cast for alias in (c.name, *c.aliases)}
    taken = set(people)
    reader = EpithetReader(scene, cast, words)
    described = _described(scene)
    for name in sorted(described, key=lambda n: -len(described[n].turns)):
        bare = name.removeprefix("the ")
        if bare in known or name in known:
            continue
        epithet = reader.find(name, described[name].turns)
        meant = reader.read(epithet) if epithet else None
        if meant:
            bearer = people[meant.character]
            people[bearer.id] = known_as(bearer, (name,), meant.reason, meant.evidence)
        elif not (epithet and reader.leaves_open(epithet)):
            new = _unnamed(name, described[name].shown, taken)
            people[new.id] = new
    return list(people.values())


def _unnamed(name: str, shown: str, taken: set[str]) -> Character:
    """Make a character of a description."""
    gender = PEOPLE.get(name.split()[-1], "x")
    return Character(
        id=slug(name, taken),
        name=shown[0].upper() + shown[1:],
        aliases=(name if shown[1:].islower() else shown,),
        gender=GENDERS.get(gender, Gender.UNKNOWN),
        group=gender == "p",
    )


def _join_answering(
    cast: Sequence[Character], calls: dict[str, list[int]], scene: Scene, teller: str | None
) -> list[Character]:
    """Join *Aunt Juley* to the Mrs. Munt who answers when she is called, and never calls her."""
    named = [scene.named(t) for t in range(len(scene.quotations))]
    support, against = _answers(calls, named)
    answering_to: dict[str, list[tuple[int, str]]] = {}
    for (called, answering), count in support.items():
        answering_to.setdefault(called, []).append((count, answering))
    people, speaks = {c.id: c for c in cast}, Counter(named)
    for (called, answering), count in sorted(support.items(), key=lambda p: (-p[1], p[0])):
        pair = frozenset((called, answering))
        if not pair <= people.keys() or teller in pair:
            continue
        one, other = people[called], people[answering]
        if {scene.genders.get(called), scene.genders.get(answering)} == {"f", "m"}:
            continue
        rivals = max((n for n, a in answering_to[called] if a != answering), default=0)
        clear = count >= max(2 * against[pair], 1 + _CLEARLY * rivals, speaks[called] + 1)
        if clear and count >= _answers_needed(one, other):
            place = _turn(scene, calls[called][0])
            people[answering] = known_as(other, one.aliases, "answers to it", place)
            del people[called]
    return list(people.values())


def _answers_needed(called: Character, other: Character) -> float:
    """Return how often somebody must answer to a name before it is taken for theirs."""
    if not any(is_titled(alias) for alias in called.aliases):
        words = {word for alias in other.aliases for word in alias.split()}
        pet = any(alike(a, b) for a in called.aliases for b in words if " " not in a)
        return _LEAST_ANSWERS if pet else inf
    if not _of_a_kind(called, other):
        return _LEAST_ANSWERS
    families = [{a.split()[-1] for a in c.aliases if " " in a} for c in (called, other)]
    miss = only_titled(called) and not only_titled(other) and families[0] & families[1]
    return 2 * _LEAST_ANSWERS if miss else inf


def _answers(
    calls: dict[str, list[int]], named: Sequence[str | None]
) -> tuple[Counter[tuple[str, str]], Counter[frozenset[str]]]:
    """Count who speaks beside the calls of whom, and what shows that two are not one."""
    support: Counter[tuple[str, str]] = Counter()
    against: Counter[frozenset[str]] = Counter(
        frozenset((a, b)) for a, b in pairwise(named) if a and b and a != b
    )
    for called, turns in calls.items():
        for t in turns:
            speaker = named[t]
            if speaker and speaker != called:
                against[frozenset((called, speaker))] += 1
            beside = {named[n] for n in (t - 1, t + 1) if 0 <= n < len(named)}
            support.update((called, b) for b in beside if b and b not in (called, speaker))
    return support, against


def _of_a_kind(one: Character, other: Character) -> bool:
    """Tell whether two are both named by kinship, or both by family: then they are two."""
    kin = [any(a.split()[0].lower() in _KIN for a in c.aliases) for c in (one, other)]
    full = any(len(alias.split()) > 1 and not is_titled(alias) for alias in other.aliases)
    return full or (kin[0] == kin[1] and only_titled(other))


def _join_clipped(cast: Sequence[Character]) -> list[Character]:
    """Let *Sarge* be Sergeant Bolt, where there is one sergeant."""
    people = {c.id: c for c in cast}
    for character in cast:
        meant = _CLIPPED.get(character.name)
        if meant is None:
            continue
        bearers = [c for c in people.values() if meant in _callings(c)]
        if len(bearers) == 1 and bearers[0].id != character.id:
            reason = "short for the title"
            people[bearers[0].id] = known_as(bearers[0], character.aliases, reason)
            del people[character.id]
    return list(people.values())


def _join_callings(
    cast: Sequence[Character], words: Words, narrated: Counter[str]
) -> list[Character]:
    """Let *the general* be General Finch, where there is one general, or one above all others."""
    bearers: dict[str, list[str]] = {}
    for character in cast:
        for calling in sorted(_callings(character)):
            bearers.setdefault(calling, []).append(character.id)
    people = {c.id: c for c in cast}
    used = {w for the, w in pairwise(words.lower) if the == "the"} | _alone(words)
    for calling, ids in bearers.items():
        ids = sorted((i for i in ids if i in people), key=lambda i: (-narrated[i], i))
        several = len(ids) > 1 and narrated[ids[0]] < _ABOVE * narrated[ids[1]]
        if not ids or several or calling not in used:
            continue
        bearer = people[ids[0]]
        aliases: tuple[str, ...] = (f"the {calling}",)
        for other in cast:
            own = other.id != bearer.id and other.id in people
            if own and other.name.lower() in (calling, f"the {calling}"):
                aliases = other.aliases
                del people[other.id]
        people[bearer.id] = known_as(bearer, aliases, "bears the title")
    return list(people.values())


def _alone(words: Words) -> set[str]:
    """Return the titles that stand without a name somewhere, folded: *“Yes, Captain.”*."""
    last = len(words.forms) - 1
    return {
        _IN_FULL.get(form, form.lower())
        for at, form in enumerate(words.forms)
        if form in TITLES
        and (
            at == last
            or words.starts[at + 1] - words.ends[at] > 1
            or words.forms[at + 1][0].islower()
        )
    }


def _callings(character: Character) -> set[str]:
    firsts = {alias.split()[0].rstrip(".") for alias in character.aliases if " " in alias}
    full = {_IN_FULL.get(first, first.lower()) for first in firsts if first in TITLES}
    return {calling for calling in full if calling in PEOPLE} - _KIN


@dataclass(slots=True)
class _Described:
    """Somebody nameless who speaks or acts by speech."""

    turns: list[int] = field(default_factory=list)
    written: Counter[str] = field(default_factory=Counter)

    @property
    def shown(self) -> str:
        """The description as it is mostly written."""
        return self.written.most_common(1)[0][0]


def _described(scene: Scene) -> dict[str, _Described]:
    """Return the descriptions, folded, under which somebody nameless speaks or acts by speech."""
    found: dict[str, _Described] = {}
    for turn in range(len(scene.tags)):
        tag = scene.tag(turn)
        if tag is None or not tag.subject.head or tag.subject.characters:
            continue
        phrase = " ".join(tag.subject.span.of(scene.text).split())
        if _is_somebody_new(scene, tag, phrase.lower()):
            described = found.setdefault(phrase.lower(), _Described())
            described.turns.append(turn)
            described.written[phrase] += 1
    return {name: each for name, each in found.items() if _may_be_somebody(name, each)}


def _may_be_somebody(name: str, described: _Described) -> bool:
    """Tell *the boots*, who speak once in a joke, from a nameless person or a talking Mouse."""
    known = name.rpartition(" ")[2] in PEOPLE
    return known or len(described.turns) > 1 or not described.shown.islower()


def _is_somebody_new(scene: Scene, tag: Tag, phrase: str) -> bool:
    """Tell whether a description can be nobody named: *a voice*, *the landlord*, *his mother*."""
    subject = tag.subject
    first, _, rest = phrase.partition(" ")
    if is_passing(phrase):
        kin = subject.head in _KIN and subject.head not in _titles_in_use(scene)
        if kin and subject.head not in _PARENTS:
            kin = not _about(scene, subject)
        indefinite = first in ("a", "an", "one", "another", "someone", "somebody")
        somebody = indefinite and subject.head not in ("voice", "voices")
        return tag.verb is not None and (somebody or kin)
    if first != "the" or not rest or subject.head in _VAGUE:
        return False
    if subject.head in _YOUNG and _young_about(scene, subject):
        return False
    return tag.verb is not None or tag.rank in (2, 3)


def _titles_in_use(scene: Scene) -> set[str]:
    """Return the kin that titles may stand for: a *Mrs.* is somebody's mother or wife."""
    titles = set().union(*scene.titles.values())
    return ({"mother", "wife"} if titles & LADIES else set()) | (
        {"father", "husband"} if titles & LORDS else set()
    )


def _about(scene: Scene, subject: Subject) -> bool:
    """Tell whether *her aunt* may be somebody named near by."""
    return any(scene.genders.get(c, "x") == subject.gender for c in _nearby(scene, subject))


def _young_about(scene: Scene, subject: Subject) -> bool:
    """Tell whether *the girl* may be somebody named near by, and not a Mrs. or a Mr."""
    return any(
        scene.genders.get(c, "x") in (subject.gender, "x")
        and not scene.titles.get(c, frozenset()) & _GROWN
        for c in _nearby(scene, subject)
    )


def _nearby(scene: Scene, subject: Subject) -> Iterator[str]:
    for naming in scene.named_before(subject.span.start, _NEARBY):
        yield from naming.characters
