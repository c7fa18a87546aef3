"""One small story in every format, built in code, and the parts to build worse files from."""

import html
import io
import zipfile
from collections.abc import Iterable

import docx
import docx.document

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""

STORY = (
    ("title", "The Quiet Mill"),
    ("byline", "by Jane Doe"),
    ("heading", "Chapter 1"),
    ("text", "Ada walked down to the mill, and *nobody* met her on the way."),
    ("text", "“Is anyone there?” she called. The wheel went round and round."),
    ("text", "* * *"),
    ("text", "By evening the rain had come; the miller had not."),
    ("heading", "Chapter 2: The Miller’s Return"),
    ("text", "“You are late,” said Ada."),
    ("text", "He shook the water from his hat and said nothing for a while."),
)
"""Kind and words; ``*`` marks what is italic."""


def words(marked: str) -> str:
    return marked if is_break(marked) else marked.replace("*", "")


def is_break(marked: str) -> bool:
    return marked == "* * *"


def as_text(story: Iterable[tuple[str, str]] = STORY) -> bytes:
    return ("\n\n".join(words(marked) for _, marked in story) + "\n").encode()


def as_markup(story: Iterable[tuple[str, str]] = STORY) -> str:
    tags = {"title": "h1", "byline": "p", "heading": "h2", "text": "p"}
    parts = []
    for kind, marked in story:
        inner = html.escape(marked, quote=False)
        if not is_break(marked):
            pieces = inner.split("*")
            inner = "".join(f"<em>{p}</em>" if i % 2 else p for i, p in enumerate(pieces))
        parts.append(f"<{tags[kind]}>{inner}</{tags[kind]}>")
    return "\n".join(parts)


def as_html(story: Iterable[tuple[str, str]] = STORY) -> bytes:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>x</title></head>\n'
        f"<body>{as_markup(story)}</body></html>"
    ).encode()


def as_docx(story: Iterable[tuple[str, str]] = STORY) -> bytes:
    document = docx.Document()
    styles = {"title": "Title", "byline": "Normal", "heading": "Heading 1", "text": "Normal"}
    for kind, marked in story:
        paragraph = document.add_paragraph(style=styles[kind])
        pieces = [marked] if is_break(marked) else marked.split("*")
        for index, piece in enumerate(pieces):
            paragraph.add_run(piece).italic = True if index % 2 else None
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xhtml(body: str, head: str = "", doctype: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{doctype}\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>x</title>{head}</head><body>{body}</body></html>"
    )


def zipped(members: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def opf(
    pages: dict[str, str],
    *,
    version: str = "3.0",
    items: str = "",
    spine: str = "",
    toc: str = "",
    guide: str = "",
    metadata: str = "",
) -> str:
    manifest = "".join(
        f'<item id="p{i}" href="{name}" media-type="application/xhtml+xml"/>'
        for i, name in enumerate(pages)
    )
    refs = spine or "".join(f'<itemref idref="p{i}"/>' for i, _ in enumerate(pages))
    return (
        f'<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="{version}">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Quiet Mill</dc:title>'
        f"<dc:creator>Jane Doe</dc:creator><dc:language>en</dc:language>{metadata}</metadata>"
        f"<manifest>{manifest}{items}</manifest><spine {toc}>{refs}</spine>{guide}</package>"
    )


def epub(pages: dict[str, str], *, contents: dict[str, str] | None = None, **package: str) -> bytes:
    """An EPUB of XHTML bodies; ``contents`` are links and titles of an EPUB 3 navigation."""
    items = package.pop("items", "")
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
    }
    members |= {f"OEBPS/{name}": xhtml(body) for name, body in pages.items()}
    if contents is not None:
        links = "".join(f'<li><a href="{to}">{t}</a></li>' for to, t in contents.items())
        members["OEBPS/nav.xhtml"] = xhtml(f'<nav epub:type="toc"><ol>{links}</ol></nav>')
        items += (
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        )
    members["OEBPS/book.opf"] = opf(pages, items=items, **package)
    return zipped(members)


def ncx(contents: dict[str, str]) -> str:
    points = "".join(
        f"<navPoint><navLabel><text>{t}</text></navLabel><content src='{to}'/></navPoint>"
        for to, t in contents.items()
    )
    return (
        '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/">'
        f"<navMap>{points}</navMap></ncx>"
    )


def _halves() -> tuple[str, str]:
    return as_markup(STORY[:7]), as_markup(STORY[7:])


def as_epub3() -> bytes:
    one, two = _halves()
    contents = {"ch1.xhtml": "Chapter 1", "ch2.xhtml": "Chapter 2: The Miller’s Return"}
    return epub({"ch1.xhtml": one, "ch2.xhtml": two}, contents=contents)


def as_epub2() -> bytes:
    one, two = _halves()
    pages = {"ch 1.xhtml": one, "ch2.xhtml": two}
    item = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/toc.ncx": ncx(
            {"ch%201.xhtml": "Chapter 1", "ch2.xhtml": "Chapter 2: The Miller’s Return"}
        ),
        "OEBPS/book.opf": opf(
            {"ch%201.xhtml": "", "ch2.xhtml": ""}, version="2.0", items=item, toc='toc="ncx"'
        ),
    }
    return zipped(members | {f"OEBPS/{name}": xhtml(body) for name, body in pages.items()})
