"""Sentences found again in a document's markup, and given ids; nothing else is moved.

What a reader shows and what the markup holds differ in white space alone, so the two are laid
beside each other by their ink: the characters that are no white space.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from fullcast.formats.markup import Element, is_element, local_name
from fullcast.formats.xhtml import is_skipped

XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the text of an element: before its first child, or after one of its children."""

    element: Element
    slot: int
    """How many children stand before."""
    offset: int


@dataclass(slots=True)
class Ink:
    """All ink of a document, and where each character of it stands."""

    text: str = ""
    places: list[Place | None] = field(default_factory=list)
    """``None`` for what is shown but not written: the marks of ``<q>``, drawn initials."""
    extents: dict[Element, tuple[int, int]] = field(default_factory=dict)
    """The ink inside each element."""


def find_ink(root: Element) -> Ink:
    """Return the ink of a document, as its reader saw it."""
    ink = Ink()
    characters: list[str] = []
    _gather(root, ink, characters, quotes=0)
    ink.text = "".join(characters)
    return ink


def without_spaces(text: str) -> str:
    """Return the ink of a text."""
    return "".join(text.split())


def _gather(element: Element, ink: Ink, characters: list[str], quotes: int) -> None:
    start = len(characters)
    name = local_name(element)
    if name == "q":
        _show("“‘"[quotes % 2], ink, characters)
    elif name == "img" and len(alt := element.get("alt", "")) == 1 and alt.isalpha():
        _show(alt, ink, characters)
    _write(element.text, element, 0, ink, characters)
    for number, child in enumerate(element, 1):
        if is_element(child) and not is_skipped(child):
            _gather(child, ink, characters, quotes + (name == "q"))
        _write(child.tail, element, number, ink, characters)
    if name == "q":
        _show("”’"[quotes % 2], ink, characters)
    ink.extents[element] = start, len(characters)


def _show(character: str, ink: Ink, characters: list[str]) -> None:
    characters.append(character)
    ink.places.append(None)


def _write(text: str | None, element: Element, slot: int, ink: Ink, characters: list[str]) -> None:
    for offset, character in enumerate(text or ""):
        if not character.isspace():
            characters.append(character)
            ink.places.append(Place(element, slot, offset))


def mark(ink: Ink, stretches: Iterable[tuple[int, int, str]]) -> set[str]:
    """Put each stretch of ink into a ``<span>`` of its own; return the ids that could be given.

    Args:
        ink: Of the document that is changed.
        stretches: First and past last ink, and an id; in order, not overlapping.
    """
    given = set()
    for first, last, id_ in reversed(list(stretches)):  # places before a change stay true
        while first < last and ink.places[first] is None:
            first += 1
        while first < last and ink.places[last - 1] is None:
            last -= 1
        if first < last:
            start, end = _ends(ink, first, last)
            _wrap(start, end, id_)
            given.add(id_)
    return given


def _ends(ink: Ink, first: int, last: int) -> tuple[Place, Place]:
    """Return where a span can begin and end: inside one element, across whole ones only."""
    start, end = ink.places[first], ink.places[last - 1]
    assert start is not None  # for mypy; mark has seen to it
    assert end is not None
    end = Place(end.element, end.slot, end.offset + 1)
    shared = {start.element, *start.element.iterancestors()}
    common = next(e for e in (end.element, *end.element.iterancestors()) if e in shared)
    while start.element is not common and ink.extents[start.element][0] == first:
        start = _before(start.element)
    while end.element is not common and ink.extents[end.element][1] == last:
        end = _after(end.element)
    if start.element is end.element:
        return start, end
    # It begins or ends amid an element. Rather than cut that in two, mark the longest piece.
    run = max(_runs(ink, first, last), key=len)
    return run[0], Place(run[-1].element, run[-1].slot, run[-1].offset + 1)


def _before(element: Element) -> Place:
    above = element.getparent()
    assert above is not None  # for mypy; a common ancestor is above
    slot = above.index(element)
    return Place(above, slot, len(_text(above, slot)))


def _after(element: Element) -> Place:
    above = element.getparent()
    assert above is not None  # for mypy; a common ancestor is above
    return Place(above, above.index(element) + 1, 0)


def _runs(ink: Ink, first: int, last: int) -> Iterator[list[Place]]:
    run: list[Place] = []
    for place in ink.places[first:last]:
        if place is None:
            continue
        if run and (place.element, place.slot) != (run[-1].element, run[-1].slot):
            yield run
            run = []
        run.append(place)
    yield run


def _text(element: Element, slot: int) -> str:
    return (element[slot - 1].tail if slot else element.text) or ""


def _set_text(element: Element, slot: int, text: str) -> None:
    if slot:
        element[slot - 1].tail = text
    else:
        element.text = text


def _wrap(start: Place, end: Place, id_: str) -> None:
    above = start.element
    before, after = _text(above, start.slot), _text(above, end.slot)
    span = etree.Element(f"{{{XHTML}}}span", id=id_)
    inside = list(above)[start.slot : end.slot]
    if inside:
        span.text = before[start.offset :]
        inside[-1].tail = after[: end.offset]
        span.extend(inside)
    else:
        span.text = before[start.offset : end.offset]
    span.tail = after[end.offset :]
    _set_text(above, start.slot, before[: start.offset])
    above.insert(start.slot, span)
