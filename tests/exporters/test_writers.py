"""The written forms: what is read back is what was said."""

import csv
import io
import json
from pathlib import PurePath

import pytest
from hypothesis import given
from making import make_book, stories

from fullcast.errors import OutputError
from fullcast.exporters import WRITERS, Script, build_script, json_bytes, writer_for
from fullcast.exporters.writers import CSV_COLUMNS, csv_bytes, jsonl_bytes
from fullcast.model import Annotations, BlockKind, Book, Layer

NASTY = 'a\r\nb\rc\nd,e;"f"\t=1+1\x00\x1b[31m\x7f\x85\x9b\u2028\u2029\ufeff—𝒜 ~'


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def nasty_script(text: str = NASTY) -> Script:
    return build_script(make_book([(BlockKind.PARAGRAPH, Layer.BODY, text)]), Annotations())


@given(stories())
def test_json_comes_back(story: tuple[Book, Annotations]) -> None:
    script = build_script(*story)
    assert json.loads(json_bytes(script)) == script


@given(stories())
def test_json_lines_come_back(story: tuple[Book, Annotations]) -> None:
    script = build_script(*story)
    header, *segments = map(json.loads, jsonl_bytes(script).decode().splitlines())
    assert segments == script["segments"]
    assert header | {"segments": segments} == script


@given(stories())
def test_csv_texts_come_back(story: tuple[Book, Annotations]) -> None:
    book, annotations = story
    rows = read_csv(csv_bytes(build_script(book, annotations)))
    assert "".join(row["text"] for row in rows) == book.text


@pytest.mark.parametrize("write", WRITERS.values())
def test_ends_its_last_line(write, script: Script) -> None:
    assert write(script).endswith(b"\n")


def test_nasty_characters_come_back_from_json() -> None:
    content = json_bytes(nasty_script(NASTY + "\ud800"))
    assert json.loads(content)["segments"][0]["text"] == NASTY + "\ud800"
    assert not any(
        character in content.decode() for character in "\r\x00\x1b\x7f\x85\x9b\u2028\u2029"
    )


def test_nasty_characters_come_back_from_csv() -> None:
    (row,) = read_csv(csv_bytes(nasty_script(NASTY + "\ud800")))
    assert row["text"] == NASTY + "\ufffd"


def test_letters_are_written_as_they_are(script: Script) -> None:
    assert "“Will he come?”".encode() in json_bytes(script)


def test_a_record_has_a_line(script: Script) -> None:
    lines = json_bytes(script).decode().splitlines()
    assert sum(line.startswith('{"id": "s') for line in lines) == len(script["segments"])


def test_csv_says_names_and_ids(script: Script) -> None:
    rows = read_csv(csv_bytes(script))
    assert tuple(rows[0]) == CSV_COLUMNS
    line, doubtful = rows[3], rows[9]
    assert (line["speaker"], line["speaker_name"]) == ("ada-finch", "Ada Finch")
    assert (line["addressees"], line["addressee_names"]) == ("tom", "Tom")
    assert (line["chapter"], line["chapter_title"]) == ("c37", "I. The Landing")
    assert (line["cue_verb"], line["evidence_text"]) == ("asked", "asked Ada Finch")
    assert doubtful["alternatives"] == "tom=0.31;=0.15"
    assert rows[0]["speaker"] == rows[0]["confidence"] == rows[0]["cue_text"] == ""


def test_csv_joins_addressees_with_semicolons(script: Script) -> None:
    script["segments"][3]["addressees"] = ["tom", "the-owl"]
    line = read_csv(csv_bytes(script))[3]
    assert (line["addressees"], line["addressee_names"]) == ("tom;the-owl", "Tom;the owl")


@pytest.mark.parametrize(("name", "write"), [("a.json", json_bytes), ("A.CSV", csv_bytes)])
def test_the_suffix_chooses(name: str, write) -> None:
    assert writer_for(PurePath(name)) is write


@pytest.mark.parametrize("name", ["a.xml", "a", ".json"])
def test_another_suffix_is_refused_with_what_there_is(name: str) -> None:
    with pytest.raises(OutputError, match=r"\.json, \.jsonl, \.csv"):
        writer_for(PurePath(name))


def test_a_name_without_a_suffix_is_told_so() -> None:
    with pytest.raises(OutputError, match=r"^story: its name has no suffix .* one of \.json"):
        writer_for(PurePath("story"))
