"""The manual keeps its promises: what the code has, ``docs/reference.md`` explains.

Parts between ``<!-- begin NAME -->`` and ``<!-- end NAME -->`` are written from the code:
``pytest tests/test_docs.py --save-docs``, or ``just fix``.
"""

import argparse
import re
from pathlib import Path
from typing import get_type_hints

import pytest

from fullcast import cli, errors
from fullcast.cli.parser import build_parser
from fullcast.exporters import WRITERS, schema
from fullcast.exporters.writers import CSV_COLUMNS
from fullcast.model import Gender, Layer, SegmentKind, SourceKind
from fullcast.model.notice import HINTS

PAGE = Path(__file__).parent.parent / "docs" / "reference.md"

ENTRIES = [kind for kind in vars(schema).values() if isinstance(kind, type)]


def subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (commands,) = (
        action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    )
    return dict(commands.choices)


def help_of(*command: str) -> str:
    parser = build_parser()
    for name in command:
        parser = subparsers(parser)[name]
    words = " ".join(["fullcast", *command, "--help"])
    return f"```console\n$ {words}\n{parser.format_help().rstrip()}\n```"


def exit_codes() -> str:
    rows = [
        (0, "", "Done."),
        (cli.WRONG_USAGE, "", "Wrong usage: an unknown command or option, or a bad value."),
        (cli.INTERRUPTED, "", "Interrupted with Ctrl-C."),
        (cli.PIPE_CLOSED, "", "Whoever read our output stopped reading."),
    ]
    for kind in vars(errors).values():
        if isinstance(kind, type):
            rows.append((kind.exit_code, f"`{kind.__name__}`", (kind.__doc__ or "").strip()))
    return table(("Code", "Error", "Meaning"), sorted(rows))


def notices() -> str:
    return table(("Code", "What to do"), [(f"`{code}`", hint) for code, hint in HINTS.items()])


def table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


GENERATED = {
    "help": help_of(),
    **{f"help-{name}": help_of(name) for name in subparsers(build_parser())},
    "exit-codes": exit_codes(),
    "notices": notices(),
}


def section(name: str) -> re.Pattern[str]:
    return re.compile(f"(?<=<!-- begin {name} -->\n).*?(?=\n<!-- end {name} -->)", re.DOTALL)


def part(heading: str) -> str:
    """Find the text under a heading, up to the next of its rank or above."""
    found = re.search(
        rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,2}} |\Z)",
        PAGE.read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert found is not None, f"the manual has no part “{heading}”"
    return found[2]


@pytest.fixture(scope="session", autouse=True)
def saved(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--save-docs"):
        text = PAGE.read_text("utf-8")
        for name, written in GENERATED.items():
            text = section(name).sub(lambda _, written=written: written, text)
        PAGE.write_text(text, "utf-8")


@pytest.mark.parametrize("name", GENERATED)
def test_what_is_written_from_code_is_fresh(name: str) -> None:
    found = section(name).search(PAGE.read_text("utf-8"))
    assert found is not None, f"the manual has no place for {name}"
    assert found[0] == GENERATED[name], "run: just fix"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.__name__)
def test_every_key_is_explained(entry: type) -> None:
    explained = set(re.findall(r"^\| `(\w+)`", part("The script document"), re.MULTILINE))
    assert set(get_type_hints(entry)) - explained == set()


def test_every_word_a_key_may_hold_is_named() -> None:
    words = {str(word) for kind in (SegmentKind, Layer, Gender, SourceKind) for word in kind}
    assert words - set(re.findall(r"`(\w+)`", part("The script document"))) == set()


def test_every_column_is_explained_in_order() -> None:
    cells = re.findall(r"^\| (`[^|]+) \|", part("CSV"), re.MULTILINE)
    assert tuple(re.findall(r"`(\w+)`", " ".join(cells))) == CSV_COLUMNS


def test_every_form_is_named() -> None:
    assert all(f"`{suffix}`" in PAGE.read_text("utf-8") for suffix in WRITERS)


def test_every_option_has_help() -> None:
    for parser in (build_parser(), *subparsers(build_parser()).values()):
        assert all(action.help for action in parser._actions if action.dest != "command")
