"""Decisions about the terminal: colours, pagers, progress."""

import io

import pytest

from fullcast.cli import progress
from fullcast.cli.palette import COLORS, inks_of
from fullcast.cli.terminal import make_console, pager_command, wants_color
from fullcast.cli.text import all_visible, one_line, printable
from fullcast.exporters import Script


@pytest.mark.parametrize(
    ("color", "terminal", "environment", "wanted"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {}, False),
    ],
)
def test_who_gets_colors(color, terminal: bool, environment: dict[str, str], wanted: bool) -> None:
    assert wants_color(color, terminal=terminal, environment=environment) is wanted


def test_a_page_is_never_too_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert make_console("never").width == 100


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"PAGER": "sh -c 'cat -v'"}, ["sh", "-c", "cat -v"]),
        ({"PAGER": "cat"}, []),
        ({"PAGER": ""}, []),
        ({"PAGER": "no-such-pager"}, []),
    ],
)
def test_which_pager(environment: dict[str, str], command: list[str]) -> None:
    assert pager_command(environment) == command


def luminance(color: str) -> float:
    """As the Web Content Accessibility Guidelines define it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("color", COLORS)
def test_colors_can_be_read_on_black_and_on_white(color: str) -> None:
    light = luminance(color)
    assert (light + 0.05) / 0.05 >= 3
    assert 1.05 / (light + 0.05) >= 3


def test_everybody_has_an_ink(script: Script) -> None:
    extras = script["characters"] + [{**script["characters"][0], "id": str(n)} for n in range(40)]
    inks = list(inks_of({**script, "characters": extras}).values())
    assert len(inks) == 43
    assert len(set(inks)) == 15


def test_one_line_keeps_spaces_at_the_ends() -> None:
    assert one_line(" said\r\nAda,\u2028 \t") == " said Ada, "
    assert one_line("a\u00a0b") == "a\u00a0b"


def test_letters_are_printable() -> None:
    assert printable("“Çà va?” — 𝒜\n") == "“Çà va?” — 𝒜\n"


def test_an_odd_name_stays_in_its_line() -> None:
    assert all_visible("a\n\tb\r\u2028.txt") == "a␊␉b␍\ufffd.txt"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_short_work_shows_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    with progress.shown() as told:
        told("Reading", 0.5)
    assert terminal.getvalue() == ""


def test_long_work_shows_progress_and_erases_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    monkeypatch.setattr(progress, "PATIENCE_S", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    with progress.shown() as told:
        told("Reading [the] story", 0.5)
    assert "Reading [the] story" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K")


def test_nobody_is_told_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with progress.shown() as told:
        assert told is None
