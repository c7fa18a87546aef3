"""Small pieces: a budget that only tightens."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MOST_FUNCTION_LINES = 60
MOST_MODULE_LINES = 500

EXCEPTIONS: dict[str, int] = {}
"""``path`` or ``path::function`` with its lines. Nothing is ever added; what shrinks goes."""

MODULES = sorted(
    path for folder in ("src", "evals", "training") for path in (ROOT / folder).rglob("*.py")
)


def sizes(path: Path) -> Iterator[tuple[str, int, int]]:
    """Name each thing in a module that has a budget, its lines, and the budget."""
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text(encoding="utf-8")
    yield name, len(text.splitlines()), MOST_MODULE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield f"{name}::{node.name}", lines, MOST_FUNCTION_LINES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_pieces_are_small(path: Path) -> None:
    large = {name: lines for name, lines, most in sizes(path) if lines > EXCEPTIONS.get(name, most)}
    assert large == {}


def test_exceptions_are_still_needed() -> None:
    exact = {name: lines for path in MODULES for name, lines, most in sizes(path) if lines > most}
    assert exact == EXCEPTIONS
