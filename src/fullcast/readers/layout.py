"""Plain text cut into paragraphs, by how its lines are laid out.

Files come in three ways: paragraphs apart by blank lines (hard-wrapped or not), every line a
paragraph, or hard-wrapped with nothing between paragraphs but an indent or a short last line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

# Some transfers doubled the CR, which is still one line end.
_LINE = re.compile(r"(?P<words>[^\r\n]*)(?:\r?\r?\n|\r|\Z)")
_OUTSIDE = "\ufeff"
_CLOSERS = "\"'”’»)]*_"
_TERMINALS = ".!?…:;—–-。！？"
_NARROWEST_WRAP = 40
_DENSE = 10
"""Lines between blank lines, on average, from which blank lines cannot be what parts paragraphs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: where its words stand, and its number from 1."""

    start: int
    end: int
    number: int
    indent: int
    words: str

    @property
    def finished(self) -> bool:
        """Whether a sentence may end here."""
        return self.words.rstrip(_CLOSERS)[-1:] in _TERMINALS

    @property
    def continues(self) -> bool:
        """Whether it begins in the middle of a sentence."""
        return self.words[0].islower()


class Parting(Enum):
    """What parts one paragraph from the next."""

    BLANK_LINES = "blank lines"
    LINES = "lines"
    INDENTS = "indents"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is set."""

    parting: Parting
    base: int = 0
    """The indent of lines that begin no paragraph."""
    width: int = 0
    """The width that lines are filled up to."""


def groups(text: str) -> list[list[Line]]:
    """Return the lines of ``text`` that are not blank, in runs between blank lines."""
    runs: list[list[Line]] = [[]]
    at, number = 0, 0
    while at < len(text):
        match = _LINE.match(text, at)
        if match is None:  # pragma: no cover - the pattern matches anywhere
            break
        number += 1
        line = _line(match["words"], at, number)
        if line is not None:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
        at = match.end()
    return [run for run in runs if run]


def _line(raw: str, at: int, number: int) -> Line | None:
    opening = raw.lstrip().lstrip(_OUTSIDE).lstrip() if at == 0 else raw.lstrip()
    if not opening:
        return None
    indent = len(raw) - len(opening)
    words = opening.rstrip()
    return Line(at + indent, at + indent + len(words), number, _width(raw[:indent]), words)


def _width(indent: str) -> int:
    return sum(4 if char in "\t\u3000" else 1 for char in indent if char != _OUTSIDE)


def find_layout(runs: list[list[Line]]) -> Layout:
    """Tell how a text parts its paragraphs."""
    pairs = [pair for run in runs for pair in pairwise(run)]
    count = sum(map(len, runs))
    # Where nearly every line stands alone, the few that do not are verse and addresses.
    if not pairs or len(runs) > 0.7 * count:
        return Layout(Parting.BLANK_LINES)
    width = _wrap_width(pairs)
    if not _is_wrapped(pairs, width):
        return Layout(Parting.LINES)
    base = _base_indent(runs)
    indented = sum(1 for one, two in pairs if two.indent > base and one.finished)
    if indented > 1.2 * len(runs) or count > _DENSE * len(runs) or len(runs) == 1:
        return Layout(Parting.INDENTS, base, width)
    return Layout(Parting.BLANK_LINES)


def _is_wrapped(pairs: list[tuple[Line, Line]], width: int) -> bool:
    if width < _NARROWEST_WRAP:
        return False
    running = [(one, two) for one, two in pairs if two.continues or not one.finished]
    full = sum(1 for one, two in running if _is_full(one, two, width))
    return full > 0.6 * len(running) and len(running) > 0.25 * len(pairs)


def _wrap_width(pairs: list[tuple[Line, Line]]) -> int:
    widths = sorted(one.indent + len(one.words) for one, _ in pairs)
    return widths[len(widths) * 9 // 10]


def _is_full(one: Line, two: Line, width: int) -> bool:
    # The next line's first word would not have fitted on this one.
    return one.indent + len(one.words) + 1 + len(two.words.split(None, 1)[0]) > width - 2


def _base_indent(runs: list[list[Line]]) -> int:
    indents = sorted(line.indent for run in runs for line in run)
    return indents[len(indents) // 10] if indents else 0


def paragraphs(run: list[Line], layout: Layout) -> Iterator[list[Line]]:
    """Cut a run of lines into paragraphs."""
    if layout.parting is Parting.LINES:
        yield from ([line] for line in run)
        return
    paragraph = run[:1]
    for one, two in pairwise(run):
        if layout.parting is Parting.INDENTS and _begins(one, two, layout):
            yield paragraph
            paragraph = []
        paragraph.append(two)
    yield paragraph


def _begins(one: Line, two: Line, layout: Layout) -> bool:
    short = one.finished and not two.continues and not _is_full(one, two, layout.width)
    return two.indent > layout.base or short
