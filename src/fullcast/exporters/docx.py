"""DOCX: the story with a column of speakers, and comments on doubtful lines."""

import io
from typing import Any, cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from fullcast.exporters.scenes import (
    Line,
    Scene,
    doubt_of,
    heading_level,
    name_of,
    names_of,
    one_line,
    scenes_of,
    title_of,
    xml_text,
)
from fullcast.exporters.schema import Script

_DEEPEST = 9
_NAME_WIDTH, _TEXT_WIDTH = Cm(4), Cm(11.5)


def export(script: Script) -> bytes:
    """Write a script as a Word document: headings, and a table for each scene."""
    document = Document()
    document.core_properties.title = xml_text(title_of(script))[:255]
    document.core_properties.author = xml_text(one_line(script["author"]))[:255]
    document.add_heading(xml_text(title_of(script)), 0)
    names = names_of(script)
    for scene in scenes_of(script):
        _add_scene(document, scene, script, names)
    page = io.BytesIO()
    document.save(page)
    return page.getvalue()


def _add_scene(
    document: WordDocument, scene: Scene, script: Script, names: dict[str | None, str]
) -> None:
    if scene.parted:
        document.add_paragraph()
    table: Table | None = None
    for line in scene.lines:
        if line.kind == "heading":
            level = min(heading_level(line, script["chapters"]), _DEEPEST)
            document.add_heading(xml_text(line.text), level)
            table = None
        elif line.kind == "break":
            row = document.add_paragraph(xml_text(line.text))
            row.alignment = WD_ALIGN_PARAGRAPH.CENTER
            table = None
        else:
            table = table or _new_table(document)
            run = _add_row(table, line, names)
            if doubt := doubt_of(line, names):
                document.add_comment(run, xml_text(doubt), author="Fullcast", initials="F")


def _new_table(document: WordDocument) -> Table:
    table = cast("Table", document.add_table(rows=0, cols=2))
    for column, width in zip(table.columns, (_NAME_WIDTH, _TEXT_WIDTH), strict=True):
        column.width = width
    return table


def _add_row(table: Table, line: Line, names: dict[str | None, str]) -> Run:
    """Add a row; by hand, for python-docx takes longer for each row that is there already."""
    speaker = line.segment["speaker"]
    name = name_of(speaker, names) if line.voiced else ""
    unheard = " (thinks)" if line.kind == "thought" else ""
    row = _new("w:tr")
    _add_cell(row, table, name + unheard).bold = True
    run = _add_cell(row, table, line.text)
    table._tbl.append(row)
    return run


def _add_cell(row: Any, table: Table, words: str) -> Run:
    paragraph, inner, cell = _new("w:p"), _new("w:r"), _new("w:tc")
    inner.text = xml_text(words)
    paragraph.append(inner)
    cell.append(paragraph)
    row.append(cell)
    return Run(inner, Paragraph(paragraph, table))


def _new(tag: str) -> Any:
    """Make an element of python-docx, whose own types say less of it than it can do."""
    return OxmlElement(tag)
