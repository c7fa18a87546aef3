"""A cast file: who is in a story, as far as a person knows, in TOML."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from fullcast.errors import CastError
from fullcast.model import Gender, KnownCast, KnownCharacter

_KEYS = ("name", "aliases", "gender", "narrator", "group")
_SHORT = {"f": "female", "m": "male"}
_OPENING = re.compile(r"^[ \t]*\[\[[ \t]*character[ \t]*\]\]", re.MULTILINE)
_EXAMPLE = '[[character]] and below it name = "Ada Finch"'


def read_cast(path: str | os.PathLike[str]) -> KnownCast:
    """Read what a person knows of the cast.

    Args:
        path: A cast file, in TOML; ``docs/reference.md`` shows one.

    Raises:
        CastError: The file cannot be read, or says what cannot be.
    """
    where = Path(path)
    text = _text(where)
    page = _Page(where, [text.count("\n", 0, m.start()) + 1 for m in _OPENING.finditer(text)])
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        page.refuse(f"this is no TOML: {error}; put that right")
    except RecursionError:
        page.refuse("brackets are nested too deep; write a [[character]] table for each of them")
    return _cast(table, page)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        trouble = "no such cast file; fullcast read STORY --write-cast makes one"
    except UnicodeDecodeError:
        trouble = "this is no text in UTF-8; save the cast file as UTF-8"
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        trouble = f"the cast file cannot be opened ({reason.lower()})"
    raise CastError(f"{path}: {trouble}")


class _Page:
    """Where complaints about a cast file point to."""

    def __init__(self, path: Path, lines: list[int]) -> None:
        self._path = path
        self._lines = lines

    def refuse(self, trouble: str, number: int | None = None) -> NoReturn:
        """Say what is wrong, of the whole file or of a character, counted from 0."""
        where = f"{self._path}: "
        if number is not None:
            line = f"line {self._lines[number]}, " if number < len(self._lines) else ""
            where += f"{line}character {number + 1}: "
        raise CastError(where + trouble)


def _cast(table: Mapping[str, object], page: _Page) -> KnownCast:
    for key in table.keys() - {"complete", "character"}:
        page.refuse(f"unknown key {key!r}; a cast file has complete = true, or {_EXAMPLE}")
    complete, rows = table.get("complete", False), table.get("character", [])
    if not isinstance(complete, bool):
        page.refuse(f"complete is {complete!r}; write true or false")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        page.refuse(f"each character has a table of its own: {_EXAMPLE}")
    characters = tuple(_character(row, page, number) for number, row in enumerate(rows))
    try:
        return KnownCast(characters=characters, complete=complete)
    except ValueError as error:
        page.refuse(f"{error}; put that right")


def _character(row: Mapping[str, object], page: _Page, number: int) -> KnownCharacter:
    for key in row:
        if key == "complete":
            page.refuse("complete stands here as a character's; move it above them all", number)
        if key not in _KEYS:
            page.refuse(f"unknown key {key!r}; there are {', '.join(_KEYS)}", number)
    if "name" not in row:
        page.refuse('a name is missing; add name = "…"', number)
    name, aliases = row["name"], row.get("aliases")
    if not _is_name(name):
        page.refuse(f'{name!r} is no name; write name = "Ada Finch"', number)
    if aliases is not None and not (isinstance(aliases, list) and all(map(_is_name, aliases))):
        page.refuse(f'aliases is {aliases!r}; write a list of names: ["Ada", "Miss Finch"]', number)
    return KnownCharacter(
        name=_joined(name),
        aliases=None if aliases is None else tuple(dict.fromkeys(map(_joined, aliases))),
        gender=_gender(row.get("gender"), page, number),
        narrator=_switch(row, "narrator", page, number),
        group=_switch(row, "group", page, number),
    )


def _is_name(value: object) -> bool:
    return isinstance(value, str) and any(map(str.isalnum, value))


def _joined(name: object) -> str:
    return " ".join(str(name).split())


def _gender(value: object, page: _Page, number: int) -> Gender | None:
    if value is None:
        return None
    word = value.strip().lower() if isinstance(value, str) else ""
    word = _SHORT.get(word, word)
    if word not in list(Gender):
        page.refuse(f"{value!r} is no gender; write one of {', '.join(Gender)}", number)
    return None if word == Gender.UNKNOWN else Gender(word)


def _switch(row: Mapping[str, object], key: str, page: _Page, number: int) -> bool | None:
    value = row.get(key)
    if value is not None and not isinstance(value, bool):
        page.refuse(f"{key} is {value!r}; write true or false, with no quotation marks", number)
    return value
