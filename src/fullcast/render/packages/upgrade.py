"""An EPUB 2 made an EPUB 3: package, table of contents and pages; its words stay as they are."""

import posixpath
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from fullcast.formats.archive import Archive
from fullcast.formats.epub import Package, read_package, resolve
from fullcast.formats.markup import Element, parse_xhtml, parse_xml, read_markup
from fullcast.render.packages.contents import contents
from fullcast.render.packages.html5 import modernise
from fullcast.render.packages.marks import XHTML
from fullcast.render.packages.overlay import link
from fullcast.render.packages.pages import printable

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XHTML_TYPE = "application/xhtml+xml"
_REFINED = {"role": "marc:relators", "file-as": ""}
"""Attributes of a person that EPUB 3 tells beside the name, and the vocabulary of each."""
_SHOWN = {"svg": "svg", "script": "scripted", "math": "mathml"}
"""What a manifest must say that a page holds."""


def upgraded(archive: Archive, package: str) -> dict[str, bytes] | None:
    """Return the members that make an EPUB 2 an EPUB 3, in place of its own and beside them.

    Args:
        archive: The book.
        package: Its package document's name.

    Returns:
        The members by name; ``None`` where a page is no XHTML, so that no EPUB 3 can hold it.
    """
    root = parse_xml(archive.read(package), f"{archive.path}: {package}")
    manifest, metadata = root.find(f"{_OPF}manifest"), root.find(f"{_OPF}metadata")
    if manifest is None or metadata is None or metadata.find("{*}dc-metadata") is not None:
        return None
    told = read_package(archive)
    items = {
        resolve(archive, package, item.get("href", ""))[0]: item
        for item in manifest.iterfind(f"{_OPF}item")
    }
    pages = _pages(archive, items, told)
    spine = [part.name for part in told.parts]
    if any(name not in pages for name in spine):
        return None
    home = posixpath.dirname(package)
    names = (posixpath.join(home, f"nav{number or ''}.xhtml") for number in count())
    nav = next(name for name in names if not archive.find(name))
    for name, page in pages.items():
        _declare_page(items[name], page)
    _declare_nav(manifest, link(nav, home))
    _declare_cover(manifest, metadata)
    _modernise_package(root, metadata, told, archive)
    table = contents(told.entries, spine, pages, nav, told.language or "en")
    return {
        **{name: serialised(page) for name, page in pages.items()},
        nav: table.encode(),
        package: etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True),
    }


def serialised(root: Element) -> bytes:
    """Return a page as EPUB 3 has it."""
    return etree.tostring(
        root.getroottree(), encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"
    )


def _pages(archive: Archive, items: Mapping[str, Element], told: Package) -> dict[str, Element]:
    """Parse what is XHTML, outside the spine too, and make it as it shall be."""
    pages = {}
    titles = {entry.name: entry.title for entry in reversed(told.entries)}
    for name, item in items.items():
        if item.get("media-type") != _XHTML_TYPE or not archive.find(name):
            continue
        where = f"{archive.path}: {name}"
        root = parse_xhtml(read_markup(archive.read(name), where), where)
        if root.tag == f"{{{XHTML}}}html":
            modernise(root, title=printable(titles.get(name) or told.title or "Untitled"))
            pages[name] = root
    return pages


# -- the package document ------------------------------------------------------------------------


def _declare_page(item: Element, root: Element) -> None:
    held = {_SHOWN.get(etree.QName(one).localname) for one in root.iter(etree.Element)}
    if properties := sorted(filter(None, held)):
        item.set("properties", " ".join(properties))


def _declare_nav(manifest: Element, href: str) -> None:
    taken = {item.get("id") for item in manifest}
    id_ = next(id_ for number in count() if (id_ := f"nav{number or ''}") not in taken)
    etree.SubElement(
        manifest,
        f"{_OPF}item",
        {"id": id_, "href": href, "media-type": _XHTML_TYPE, "properties": "nav"},
    )


def _declare_cover(manifest: Element, metadata: Element) -> None:
    named = {meta.get("content") for meta in metadata.iterfind(f"{_OPF}meta[@name='cover']")}
    for item in manifest:
        if item.get("media-type", "").startswith("image/") and item.get("id") in named:
            item.set("properties", "cover-image")


def _modernise_package(root: Element, metadata: Element, told: Package, archive: Archive) -> None:
    root.set("version", "3.0")
    for element in list(metadata.iterfind(f"{_DC}*")):
        if not (element.text or "").strip():
            metadata.remove(element)
    for date in metadata.findall(f"{_DC}date")[1:]:  # EPUB 3 has one: when it was published
        metadata.remove(date)
    _complete(root, metadata, told, archive)
    for number, element in enumerate(metadata.findall(f"{_DC}*"), 1):
        _refine(metadata, element, f"fullcast-dc{number}")
    now = etree.SubElement(metadata, f"{_OPF}meta", property="dcterms:modified")
    now.text = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    for gone in root.findall(f"{_OPF}tours"):
        root.remove(gone)
    for spine in root.iterfind(f"{_OPF}spine"):
        spine.attrib.pop("page-map", "")


def _complete(root: Element, metadata: Element, told: Package, archive: Archive) -> None:
    """Say what every EPUB must: its identifier, title and language."""
    wanted = root.get("unique-identifier") or "fullcast-id"
    root.set("unique-identifier", wanted)
    if all(one.get("id") != wanted for one in metadata.iterfind(f"{_DC}identifier")):
        made = etree.SubElement(metadata, f"{_DC}identifier", id=wanted)
        made.text = f"urn:uuid:{uuid5(NAMESPACE_URL, archive.path.name)}"
    for name, words in (("title", told.title or "Untitled"), ("language", told.language or "en")):
        if metadata.find(f"{_DC}{name}") is None:
            etree.SubElement(metadata, f"{_DC}{name}").text = printable(words)


def _refine(metadata: Element, element: Element, id_: str) -> None:
    """Tell beside a name what EPUB 2 told in its attributes."""
    for key in [str(key) for key in element.attrib if str(key).startswith("{")]:
        value = str(element.attrib.pop(key))
        name = etree.QName(key).localname
        if name == "lang":
            element.set(key, value)
        elif name in _REFINED and etree.QName(element).localname in {"creator", "contributor"}:
            id_ = element.get("id", id_)
            element.set("id", id_)
            refined = {"refines": f"#{id_}", "property": name}
            if _REFINED[name]:
                refined["scheme"] = _REFINED[name]
            etree.SubElement(metadata, f"{_OPF}meta", refined).text = value
