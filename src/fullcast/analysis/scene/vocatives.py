"""Who is called by name inside speech, and who is only spoken of."""

from collections.abc import Sequence
from dataclasses import dataclass

from fullcast.analysis.people.names import Naming
from fullcast.model import Quotation

_BEFORE = frozenset(",;.!?…—–-“”\"‘'«»(:")
_AFTER = frozenset(",;.!?…—–-“”\"’'«»)")
_ENDEARMENTS = frozenset(
    "dear dearest darling my oh o old sweet poor yes no well please hello hi hey you thanks good "
    "ah".split()
)


def is_vocative(text: str, naming: Naming, quotation: Quotation) -> bool:
    """Tell whether a name inside a quotation calls somebody: *“Ask her, Tom.”*."""
    part = next((s for s in quotation.spans if s.start <= naming.start < s.end), None)
    if part is None:
        return False
    before = text[part.start : naming.start].rstrip()
    after = text[naming.end : part.end].lstrip()
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
    return quotation.spans[-1].of(text).rstrip("\"”’'»」 \r\n").endswith("?")
