"""Read a novel in PDNC's format: its text, quotations, speakers and cast.

A novel is a folder with ``novel_text.txt``, ``quotation_info.csv`` and ``character_info.csv``.
Offsets count characters of the text opened without newline translation.
"""

import ast
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fullcast.analysis.people.find import slug
from fullcast.model import Book, Character, Quotation, Span
from fullcast.readers import read_book

_NARRATORS = frozenset(("_narr", "Narr"))
_SPECIAL = "_"
_MARKS = frozenset("\"“”'‘’«»")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuotation:
    """One annotated quotation. Spans are as annotated: without the quotation marks."""

    spans: tuple[Span, ...]
    speaker: str
    """A character's id, or the special name (``_group``, ``_unknowable``) as written."""
    addressees: frozenset[str]
    kind: str
    """``explicit``, ``anaphoric``, ``implicit`` or ``""``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Novel:
    """An annotated novel."""

    name: str
    book: Book
    quotations: tuple[GoldQuotation, ...]
    cast: tuple[Character, ...]
    minor: frozenset[str]
    """Ids of the characters annotated as minor."""
    genders: Mapping[str, str] = field(default_factory=dict)
    """Each character's gender as annotated: ``F``, ``M``, ``U`` or ``X``."""

    def given_quotations(self) -> tuple[Quotation, ...]:
        """Return the gold quotations as Fullcast's own, marks included."""
        text = self.book.text
        return tuple(
            Quotation(spans=tuple(_with_marks(text, span) for span in gold.spans))
            for gold in self.quotations
        )


def find_novels(folder: Path, names: Sequence[str] = ()) -> list[Path]:
    """Return the novels' folders under ``folder``, all or those named; fail on unknown names."""
    found = {path.parent.name: path.parent for path in folder.glob("*/quotation_info.csv")}
    unknown = sorted(set(names) - found.keys())
    if unknown or not found:
        missing = ", ".join(unknown) or "any novel in PDNC's format"
        raise SystemExit(f"{folder} does not hold {missing}; it holds: {', '.join(sorted(found))}")
    return [found[name] for name in sorted(names or found)]


def read_novel(folder: Path) -> Novel:
    """Read one novel's folder."""
    rows = _rows(folder / "character_info.csv")
    cast, ids, minor = _cast(rows)
    book = read_book(folder / "novel_text.txt", encoding="utf-8")
    found = [_gold(row, ids) for row in _rows(folder / "quotation_info.csv")]
    found.sort(key=lambda gold: gold.spans)
    return Novel(
        name=folder.name,
        book=book,
        quotations=tuple(found),
        cast=tuple(cast),
        minor=frozenset(minor),
        genders={
            ids[row["Main Name"].strip()]: row["Gender"].strip()
            for row in rows
            if row["Main Name"].strip() in ids
        },
    )


def _rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(2**30)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _cast(rows: Sequence[dict[str, str]]) -> tuple[list[Character], dict[str, str], set[str]]:
    """Return the cast, every name's character id, and the minor characters' ids."""
    cast: list[Character] = []
    ids: dict[str, str] = {}
    minor: set[str] = set()
    taken: set[str] = set()
    for row in rows:
        name = row["Main Name"].strip()
        if name.startswith(_SPECIAL):
            continue
        names = [alias.strip() for alias in listed(row["Aliases"]) if alias.strip()]
        character = Character(
            id=slug(name, taken),
            name=name,
            aliases=tuple(sorted(a for a in names if a not in _NARRATORS)),
            narrator=bool(_NARRATORS.intersection(names)),
        )
        cast.append(character)
        for alias in (name, *names):
            ids.setdefault(alias, character.id)
        if row["Category"] == "minor":
            minor.add(character.id)
    return cast, ids, minor


def listed(cell: str) -> list[str]:
    """Return the names in a cell: a Python literal, ``set()``, or nothing at all."""
    return list(ast.literal_eval(cell)) if cell.strip() not in ("", "nan", "set()") else []


def _gold(row: dict[str, str], ids: dict[str, str]) -> GoldQuotation:
    spans = sorted(Span(a, b) for a, b in ast.literal_eval(row["quoteByteSpans"]))
    speaker = row["speaker"].strip()
    addressees = {name.strip() for name in listed(row["addressees"])}
    kind = row["quoteType"].lower()
    return GoldQuotation(
        spans=tuple(spans),
        speaker=ids.get(speaker, speaker),
        addressees=frozenset(ids.get(name, name) for name in addressees),
        kind=kind if kind in ("explicit", "anaphoric", "implicit") else "",
    )


def _with_marks(text: str, span: Span) -> Span:
    start, end = min(span.start, len(text)), min(span.end, len(text))
    if start and text[start - 1] in _MARKS:
        start -= 1
    if text[end : end + 1] and text[end] in _MARKS:
        end += 1
    return Span(start, end)
