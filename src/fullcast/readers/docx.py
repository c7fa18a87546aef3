"""Word documents: headings by style, italics by run and style, tables cell by cell."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from fullcast.errors import SourceDamaged, SourceEmpty
from fullcast.formats.archive import Archive
from fullcast.formats.markup import decode_xml, parse_xml, refuse_entities
from fullcast.model import Book, Layer, Origin, Place, Span
from fullcast.readers.chapters import structure
from fullcast.readers.decode import Decoded
from fullcast.readers.draft import Draft
from fullcast.readers.emphasis import merge
from fullcast.readers.tagged import Manuscript

_BROKEN = (OpcError, KeyError, ValueError, AttributeError, etree.LxmlError)
_CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
    qn("w:softHyphen"): "\u00ad",
}
# Struck-out text, the old place of text that was moved, boxes that float beside the story.
_ASIDE = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent")}
_FOOTNOTES = "word/footnotes.xml"
_DEEPEST_STYLE = 20


def read_docx(data: bytes, path: Path) -> Book:
    """Read a Word document.

    Raises:
        SourceDamaged: The archive or a part of it is broken.
        SourceEmpty: There is no text in it.
        SourceUnsafe: It would harm the machine that opens it.
    """
    archive = Archive(data, path)
    for name in archive.names:
        content = archive.read(name)  # python-docx unpacks all parts, with no limits of its own
        if name.endswith((".xml", ".rels")):
            where = f"{path}: {name}"
            refuse_entities(decode_xml(content, where), where)
    try:
        document = Document(io.BytesIO(data))
        manuscript = Manuscript()
        _add_paragraphs(manuscript, document)
        properties = document.core_properties
        title, author = properties.title, properties.author
    except _BROKEN as error:
        raise SourceDamaged(
            f"{path}: Word's parts are broken ({error}); open it in Word or LibreOffice and save "
            "it anew."
        ) from None
    _add_footnotes(manuscript, archive)
    text = manuscript.text
    if not text.strip():
        raise SourceEmpty(f"{path}: there is no text in it; give a document that holds a story.")
    found = structure(text, manuscript.drafts)
    return Book(
        text=text,
        blocks=tuple(draft.block() for draft in manuscript.drafts),
        chapters=found.chapters,
        emphasis=tuple(merge(manuscript.emphasis)),
        title=found.title or title,
        author=found.author or ("" if author == "python-docx" else author),
        language=found.language,
        origin=Origin(path=str(path), format="docx", sha256=sha256(data).hexdigest()),
        notices=Decoded(text, "utf-8").notices(),
    )


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph's style says of it."""

    level: int = 0
    """Of a heading, below the title's 1; 0 for any other paragraph."""
    layer: Layer | None = None
    stressed: bool = False


def _add_paragraphs(manuscript: Manuscript, document: Any) -> None:
    body = document.element.body
    known: dict[str | None, _Style] = {}  # python-docx looks a style up anew each time
    for number, element in enumerate(body.iter(qn("w:p")), 1):
        if any(above.tag in _ASIDE for above in element.iterancestors()):
            continue
        paragraph = Paragraph(element, document)
        place = Place(path=f"paragraph {number}")
        if element.style not in known:
            known[element.style] = _style(paragraph.style)
        style = known[element.style]
        words, emphasis = _runs(paragraph, stressed=style.stressed)
        if words.strip():
            draft = Draft(
                span=Span(0, 0), words=words, place=place, level=style.level, layer=style.layer
            )
            manuscript.add(draft, () if style.level else emphasis)
        elif _is_ruled(element):
            manuscript.add_rule(place)


def _is_ruled(element: Any) -> bool:
    """Tell whether an empty paragraph shows as a line, which Word makes of ``---``."""
    rules = element.iterfind(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    return any(True for _ in rules) or "o:hr=" in etree.tostring(element, encoding="unicode")


def _style(style: Any) -> _Style:
    level, layer = 0, None
    for name in ((one.name or "").lower() for one in _styles(style)):
        if name == "title":
            level = 1
        elif name.startswith("heading ") and name[8:].isdigit():
            level = int(name[8:]) + 1
        elif name.startswith("toc"):
            layer = Layer.FRONT
        elif name in {"footnote text", "endnote text"}:
            layer = Layer.NOTE
        if level or layer:
            break
    return _Style(level, layer, _stress(style))


def _styles(style: Any) -> Iterator[Any]:
    """Yield a style and those that it is based on."""
    for _ in range(_DEEPEST_STYLE):
        if style is None:
            return
        yield style
        style = getattr(style, "base_style", None)


def _runs(paragraph: Paragraph, *, stressed: bool) -> tuple[str, list[tuple[int, int]]]:
    """Return a paragraph's text, without blank ends, and its stressed stretches."""
    parts: list[str] = []
    stretches: list[tuple[int, int]] = []
    at = 0
    runs: Iterable[Any] = paragraph._p.iter(qn("w:r"))
    for element in runs:
        if _stands_aside(element, paragraph._p):
            continue
        words = "".join(_characters(element))
        if words and _is_stressed(Run(element, paragraph), inherited=stressed):
            lead = len(words) - len(words.lstrip())
            stretches.append((at + lead, at + max(lead, len(words.rstrip()))))
        parts.append(words)
        at += len(words)
    text = "".join(parts)
    end = len(text.rstrip(" \n\r"))
    return text[:end], [(start, min(stop, end)) for start, stop in stretches if start < end]


def _stands_aside(run: Any, paragraph: Any) -> bool:
    for above in run.iterancestors():
        if above is paragraph:
            return False
        if above.tag in _ASIDE or above.tag == qn("w:p"):
            return True
    return False


def _characters(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _CHARACTERS and child.get(qn("w:type")) not in {"page", "column"}:
            yield _CHARACTERS[child.tag]


def _is_stressed(run: Run, *, inherited: bool) -> bool:
    own = [value for value in (run.italic, run.bold) if value is not None]
    if own:
        return any(own)
    if run._r.style is not None and any(_says(style) is not None for style in _styles(run.style)):
        return _stress(run.style)
    return inherited


def _says(style: Any) -> bool | None:
    font = getattr(style, "font", None)
    return None if font is None else font.italic


def _stress(style: Any) -> bool:
    """Tell whether a style is italic, itself or by what it is based on."""
    said = (value for one in _styles(style) if (value := _says(one)) is not None)
    return next(said, False)


def _add_footnotes(manuscript: Manuscript, archive: Archive) -> None:
    """Append the footnotes, which Word keeps apart from the text."""
    name = archive.find(_FOOTNOTES)
    if name is None:
        return
    root = parse_xml(archive.read(name), f"{archive.path}: {name}")
    for note in root.iter(qn("w:footnote")):
        if note.get(qn("w:type")) in {"separator", "continuationSeparator"}:
            continue
        words = "\n".join(
            "".join(_all_characters(paragraph)) for paragraph in note.iter(qn("w:p"))
        ).strip()
        if words:
            place = Place(document=name, path=f"footnote {note.get(qn('w:id'))}")
            manuscript.add(Draft(span=Span(0, 0), words=words, place=place, layer=Layer.NOTE))


def _all_characters(paragraph: Any) -> Iterator[str]:
    for run in paragraph.iter(qn("w:r")):
        yield from _characters(run)
