"""Who is called by name inside speech, and who is only spoken of."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from fullcast.analysis.people.names import Naming
from fullcast.analysis.quotations.conventions import MARKS
from fullcast.model import Quotation

_BEFORE = frozenset(",;.!?…—–-(:" + MARKS)
_AFTER = frozenset(",;.!?…—–-)" + MARKS)
_CLOSERS = MARKS + " \r\n"
_ENDEARMENTS = frozenset(
    "dear dearest darling my oh o yes no well please hello hi hey you thanks ah".split()
)
_NESTED = re.compile(r"‘(?:[^’]|’(?=\w))*\Z")
"""A quotation inside the speech that is still open: whom it calls is called elsewhere."""
_WINDOW = 60
"""Characters on each side of a name that tell whether it is called."""


def is_vocative(text: str, naming: Naming, quotation: Quotation) -> bool:
    """Tell whether a name inside a quotation calls somebody: *“Ask her, Tom.”*."""
    place = bisect_right(quotation.spans, naming.start, key=attrgetter("start")) - 1
    if place < 0 or naming.start >= quotation.spans[place].end:
        return False
    part = quotation.spans[place]
    if _NESTED.search(text, part.start + 1, naming.start):
        return False
    before = text[max(part.start, naming.start - _WINDOW) : naming.start].rstrip()
    after = text[naming.end : min(part.end, naming.end + _WINDOW)].lstrip()
    if after and after[0] not in _AFTER:
        return False
    if text[naming.end : naming.end + 2] in ("'s", "’s"):
        return False
    if not before or before[-1] in _BEFORE:
        return True
    last = before[-12:].lower().split()[-1].lstrip("“\"‘'")
    return last in _ENDEARMENTS


@dataclass(frozen=True, slots=True)
class Spoken:
    """The names inside one quotation."""

    names: set[str]
    """The names that are called, folded, as written."""
    called: set[str]
    """Ids of those who answer to them."""
    spoken_of: set[str]
    """Ids of those only spoken of."""


def sort_names(text: str, quotation: Quotation, namings: Sequence[Naming]) -> Spoken:
    """Tell apart who is called in a quotation and who is only spoken of."""
    names: set[str] = set()
    called: set[str] = set()
    other: set[str] = set()
    for naming in namings:
        if is_vocative(text, naming, quotation):
            names.add(" ".join(naming.span.of(text).lower().split()))
            called.update(naming.characters)
        else:
            other.update(naming.characters)
    return Spoken(names, called, other - called)


def asks(text: str, quotation: Quotation) -> bool:
    """Tell whether a quotation ends in a question."""
    last = quotation.spans[-1]
    return text[max(last.start, last.end - _WINDOW) : last.end].rstrip(_CLOSERS).endswith("?")
