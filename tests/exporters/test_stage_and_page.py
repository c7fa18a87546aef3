"""FDX, DOCX, SSML and Web Annotations: read back by XML, python-docx and the offsets."""

import ctypes
import io
import json
import shutil
import subprocess
from itertools import count, takewhile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from exported import lines_of, nasty_script, nasty_stories, read_by, spoken, told
from hypothesis import given, settings
from lxml import etree
from making import make_story

from fullcast.exporters import Script, build_script, docx, fdx, ssml, web_annotation
from fullcast.exporters.scenes import names_of, xml_text

_MARK = 3


class _Event(ctypes.Structure):
    """What espeak-ng tells of while it speaks (``speak_lib.h``)."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("_told", ctypes.c_int * 5),
        ("_user", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
    )


SSML = "{http://www.w3.org/2001/10/synthesis}"


def fdx_of(script: Script) -> list[tuple[str | None, str]]:
    content = etree.fromstring(fdx.export(script)).find("Content")
    assert content is not None
    found, who = [], None
    for paragraph in content:
        words = "".join(text.text or "" for text in paragraph.findall("Text"))
        if paragraph.get("Type") == "Character":
            who = words.removesuffix(" (V.O.)")
        elif words:
            found.append((who if paragraph.get("Type") == "Dialogue" else None, words))
    return found


def docx_of(document: WordDocument) -> list[tuple[str | None, str]]:
    """Read all but the title: headings, breaks, and rows of who and what."""
    found: list[tuple[str | None, str]] = []
    for part in list(document.iter_inner_content())[1:]:
        if hasattr(part, "rows"):
            for row in part._tbl.tr_lst:
                who, words = ("".join(p.text for p in cell.p_lst) for cell in row.tc_lst)
                found.append((who.removesuffix(" (thinks)") or None, words))
        elif part.text:
            found.append((None, part.text))
    return found


def opened(script: Script) -> WordDocument:
    return Document(io.BytesIO(docx.export(script)))


def printable(lines: list[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    return [(who and xml_text(who), xml_text(words)) for who, words in lines]


def test_final_draft_has_every_line_and_who_says_it(script: Script) -> None:
    for story in (script, nasty_script()):
        assert fdx_of(story) == spoken(story)


def test_final_draft_notes_doubt_in_the_line(script: Script) -> None:
    notes = etree.fromstring(fdx.export(script)).findall(
        ".//Paragraph[@Type='Dialogue']/ScriptNote"
    )
    assert ["".join(note.itertext()).strip() for note in notes] == [
        "In doubt: Ada Finch (54%), or Tom (31%), or nobody in the cast (15%). Judged by: turn.",
        "In doubt: nobody in the cast (40%). Judged by: turn.",
    ]


def test_word_has_a_column_of_speakers(script: Script) -> None:
    for story in (script, nasty_script()):
        assert docx_of(opened(story)) == spoken(story)


def test_word_comments_on_doubt(script: Script) -> None:
    comments = list(opened(script).comments)
    assert [comment.author for comment in comments] == ["Fullcast", "Fullcast"]
    assert comments[0].text.startswith("In doubt: Ada Finch (54%), or Tom (31%)")


def test_word_has_chapters_as_headings(script: Script) -> None:
    styles = {part.text: part.style.name for part in opened(script).paragraphs if part.style}
    assert styles == {"The Ferry": "Title", "I. The Landing": "Heading 1", "* * *": "Normal"}


@settings(max_examples=30)
@given(nasty_stories())
def test_random_lines_come_back(script: Script) -> None:
    assert [words for _, words in docx_of(opened(script))] == told(script)
    assert [words for _, words in fdx_of(script)] == told(script)


def test_what_xml_cannot_hold_is_shown() -> None:
    script = build_script(*make_story())
    script["segments"][2]["text"] = "a\x00b\x1b\ufffe"
    assert (None, "a\ufffdb\ufffd\ufffd") in fdx_of(script)
    assert (None, "a\ufffdb\ufffd\ufffd") in docx_of(opened(script))
    assert "a\ufffdb\ufffd\ufffd" in "".join(etree.fromstring(ssml.export(script)).itertext())


def test_speech_has_a_voice_for_each_speaker(script: Script) -> None:
    root = etree.fromstring(ssml.export(script))
    voices = [
        (each.get("name"), each.get("gender"), each[0].tail) for each in root.iter(f"{SSML}voice")
    ]
    assert voices[:2] == [
        ("ada-finch", "female", "“Will he come?”"),
        ("ada-finch", "female", "“or must we swim?”"),
    ]
    assert {name for name, _, _ in voices} == {"ada-finch", "tom"}
    assert root.tag == f"{SSML}speak"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_speech_is_the_story(script: Script) -> None:
    for story in (script, nasty_script()):
        lines = [line.text for line in lines_of(story) if line.kind != "break"]
        said = "".join(etree.fromstring(ssml.export(story)).itertext())
        assert "".join(said.split()) == "".join("".join(lines).split())
    assert "“Will he come?” asked Ada Finch softly, “or must we swim?”" in "".join(
        etree.fromstring(ssml.export(script)).itertext()
    )


def test_annotations_point_at_every_line(script: Script) -> None:
    text = "".join(segment["text"] for segment in script["segments"])
    page = json.loads(web_annotation.export(script))
    names = names_of(script)
    found = []
    for item in page["items"]:
        (name,) = (body["value"] for body in item["body"] if body.get("purpose") == "tagging")
        for target in item["target"]:
            place, quoted = target["selector"]
            assert text[place["start"] : place["end"]] == quoted["exact"]
            around = text[: place["start"]], text[place["end"] :]
            assert around[0].endswith(quoted["prefix"])
            assert around[1].startswith(quoted["suffix"])
            found.append((name, quoted["exact"]))
    assert found == [
        (names[line.segment["speaker"]], line.segment["text"].strip())
        for line in lines_of(script)
        if line.voiced
    ]


def test_annotations_say_what_a_tool_needs(script: Script) -> None:
    page = json.loads(web_annotation.export(script))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert len({item["id"] for item in page["items"]}) == len(page["items"])
    assert {body["purpose"] for body in page["items"][2]["body"]} == {
        "classifying",
        "tagging",
        "identifying",
        "linking",
        "commenting",
    }


def test_libre_office_opens_it(tmp_path: Path, script: Script) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    for name, story in (("plain", script), ("nasty", nasty_script())):
        (tmp_path / f"{name}.docx").write_bytes(docx.export(story))
        command = [office, f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless"]
        command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path]
        subprocess.run([*command, tmp_path / f"{name}.docx"], check=True, capture_output=True)
        lines = (tmp_path / f"{name}.txt").read_text("utf-8-sig").splitlines()
        names = {*names_of(story).values(), "Ada Finch (thinks)", ""}
        assert [line for line in lines if line not in names][1:] == [
            words for words in told(story) if words not in names
        ]


def test_recogito_finds_every_quotation(script: Script) -> None:
    for story in (script, nasty_script()):
        text = "".join(segment["text"] for segment in story["segments"])
        page = web_annotation.export(story)
        (read,) = read_by("annotations", page)
        assert [each["id"] for each in read] == [each["id"] for each in json.loads(page)["items"]]
        selectors = [selector for each in read for selector in each["selector"]]
        assert len(selectors) == sum(line.voiced for line in lines_of(story))
        assert all(text[each["start"] : each["end"]] == each["quote"] for each in selectors)


def test_espeak_meets_every_line(script: Script) -> None:
    """Have a speech engine read it, and tell where it met a mark."""
    pytest.importorskip("espeakng_loader")
    espeak = pytest.importorskip("fullcast.render.engines.espeak")
    met: list[str] = []

    @ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))
    def collect(_samples, _count, events) -> int:
        for event in takewhile(lambda event: event.type, map(events.__getitem__, count())):
            met.extend([event.name.decode()] if event.type == _MARK else [])
        return 0

    library = espeak.EspeakEngine()._load()
    library.espeak_SetSynthCallback(collect)
    content = ssml.export(script)
    utf8_and_ssml = 1 | 0x10
    library.espeak_Synth(content, len(content) + 1, 0, 1, 0, utf8_and_ssml, None, None)
    library.espeak_Synchronize()
    espeak._unload(library)
    lines = [line.segment["id"] for line in lines_of(script) if line.kind != "break"]
    assert met == [line for line in lines if line in met]
    assert len(lines) - len(met) <= 1  # it forgets that of the one word “Listen!”
