"""A plain EPUB 3 made from a book that came as text, for overlays to be laid over it."""

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from fullcast.model import Block, BlockKind, Book
from fullcast.render.packages.audio import Cover
from fullcast.render.timeline import Timeline

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
xml:lang="{language}" lang="{language}">
<head><title>{title}</title></head>
<body>
{body}
</body>
</html>
"""
_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" \
xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{uuid}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>{language}</dc:language>
{author}<meta property="dcterms:modified">{now}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
{items}
</manifest>
<spine>
{spine}
</spine>
</package>
"""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return a text with what XML cannot hold shown as U+FFFD."""
    return _CONTROLS.sub("\ufffd", text)


def page(title: str, body: str, language: str) -> str:
    """Return a page around markup."""
    return _PAGE.format(language=escape(language), title=escape(printable(title)), body=body)


def make_epub(book: Book, timeline: Timeline, cover: Cover | None) -> tuple[bytes, list[str]]:
    """Return an EPUB 3 of a book, and for each of its blocks the document that it is in."""
    firsts = _first_blocks(book, timeline)
    titles = _titles(timeline, front=len(firsts) > len(timeline.parts))
    language = escape(timeline.language or book.language or "en")
    members: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": _package(book, timeline, language, len(firsts), cover),
        "EPUB/nav.xhtml": _nav(titles, language),
    }
    homes = []
    for number, (first, title) in enumerate(zip(firsts, titles, strict=True)):
        end = firsts[number + 1] if number + 1 < len(firsts) else len(book.blocks)
        name = f"EPUB/{_page_name(number)}"
        body = "\n".join(_element(book, block) for block in book.blocks[first:end])
        members[name] = _PAGE.format(
            language=language, title=escape(printable(title)), body=body or "<p></p>"
        )
        homes += [name] * (end - first)
    if cover:
        members[f"EPUB/{_cover_name(cover)}"] = cover.data
    return _zipped(members), homes


def _first_blocks(book: Book, timeline: Timeline) -> list[int]:
    """Return the block that each document begins with: one a chapter, one for what is before."""
    starts = [block.span.start for block in book.blocks]
    firsts = [
        max(0, bisect_right(starts, min(clip.start for clip in part.clips)) - 1)
        for part in timeline.parts
        if part.clips
    ]
    unique = sorted(set(firsts))
    return unique if unique[0] == 0 else [0, *unique]


def _titles(timeline: Timeline, *, front: bool) -> list[str]:
    titles = [part.title or f"{n}" for n, part in enumerate(timeline.parts, 1) if part.clips]
    return [timeline.title or "Front matter", *titles] if front else titles


def _page_name(number: int) -> str:
    return f"text/{number:03}.xhtml"


def _cover_name(cover: Cover) -> str:
    return "cover.png" if cover.codec == "png" else "cover.jpg"


def _element(book: Book, block: Block) -> str:
    if not len(block.span):
        return "<hr/>"
    name = "h1" if block.kind is BlockKind.HEADING else "p"
    kind = ' class="break"' if block.kind is BlockKind.BREAK else ""
    return f"<{name}{kind}>{_inline(book, block)}</{name}>"


def _inline(book: Book, block: Block) -> str:
    start, end = block.span.start, block.span.end
    text = printable(book.text)
    parts, at = [], start
    first = bisect_right(book.emphasis, start, key=lambda span: span.end)
    for span in book.emphasis[first:]:
        if span.start >= end:
            break
        begin, stop = max(span.start, start), min(span.end, end)
        parts += [escape(text[at:begin], quote=False)]
        parts += ["<em>", escape(text[begin:stop], quote=False), "</em>"]
        at = stop
    parts.append(escape(text[at:end], quote=False))
    return "".join(parts).replace("\n", "<br/>\n")


def _nav(titles: Sequence[str], language: str) -> str:
    lines = "\n".join(
        f'<li><a href="{_page_name(number)}">{escape(printable(title))}</a></li>'
        for number, title in enumerate(titles)
    )
    body = f'<nav epub:type="toc"><h1>Contents</h1><ol>\n{lines}\n</ol></nav>'
    return _PAGE.format(language=language, title="Contents", body=body)


def _package(book: Book, timeline: Timeline, language: str, pages: int, cover: Cover | None) -> str:
    items = [
        f'<item id="page{n}" href="{_page_name(n)}" media-type="application/xhtml+xml"/>'
        for n in range(pages)
    ]
    if cover:
        items.append(
            f'<item id="cover" href="{_cover_name(cover)}" media-type="{cover.media_type}" '
            'properties="cover-image"/>'
        )
    author = f"<dc:creator>{escape(printable(timeline.author))}</dc:creator>\n"
    return _PACKAGE.format(
        language=language,
        uuid=uuid5(NAMESPACE_URL, book.sha256),
        title=escape(printable(timeline.title or "Untitled")),
        author=author if timeline.author else "",
        now=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        items="\n".join(items),
        spine="\n".join(f'<itemref idref="page{n}"/>' for n in range(pages)),
    )


def _zipped(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
