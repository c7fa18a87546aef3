"""The tables, read back by csv, by pyarrow and by DuckDB."""

import csv
import io
from pathlib import Path

import duckdb
import pyarrow.parquet
from hypothesis import given
from making import stories

from fullcast.exporters import Script, build_script
from fullcast.exporters.parquet import export as parquet
from fullcast.exporters.tables import TABLES
from fullcast.exporters.tables import export as tables
from fullcast.model import Annotations, Book


def read_parquet(content: bytes) -> list[dict[str, object]]:
    return pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()


@given(stories())
def test_segments_are_the_text(story: tuple[Book, Annotations]) -> None:
    script = build_script(*story)
    page = io.StringIO(tables(script)["segments.csv"].decode(), newline="")
    assert "".join(row["text"] for row in csv.DictReader(page)) == story[0].text
    rows = read_parquet(parquet(script)["segments.parquet"])
    assert "".join(str(row["text"]) for row in rows) == story[0].text


def test_both_forms_have_one_schema(script: Script) -> None:
    for table in TABLES:
        head = tables(script)[f"{table.name}.csv"].decode().splitlines()[0].split(",")
        file = pyarrow.parquet.ParquetFile(io.BytesIO(parquet(script)[f"{table.name}.parquet"]))
        assert head == list(table.columns) == file.schema_arrow.names


def test_duckdb_reads_them(script: Script, tmp_path: Path) -> None:
    for name, content in parquet(script).items():
        (tmp_path / name).write_bytes(content)
        ((count,),) = duckdb.read_parquet(str(tmp_path / name)).aggregate("count(*)").fetchall()
        assert count == len(read_parquet(content)), name
    said = duckdb.read_parquet(str(tmp_path / "quotations.parquet")).order('"start"')
    assert said.project("speaker_name, words").fetchall()[0] == ("Ada Finch", 7)


def test_a_quotation_in_full(script: Script) -> None:
    assert read_parquet(parquet(script)["quotations.parquet"])[0] == {
        "id": "q112",
        "kind": "speech",
        "start": 112,
        "end": 170,
        "parts": 2,
        "chapter": "c37",
        "speaker": "ada-finch",
        "speaker_name": "Ada Finch",
        "addressees": ["tom"],
        "addressee_names": ["Tom"],
        "confidence": 0.99,
        "source": "rule",
        "reason": "explicit",
        "cue_kind": "explicit",
        "cue_start": 128,
        "cue_end": 150,
        "cue_verb": "asked",
        "cue_manner": "softly",
        "words": 7,
        "text": "“Will he come?” “or must\nwe swim?”",
    }


def test_without_words_columns_are_left_out(script: Script) -> None:
    page = tables(script, text=False)["quotations.csv"].decode()
    assert page.splitlines()[0].endswith("cue_end,words")


def test_a_lone_surrogate_becomes_what_utf8_has(script: Script) -> None:
    script["characters"][0]["aliases"].append("\ud800")
    script["segments"][0]["text"] = "\ud800"
    assert "\ufffd" in str(read_parquet(parquet(script)["cast.parquet"])[0]["aliases"])
    assert read_parquet(parquet(script)["segments.parquet"])[0]["text"] == "\ufffd"
    assert "\ufffd".encode() in tables(script)["segments.csv"]
