"""The forms of a script document, each a function from the document to the file's bytes.

All are UTF-8. JSON escapes what would break a line or a terminal, so the text comes back exactly;
CSV has no escapes, so a lone surrogate (which UTF-8 cannot hold) becomes U+FFFD there.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import TypeAlias, cast

from fullcast.errors import OutputError
from fullcast.exporters.schema import Script, SegmentEntry
from fullcast.formats.records import json_line, json_page

Cell: TypeAlias = str | int | float | Sequence[str] | None
"""``None`` is written as an empty cell; several words are joined with ``;``."""

CSV_COLUMNS = (
    "id",
    "kind",
    "start",
    "end",
    "text",
    "chapter",
    "chapter_title",
    "quotation",
    "speaker",
    "speaker_name",
    "addressees",
    "addressee_names",
    "confidence",
    "cue_kind",
    "cue_text",
    "cue_start",
    "cue_end",
    "cue_verb",
    "cue_manner",
    "cue_subject",
    "layer",
    "block",
    "alternatives",
    "evidence_start",
    "evidence_end",
    "evidence_text",
    "source",
    "reason",
)
"""One row for each segment; nested keys of the JSON form are joined with ``_``."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def json_bytes(script: Script) -> bytes:
    """Write one JSON object, each record on a line of its own, so that tools can compare files."""
    return json_page(script)


def jsonl_bytes(script: Script) -> bytes:
    """Write a line for all but the segments, then a line for each segment."""
    header = {key: value for key, value in script.items() if key != "segments"}
    lines = [json_line(header), *map(json_line, script["segments"]), ""]
    return "\n".join(lines).encode()


def csv_bytes(script: Script) -> bytes:
    """Write a header row, then a row for each segment."""
    names = {character["id"]: character["name"] for character in script["characters"]}
    titles = {chapter["id"]: chapter["title"] for chapter in script["chapters"]}
    rows = (dict(_cells(segment, names, titles)) for segment in script["segments"])
    return csv_table(CSV_COLUMNS, rows)


def csv_table(columns: Iterable[str], rows: Iterable[Mapping[str, Cell]]) -> bytes:
    """Write a header row, then the rows; of each, what the columns name."""
    names = tuple(columns)
    page = io.StringIO(newline="")
    # "\r\n" between rows makes the csv module put quotation marks around either character alone.
    table = csv.writer(page, lineterminator="\r\n")
    table.writerow(names)
    table.writerows([_plain(row.get(name)) for name in names] for row in rows)
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", page.getvalue()).encode()


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return (
        ";".join(cell) if isinstance(cell, list | tuple) else cast("str | int | float | None", cell)
    )


WRITERS = MappingProxyType({".json": json_bytes, ".jsonl": jsonl_bytes, ".csv": csv_bytes})
"""What a script can be written as, by the file's suffix."""


def writer_for(path: PurePath) -> Callable[[Script], bytes]:
    """Choose the writer by the suffix of ``path``; raise ``OutputError`` where there is none."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        trouble = (
            f"no script can be written as {path.suffix}"
            if path.suffix
            else "its name has no suffix to say how the script is written"
        )
        raise OutputError(f"{path}: {trouble}; name the file with one of {', '.join(WRITERS)}")
    return writer


def quoted(words: str) -> str:
    """Write words as JSON does, and TOML: in quotation marks, on one line."""
    return json_line(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", words))


def _cells(
    segment: SegmentEntry, names: dict[str, str], titles: dict[str, str]
) -> Iterator[tuple[str, Cell]]:
    """Flatten a segment: column by column, in no order."""
    for key, value in segment.items():
        if isinstance(value, str | int | float):
            yield key, value
    yield "chapter_title", titles.get(segment["chapter"] or "")
    yield "speaker_name", names.get(segment["speaker"] or "")
    yield "addressees", ";".join(segment["addressees"])
    yield "addressee_names", ";".join(names.get(id_, id_) for id_ in segment["addressees"])
    for prefix, nested in (("cue", segment["cue"]), ("evidence", segment["evidence"])):
        for key, value in (nested or {}).items():
            yield f"{prefix}_{key}", cast("Cell", value)
    others = [
        f"{other['speaker'] or ''}={other['confidence']}" for other in segment["alternatives"]
    ]
    yield "alternatives", ";".join(others)
