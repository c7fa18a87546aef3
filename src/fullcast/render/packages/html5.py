"""Pages of XHTML 1.1 made XHTML of today: what it no longer has is told in styles or left out."""

from lxml import etree

from fullcast.formats.markup import Element
from fullcast.render.packages.marks import XHTML

_X = f"{{{XHTML}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RENAMED = {
    "acronym": ("abbr", ""),
    "big": ("span", "font-size: larger"),
    "center": ("div", "text-align: center"),
    "dir": ("ul", ""),
    "font": ("span", ""),
    "strike": ("s", ""),
    "tt": ("span", "font-family: monospace"),
}
"""Elements that are gone: what stands for each, and its style."""

_STYLED = {
    "align": "text-align: {}",
    "bgcolor": "background-color: {}",
    "color": "color: {}",
    "face": "font-family: {}",
    "valign": "vertical-align: {}",
}
"""Attributes that are gone, and what says the same."""

_GONE = frozenset(
    "abbr alink axis background border cellpadding cellspacing char charoff charset clear compact "
    "frame hspace language link longdesc nohref noshade nowrap profile rev rules scheme "
    "size summary text version vlink vspace".split()
)
_SIZED = frozenset("canvas embed iframe img object video source".split())
"""Elements that have a width and a height yet."""


def modernise(root: Element, *, title: str) -> None:
    """Change a page in place; its text and its elements' order stay as they are.

    Args:
        root: Of a page in XHTML.
        title: What it is called where it says no title.
    """
    for element in root.iter(f"{_X}*"):
        name = etree.QName(element).localname
        if name in _RENAMED:
            new, style = _RENAMED[name]
            element.tag = f"{_X}{new}"
            _add_style(element, style)
        _modernise_attributes(element, name)
    _modernise_head(root, title)


def _modernise_attributes(element: Element, name: str) -> None:
    if name == "a" and (anchor := _taken(element, "name")) and not element.get("id"):
        element.set("id", anchor)
    if element.get(_LANG):
        element.set("lang", element.get(_LANG, ""))
    for key, style in _STYLED.items():
        if (value := _taken(element, key)) and ";" not in value:
            _add_style(element, style.format(value))
    for key in ("width", "height"):
        if name not in _SIZED and (value := _taken(element, key)):
            _add_style(element, f"{key}: {value}{'px' if value.isdecimal() else ''}")
    for key in _GONE:
        _taken(element, key)
    if name in {"ul", "li"}:
        _taken(element, "type")
    if name == "a":
        _taken(element, "coords")
        _taken(element, "shape")


def _taken(element: Element, key: str) -> str:
    """Take an attribute away; return what it said."""
    return str(element.attrib.pop(key, ""))


def _add_style(element: Element, style: str) -> None:
    if style:
        element.set("style", "; ".join(filter(None, (element.get("style", ""), style))))


def _modernise_head(root: Element, title: str) -> None:
    head = root.find(f"{_X}head")
    if head is None:
        head = etree.Element(f"{_X}head")
        root.insert(0, head)
    for meta in head.findall(f"{_X}meta"):
        if meta.get("http-equiv") or meta.get("charset") or not meta.get("name"):
            head.remove(meta)
    head.insert(0, etree.Element(f"{_X}meta", charset="utf-8"))
    said = head.find(f"{_X}title")
    if said is None:
        said = etree.SubElement(head, f"{_X}title")
    if not (said.text or "").strip():
        said.text = title
