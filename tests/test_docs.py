"""The manual keeps its promises: what the code has, ``docs/reference.md`` explains.

Parts between ``<!-- begin NAME -->`` and ``<!-- end NAME -->`` are written from the code:
``pytest tests/test_docs.py --save-docs``, or ``just fix``.
"""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import get_type_hints

import pytest

from fullcast import cli, errors
from fullcast.cli import perform
from fullcast.cli.parser import build_parser
from fullcast.exporters import WRITERS, schema
from fullcast.exporters.writers import CSV_COLUMNS
from fullcast.model import Gender, Layer, SegmentKind, SourceKind
from fullcast.model.notice import HINTS

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference.md"
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/*.md", "evals/*.md", "training/*.md", "samples/*.md")
    for page in ROOT.glob(pattern)
)
SAMPLE = "samples/standby.txt"

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
        (
            perform.PARTIAL,
            "",
            "Performed, but for some lines: the rest was written.",
        ),
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


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_nothing_is_left_to_fill_in(page: Path) -> None:
    assert re.findall(r"@[A-Z]+@", page.read_text("utf-8")) == []


def links_in(text: str) -> list[str]:
    """Find the files that a page links to, code left out."""
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", prose)
    return [link for link in links if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    links = links_in(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_links_are_found() -> None:
    text = "[a](b.md) [c](https://d.e) [f](#g)\n`[h](i)`\n```\n[j](k)\n```\n[l](m/n.md#o)"
    assert links_in(text) == ["b.md", "m/n.md"]


def shows(sample: Sequence[str], output: Sequence[str]) -> bool:
    """Tell whether the output begins with the sample's lines; ``…`` stands for any number."""
    if not sample:
        return True
    if sample[0] == "…":
        return any(shows(sample[1:], output[at:]) for at in range(len(output) + 1))
    same = bool(output) and sample[0].rstrip() == output[0].rstrip()
    return same and shows(sample[1:], output[1:])


def test_what_a_sample_shows() -> None:
    output = ["a  ", "", "b", "c", "d"]
    assert shows(["a", "", "b"], output)
    assert shows(["a", "…", "c ", "d"], output)
    assert shows(["…", "d"], output)
    assert not shows(["b"], output)
    assert not shows(["a", "b"], output)
    assert not shows(["a", "…", "e"], output)
    assert not shows([*output, "e"], output)


def test_the_first_sample_is_what_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    quoted = re.search(rf"^\$ fullcast read {SAMPLE}\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    assert quoted is not None, "the README shows no sample"
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    assert cli.main(["read", "--color", "never", SAMPLE]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert shows(quoted[1].rstrip().splitlines(), printed), "\n".join(printed[:20])
