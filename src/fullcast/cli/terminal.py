"""The terminal: whether it has colours, how wide it is, and a pager for what is long."""

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Literal

from rich.console import Console

WIDEST = 100
"""Columns a page may take; longer lines are tiring to read."""


def make_console(color: Literal["auto", "always", "never"]) -> Console:
    """Describe the terminal on standard output; nothing is printed through it."""
    colored = wants_color(color, terminal=sys.stdout.isatty(), environment=os.environ)
    console = Console(
        force_terminal=colored,
        color_system="auto" if colored else None,
        no_color=not colored,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    if colored and console.color_system is None:  # asked for, though nothing says which kind
        console = Console(
            force_terminal=True, color_system="256", markup=False, emoji=False, highlight=False
        )
    console.width = max(20, min(console.width, WIDEST))
    return console


def wants_color(
    color: Literal["auto", "always", "never"], *, terminal: bool, environment: Mapping[str, str]
) -> bool:
    """Decide on colours; see https://no-color.org for what the environment may say."""
    if color != "auto":
        return color == "always"
    return terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def show(lines: Iterator[str], *, pager: bool) -> None:
    """Print ``lines``, through a pager if they are more than the terminal has room for."""
    if not (pager and sys.stdout.isatty()):
        for line in lines:
            print(line)
        return
    first = list(islice(lines, shutil.get_terminal_size().lines - 1))
    command = pager_command(os.environ)
    following = next(lines, None)
    if following is None or not command:
        show(chain(first, [following] if following is not None else [], lines), pager=False)
        return
    _page(chain(first, [following], lines), command)


def pager_command(environment: Mapping[str, str]) -> list[str]:
    """Find the pager: ``PAGER``, else ``less``; an empty list where there is none."""
    command = shlex.split(environment.get("PAGER", "less"))
    if not command or command == ["cat"] or shutil.which(command[0]) is None:
        return []
    return command


def _page(lines: Iterator[str], command: list[str]) -> None:
    # Without LESS, less would show colours as escape sequences; git sets the same letters.
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, env=environment, encoding="utf-8", errors="replace"
        )
    except OSError:  # it is no program after all
        show(lines, pager=False)
        return
    page = process.stdin
    assert page is not None  # for mypy; PIPE was asked for
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt), page:  # it may be left early
        for line in lines:
            page.write(line + "\n")
    while True:
        try:
            process.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C is for the pager, which stays until it is left
        return
