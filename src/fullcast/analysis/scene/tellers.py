"""Who tells a chapter that is headed with a name: *MINA*, *Jonathan Harker's Journal*."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fullcast.analysis.people.names import NameTable, Naming
from fullcast.analysis.scene.layout import Layout
from fullcast.analysis.words import Words, split_words
from fullcast.model import BlockKind

_NARRATOR_RATE = 0.01
"""Share of *I* among a chapter's words from which whom its heading names tells it."""
_LEAST_I = 2
_NAMED_SHARE = 0.05
"""So often, for each *I*, may who says it be named: a signature, a quoted letter."""
_LEAST_TELLERS = 2
"""Where just one is named, the heading may tell whom the chapter is about."""
_AROUND = frozenset(
    "the a of by from in to his her their chapter part book prologue epilogue journal diary story "
    "tale narrative account letter letters statement testimony confession memoir memoirs notes "
    "pov point view version told written kept recorded as continued concluded resumed begun "
    "i ii iii iv v vi vii viii ix x one two three four five six seven eight nine ten".split()
)
"""What may stand around a narrator's name in a heading."""
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class Tellers:
    """Who tells which stretch of the text, where headings say so."""

    starts: tuple[int, ...] = ()
    tellers: tuple[str | None, ...] = ()
    """For each stretch an id, or ``None`` where nobody is named for it."""

    def at(self, place: int) -> str | None:
        """Return whom a heading names as the one who tells a place."""
        number = bisect_right(self.starts, place) - 1
        return self.tellers[number] if number >= 0 else None


def find_tellers(
    text: str,
    words: Words,
    layout: Layout,
    names: NameTable,
    narrated: Sequence[Naming],
    told: Callable[[int], bool],
) -> Tellers:
    """Find the chapters that somebody tells in the first person under a heading with their name.

    Args:
        text: The book's.
        words: Its words.
        layout: Where its headings stand.
        names: Those of the cast.
        narrated: Where narration has them.
        told: Whether a place in the text is narration, and not said.
    """
    stretches = list(_stretches(text, layout, names))
    found = [
        (start, teller if teller and _tells(teller, own, narrated, start, end) else None)
        for (start, teller), (end, _) in pairwise((*stretches, (len(text), None)))
        for own in [_count_i(words, start, end, told) if teller else 0]
    ]
    if len({teller for _, teller in found} - {None}) < _LEAST_TELLERS:
        return Tellers()
    return Tellers(tuple(start for start, _ in found), tuple(teller for _, teller in found))


def _stretches(text: str, layout: Layout, names: NameTable) -> Iterator[tuple[int, str | None]]:
    for paragraph in layout.paragraphs:
        if paragraph.kind is BlockKind.HEADING:
            yield paragraph.span.end, _named(paragraph.span.of(text), names)


def _named(heading: str, names: NameTable) -> str | None:
    """Return whom a heading names, if it says nothing else."""
    words = split_words(heading)
    namings = names.find(words)
    if len(namings) != 1 or len(namings[0].characters) != 1 or namings[0].common:
        return None
    naming = namings[0]
    if naming.span.of(heading).lower() in _AROUND:
        return None  # Chapter V is no Count V.
    rest = [
        form
        for form, start in zip(words.lower, words.starts, strict=True)
        if not naming.start <= start < naming.end
    ]
    return naming.characters[0] if all(f in _AROUND or _NUMBER.fullmatch(f) for f in rest) else None


def _count_i(words: Words, start: int, end: int, told: Callable[[int], bool]) -> int:
    """Count how often a stretch says *I*, or return 0 where that is seldom."""
    places = [n for n in words.between(start, end) if told(words.starts[n])]
    own = sum(words.forms[n] == "I" for n in places)
    return own if own >= _LEAST_I and own > _NARRATOR_RATE * len(places) else 0


def _tells(teller: str, own: int, narrated: Sequence[Naming], start: int, end: int) -> bool:
    """Tell whether somebody says *I* in a stretch, and is hardly ever named there."""
    low = bisect_left(narrated, start, key=lambda naming: naming.start)
    high = bisect_left(narrated, end, key=lambda naming: naming.start)
    named = sum(naming.characters == (teller,) for naming in narrated[low:high])
    return own > 0 and named <= 1 + _NAMED_SHARE * own
