"""Two in the cast who are one person: *Aunt Celia, Mrs. Milvain*; Miss Taylor who married."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fullcast.analysis.people.grounds import joined
from fullcast.analysis.people.names import only_titled
from fullcast.analysis.scene.scene import Scene
from fullcast.model import Character, Span

_KIN = frozenset("Aunt Auntie Aunty Uncle Cousin Granny Grandma Grandpa Mother Father".split())
_WIVES = frozenset(("Mrs", "Mme", "Madame"))
_SET_BESIDE = re.compile(r",\s+(?:(?:his|her|my|our|their)\s+)?|\s*\(")
_WEDLOCK = re.compile(r"\b(?:wife|husband|married|marriage|wedding)\b")
_WEDLOCK_REACH = 150
"""Characters of the text within which a word of marriage speaks of somebody named."""
_LEAST_WEDLOCK = 4
_LEAST_SHARE = 0.25
"""Share of the words of marriage near a woman's name that have the husband's near by too."""
_LEAST_PLACES = 5
_MEETING_REACH = 80
_MOST_MEETINGS = 1
_MEETINGS_SHARE = 0.06
_TALK_REACH = 8
_LEAST_TOGETHER = 8
_SAME_SIDE = 0.5
_LEAST_CALLS = 2
_SHORT_STORY = 100_000
"""Characters up to which a story may be of two alone."""


@dataclass(frozen=True, slots=True)
class _Double:
    """Two ids that are one person's, and what tells so."""

    kept: str
    gone: str
    reason: str
    evidence: Span | None


def join_doubles(cast: Sequence[Character], scene: Scene, teller: str | None) -> list[Character]:
    """Return the cast with one character for two names that are shown to be one person's.

    Args:
        cast: The people named in the story.
        scene: What tags and calls say of them.
        teller: The narrator's id, if there is one.
    """
    finder = _Finder([c for c in cast if c.id != teller and not c.group], scene)
    people = {c.id: c for c in cast}
    for found in (finder.stated, finder.married, finder.taking_turns, finder.left_with(teller)):
        for double in found():
            if {double.kept, double.gone} <= people.keys():
                one, other = people[double.kept], people.pop(double.gone)
                people[one.id] = joined(one, other, double.reason, double.evidence)
    return list(people.values())


class _Finder:
    """Looks for what shows that two are one."""

    def __init__(self, cast: Sequence[Character], scene: Scene) -> None:
        self._scene = scene
        self._cast = {c.id: c for c in cast if c.aliases}
        self._named = [scene.named(t) for t in range(len(scene.quotations))]
        inside = (naming for found in scene.named_in_speech for naming in found)
        namings = [n for n in (*scene.narrated, *inside) if len(n.characters) == 1]
        self._namings = sorted(namings, key=lambda naming: naming.start)
        self._places: dict[str, list[int]] = {c.id: [] for c in cast}
        for naming in scene.narrated:
            if len(naming.characters) == 1 and naming.characters[0] in self._places:
                self._places[naming.characters[0]].append(naming.start)

    def stated(self) -> Iterable[_Double]:
        """Yield *Mrs. Cosham (Aunt Millicent)* and *Mrs. Milvain, her aunt Celia*."""
        text = self._scene.text
        narrated = self._scene.narrated
        for first, second in pairwise(narrated):
            ids = first.characters + second.characters
            if len(set(ids)) != len(ids) or not set(ids) <= self._cast.keys() or len(ids) != 2:
                continue
            closed = text[second.end : second.end + 1] in (",", ".", ")", ";")
            beside = _SET_BESIDE.fullmatch(text, first.end, second.start)
            kin = [_by_kinship(naming.span.of(text)) for naming in (first, second)]
            if closed and beside and sorted(kin) == [False, True] and self._may_be_one(*ids):
                kept, gone = ids if kin[1] else ids[::-1]
                yield _Double(kept, gone, "set beside", Span(first.start, second.end))

    def married(self) -> Iterable[_Double]:
        """Yield Miss Taylor as Mrs. Weston: words of marriage set her beside Mr. Weston."""
        near = self._wedlock()
        for wife in self._cast.values():
            if not _only_wife(wife) or len(self._places[wife.id]) < _LEAST_PLACES:
                continue
            husbands = self._husbands(wife)
            counts = {w: self._beside(near, w, husbands) for w in self._women(husbands)}
            for best in sorted(counts, key=lambda w: (-len(counts[w][0]), w)):
                both, share = counts[best]
                rivals = (s for b, s in counts.values() if 2 * len(b) >= len(both))
                if len(both) < _LEAST_WEDLOCK or share < max(_LEAST_SHARE, *rivals):
                    continue
                strange = not (self._scene.families[wife.id] & self._scene.families[best])
                if strange and self._may_be_one(wife.id, best) and not self._meet(wife.id, best):
                    more = sorted((wife.id, best), key=lambda c: (-len(self._places[c]), c))
                    yield _Double(more[0], more[1], "married", both[0])
                    break

    def _women(self, husbands: set[str]) -> list[str]:
        """Return who may be somebody's wife and is not called so yet."""
        return [
            woman.id
            for woman in self._cast.values()
            if self._scene.genders[woman.id] in ("f", "x")
            and woman.id not in husbands
            and not _any_wife(woman)
        ]

    def _beside(
        self, near: Sequence[tuple[Span, set[str]]], woman: str, husbands: set[str]
    ) -> tuple[list[Span], float]:
        """Return the words of marriage near a woman and a husband, and their share of hers."""
        alone = [place for place, ids in near if woman in ids]
        both = [place for place, ids in near if woman in ids and ids & husbands]
        return both, len(both) / max(1, len(alone))

    def _wedlock(self) -> list[tuple[Span, set[str]]]:
        """Return the words of marriage with who is named near them."""
        starts = [naming.start for naming in self._namings]
        found = []
        for match in _WEDLOCK.finditer(self._scene.text):
            low = bisect_left(starts, match.start() - _WEDLOCK_REACH)
            high = bisect_left(starts, match.start() + _WEDLOCK_REACH)
            about = {naming.characters[0] for naming in self._namings[low:high]}
            found.append((Span(*match.span()), about))
        return found

    def _husbands(self, wife: Character) -> set[str]:
        """Return the men whose name a wife bears."""
        words = [alias.split() for alias in wife.aliases]
        styles = {word for alias in words for word in alias[1:-1]}
        families = {alias[-1] for alias in words}
        return {
            man.id
            for man in self._cast.values()
            if self._scene.genders[man.id] != "f"
            and any(alias.split()[-1] in families for alias in man.aliases)
            and (not styles or any(styles & set(alias.split()) for alias in man.aliases))
        }

    def taking_turns(self) -> Iterable[_Double]:
        """Yield *Henry* and *Mr. Wilcox*, who share the talk and never answer each other."""
        at: dict[str, list[int]] = {}
        for turn, speaker in enumerate(self._named):
            if speaker in self._cast:
                at.setdefault(speaker, []).append(turn)
        for titled in self._cast.values():
            if not only_titled(titled):
                continue
            for other in self._cast.values():
                if any(" " in alias for alias in other.aliases):
                    continue
                apart = _apart(at.get(titled.id, ()), at.get(other.id, ()))
                even = sum(n % 2 == 0 for n in apart)
                together = len(apart) >= _LEAST_TOGETHER and even >= _SAME_SIDE * len(apart)
                if not together or 1 in apart or not self._may_be_one(titled.id, other.id):
                    continue
                if not self._meet(titled.id, other.id, _MEETINGS_SHARE):
                    more = sorted((titled.id, other.id), key=lambda c: (-len(self._places[c]), c))
                    yield _Double(more[0], more[1], "takes turns", None)

    def left_with(self, teller: str | None) -> Callable[[], Iterable[_Double]]:
        """Return what yields *Flack*, whom a narrator calls, as Dorian, where only he is about."""

        def left() -> Iterable[_Double]:
            about = [c for c in self._cast if self._places[c]]
            if teller is None or len(about) != 2 or len(self._scene.text) > _SHORT_STORY:
                return
            calls = {c: [t for t, ids in enumerate(self._scene.called) if c in ids] for c in about}
            for called, other in (about, about[::-1]):
                asked = len(calls[called]) >= _LEAST_CALLS and called not in self._named
                apart = not self._may_be_one(called, other) or self._meet(called, other)
                if asked and other in self._named and not apart:
                    turn = self._scene.quotations[calls[called][0]]
                    yield _Double(other, called, "nobody else is left", turn.span)

        return left

    def _may_be_one(self, one: str, other: str) -> bool:
        """Tell whether nobody answers or calls the other."""
        genders: Mapping[str, str] = self._scene.genders
        if {genders[one], genders[other]} == {"f", "m"}:
            return False
        pair = {one, other}
        for turn, speaker in enumerate(self._named):
            if speaker not in pair:
                continue
            if {speaker, *self._named[turn + 1 : turn + 2]} == pair:
                return False
            if self._scene.called[turn] & (pair - {speaker}):
                return False
        return True

    def _meet(self, one: str, other: str, share: float = 0.0) -> bool:
        """Tell whether narration sets two beside each other more than ``share`` of the time."""
        places = self._places[other]
        met = sum(
            bisect_left(places, at - _MEETING_REACH) < bisect_left(places, at + _MEETING_REACH)
            for at in self._places[one]
        )
        return met > max(_MOST_MEETINGS, share * min(len(places), len(self._places[one])))


def _apart(one: Sequence[int], other: Sequence[int]) -> list[int]:
    """Return how many turns apart two speak, wherever both take part in one conversation."""
    found = []
    for turn in one:
        low, high = (
            bisect_left(other, turn - _TALK_REACH),
            bisect_left(other, turn + 1 + _TALK_REACH),
        )
        found += [abs(turn - t) for t in other[low:high]]
    return found


def _by_kinship(name: str) -> bool:
    return name.split()[0].capitalize() in _KIN


def _only_wife(character: Character) -> bool:
    return all(alias.split()[0].rstrip(".") in _WIVES for alias in character.aliases)


def _any_wife(character: Character) -> bool:
    return any(alias.split()[0].rstrip(".") in _WIVES for alias in character.aliases)
