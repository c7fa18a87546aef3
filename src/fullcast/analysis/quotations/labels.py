"""Lines behind a name and a colon, as text messages and plays have them: *Jo: you awake?*."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fullcast.analysis.lexicon import GIVEN_NAMES, NOT_PEOPLE, TITLES
from fullcast.analysis.quotations.directions import without_directions
from fullcast.analysis.quotations.marks import Part
from fullcast.model import Block, Quotation, Span

_SELVES = frozenset(("Me", "You"))
"""Labels of whom the story is told by, or to."""
_MOST_LABEL = 60
_STAMP = r"[\[(]\d{1,2}[:.]\d\d[^\])\n]{0,12}[\])]"
_NAME = r"(?P<name>[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*){0,2}|[a-z][\w'’.-]*)"
"""As people are named, or as they call themselves in a chat."""
_LABEL = re.compile(
    rf"[*_]{{0,2}}(?:{_STAMP}[ \t]*)?[*_]{{0,2}}{_NAME}"
    rf"[*_]{{0,2}}(?:[ \t]*(?:{_STAMP}|\([^()\n]{{1,20}}\)))?[*_]{{0,2}}:[*_]{{0,2}}[ \t]+(?=\S)"
)
_LINE = re.compile(r"(?:\A|\n)[ \t]*(?=\S)")
_DIRECTION = re.compile(r"[(\[][^()\[\]\n]{1,120}[)\]]\s*(?=\S)")
"""What a play has at the head of a line: *TOM: (laughing) No.*."""
_APART = 3
"""So many paragraphs from one labelled line to the next is still one exchange."""


@dataclass(frozen=True, slots=True)
class _Labelled:
    name: str
    """As names are written: *TOM* is Tom."""
    spoken: Span
    block: int


@dataclass(frozen=True, slots=True)
class Label:
    """A name and a colon at the head of a line."""

    start: int
    name: Span
    colon: int
    spoken: int
    """Where the line goes on behind them, and behind a play's direction."""


def label_between(text: str, gap: Span) -> Label | None:
    """Return the label that is all that stands in a gap before something quoted, if it is one."""
    label = label_of(text, gap.end)
    if not label or label.spoken != gap.end or text[gap.start : label.start].strip():
        return None
    return label


def label_of(text: str, place: int) -> Label | None:
    """Return the label of the line that a place near its head stands in."""
    reach = max(0, place - _MOST_LABEL)
    line = text.rfind("\n", reach, place) + 1
    if not line and reach:
        return None
    while text[line : line + 1] in (" ", "\t"):
        line += 1
    found = _LABEL.match(text, line)
    return _label(text, found) if found else None


def _label(text: str, found: re.Match[str], end: int | None = None) -> Label:
    direction = _DIRECTION.match(text, found.end(), len(text) if end is None else end)
    spoken = direction.end() if direction else found.end()
    colon = text.rindex(":", 0, found.end())
    return Label(found.start(), Span(*found.span("name")), colon, spoken)


def find_labelled(
    text: str, blocks: Sequence[Block], quotations: Iterable[Quotation]
) -> list[Quotation]:
    """Return the lines that stand behind labels, where these are people's.

    Args:
        text: The book's.
        blocks: Its paragraphs in which somebody may speak.
        quotations: What is quoted otherwise; a paragraph that holds any is left alone.
    """
    taken = sorted(s.start for q in quotations for s in q.spans)
    lines = [line for n, block in enumerate(blocks) for line in _lines(text, n, block, taken)]
    people = {name for exchange in _exchanges(lines) for name in _people(exchange)}
    return [Quotation(spans=_parts(text, x.spoken)) for x in lines if x.name in people]


def _lines(text: str, number: int, block: Block, taken: Sequence[int]) -> Iterator[_Labelled]:
    """Yield the labelled lines of a paragraph, if it begins with one."""
    start, end = block.span.start, block.span.end
    if bisect_right(taken, end) > bisect_right(taken, start - 1):
        return
    begins = [line.end() for line in _LINE.finditer(text[start:end])]
    found = [x for at in begins if (x := _LABEL.match(text, start + at, end))]
    if not found or found[0].start() != start:
        return
    for label, stop in zip(found, [*(x.start() for x in found[1:]), end], strict=True):
        begin = _label(text, label, stop).spoken
        spoken = text[begin:stop].rstrip()
        if spoken:
            name = label["name"]
            name = name.title() if name.isupper() else name
            yield _Labelled(name, Span(begin, begin + len(spoken)), number)


def _exchanges(lines: Iterable[_Labelled]) -> Iterator[list[_Labelled]]:
    """Yield the lines that stand near each other together."""
    near: list[_Labelled] = []
    for line in lines:
        if near and line.block - near[-1].block > _APART:
            yield near
            near = []
        near.append(line)
    if near:
        yield near


def _people(exchange: Sequence[_Labelled]) -> Iterator[str]:
    """Yield whose labels an exchange has: those that take turns, or are names known."""
    names = [line.name for line in exchange]
    again = {a for n, (a, b) in enumerate(pairwise(names)) if a != b and a in names[n + 2 :]}
    for name in set(names):
        words = name.replace(".", "").split()
        if name in _SELVES or (words[0] in GIVEN_NAMES or words[0] in TITLES):
            known = len(names) > 1
        else:
            known = name in again and NOT_PEOPLE.isdisjoint(word.capitalize() for word in words)
        if known:
            yield name


def _parts(text: str, spoken: Span) -> tuple[Span, ...]:
    """Return what is spoken of a line: a play's directions are not."""
    inside = without_directions(spoken.of(text), Part(0, len(spoken)))
    return tuple(Span(spoken.start + p.start, spoken.start + p.end) for p in inside)
