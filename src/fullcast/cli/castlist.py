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

MOST_SILENT = 10
"""Names of those who never speak, before the rest are only counted."""


def cast_list(
    script: Script, inks: Mapping[str, Ink], *, silent_too: bool
) -> Iterator[RenderableType]:
    """Show the cast, most lines first.

    Args:
        script: Whose cast.
        inks: How to write each character.
        silent_too: Name everybody who never speaks, however many they are.
    """
    heard = [each for each in script["characters"] if each["quotations"] or each["narrator"]]
    lines, words = _unknown(script)
    if heard or lines:
        table = _table()
        total = sum(each["words"] for each in heard) + words
        for each in heard:
            _add(table, each, inks[each["id"]].name, _share(each["words"], total))
        if lines:
            table.add_row(UNKNOWN, f"{lines:,}", _share(words, total), style="dim")
        yield table
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


def _table() -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("Cast", max_width=30)
    table.add_column("Lines", justify="right", no_wrap=True)
    table.add_column("Talk", justify="right", no_wrap=True)
    table.add_column("", max_width=16)
    table.add_column("Also called", ratio=1)
    return table


def _add(table: Table, each: CharacterEntry, style: str, share: str) -> None:
    traits = [
        "" if each["gender"] == "unknown" else each["gender"],
        "narrator" if each["narrator"] else "",
        "group" if each["group"] else "",
    ]
    aliases = [one_line(alias) for alias in each["aliases"] if alias != each["name"]]
    table.add_row(
        Text(one_line(each["name"]), style=style),
        f"{each['quotations']:,}",
        share,
        ", ".join(filter(None, traits)),
        Text(", ".join(aliases)),
    )


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
