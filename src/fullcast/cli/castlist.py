"""The cast as a table: who speaks, how much, and what they are called."""

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from fullcast.cli.palette import Ink
from fullcast.cli.rows import UNKNOWN
from fullcast.cli.text import one_line
from fullcast.exporters import Script
from fullcast.exporters.schema import CharacterEntry

WIDEST_NAME = 30
"""Columns for the names; a longer one goes on below, and none is cut."""

WIDEST_TRAITS = 16

LEAST_ALIASES = 12

_ARTICLES = frozenset({"the", "a", "an"})

MOST_SILENT = 10
"""Names of those who never speak, before the rest are only counted."""


def cast_list(
    script: Script, inks: Mapping[str, Ink], width: int, *, silent_too: bool
) -> Iterator[RenderableType]:
    """Show the cast, most lines first.

    Args:
        script: Whose cast.
        inks: How to write each character.
        width: How many columns there are; what does not fit beside the names is left out.
        silent_too: Name everybody who never speaks, however many they are.
    """
    heard = [each for each in script["characters"] if each["quotations"] or each["narrator"]]
    lines, words = _unknown(script)
    if heard or lines:
        yield _table(_rows(heard, inks, lines, words), width)
    else:
        yield Text("Nobody speaks in this story.")
    silent = [one_line(each["name"]) for each in script["characters"] if each not in heard]
    if silent:
        yield _silent(silent, len(silent) if silent_too else MOST_SILENT)


def _unknown(script: Script) -> tuple[int, int]:
    """Count the lines, and their words, that nobody was found for."""
    unknown = [
        segment
        for segment in script["segments"]
        if segment["kind"] in {"speech", "thought"} and segment["speaker"] is None
    ]
    lines = len({segment["quotation"] for segment in unknown})
    return lines, sum(len(segment["text"].split()) for segment in unknown)


def _rows(
    heard: list[CharacterEntry], inks: Mapping[str, Ink], lines: int, words: int
) -> list[list[Text]]:
    """Fill the table: a row for each who is heard, one for what nobody was found for."""
    total = sum(each["words"] for each in heard) + words
    rows = [
        [
            Text(one_line(each["name"]), style=inks[each["id"]].name),
            Text(f"{each['quotations']:,}"),
            Text(_share(each["words"], total)),
            Text(_traits(each)),
            Text(", ".join(_other_names(each))),
        ]
        for each in heard
    ]
    if lines:
        unknown = (UNKNOWN, f"{lines:,}", _share(words, total), "", "")
        rows.append([Text(cell, style="dim") for cell in unknown])
    return rows


def _table(rows: list[list[Text]], width: int) -> Table:
    """Lay out as many columns, from the left, as there is room for beside the names."""
    widest = [max(row[column].cell_len for row in rows) for column in range(5)]
    names, traits = min(widest[0], WIDEST_NAME), min(widest[3], WIDEST_TRAITS)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("Cast", min_width=min(names, width), max_width=WIDEST_NAME, overflow="fold")
    room = width - max(names, len("Cast"))
    for title, least in (
        ("Lines", max(widest[1], len("Lines"))),
        ("Talk", max(widest[2], len("Talk"))),
        ("", traits),
        ("Also called", LEAST_ALIASES),
    ):
        room -= least + 2
        if room < 0:
            break
        if title in {"Lines", "Talk"}:
            table.add_column(title, justify="right", no_wrap=True)
        else:
            table.add_column(title, min_width=least, max_width=None if title else WIDEST_TRAITS)
    for row in rows:
        table.add_row(*row[: len(table.columns)])
    return table


def _traits(each: CharacterEntry) -> str:
    traits = (
        "" if each["gender"] == "unknown" else each["gender"],
        "narrator" if each["narrator"] else "",
        "group" if each["group"] else "",
    )
    return ", ".join(filter(None, traits))


def _other_names(each: CharacterEntry) -> list[str]:
    """Name the forms that tell more than the name does: *Hare* is *The Hare* again."""
    name = _folded(each["name"])
    return [one_line(alias) for alias in each["aliases"] if _folded(alias) != name]


def _folded(name: str) -> str:
    """Fold case, white space and a leading article.

    >>> _folded("The  Hare"), _folded("a"), _folded("Theo")
    ('hare', 'a', 'theo')
    """
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


def _share(words: int, total: int) -> str:
    """Write a share of the talk; a small one is not nothing.

    >>> _share(1, 400), _share(2, 3), _share(0, 0)
    ('<1%', '67%', '-')
    """
    if not words:
        return "-"
    return f"{words / total:.0%}" if words * 100 >= total else "<1%"


def _silent(names: list[str], most: int) -> Text:
    rest = f" and {len(names) - most:,} more" if len(names) > most else ""
    return Text(f"\nNever heard: {', '.join(names[:most])}{rest}", style="dim")
