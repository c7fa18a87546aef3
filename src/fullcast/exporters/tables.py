"""A story as tables, one CSV file each. ``parquet`` writes the same tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from fullcast.exporters.quoted import Quoted, names_of, quoted, text_of
from fullcast.exporters.registry import Content
from fullcast.exporters.schema import Script
from fullcast.exporters.writers import Cell, csv_table
from fullcast.model import Emotion


class Kind(StrEnum):
    """What a column holds; any cell may be empty."""

    TEXT = "text"
    TEXTS = "texts"
    INTEGER = "integer"
    NUMBER = "number"
    TRUTH = "truth"


_STORYS_WORDS = frozenset({"text", "title", "cue_verb", "cue_manner", "evidence"})
"""Columns that a table without the story's words leaves out."""

Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns with what they hold, and its rows."""

    name: str
    columns: Mapping[str, Kind]
    rows: Callable[[Script], Iterable[Row]]

    def shown(self, *, text: bool) -> dict[str, Kind]:
        """Return its columns; without the story's words where ``text`` is false."""
        return {
            name: kind for name, kind in self.columns.items() if text or name not in _STORYS_WORDS
        }


def _cast(script: Script) -> Iterable[Row]:
    return cast("list[Row]", script["characters"])


def _quotations(script: Script) -> Iterator[Row]:
    names = names_of(script)
    for quotation in quoted(script["segments"]):
        first = quotation.first
        yield {
            "id": quotation.id,
            "kind": first["kind"],
            "start": first["start"],
            "end": quotation.end,
            "parts": len(quotation.pieces),
            "chapter": first["chapter"],
            "speaker": first["speaker"],
            "speaker_name": names.get(first["speaker"] or ""),
            "addressees": first["addressees"],
            "addressee_names": [names.get(id_, id_) for id_ in first["addressees"]],
            "confidence": first["confidence"],
            "source": first["source"],
            "reason": first["reason"],
            **_cue(quotation),
            "words": quotation.words,
            "text": quotation.text,
        }


def _cue(quotation: Quoted) -> Row:
    cue = quotation.first["cue"]
    if cue is None:
        return {}
    return {
        "cue_kind": cue["kind"],
        "cue_start": cue["start"],
        "cue_end": cue["end"],
        "cue_verb": cue["verb"],
        "cue_manner": cue["manner"],
    }


def _segments(script: Script) -> Iterator[Row]:
    for segment in script["segments"]:
        yield {**cast("Row", segment), "words": len(segment["text"].split())}


def _mentions(script: Script) -> Iterator[Row]:
    names, text = names_of(script), text_of(script)
    for mention in script["mentions"]:
        yield {
            **cast("Row", mention),
            "character_name": names.get(mention["character"] or ""),
            "text": text[mention["start"] : mention["end"]],
        }


def _feelings(script: Script) -> Iterator[Row]:
    for feeling in script["feelings"]:
        emotions = feeling["emotions"]
        yield {
            "quotation": feeling["quotation"],
            "emotion": next(iter(emotions)),
            "valence": feeling["valence"],
            "warmth": feeling["warmth"],
            **emotions,
            "evidence": [found["text"] for found in feeling["evidence"]],
        }


def _ties(script: Script) -> Iterator[Row]:
    names = names_of(script)
    for tie in script["ties"]:
        yield {
            **cast("Row", tie),
            "character_name": names.get(tie["character"] or ""),
            "of_name": names.get(tie["of"]),
        }


def _moves(script: Script) -> Iterator[Row]:
    for move in script["moves"]:
        yield {
            **cast("Row", move),
            "reasons": [reason["name"] for reason in move["reasons"]],
            "weights": [str(reason["weight"]) for reason in move["reasons"]],
            "text": " … ".join(reason["text"] for reason in move["reasons"]),
        }


def _turning_points(script: Script) -> Iterator[Row]:
    for turn in script["turning_points"]:
        evidence = [found["text"] for found in turn["evidence"]]
        yield {**cast("Row", turn), "evidence": evidence}


def _chapters(script: Script) -> Iterable[Row]:
    return cast("list[Row]", script["chapters"])


_JUDGED = {
    "speaker": Kind.TEXT,
    "speaker_name": Kind.TEXT,
    "addressees": Kind.TEXTS,
    "addressee_names": Kind.TEXTS,
    "confidence": Kind.NUMBER,
    "source": Kind.TEXT,
    "reason": Kind.TEXT,
}
_CUE = {
    "cue_kind": Kind.TEXT,
    "cue_start": Kind.INTEGER,
    "cue_end": Kind.INTEGER,
    "cue_verb": Kind.TEXT,
    "cue_manner": Kind.TEXT,
}
_BETWEEN = {"source": Kind.TEXT, "target": Kind.TEXT}
_PLACE = {"start": Kind.INTEGER, "end": Kind.INTEGER}

TABLES = (
    Table(
        "cast",
        {
            "id": Kind.TEXT,
            "name": Kind.TEXT,
            "aliases": Kind.TEXTS,
            "gender": Kind.TEXT,
            "narrator": Kind.TRUTH,
            "group": Kind.TRUTH,
            "quotations": Kind.INTEGER,
            "words": Kind.INTEGER,
        },
        _cast,
    ),
    Table(
        "quotations",
        {
            "id": Kind.TEXT,
            "kind": Kind.TEXT,
            **_PLACE,
            "parts": Kind.INTEGER,
            "chapter": Kind.TEXT,
            **_JUDGED,
            **_CUE,
            "words": Kind.INTEGER,
            "text": Kind.TEXT,
        },
        _quotations,
    ),
    Table(
        "segments",
        {
            "id": Kind.TEXT,
            "kind": Kind.TEXT,
            **_PLACE,
            "chapter": Kind.TEXT,
            "layer": Kind.TEXT,
            "block": Kind.TEXT,
            "quotation": Kind.TEXT,
            "speaker": Kind.TEXT,
            "words": Kind.INTEGER,
            "text": Kind.TEXT,
        },
        _segments,
    ),
    Table(
        "mentions",
        {
            **_PLACE,
            "kind": Kind.TEXT,
            "character": Kind.TEXT,
            "character_name": Kind.TEXT,
            "text": Kind.TEXT,
        },
        _mentions,
    ),
    Table(
        "chapters",
        {"id": Kind.TEXT, **_PLACE, "level": Kind.INTEGER, "title": Kind.TEXT},
        _chapters,
    ),
    Table(
        "feelings",
        {
            "quotation": Kind.TEXT,
            "emotion": Kind.TEXT,
            "valence": Kind.NUMBER,
            "warmth": Kind.NUMBER,
            **{str(emotion): Kind.NUMBER for emotion in Emotion},
            "evidence": Kind.TEXTS,
        },
        _feelings,
    ),
    Table(
        "ties",
        {
            **_PLACE,
            "word": Kind.TEXT,
            "character": Kind.TEXT,
            "character_name": Kind.TEXT,
            "of": Kind.TEXT,
            "of_name": Kind.TEXT,
            "past": Kind.TRUTH,
            "confidence": Kind.NUMBER,
            "text": Kind.TEXT,
        },
        _ties,
    ),
    Table(
        "moves",
        {
            **_PLACE,
            "quotation": Kind.TEXT,
            "kind": Kind.TEXT,
            **_BETWEEN,
            "amount": Kind.NUMBER,
            "warmth": Kind.NUMBER,
            "confidence": Kind.NUMBER,
            "reasons": Kind.TEXTS,
            "weights": Kind.TEXTS,
            "text": Kind.TEXT,
        },
        _moves,
    ),
    Table(
        "turning_points",
        {
            **_PLACE,
            "quotation": Kind.TEXT,
            **_BETWEEN,
            "before": Kind.NUMBER,
            "after": Kind.NUMBER,
            "confidence": Kind.NUMBER,
            "evidence": Kind.TEXTS,
        },
        _turning_points,
    ),
)
"""Their columns stay; others may be added after them."""


def export(script: Script, *, text: bool = True) -> Content:
    """Write each table as a CSV file."""
    return {
        f"{table.name}.csv": csv_table(table.shown(text=text), table.rows(script))
        for table in TABLES
    }
