"""The error family: one tree, drawn as it is, with an exit code for each."""

import re

import pytest

from fullcast import errors
from fullcast.errors import FullcastError

FAMILY = [kind for kind in vars(errors).values() if isinstance(kind, type)]


def test_all_are_one_family() -> None:
    assert all(issubclass(kind, FullcastError) for kind in FAMILY)


def test_exit_codes_are_their_own() -> None:
    codes = [kind.exit_code for kind in FAMILY]
    assert len(set(codes)) == len(codes)
    assert not {0, 2, 130, 141} & set(codes)  # done, wrong usage, and the shell's two


@pytest.mark.parametrize("kind", FAMILY)
def test_the_drawing_is_true(kind: type[FullcastError]) -> None:
    line = re.search(rf"^(.*\b){kind.__name__} +(\d+)\b", errors.__doc__ or "", re.MULTILINE)
    assert line is not None
    assert int(line[2]) == kind.exit_code
    depth = len(kind.__mro__) - len(FullcastError.__mro__)
    assert len(line[1]) == 4 * (depth + 1)


@pytest.mark.parametrize("kind", FAMILY)
def test_each_says_what_it_means(kind: type[FullcastError]) -> None:
    assert (kind.__doc__ or "").endswith(".")
