"""EPUB 3 to read along: the source as it was, with ids and sound; or a new one from the text."""

import posixpath
import zipfile
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path

from lxml import etree

from fullcast.errors import OutputError
from fullcast.formats.archive import Archive
from fullcast.formats.epub import package_name, resolve
from fullcast.formats.files import whole_file
from fullcast.formats.markup import Element, parse_xhtml, parse_xml, read_markup
from fullcast.model import Block, Book
from fullcast.render.packages.audio import read_cover
from fullcast.render.packages.chapters import encode_chapters, measured
from fullcast.render.packages.join import joined
from fullcast.render.packages.marks import XHTML, find_ink, mark, without_spaces
from fullcast.render.packages.order import Order
from fullcast.render.packages.overlay import (
    ACTIVE_CLASS,
    PLAYING_CLASS,
    STYLE,
    Pair,
    clock_value,
    link,
    pair_up,
    smil,
)
from fullcast.render.packages.pages import make_epub, printable
from fullcast.render.packages.report import Report
from fullcast.render.packages.upgrade import serialised, upgraded
from fullcast.render.timeline import RATE_HZ, Clip, Timeline

_OPF = "{http://www.idpf.org/2007/opf}"
_SMIL_TYPE = "application/smil+xml"
_AUDIO_TYPE = "audio/mp4"
_FOLDER = "fullcast"
_NEWER = "The source is an EPUB 2; it was made an EPUB 3, which alone can be read along."
_OLD = "The source is no EPUB 3 and cannot be made one, so a new one was made from its text."
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class _Edition:
    """A book as it is given its sound."""

    archive: Archive
    package: str
    """The package document's name."""
    homes: Sequence[str]
    """For each block of the book the document that it is in."""
    changed: dict[str, bytes] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    ids: dict[Clip, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    """For each id its document."""
    anchors: dict[str, str] = field(default_factory=dict)
    """For each document the id of its body."""

    def read(self, name: str) -> bytes:
        """Return a member as it is by now."""
        content = self.changed.get(name)
        return self.archive.read(name) if content is None else content

    @property
    def folder(self) -> str:
        """A folder of our own: another one where the source had its sound from us already."""
        home = posixpath.dirname(self.package)
        taken = {posixpath.dirname(name) for name in self.archive.names}
        free = (f"{_FOLDER}{number or ''}" for number in count())
        return next(name for name in free if posixpath.join(home, name) not in taken)

    def member(self, name: str) -> str:
        """Name a member of our own."""
        return posixpath.join(posixpath.dirname(self.package), self.folder, name)


def write(order: Order) -> Report:
    """Write an EPUB 3 in which every sentence is heard as it is shown."""
    timeline, target, book = order.timeline, order.target, order.source
    if book is None:
        raise OutputError(f"{target}: an EPUB is made from the book, and none was given")
    edition, notes = _edition(order, book)
    _mark_documents(edition, book, timeline)
    chapters, levels = encode_chapters(timeline, order.store, order.progress)
    audio = [edition.member(f"{number:03}.m4a") for number in range(1, len(chapters) + 1)]
    sounds = [joined(chapter.pieces, order.store) for chapter in chapters]
    overlays = _overlays(edition, timeline, audio, [samples for _, samples in sounds])
    _declare(edition, timeline, overlays, audio)
    with whole_file(target) as path:
        _write(edition, path, dict(zip(audio, [sound for sound, _ in sounds], strict=True)))
    unmarked = sum(len(part.clips) for part in timeline.parts) - len(edition.ids)
    if unmarked:
        notes.append(f"{unmarked} sentences were not found in the markup; they are heard unmarked.")
    return Report(
        path=target,
        package="EPUB 3",
        duration_s=timeline.duration_s,
        chapters=tuple(
            measured(chapter, posixpath.basename(name))
            for chapter, name in zip(chapters, audio, strict=True)
        ),
        voices=levels,
        notes=tuple(notes),
        failed=timeline.failed,
    )


def _edition(order: Order, book: Book) -> tuple[_Edition, list[str]]:
    """Take the source as it is where it is an EPUB 3; else make a new one."""
    notes: list[str] = []
    if book.origin.format == "epub":
        path = Path(book.origin.path)
        archive = Archive(_source(path, book), path)
        name = package_name(archive)
        root = parse_xml(archive.read(name), f"{path}: {name}")
        homes = [block.place.document for block in book.blocks]
        if root.get("version", "").startswith("3"):
            return _Edition(archive, name, homes), notes
        if (changed := upgraded(archive, name)) is not None:
            return _Edition(archive, name, homes, changed), [_NEWER]
        notes.append(_OLD)
    data, homes = make_epub(book, order.timeline, read_cover(order.cover))
    return _Edition(Archive(data, order.target), "EPUB/package.opf", homes), notes


def _source(path: Path, book: Book) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OutputError(
            f"{path}: the source is needed to give it its sound, and cannot be read "
            f"({error.strerror}); put it back"
        ) from None
    if sha256(data).hexdigest() != book.origin.sha256:
        raise OutputError(f"{path}: the source has changed since it was read; perform it again")
    return data


# -- ids in documents ----------------------------------------------------------------------------


def _mark_documents(edition: _Edition, book: Book, timeline: Timeline) -> None:
    spoken = _by_block(book, timeline)
    by_document: dict[str, list[int]] = defaultdict(list)
    for number, home in enumerate(edition.homes):
        by_document[home].append(number)
    style = edition.member("overlay.css")
    for name, numbers in by_document.items():
        if not any(number in spoken for number in numbers):
            continue
        where = f"{edition.archive.path}: {name}"
        root = parse_xhtml(read_markup(edition.read(name), where), where)
        if root.tag != f"{{{XHTML}}}html":
            continue  # no XHTML, so no reading system shows it either
        blocks = [(book.blocks[number], spoken.get(number, [])) for number in numbers]
        if given := _mark_document(root, printable(book.text), blocks, edition.folder):
            edition.ids |= given
            edition.documents |= dict.fromkeys(given.values(), name)
            edition.anchors[name] = _anchor(root, f"{edition.folder}-body")
            _add_style(root, link(style, posixpath.dirname(name)))
            edition.changed[name] = serialised(root)


def _by_block(book: Book, timeline: Timeline) -> dict[int, list[Clip]]:
    starts = [block.span.start for block in book.blocks]
    spoken: dict[int, list[Clip]] = defaultdict(list)
    for part in timeline.parts:
        for clip in part.clips:
            lead = len(text := book.text[clip.start : clip.end]) - len(text.lstrip())
            spoken[bisect_right(starts, clip.start + lead) - 1].append(clip)
    return spoken


def _mark_document(
    root: Element, text: str, blocks: Sequence[tuple[Block, list[Clip]]], prefix: str
) -> dict[Clip, str]:
    """Give an id to the words of each clip; return those that were found."""
    ink = find_ink(root)
    at = 0
    stretches, ids = [], {}
    for block, clips in blocks:
        start = block.span.start
        wanted = without_spaces(block.span.of(text))
        found = ink.text.find(wanted, at)
        if found < 0:
            continue
        at = found + len(wanted)
        for clip in sorted(clips, key=lambda clip: clip.start):
            first = found + len(without_spaces(text[start : clip.start]))
            last = first + len(without_spaces(text[max(start, clip.start) : clip.end]))
            ids[clip] = f"{prefix}-{clip.start}"
            stretches.append((first, min(last, at), ids[clip]))
    given = mark(ink, stretches)
    return {clip: id_ for clip, id_ in ids.items() if id_ in given}


def _anchor(root: Element, id_: str) -> str:
    """Return the id of a document's body, given one if it had none."""
    body = root.find(f"{{{XHTML}}}body")
    if body is None:
        body = root
    if not body.get("id"):
        body.set("id", id_)
    return body.get("id", "")


def _add_style(root: Element, href: str) -> None:
    head = root.find(f"{{{XHTML}}}head")
    if head is not None:
        etree.SubElement(head, f"{{{XHTML}}}link", rel="stylesheet", type="text/css", href=href)


# -- overlays and package ------------------------------------------------------------------------


def _overlays(
    edition: _Edition, timeline: Timeline, audio: Sequence[str], samples: Sequence[int]
) -> dict[str, list[Pair]]:
    """Return the pairs of each document, in the order in which they are heard."""
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for part, name, held in zip(timeline.parts, audio, samples, strict=True):
        for pair in pair_up(part, edition.ids, name, held / RATE_HZ):
            pairs[edition.documents[pair.id]].append(pair)
    return pairs


def _declare(
    edition: _Edition,
    timeline: Timeline,
    overlays: Mapping[str, list[Pair]],
    audio: Sequence[str],
) -> None:
    """Write the overlays, and say in the package document what there is."""
    where = f"{edition.archive.path}: {edition.package}"
    root = parse_xml(edition.read(edition.package), where)
    manifest, metadata = root.find(f"{_OPF}manifest"), root.find(f"{_OPF}metadata")
    if manifest is None or metadata is None:
        raise OutputError(f"{where}: it lacks its manifest or metadata; look for a better copy")
    _forget_overlays(edition, manifest, metadata)
    pages = {
        resolve(edition.archive, edition.package, item.get("href", ""))[0]: item
        for item in manifest.iterfind(f"{_OPF}item")
    }
    whole_ms = 0
    for number, (document, pairs) in enumerate(overlays.items(), 1):
        name = edition.member(f"{number:03}.smil")
        edition.changed[name] = smil(name, document, edition.anchors[document], pairs).encode()
        id_ = _item(edition, manifest, name, _SMIL_TYPE)
        pages[document].set("media-overlay", id_)
        length_ms = sum(pair.end_ms - pair.begin_ms for pair in pairs)
        _meta(metadata, "media:duration", clock_value(length_ms), refines=f"#{id_}")
        whole_ms += length_ms
    for name in audio:
        _item(edition, manifest, name, _AUDIO_TYPE)
    style = edition.member("overlay.css")
    edition.changed[style] = STYLE.encode()
    _item(edition, manifest, style, "text/css")
    _meta(metadata, "media:duration", clock_value(whole_ms))
    _meta(metadata, "media:narrator", printable(timeline.narrator))
    _meta(metadata, "media:active-class", ACTIVE_CLASS)
    _meta(metadata, "media:playback-active-class", PLAYING_CLASS)
    edition.changed[edition.package] = etree.tostring(
        root.getroottree(), encoding="utf-8", xml_declaration=True
    )


def _forget_overlays(edition: _Edition, manifest: Element, metadata: Element) -> None:
    """Take out overlays that the source had: it can have one set only."""
    for item in list(manifest.iterfind(f"{_OPF}item")):
        item.attrib.pop("media-overlay", "")
        name, _ = resolve(edition.archive, edition.package, item.get("href", ""))
        kind = item.get("media-type", "")
        if kind == _SMIL_TYPE or (kind == _AUDIO_TYPE and f"{_FOLDER}/" in name):
            edition.dropped.add(name)
            manifest.remove(item)
    for meta in list(metadata.iterfind(f"{_OPF}meta")):
        if meta.get("property", "").startswith("media:"):
            metadata.remove(meta)


def _item(edition: _Edition, manifest: Element, name: str, media_type: str) -> str:
    id_ = f"{edition.folder}-{posixpath.basename(name)}"
    etree.SubElement(
        manifest,
        f"{_OPF}item",
        {
            "id": id_,
            "href": link(name, posixpath.dirname(edition.package)),
            "media-type": media_type,
        },
    )
    return id_


def _meta(metadata: Element, name: str, value: str, **attributes: str) -> None:
    meta = etree.SubElement(metadata, f"{_OPF}meta", {"property": name, **attributes})
    meta.text = value


def _write(edition: _Edition, path: Path, audio: Mapping[str, Path]) -> None:
    with zipfile.ZipFile(path, "w") as out:
        out.writestr(zipfile.ZipInfo("mimetype", _EPOCH), "application/epub+zip")
        for name in edition.archive.names:
            if name != "mimetype" and not name.endswith("/") and name not in edition.dropped:
                content = edition.changed.pop(name, None)
                _add(out, name, edition.archive.read(name) if content is None else content)
        for name, content in edition.changed.items():
            _add(out, name, content)
        for name, sound in audio.items():
            info = zipfile.ZipInfo(name, _EPOCH)  # AAC does not get smaller
            with out.open(info, "w") as member, sound.open("rb") as file:
                while chunk := file.read(1 << 20):
                    member.write(chunk)


def _add(out: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    out.writestr(info, content)
