"""Corrections made in a spreadsheet or an editor."""

import csv
import io
import json
from pathlib import Path

import pytest
from making import make_story

from fullcast.errors import CorrectionError
from fullcast.exporters import build_script, json_bytes
from fullcast.exporters.tables import export
from fullcast.exporters.writers import csv_bytes
from fullcast.model import (
    CharacterRemoved,
    CharacterRenamed,
    Gender,
    GenderSet,
    NarratorSet,
    SpeakerSet,
)
from fullcast.readers.corrections import read_corrections

BOOK, FOUND = make_story()
SCRIPT = build_script(BOOK, FOUND)
TABLES = dict(export(SCRIPT))
IDS = [quotation.id for quotation in FOUND.quotations]


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def saved(
    folder: Path,
    rows: list[dict[str, str]],
    *,
    encoding: str = "utf-8",
    before: str = "",
    **habits: str,
) -> Path:
    page = io.StringIO(newline="")
    table = csv.DictWriter(page, rows[0].keys(), **habits)  # type: ignore[arg-type]
    table.writeheader()
    table.writerows(rows)
    path = folder / "edited.csv"
    path.write_bytes((before + page.getvalue()).encode(encoding))
    return path


HABITS = [
    {},
    {"encoding": "utf-8-sig", "delimiter": ";"},
    {"encoding": "utf-16", "delimiter": "\t"},
    {"lineterminator": "\n"},
    {"before": "sep=;\r\n", "delimiter": ";"},
    {"quoting": csv.QUOTE_ALL},
]


@pytest.mark.parametrize("habits", HABITS)
@pytest.mark.parametrize("source", [csv_bytes(SCRIPT), TABLES["quotations.csv"]])
def test_one_name_changed_is_one_correction(
    source: bytes, habits: dict[str, str], tmp_path: Path
) -> None:
    rows = rows_of(source)
    key = "quotation" if "quotation" in rows[0] else "id"
    for row in rows:
        if row[key] == IDS[2]:
            row["speaker_name"] = "Tom"
    path = saved(tmp_path, rows, **habits)
    assert read_corrections(path, FOUND) == (SpeakerSet(IDS[2], "tom"),)


@pytest.mark.parametrize("source", [csv_bytes(SCRIPT), *TABLES.values(), json_bytes(SCRIPT)])
def test_nothing_changed_is_no_correction(source: bytes, tmp_path: Path) -> None:
    path = tmp_path / "same"
    path.write_bytes(source)
    if b"speaker" in source or b"gender" in source:
        assert read_corrections(path, FOUND) == ()


@pytest.mark.parametrize(
    ("column", "value", "speaker"),
    [
        ("speaker", "tom", "tom"),
        ("speaker", "Tom", "tom"),
        ("speaker_name", " tom ", "tom"),
        ("speaker_name", "the owl", "the-owl"),
        ("speaker_name", "", None),
    ],
)
def test_what_may_be_written(column: str, value: str, speaker: str | None, tmp_path: Path) -> None:
    rows = rows_of(TABLES["quotations.csv"])
    rows[2][column] = value
    assert read_corrections(saved(tmp_path, rows), FOUND) == (SpeakerSet(IDS[2], speaker),)


def test_one_piece_of_a_speech_is_enough(tmp_path: Path) -> None:
    rows = rows_of(csv_bytes(SCRIPT))
    next(row for row in rows if row["quotation"] == IDS[0])["speaker"] = "tom"
    assert read_corrections(saved(tmp_path, rows), FOUND) == (SpeakerSet(IDS[0], "tom"),)


def test_rows_and_columns_that_are_not_needed_may_go(tmp_path: Path) -> None:
    rows = [{"Speaker": "tom", "Quotation": IDS[4]}, {"Speaker": "", "Quotation": ""}]
    assert read_corrections(saved(tmp_path, rows), FOUND) == (SpeakerSet(IDS[4], "tom"),)


def test_the_cast_is_read_back(tmp_path: Path) -> None:
    rows = rows_of(TABLES["cast.csv"])
    rows[1] |= {"name": "Thomas", "gender": "Other", "narrator": "FALSE"}
    assert read_corrections(saved(tmp_path, rows), FOUND) == (
        CharacterRenamed("tom", "Thomas"),
        GenderSet("tom", Gender.OTHER),
    )


def test_a_script_in_json_is_read_back(tmp_path: Path) -> None:
    script = json.loads(json_bytes(SCRIPT))
    script["characters"][0]["gender"] = "unknown"
    line = next(each for each in script["segments"] if each["quotation"] == IDS[3])
    line["speaker"] = "ada-finch"
    path = tmp_path / "edited.json"
    path.write_text(json.dumps(script), "utf-8")
    assert read_corrections(path, FOUND) == (
        GenderSet("ada-finch", Gender.UNKNOWN),
        SpeakerSet(IDS[3], "ada-finch"),
    )


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"speaker_name": "Ada Flinch"}, r"row 4: .*'Ada Flinch'; did you mean Ada Finch"),
        ({"speaker_name": "Xerxes"}, "did you mean one of Ada Finch, Tom, the owl"),
        ({"speaker_name": "Tom", "speaker": "the-owl"}, "settle on one"),
        ({"id": "q9999"}, "no line 'q9999'; is this another story's"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, str], trouble: str, tmp_path: Path) -> None:
    rows = rows_of(TABLES["quotations.csv"])
    rows[2] |= changes
    with pytest.raises(CorrectionError, match=trouble):
        read_corrections(saved(tmp_path, rows), FOUND)


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", "no column tells"),
        (b"a,b\r\n1,2", "no column tells"),
        (b"{", "no script in JSON"),
        (b"\xff\xfa", "no text in UTF-8; save it as CSV"),
        (b'{"characters": [1], "segments": []}', "no script in JSON"),
        (b"quotation,speaker\r\n,tom", "narration, which nobody says"),
        (b"id,gender\r\ntom,maybe", "'maybe' is no gender"),
        (b"id,gender\r\nann,male", "nobody in the cast has the id 'ann'"),
        (b"id,gender,group\r\ntom,male,true", "group is changed; a cast file"),
        (b"id,gender,narrator\r\ntom,male,maybe", "'maybe' is neither true nor false"),
        (b"id,gender,narrator\r\ntom,male,true\r\nthe-owl,,true", "cannot both be the narrator"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, trouble: str, tmp_path: Path) -> None:
    path = tmp_path / "edited"
    path.write_bytes(content)
    with pytest.raises(CorrectionError, match=trouble):
        read_corrections(path, FOUND)


def test_an_export_that_is_not_read_back_names_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "edited.fdx"
    path.write_text("<FinalDraft/>", encoding="utf-8")
    with pytest.raises(CorrectionError, match=r"not read from \.fdx; take a table"):
        read_corrections(path, FOUND)


def test_the_narrator_and_nobody_in_the_table_of_the_cast(tmp_path: Path) -> None:
    path = tmp_path / "cast.csv"
    teller = next((c.id for c in FOUND.characters if c.narrator), None)
    other = next(c.id for c in FOUND.characters if c.id != teller)
    path.write_text(f"id,name,gender,narrator\n{other},,,\n", "utf-8")
    assert read_corrections(path, FOUND) == (CharacterRemoved(other),)
    path.write_text(f"id,gender,narrator\n{other},,TRUE\n", "utf-8")
    assert read_corrections(path, FOUND) == (NarratorSet(other),)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="no such file of corrections"):
        read_corrections(tmp_path / "none.csv", FOUND)


def test_what_a_person_confirms_is_decided(tmp_path: Path) -> None:
    rows = [row for row in rows_of(csv_bytes(SCRIPT)) if row["quotation"] == IDS[0]]
    for row in rows:
        row["source"] = "person"
    assert read_corrections(saved(tmp_path, rows), FOUND) == (
        SpeakerSet(IDS[0], FOUND.attributions[0].speaker),
    )
    rows[0]["speaker_name"] = "the owl"
    (changed,) = read_corrections(saved(tmp_path, rows), FOUND)
    assert changed == SpeakerSet(IDS[0], "the-owl")
