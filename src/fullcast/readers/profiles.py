"""Where the story stands on a page: what is known of the archives that pages are saved from.

A profile gives layers to elements. ``BODY`` there means story; nothing is ever dropped.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fullcast.formats.markup import Element, is_element, local_name, words_of
from fullcast.model import Layer
from fullcast.readers.headings import one_line

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of a page beside its blocks."""

    layers: Mapping[Element, Layer] = field(default_factory=dict)
    title: str = ""
    author: str = ""
    chapter: str = ""
    """The title of the one chapter on the page, where only a menu names it."""


def find_profile(root: Element) -> Profile:
    """Return what is known of a page of this kind."""
    ids = {value: element for element in _elements(root) if (value := element.get("id"))}
    profiles: tuple[tuple[str, Callable[[Element, dict[str, Element]], Profile]], ...] = (
        ("workskin", _archive_page),
        ("chapters", _archive_download),
        ("storytext", _fanfiction_net),
    )
    for mark, profile in profiles:
        if mark in ids and (mark != "chapters" or _is_archive_download(ids)):
            return profile(root, ids)
    return Profile(layers=furniture(root))


def _elements(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if is_element(element))


def classes(element: Element) -> set[str]:
    """Return an element's classes."""
    return set(element.get("class", "").split())


def _words(element: Element | None) -> str:
    return "" if element is None else one_line(words_of(element))


def _first(elements: Iterable[Element], *wanted: str) -> Element | None:
    return next((e for e in elements if set(wanted) <= classes(e)), None)


def furniture(root: Element) -> dict[Element, Layer]:
    """Return the layers of what stands around the text of any page."""
    layers: dict[Element, Layer] = {}
    for element in _elements(root):
        name, own, names = local_name(element), element.get("id", ""), classes(element)
        if name == "nav" or element.get("role") == "navigation":
            layers[element] = Layer.FRONT
        elif own == "pg-footer" or (name == "footer" and _is_of_page(element)):
            layers[element] = Layer.BACK
        elif own == "pg-header":
            layers[element] = Layer.FRONT
        elif "pg-boilerplate" in names:
            seen_header = Layer.FRONT in layers.values()
            layers[element] = Layer.BACK if seen_header or "pgfooter" in names else Layer.FRONT
        elif own in {"comments", "respond"} and name in {"div", "section"}:
            layers[element] = Layer.BACK
    return layers


def _is_of_page(footer: Element) -> bool:
    above = footer.getparent()
    return above is not None and local_name(above) in {"body", "html", "div"}


def _around(main: Element) -> dict[Element, Layer]:
    """Put what stands before ``main`` to the front, and what stands after it to the back."""
    layers = {main: Layer.BODY}
    element: Element | None = main
    while element is not None and (above := element.getparent()) is not None:
        layers |= dict.fromkeys(element.itersiblings(preceding=True), Layer.FRONT)
        layers |= dict.fromkeys(element.itersiblings(), Layer.BACK)
        element = above
    return layers


def _archive_page(root: Element, ids: dict[str, Element]) -> Profile:
    """A work saved from the pages of Archive of Our Own."""
    skin = ids["workskin"]
    layers = _around(skin)
    for element in _elements(skin):
        names = classes(element)
        if "chapter" in names and "preface" in names:
            layers[element] = Layer.NOTE
            layers |= _headings(element, "title")
        elif "afterword" in names:
            layers[element] = Layer.NOTE
        elif {"preface", "group"} <= names:
            layers[element] = Layer.FRONT
        elif "landmark" in names:
            layers[element] = Layer.NOTE
    for name in ("feedback", "comments_placeholder"):
        if name in ids:
            layers[ids[name]] = Layer.BACK
    elements = list(_elements(skin))
    return Profile(
        layers=layers,
        title=_words(_first(elements, "title", "heading")),
        author=_words(_first(elements, "byline")).removeprefix("by ").strip(),
    )


def _headings(element: Element, name: str = "") -> dict[Element, Layer]:
    return {
        heading: Layer.BODY
        for heading in _elements(element)
        if local_name(heading) in _HEADINGS and (not name or name in classes(heading))
    }


def _is_archive_download(ids: dict[str, Element]) -> bool:
    """Tell a download by its preface: a story may have a part of that name too."""
    preface = ids.get("preface")
    message = preface is not None and _first(_elements(preface), "message") is not None
    return preface is not None and ("afterword" in ids or message)


def _archive_download(root: Element, ids: dict[str, Element]) -> Profile:
    """A work in the HTML that Archive of Our Own lets one download."""
    chapters, preface = ids["chapters"], ids["preface"]
    layers = _around(chapters) | {preface: Layer.FRONT}
    if "afterword" in ids:
        layers[ids["afterword"]] = Layer.BACK
    layers |= _chapter_notes(chapters)
    head = list(_elements(preface))
    title = next((e for e in head if local_name(e) == "h1"), None)
    return Profile(
        layers=layers,
        title=_words(title),
        author=_words(_first(head, "byline")).removeprefix("by ").strip(),
    )


def _chapter_notes(chapters: Element) -> dict[Element, Layer]:
    layers: dict[Element, Layer] = {}
    for element in _elements(chapters):
        if "meta" in classes(element):
            layers[element] = Layer.NOTE
            layers |= _headings(element)
        elif element.get("id", "").startswith("endnotes"):
            layers[element] = Layer.NOTE
    return layers


def archive_part(root: Element) -> dict[Element, Layer]:
    """Return the layers of one document of an EPUB that Archive of Our Own made."""
    layers: dict[Element, Layer] = {}
    for element in _elements(root):
        name = element.get("id", "")
        if name == "chapters":
            layers |= _chapter_notes(element)
        elif name in {"preface", "afterword"} and _first(_elements(element), "message") is not None:
            layers[element] = Layer.FRONT if name == "preface" else Layer.BACK
    return layers


def _fanfiction_net(root: Element, ids: dict[str, Element]) -> Profile:
    """A chapter saved from FanFiction.net."""
    title = author = chapter = ""
    if "profile_top" in ids:
        head = list(_elements(ids["profile_top"]))
        title = _words(next((e for e in head if local_name(e) == "b"), None))
        links = (e for e in head if e.get("href", "").startswith(("/u/", "https://www.fanfiction")))
        author = _words(next(links, None))
    menu = ids.get("chap_select")
    if menu is not None:
        chosen = (e for e in _elements(menu) if e.get("selected") is not None)
        chapter = _words(next(chosen, None))
    return Profile(layers=_around(ids["storytext"]), title=title, author=author, chapter=chapter)
