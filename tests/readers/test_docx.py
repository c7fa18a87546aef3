"""Word documents: styles, runs, tables, footnotes, and broken ones."""

from pathlib import Path

import docx
import pytest
import stories
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reading import chapters, parts, read, stressed, words

from fullcast.errors import SourceDamaged, SourceEmpty, SourceUnsafe

PROSE = "Ada walked down to the mill, and nobody met her on the way."


def test_headings_by_style(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The Mill", style="Title")
    for name in ("Rain", "Sun"):
        document.add_heading(name, 1)
        document.add_paragraph(PROSE)
        document.add_paragraph("")
    book = read(tmp_path, stories.saved(document))
    assert parts(book)[0] == ("heading", "front", "The Mill")
    assert chapters(book) == [("Rain", 1), ("Sun", 1)]
    assert book.blocks[3].place.path == "paragraph 5"


def test_emphasis_by_run_and_style(tmp_path: Path) -> None:
    document = docx.Document()
    thought = document.styles.add_style("Thought", WD_STYLE_TYPE.CHARACTER)
    thought.font.italic = True
    letter = document.styles.add_style("Letter", WD_STYLE_TYPE.PARAGRAPH)
    letter.font.italic = True
    paragraph = document.add_paragraph("She ")
    paragraph.add_run("ran ").italic = True
    paragraph.add_run("away, ")
    paragraph.add_run("oh no", style="Thought")
    paragraph.add_run(".")
    document.add_paragraph("Dear Ada, ", style="Letter").add_run("come").italic = False
    book = read(tmp_path, stories.saved(document))
    assert book.text == "She ran away, oh no.\n\nDear Ada, come\n"
    assert stressed(book) == ["ran", "oh no", "Dear Ada,"]


def test_breaks_tabs_tables_and_changes(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("One\ntwo\tthree")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left", "Right"
    changed = document.add_paragraph("He ")
    for tag, run in (("ins", "<w:t>stayed.</w:t>"), ("del", "<w:delText>left.</w:delText>")):
        changed._p.append(
            parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="x"><w:r>{run}</w:r></w:{tag}>')
        )
    document.add_paragraph("***")
    book = read(tmp_path, stories.saved(document))
    assert words(book) == ["One\ntwo\tthree", "Left", "Right", "He stayed.", "***"]
    assert parts(book)[-1][0] == "break"


def test_ruled_line(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(PROSE)
    ruled = document.add_paragraph()
    ruled._p.get_or_add_pPr().append(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single"/></w:pBdr>')
    )
    document.add_paragraph(PROSE)
    book = read(tmp_path, stories.saved(document))
    assert [kind for kind, *_ in parts(book)] == ["paragraph", "break", "paragraph"]


def remade(data: bytes, **members: str) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return stories.zipped(whole | members)


def test_footnotes(tmp_path: Path) -> None:
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>x'
        '</w:t></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>Of oak.</w:t></w:r>'
        "</w:p></w:footnote></w:footnotes>"
    )
    book = read(tmp_path, remade(stories.as_docx(), **{"word/footnotes.xml": notes}))
    assert words(book, layer="note") == ["Of oak."]
    assert book.blocks[-1].place.path == "footnote 1"


def test_empty(tmp_path: Path) -> None:
    with pytest.raises(SourceEmpty):
        read(tmp_path, stories.saved(docx.Document()))


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml"])
def test_broken_parts(part: str, tmp_path: Path) -> None:
    with pytest.raises(SourceDamaged, match="broken"):
        read(tmp_path, remade(stories.as_docx(), **{part: "<a>"}), "story.docx")


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with pytest.raises(SourceUnsafe, match="ENTITY"):
        read(tmp_path, remade(stories.as_docx(), **{"word/styles.xml": bomb}))
