"""Who tells a story in the first person, and what the others call them."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from fullcast.analysis.lexicon import NOT_PEOPLE, PAST_VERBS, TITLES
from fullcast.analysis.people.find import slug
from fullcast.analysis.people.grounds import known_as
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.words import Words
from fullcast.model import BlockKind, Character

_NARRATOR_RATE = 0.01
"""Share of *I* among the words of narration from which somebody in the story tells it."""
_LEAST_I = 3
_OWN_SHARE = 0.02
"""Share of *I said* among the tags from which the narrator is one of the cast."""
_NARRATOR = "Narrator"
_ADDRESSED = "You"
"""A hero to whom the story is told: *you say*."""
_NARRATED_SHARE = 0.35
"""A narrator is named almost only in what others say."""
_ACTS_SHARE = 0.1
"""So often, for each call, a narrator may be named as one who acts: in a letter, by another."""
_DOES = PAST_VERBS | {"has", "had", "was", "is", "does"}
_LEAST_CALLS = 2
_TURNS_REACH = 7
"""So many turns from one of the narrator's, turn and turn about still tells who speaks."""
_COURTESIES = frozenset(
    "Mr Mister Mrs Miss Ms Mx Sir Madam Lady Lord M Mme Madame Mlle Mademoiselle Monsieur Signor "
    "Signora Senor Señor Senora Señora Don Dame Saint St Hon Honourable Esq Major General Private "
    "Minister Justice Brother Sister Cousin".split()
)
"""Titles that call anybody, or are common words too."""
_TITLE_CALLED = re.compile(
    rf"(?:\A\W*|, )({'|'.join(sorted({*TITLES, 'Mom', 'Dad', 'Boss', 'Doc'} - _COURTESIES))})"
    r"(?=[,.!?…—])"
)
"""*“Shoes, Detective.”*"""

_NAME = r"((?:[A-Z][\w’'-]*[^\W_]\s?){1,3})"
_TELLS_NAME = re.compile(
    r"\b(?:[Mm]y|[Yy]our) name(?:['’]s| is| was) "
    rf"{_NAME}|\b(?:[Cc]all|called|christened|named) (?:me|you) {_NAME}"
)
"""*Call me Ishmael.*"""
_SAYS_NAME = re.compile(
    rf"\b[Mm]y name(?:['’]s| is) {_NAME}|\b(?:I['’]m|I am|[Ii]t['’]s|[Tt]his is) {_NAME}(?=[.,!—])"
)
"""*“Dad, it’s Victor!”*"""

_Calls = Mapping[str, Sequence[int]]
_Whose = Mapping[int, bool]
"""By turn with a tag or a deed beside it, whether that is the narrator’s: *I said*, *I nodded*."""


def find_narrator(
    words: Words,
    cast: Sequence[Character],
    scene: Scene,
    calls: _Calls,
    narrated: Mapping[str, int],
    told: Callable[[int], bool],
) -> tuple[Sequence[Character], str | None]:
    """Return the cast with its narrator, and the narrator's id if there is one.

    Args:
        words: The book's.
        cast: The people named in it.
        scene: What tags and calls say of them.
        calls: For each character the quotations that call them.
        narrated: How often narration names each.
        told: Whether a place in the text is narration.
    """
    headed = Counter(who for who in scene.tellers.tellers if who)
    tags = {
        n: found[0]
        for n, found in enumerate(scene.tags)
        if found and not scene.tellers.at(scene.quotations[n].span.start)
    }
    spoken = [tag.subject.first_person for tag in tags.values() if tag.verb]

    def told_unheaded(place: int) -> bool:
        return told(place) and not scene.tellers.at(place)

    if sum(spoken) <= _OWN_SHARE * len(spoken) and not _has_narrator(words, told_unheaded):
        foremost = max(headed, key=lambda c: (headed[c], c), default=None)
        tells = (replace(c, narrator=c.id == foremost) for c in cast)
        return (list(tells) if foremost else cast), foremost
    whose = {n: tag.subject.first_person for n, tag in tags.items()}
    own = [c for c in cast if not _acts(c, calls, scene, words)]
    said = _own_name(scene, whose)
    named = _named_by_others(own, calls, narrated, whose, scene.genders) or [
        c for c in cast if said in (c.name, *c.aliases)
    ]
    if named:
        return _as_one(cast, named)
    aliases = (said,) if said else _titles_called(scene, cast, whose)
    name = aliases[0] if aliases else _unnamed(words, scene)
    narrator = Character(
        id=slug(name, {c.id for c in cast}), name=name, aliases=aliases, narrator=True
    )
    return [*cast, narrator], narrator.id


def _has_narrator(words: Words, told: Callable[[int], bool]) -> bool:
    """Tell whether narration says *I* often enough for a narrator in the story."""
    total = own = 0
    for start, form in zip(words.starts, words.forms, strict=True):
        if told(start):
            total += 1
            own += form == "I"
    return own > _NARRATOR_RATE * total and own >= _LEAST_I


def _named_by_others(
    cast: Sequence[Character],
    calls: _Calls,
    narrated: Mapping[str, int],
    whose: _Whose,
    genders: Mapping[str, str],
) -> list[Character]:
    """Find whom others call when they answer *I said*, and narration hardly names.

    Where nobody is called so often, whoever narration never names and others call, as turn and
    turn about tells, is the narrator, under as many names as that.
    """
    own = {n for n, narrators in whose.items() if narrators}

    def by_others(character: Character) -> list[int]:
        return [n for n in calls.get(character.id, ()) if n not in own]

    def beside_own(character: Character) -> int:
        return sum(2 * (n - 1 in own) + (n + 1 in own) for n in by_others(character))

    def own_calls(character: Character) -> int:
        return sum(n in own for n in calls.get(character.id, ()))

    hardly = (c for c in cast if _hardly_narrated(c, calls, narrated))
    named = [c for c in hardly if own_calls(c) < max(1, len(by_others(c)))]
    best = max(named, key=lambda c: (beside_own(c), len(calls[c.id])), default=None)
    if best and len(calls[best.id]) > _LEAST_CALLS:
        return [best]
    others = [c for c in named if not narrated[c.id] and _by_turns(calls[c.id], whose) > 0]
    if best and (beside_own(best) or (len(named) == 1 and by_others(best))):
        others = [best, *(c for c in others if c is not best)]
    return [c for c in others if {genders[c.id], genders[others[0].id]} != {"f", "m"}]


def _acts(character: Character, calls: _Calls, scene: Scene, words: Words) -> bool:
    """Tell whether narration says what somebody does, as no *I* says of themself."""
    deeds = 0
    for naming, subject in zip(scene.narrated, scene.subjects, strict=True):
        if naming.characters == (character.id,):
            verb = words.at_or_after(naming.end)
            near = words.starts[verb : verb + 1] == [naming.end + 1]
            deeds += subject or (near and words.lower[verb] in _DOES)
    deeds += sum(
        tag.verb is not None and tag.subject.characters == (character.id,)
        for found in scene.tags
        for tag in found[:1]
    )
    return deeds > _ACTS_SHARE * len(calls.get(character.id, ()))


def _hardly_narrated(character: Character, calls: _Calls, narrated: Mapping[str, int]) -> bool:
    called = len(calls.get(character.id, ()))
    share = narrated[character.id] / max(called + narrated[character.id], 1)
    return called > 0 and share <= _NARRATED_SHARE


def _by_turns(called: Sequence[int], whose: _Whose) -> int:
    """Weigh whether calls are others', turn and turn about from a turn whose speaker is told."""
    total = 0
    for n in called:
        near = min(whose, key=lambda t: (abs(n - t), t), default=n)
        own = whose.get(near, False) != bool((n - near) % 2)
        if near == n and own:
            return -1
        total += (-1 if own else 1) if abs(n - near) <= _TURNS_REACH else 0
    return total


def _as_one(cast: Sequence[Character], named: Sequence[Character]) -> tuple[list[Character], str]:
    """Make one narrator of all who bear the narrator's names."""
    first, *others = sorted(named, key=lambda c: -max(map(len, (c.name, *c.aliases))))
    gone = {c.id for c in others}
    teller = replace(first, narrator=True)
    for other in others:
        teller = known_as(teller, other.aliases, "the others call the narrator so")
    rest = (replace(c, narrator=False) for c in cast if c.id not in gone)
    return [teller if c.id == first.id else c for c in rest], first.id


def _own_name(scene: Scene, whose: _Whose) -> str | None:
    """Return what the narrator tells, or says in talk, that they are called."""
    told = (
        (_TELLS_NAME, span)
        for paragraph in scene.layout.paragraphs
        if paragraph.kind is BlockKind.PARAGRAPH
        for span in paragraph.narration()
    )
    said = (
        (_SAYS_NAME, span)
        for number, own in sorted(whose.items())
        if own
        for span in scene.quotations[number].spans
    )
    for pattern, span in (*told, *said):
        for found in pattern.finditer(scene.text, span.start, span.end):
            name = " ".join(next(filter(None, found.groups())).split())
            if not (NOT_PEOPLE | TITLES.keys()).intersection(name.split()):
                return name
    return None


def _unnamed(words: Words, scene: Scene) -> str:
    """Return how to call a narrator without a name."""
    own = next((n for n, form in enumerate(words.lower) if form == "i"), None)
    addressed = own is not None and scene.text[words.starts[own]] in "yY"
    return _ADDRESSED if addressed else _NARRATOR


def _titles_called(scene: Scene, cast: Sequence[Character], whose: _Whose) -> tuple[str, ...]:
    """Return titles that call the narrator and are nobody's else: *“Shoes, Detective.”*."""
    borne = set().union(*scene.titles.values())
    borne |= {alias.removeprefix("the ").lower() for c in cast for alias in c.aliases}
    called: Counter[str] = Counter()
    for number, quotation in enumerate(scene.quotations):
        if whose.get(number):
            continue
        for part in quotation.spans:
            called.update(found[1] for found in _TITLE_CALLED.finditer(part.of(scene.text)))
    found = [title for title, _ in called.most_common() if title.lower() not in borne]
    return tuple(found[:1])
