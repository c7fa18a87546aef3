"""A script or a cast that somebody put right by hand, read back as corrections.

What was changed shows by comparison with what was found. Either the id or the name of a speaker may
be changed: whichever differs from what was found is what the person meant. What a person is given
as the ``source`` of is decided too, though it be as found.
"""

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from fullcast.errors import CorrectionError
from fullcast.model import (
    Annotations,
    Book,
    Character,
    CharacterRemoved,
    CharacterRenamed,
    Correction,
    Gender,
    GenderSet,
    NarratorSet,
    QuotationKind,
    SourceKind,
    SpeakerSet,
)
from fullcast.readers.screenplay import find_dialogue, quotations_of

Row: TypeAlias = Mapping[str, str]
_DELIMITERS = ",;\t"
_NO_NAME = re.compile(r"[()^\s]+")
_NOBODY = "unknown"
"""As exports write the name of nobody."""
_ONE_WAY = {".fdx", ".ink", ".twee", ".yarn", ".rpy", ".docx", ".xml", ".ssml"}
_HOW = "save it as CSV in UTF-8, with its header row"


def read_corrections(
    path: str | os.PathLike[str], annotations: Annotations, book: Book | None = None
) -> tuple[Correction, ...]:
    """Read what somebody changed in a script or in a table of the cast or the quotations.

    Args:
        path: A script, as ``.json`` or ``.csv``, or the table ``quotations`` or ``cast`` as
            ``.csv``; spreadsheets' own delimiters, byte order marks and line ends are understood.
            Rows may be missing or sorted otherwise, and so may columns that are not needed.
            Of a screenplay as ``.fountain``, the names over the speeches count.
        annotations: What was found, before anybody changed it.
        book: The story; only a screenplay needs it, which has no ids.

    Raises:
        CorrectionError: It cannot be read, or names what is not in the book.
    """
    where = Path(path)
    found = _Found(where, annotations)
    if where.suffix.lower() in _ONE_WAY:
        raise CorrectionError(
            f"{where}: corrections are not read from {where.suffix}; take a table (.csv), a script "
            "(.json) or a screenplay (.fountain) of this story"
        )
    text = _text(where)
    if where.suffix.lower() == ".fountain":
        return tuple(found.speakers(_speeches(text, where, annotations, book)))
    if text.lstrip().startswith("{"):
        cast, lines = _entries(text, where)
        return (*found.cast(cast), *found.speakers(lines))
    header, rows = _table(text, where)
    if "gender" in header and "quotation" not in header:
        return tuple(found.cast(rows))
    if not {"speaker", "speaker_name"} & set(header) or not {"quotation", "id"} & set(header):
        raise CorrectionError(
            f"{where}: no column tells who speaks (speaker or speaker_name) which line (quotation "
            f"or id); {_HOW}"
        )
    return tuple(found.speakers(rows))


def check_corrections(path: str | os.PathLike[str]) -> None:
    """Refuse a file that cannot be read as text, before a story is understood for it.

    Raises:
        CorrectionError: It cannot be read.
    """
    _text(Path(path))


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # a spreadsheet's "Unicode text"
        return content.decode("utf-16" if utf16 else "utf-8-sig")
    except FileNotFoundError:
        raise CorrectionError(f"{path}: no such file of corrections") from None
    except UnicodeDecodeError:
        raise CorrectionError(f"{path}: this is no text in UTF-8; {_HOW}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CorrectionError(f"{path}: cannot be opened ({reason.lower()})") from error


def _table(text: str, path: Path) -> tuple[list[str], list[tuple[str, Row]]]:
    """Read a table as its header and its rows, numbered as a spreadsheet numbers them."""
    first, _, rest = text.partition("\n")
    delimiter = max(_DELIMITERS, key=first.count)
    if first.lower().startswith("sep="):  # a line that Excel understands
        text, delimiter = rest, first.strip()[4:] or delimiter
    csv.field_size_limit(10**9)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        rows: list[tuple[str, Row]] = [
            (f"row {number}", dict(zip(header, map(str.strip, row), strict=False)))
            for number, row in enumerate(reader, 2)
            if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise CorrectionError(f"{path}: line {reader.line_num}: {error}; {_HOW}") from error
    return header, rows


def _entries(text: str, path: Path) -> tuple[list[tuple[str, Row]], list[tuple[str, Row]]]:
    """Read the cast and the segments of a script in JSON as rows of the same kind."""
    try:
        script = json.loads(text)
        cast = [(f"character {one['id']}", _flat(one)) for one in script["characters"]]
        lines = [(f"segment {one['id']}", _flat(one)) for one in script["segments"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CorrectionError(f"{path}: this is no script in JSON ({error})") from error
    return cast, lines


def _speeches(
    text: str, path: Path, annotations: Annotations, book: Book | None
) -> Iterator[tuple[str, Row]]:
    """Read the speeches of a screenplay as rows of the same kind."""
    if book is None:
        raise CorrectionError(f"{path}: a screenplay has no ids; give the book it is of, too")
    dialogue = list(find_dialogue(text))
    try:
        quotations = quotations_of(dialogue, book, annotations.quotations)
    except CorrectionError as error:
        raise CorrectionError(f"{path}: {error}") from None
    for speech, quotation in zip(dialogue, quotations, strict=True):
        yield f"line {speech.line}", {"quotation": quotation, "speaker_name": speech.name}


def _flat(entry: Mapping[str, Any]) -> Row:
    plain = {key: value for key, value in entry.items() if isinstance(value, str | bool | None)}
    return {key: "" if value is None else str(value) for key, value in plain.items()}


@dataclass(frozen=True, slots=True)
class _Line:
    """Whom a row names for a quotation, by what it was changed in."""

    where: str
    speaker: str | None


class _Found:
    """What was found in the book, to compare with."""

    def __init__(self, path: Path, annotations: Annotations) -> None:
        self._path = path
        self._cast = {character.id: character for character in annotations.characters}
        self._kinds = {quotation.id: quotation.kind for quotation in annotations.quotations}
        self._speakers = {judged.quotation: judged.speaker for judged in annotations.attributions}
        self._called: dict[str, set[str]] = {}
        for character in annotations.characters:
            self._called.setdefault(_folded(character.name), set()).add(character.id)
        names = frozenset(self._called)
        for character in annotations.characters:
            for alias in {_folded(alias) for alias in character.aliases} - names:
                self._called.setdefault(alias, set()).add(character.id)

    def speakers(self, rows: Iterable[tuple[str, Row]]) -> Iterator[SpeakerSet]:
        """Yield a correction for each quotation that somebody else speaks now, or that stands."""
        changed: dict[str, _Line] = {}
        confirmed: dict[str, _Line] = {}
        for where, row in rows:
            quotation = self._quotation(where, row)
            if quotation is None:
                continue
            found = self._speakers.get(quotation)
            if row.get("source") == SourceKind.PERSON:
                confirmed[quotation] = _Line(where, found)
            for speaker in self._named(where, row, found):
                line = changed.setdefault(quotation, _Line(where, speaker))
                if line.speaker != speaker:
                    self._refuse(
                        where,
                        f"{quotation} is spoken by {speaker or 'nobody'} here, and by "
                        f"{line.speaker or 'nobody'} in {line.where}; settle on one",
                    )
        for quotation, line in (confirmed | changed).items():
            yield SpeakerSet(quotation, line.speaker)

    def _quotation(self, where: str, row: Row) -> str | None:
        """Find the quotation of a row; ``None`` where it is of narration, and nobody speaks."""
        quotation = row["quotation"] if "quotation" in row else row.get("id", "")
        if not quotation:
            if row.get("speaker") or row.get("speaker_name"):
                self._refuse(where, "a speaker is named, but this is narration, which nobody says")
            return None
        if quotation not in self._kinds or self._kinds[quotation] is QuotationKind.MENTION:
            self._refuse(where, f"the book has no line {quotation!r}; is this another story's?")
        return quotation

    def _named(self, where: str, row: Row, before: str | None) -> set[str | None]:
        """Return whom a row names anew, by id, by name, or by both; nobody twice."""
        name_before = self._cast[before].name if before in self._cast else ""
        named: set[str | None] = set()
        if "speaker" in row and row["speaker"] != (before or ""):
            named.add(self._who(where, row["speaker"]))
        if "speaker_name" in row and _folded(row["speaker_name"]) != _folded(name_before):
            named.add(self._who(where, row["speaker_name"]))
        return named - {before}

    def _who(self, where: str, name: str) -> str | None:
        if not name or name in self._cast:
            return name or None
        found = self._called.get(_folded(name), set())
        if not found and _folded(name) == _NOBODY:
            return None
        if len(found) > 1:
            self._refuse(where, f"{name!r} may be any of {', '.join(sorted(found))}; name the id")
        if not found:
            near = get_close_matches(_folded(name), self._called, n=3)
            people = sorted({self._cast[id_].name for one in near for id_ in self._called[one]})
            told = " or ".join(people) or f"one of {', '.join(c.name for c in self._some())}"
            self._refuse(where, f"nobody in the cast is called {name!r}; did you mean {told}?")
        return next(iter(found))

    def _some(self) -> list[Character]:
        return list(self._cast.values())[:10]

    def cast(self, rows: Iterable[tuple[str, Row]]) -> Iterator[Correction]:
        """Yield corrections of names, genders and the narrator; an emptied name is nobody's."""
        tellers: dict[str, str | None] = {}
        for where, row in rows:
            character = self._cast.get(row.get("id", ""))
            if character is None:
                self._refuse(where, f"nobody in the cast has the id {row.get('id')!r}")
            if row.get("group", "").lower() not in ("", str(character.group).lower()):
                self._refuse(where, "group is changed; a cast file can do that (--cast)")
            if row.get("name") == "":
                yield CharacterRemoved(character.id)
                continue
            tells = self._flag(where, row.get("narrator", ""), character.narrator)
            if tells is not None:
                tellers[where] = character.id if tells else None
            yield from self._renamed(where, row, character)
        told = {teller for teller in tellers.values() if teller}
        if len(told) > 1:
            self._refuse(max(tellers), f"{' and '.join(sorted(told))} cannot both be the narrator")
        if tellers:
            yield NarratorSet(next(iter(told), None))

    def _renamed(self, where: str, row: Row, character: Character) -> Iterator[Correction]:
        name = row.get("name", "")
        if name and name != " ".join(character.name.split()):
            yield CharacterRenamed(character.id, name)
        gender = row.get("gender", "").lower() or character.gender
        if gender not in list(Gender):
            self._refuse(where, f"{gender!r} is no gender; write one of {', '.join(Gender)}")
        if gender != character.gender:
            yield GenderSet(character.id, Gender(gender))

    def _flag(self, where: str, told: str, before: bool) -> bool | None:
        """Return whether somebody is the narrator, or ``None`` where nothing is changed."""
        if told.lower() in ("", str(before).lower()):
            return None
        if told.lower() not in ("true", "false"):
            self._refuse(where, f"{told!r} is neither true nor false, for narrator")
        return not before

    def _refuse(self, where: str, trouble: str) -> NoReturn:
        raise CorrectionError(f"{self._path}: {where}: {trouble}")


def _folded(name: str) -> str:
    """Leave out what a name may lose on its way: case, and what a screenplay cannot hold."""
    return _NO_NAME.sub(" ", name).strip().casefold() or "-"
