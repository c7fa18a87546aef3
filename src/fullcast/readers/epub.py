"""EPUB 2 and 3: the spine in order, chapters by the book's own table of contents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from fullcast.errors import SourceDamaged, SourceEmpty
from fullcast.formats.archive import Archive, refuse_protection
from fullcast.formats.epub import EPUB_TYPE, Entry, Package, Part, read_package, resolve
from fullcast.formats.markup import Element, is_element, local_name, parse_xhtml, read_markup
from fullcast.formats.xhtml import Page, find_passages
from fullcast.model import Book, Layer, Notice, Origin
from fullcast.readers.chapters import Anchor, structure
from fullcast.readers.decode import Decoded
from fullcast.readers.emphasis import merge
from fullcast.readers.headings import unwrapped
from fullcast.readers.profiles import archive_part, furniture
from fullcast.readers.tagged import Manuscript, add_passages

_FRONT = re.compile(
    r"cover(?: ?page)?|title-?page|half-?title-?page|title page|toc|contents|table of contents"
    r"|dedication|copyright(?:-page| page)?|frontispiece|imprint|loi|lot|list of illustrations"
    r"|praise for .{1,60}|epigraph|halftitle|text-title-page",
    re.I,
)
_NOTES = re.compile(r"footnotes?|endnotes?|rearnotes?|notes|note|annotations?", re.I)
_BACK = re.compile(
    r"about the (?:author|publisher|translator)s?|also by.{0,60}|acknowledge?ments?|colophon"
    r"|bibliography|index|glossary|newsletter.{0,40}|uncopyright|the full project gutenberg license"
    r"|(?:full )?licen[cs]e|advertisements?|other-credits|credits|other books by .{1,60}",
    re.I,
)
_STORY = {"chapter", "part", "volume", "prologue", "epilogue", "preface", "introduction"} | {
    "foreword", "afterword", "bodymatter", "interlude", "conclusion", "division"
}  # fmt: skip
_DEAD_SHARE = 0.3


@dataclass(slots=True)
class _Reading:
    """A book as its parts are read one after another."""

    manuscript: Manuscript = field(default_factory=Manuscript)
    starts: dict[str, list[int]] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)


def read_epub(data: bytes, path: Path) -> Book:
    """Read an EPUB.

    Raises:
        SourceDamaged: The archive or its package is broken.
        SourceEmpty: There is no text in it.
        SourceProtected: It has DRM.
        SourceUnsafe: It would harm the machine that opens it.
    """
    archive = Archive(data, path)
    refuse_protection(archive)
    package = read_package(archive)
    if not package.parts:
        raise SourceDamaged(
            f"{path}: none of the documents it names is in the archive; download or copy it again."
        )
    reading = _Reading()
    titles = {entry.name: entry.title for entry in reversed(package.entries)}
    for number, part in enumerate(package.parts):
        _read_part(archive, part, reading, _part_layer(part, package, titles, first=number == 0))
    text = reading.manuscript.text
    if not text.strip():
        raise SourceEmpty(f"{path}: there is no text in the book; perhaps its pages are pictures.")
    return _book(data, path, package, reading)


def _book(data: bytes, path: Path, package: Package, reading: _Reading) -> Book:
    text, drafts = reading.manuscript.text, reading.manuscript.drafts
    anchors, dead = _anchors(package.entries, reading)
    notices = [
        Notice(code="B002", message=f"{name} is missing in the archive.")
        for name in package.missing
    ]
    if dead > _DEAD_SHARE * len(package.entries):
        message = f"{dead} of {len(package.entries)} entries of the contents lead nowhere."
        notices.append(Notice(code="B001", message=message))
        anchors = ()
    found = structure(text, drafts, anchors)
    return Book(
        text=text,
        blocks=tuple(draft.block() for draft in drafts),
        chapters=found.chapters,
        emphasis=tuple(merge(reading.manuscript.emphasis)),
        title=package.title or found.title,
        author=package.author or found.author,
        language=package.language or found.language,
        origin=Origin(path=str(path), format="epub", sha256=sha256(data).hexdigest()),
        notices=(*notices, *Decoded(text, "utf-8").notices()),
    )


def _part_layer(
    part: Part, package: Package, titles: Mapping[str, str], *, first: bool
) -> Layer | None:
    """Return the layer of a whole document, from what the book calls it."""
    for name in (package.types.get(part.name, ""), unwrapped(titles.get(part.name, ""))):
        if layer := layer_of_name(name):
            return layer
    if not part.linear:
        return Layer.FRONT if first else Layer.NOTE
    return None


def layer_of_name(name: str) -> Layer | None:
    """Return the layer of what is called ``name``, if that name is no story's."""
    for pattern, layer in ((_FRONT, Layer.FRONT), (_NOTES, Layer.NOTE), (_BACK, Layer.BACK)):
        if name and pattern.fullmatch(name):
            return layer
    return None


def _read_part(archive: Archive, part: Part, reading: _Reading, layer: Layer | None) -> None:
    name = archive.find(part.name) or part.name
    where = f"{archive.path}: {name}"
    root = parse_xhtml(read_markup(archive.read(name), where), where)
    page = find_passages(root, _linked_sheets(archive, root, name, reading.sheets))
    reading.starts[name] = add_passages(
        reading.manuscript,
        page.passages,
        furniture(root) | archive_part(root) | _typed_layers(root),
        document=name,
        whole=layer,
    )
    reading.pages[name] = page


def _linked_sheets(archive: Archive, root: Element, base: str, sheets: dict[str, str]) -> list[str]:
    found = []
    for element in root.iter():
        if local_name(element) != "link" or "stylesheet" not in element.get("rel", "").lower():
            continue
        name, _ = resolve(archive, base, element.get("href", ""))
        if name in archive.names:
            if name not in sheets:
                sheets[name] = archive.read(name).decode("utf-8", "replace")
            found.append(sheets[name])
    return found


def _typed_layers(root: Element) -> dict[Element, Layer]:
    """Return the layers that ``epub:type`` and ``role`` give to elements."""
    layers: dict[Element, Layer] = {}
    for element in root.iter():
        if not is_element(element):
            continue
        kinds = f"{element.get(EPUB_TYPE) or element.get('epub:type') or ''} " + element.get(
            "role", ""
        ).removeprefix("doc-")
        names = kinds.lower().split()
        if not names or local_name(element) == "a" or _STORY & set(names):
            continue
        found = [layer for name in names if (layer := layer_of_name(name))]
        if found:
            layers[element] = found[0]
    return layers


def _anchors(entries: tuple[Entry, ...], reading: _Reading) -> tuple[tuple[Anchor, ...], int]:
    """Return where the entries of the contents lead, and how many lead nowhere."""
    anchors: list[Anchor] = []
    dead = 0
    end = reading.manuscript.next_start
    for entry in entries:
        start = _target(entry, reading)
        if start is None or start >= end:
            dead += 1
        elif all(anchor.start != start or anchor.level != entry.level for anchor in anchors[-1:]):
            anchors.append(Anchor(title=entry.title, start=start, level=entry.level))
    return tuple(anchors), dead


def _target(entry: Entry, reading: _Reading) -> int | None:
    starts = reading.starts.get(entry.name)
    if not starts:
        return None
    if not entry.fragment:
        return starts[0]
    index = reading.pages[entry.name].anchors.get(entry.fragment)
    return None if index is None else starts[min(index, len(starts) - 1)]
