"""A script as a page for the terminal: the cast, the story, the notices.

Story text goes through :mod:`fullcast.cli.text` and into ``Text`` objects, never into markup: what
an author put in [brackets] is the author's.
"""

from collections.abc import Iterator
from pathlib import PurePath

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from fullcast.cli import streams
from fullcast.cli.castlist import cast_list
from fullcast.cli.palette import NOBODY, Ink, inks_of
from fullcast.cli.rows import SPOKEN, Row, find_rows, label, names_of
from fullcast.cli.text import one_line
from fullcast.exporters import Script

WIDEST_NAME = 22
"""Columns for the names; a longer one is cut."""

NARROW = 50
"""Columns below which a name stands above its line, not beside it."""


def lines(script: Script, console: Console, *, doubt: float, cast_only: bool) -> Iterator[str]:
    """Write the page, line by line, as wide as ``console``.

    Args:
        script: What to show.
        console: The terminal's width and colours.
        doubt: Mark the lines that are less sure than this.
        cast_only: Stop after the cast.
    """
    inks = inks_of(script)
    yield from _drawn(_title(script), console)
    for part in cast_list(script, inks, console.width, silent_too=cast_only):
        yield from _drawn(part, console)
    if cast_only:
        return
    column = _Column(script, console, inks)
    for row in find_rows(script, doubt=doubt):
        if not row.goes_on:
            yield ""
        yield from _drawn(column.lay(row), console)
    if script["notices"]:
        yield from _drawn(_notices(script), console)


def _title(script: Script) -> Text:
    path = script["source"]["path"]
    name = streams.INPUT if path == streams.STANDARD else PurePath(path).name
    title = one_line(script["title"] or name).strip()
    author = one_line(script["author"]).strip()
    return Text.assemble((title, "bold"), (f"\nby {author}" if author else "", "dim"), "\n")


def _notices(script: Script) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=1)
    for notice in script["notices"]:
        where = "" if notice["start"] is None else f" (character {notice['start']:,})"
        message = Text(f"{one_line(notice['message'])}{where}\n")
        table.add_row(notice["code"], message.append(notice["hint"], style="dim"))
    return Group(Text("\nNotices", style="bold"), table)


class _Column:
    """The two columns of a script: names on the left, the story on the right."""

    def __init__(self, script: Script, console: Console, inks: dict[str, Ink]) -> None:
        names = names_of(script)
        labels = {label(each, names) for each in script["segments"] if each["kind"] in SPOKEN}
        widest = max(map(cell_len, labels), default=0)
        self._console = console
        self._inks = inks
        self._names = min(widest + 2, WIDEST_NAME, console.width // 3)
        self._stacked = console.width < NARROW
        self._width = console.width - 2 - (0 if self._stacked else self._names)

    def lay(self, row: Row) -> Text:
        """Write one row as lines."""
        if row.kind in {"heading", "aside"}:
            style = "bold" if row.kind == "heading" else "dim"
            return Text("".join(text for _, text in row.parts).strip(), style=style)
        if self._stacked:
            return self._stack(row)
        head, margin = self._head(row), Text(" " * (self._names + 2))
        lines = self._text(row).wrap(self._console, self._width)
        for number, line in enumerate(lines):
            line.rstrip()
            lines[number] = (margin if number else head) + line
        return Text("\n").join(lines) if lines else head

    def _stack(self, row: Row) -> Text:
        """Write the name in full, and the text below it."""
        name = Text(row.label, style=self._ink(row).name)
        mark = Text(" ?" if row.doubt else "", style="bold red")
        lines = Text.assemble(name, mark).wrap(self._console, self._console.width)
        for line in self._text(row).wrap(self._console, self._width):
            line.rstrip()
            lines.append(Text("  ") + line)
        return Text("\n").join(line for line in lines if line)

    def _head(self, row: Row) -> Text:
        mark = " ?" if row.doubt else ""
        head = Text().append(row.label, style=self._ink(row).name)
        head.truncate(self._names - len(mark), overflow="ellipsis")
        head.append(mark, style="bold red")
        head.pad_right(self._names + 2 - head.cell_len)
        return head

    def _text(self, row: Row) -> Text:
        text = Text()
        for kind, part in row.parts:
            style = self._ink(row).speech if kind in SPOKEN else ""
            slant = "" if kind in {"speech", "narration"} else " italic"
            text.append(part if text else part.lstrip(), style=f"{style}{slant}".strip())
        text.rstrip()
        if row.doubt:
            text.append(f"  ({row.doubt})", style="red")
        return text

    def _ink(self, row: Row) -> Ink:
        return self._inks.get(row.speaker or "", NOBODY)


def _drawn(part: RenderableType, console: Console) -> list[str]:
    with console.capture() as capture:
        console.print(part)
    return [line.rstrip() for line in capture.get().split("\n")[:-1]]
