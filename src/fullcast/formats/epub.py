"""EPUB packages: container, package document, spine and the book's own table of contents."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from fullcast.errors import SourceDamaged, SourceUnsafe
from fullcast.formats.archive import Archive
from fullcast.formats.markup import (
    Element,
    local_name,
    parse_xhtml,
    parse_xml,
    read_markup,
    words_of,
)

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A document of the spine."""

    name: str
    """The archive's member."""
    linear: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the book's own table of contents."""

    title: str
    name: str
    """The archive's member that it leads to."""
    fragment: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What an EPUB says of itself."""

    title: str = ""
    author: str = ""
    language: str = ""
    parts: tuple[Part, ...] = ()
    """The spine, in reading order."""
    missing: tuple[str, ...] = ()
    """Members that the spine names and the archive does not hold."""
    entries: tuple[Entry, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    """For members, what the guide or the landmarks say they are: ``cover``, ``toc`` …"""


def resolve(archive: Archive, base: str, href: str) -> tuple[str, str]:
    """Return the member and fragment that ``href`` in the member ``base`` leads to.

    The member is empty for links that leave the book for the web.

    Raises:
        SourceUnsafe: It leads to a file outside the archive.
    """
    try:
        link = urlsplit(href.strip())
    except ValueError:
        return "", ""
    if link.scheme.lower() == "file" or re.match(r"[A-Za-z]:[\\/]", href):
        raise _outside(archive, base, href)
    if link.scheme or link.netloc:
        return "", ""
    path = unquote(link.path)
    if not path:
        return base, unquote(link.fragment)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
    if joined.startswith(("../", "/")) or joined == ".." or "\\" in joined:
        raise _outside(archive, base, href)
    return archive.find(joined) or joined, unquote(link.fragment)


def _outside(archive: Archive, base: str, href: str) -> SourceUnsafe:
    return SourceUnsafe(
        f"{archive.path}: {base} points to {href!r}, outside the book; "
        "get the book from a source that you trust."
    )


def read_package(archive: Archive) -> Package:
    """Return what an EPUB says of itself.

    Raises:
        SourceDamaged: The package document cannot be found or read.
        SourceUnsafe: It declares entities or points outside the archive.
    """
    name = package_name(archive)
    root = parse_xml(archive.read(name), f"{archive.path}: {name}")
    manifest = {
        item.get("id", ""): item
        for item in root.iterfind("{*}manifest/{*}item")
        if item.get("href")
    }
    members = {
        id_: resolve(archive, name, item.get("href", ""))[0] for id_, item in manifest.items()
    }
    spine = [
        (members[ref.get("idref", "")], ref.get("linear", "yes").lower() != "no")
        for ref in root.iterfind("{*}spine/{*}itemref")
        if members.get(ref.get("idref", ""))
    ]
    if not spine:
        spine = [
            (members[id_], True)
            for id_, item in manifest.items()
            if item.get("media-type", "") in _PAGES and members[id_]
        ]
    unique = dict(reversed(spine))  # a document may be named twice; its first place counts
    parts = [
        Part(name=member, linear=unique.pop(member)) for member, _ in spine if member in unique
    ]
    entries, types = _contents(archive, root, manifest, members)
    return Package(
        title=_first(root, "title"),
        author=", ".join(_all(root, "creator")),
        language=_first(root, "language"),
        parts=tuple(part for part in parts if archive.find(part.name)),
        missing=tuple(part.name for part in parts if not archive.find(part.name)),
        entries=entries,
        types=_guide(archive, root, name) | types,
    )


def package_name(archive: Archive) -> str:
    """Return the member that is the package document.

    Raises:
        SourceDamaged: There is none.
    """
    container = archive.find("META-INF/container.xml")
    if container is not None:
        root = parse_xml(archive.read(container), f"{archive.path}: {container}")
        for rootfile in root.iter("{*}rootfile"):
            name, _ = resolve(archive, "", rootfile.get("full-path", ""))
            if name and archive.find(name):
                return name
    found = next((name for name in archive.names if name.lower().endswith(".opf")), None)
    if found is None:
        raise SourceDamaged(
            f"{archive.path}: the book's package document (.opf) is missing; "
            "download or copy it again."
        )
    return found


def _all(root: Element, name: str) -> list[str]:
    found = (_words(element) for element in root.iter(f"{_DC}{name}"))
    return [words for words in found if words]


def _first(root: Element, name: str) -> str:
    return next(iter(_all(root, name)), "")


def _words(element: Element) -> str:
    return _SPACES.sub(" ", words_of(element)).strip()


def _guide(archive: Archive, root: Element, base: str) -> dict[str, str]:
    types: dict[str, str] = {}
    for reference in root.iterfind("{*}guide/{*}reference"):
        name, _ = resolve(archive, base, reference.get("href", ""))
        if name:
            types.setdefault(name, reference.get("type", "").lower())
    return types


def _contents(
    archive: Archive, root: Element, manifest: Mapping[str, Element], members: Mapping[str, str]
) -> tuple[tuple[Entry, ...], dict[str, str]]:
    """Return the table of contents and the landmarks, from the navigation document or the NCX."""
    types: dict[str, str] = {}
    for id_, item in manifest.items():
        if "nav" in item.get("properties", "").split() and archive.find(members[id_]):
            where = f"{archive.path}: {members[id_]}"
            page = parse_xhtml(read_markup(archive.read(members[id_]), where), where)
            types = _landmarks(archive, page, members[id_])
            types[members[id_]] = "toc"
            if entries := tuple(_nav_entries(archive, page, members[id_])):
                return entries, types
    spine = root.find("{*}spine")
    wanted = spine.get("toc", "") if spine is not None else ""
    for id_, item in manifest.items():
        is_ncx = id_ == wanted or item.get("media-type") == "application/x-dtbncx+xml"
        if is_ncx and archive.find(members[id_]):
            ncx = parse_xml(archive.read(members[id_]), f"{archive.path}: {members[id_]}")
            return tuple(_ncx_entries(archive, ncx, members[id_])), types
    return (), types


def _navs(page: Element, wanted: str) -> Iterator[Element]:
    for element in page.iter("{*}nav", "nav"):
        kind = element.get(EPUB_TYPE) or element.get("epub:type") or ""
        if wanted in kind.split() or element.get("role") == f"doc-{wanted}":
            yield element


def _nav_entries(archive: Archive, page: Element, base: str) -> Iterator[Entry]:
    for nav in _navs(page, "toc"):
        for link in nav.iter("{*}a", "a"):
            name, fragment = resolve(archive, base, link.get("href", ""))
            depth = sum(1 for above in link.iterancestors() if local_name(above) == "li")
            if name and (title := _words(link)):
                yield Entry(title=title, name=name, fragment=fragment, level=max(1, depth))


def _landmarks(archive: Archive, page: Element, base: str) -> dict[str, str]:
    types: dict[str, str] = {}
    for nav in _navs(page, "landmarks"):
        for link in nav.iter("{*}a", "a"):
            name, fragment = resolve(archive, base, link.get("href", ""))
            kind = link.get(EPUB_TYPE) or link.get("epub:type") or ""
            if name and not fragment:
                types.setdefault(name, kind.lower())
    return types


def _ncx_entries(archive: Archive, ncx: Element, base: str) -> Iterator[Entry]:
    for point in ncx.iter("{*}navPoint"):
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        if label is None or content is None:
            continue
        name, fragment = resolve(archive, base, content.get("src", ""))
        depth = sum(1 for above in point.iterancestors() if local_name(above) == "navpoint")
        if name and (title := _words(label)):
            yield Entry(title=title, name=name, fragment=fragment, level=depth + 1)
