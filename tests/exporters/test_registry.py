"""The formats: what the table promises, the modules hold and the help lists."""

import re
from pathlib import Path

import pytest

from fullcast.cli import export as command
from fullcast.errors import OutputError
from fullcast.exporters.registry import FORMATS, Format, format_called
from fullcast.exporters.schema import Script

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference.md"


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_each_makes_what_its_name_promises(form: Format, script: Script) -> None:
    content = form.ready()(script)
    assert isinstance(content, bytes) == bool(form.suffix)
    assert content


def test_the_help_lists_them() -> None:
    listed = re.findall(r"^  (\S+) +(a folder|\.\w+) +(.*)$", command.EPILOG, re.MULTILINE)
    assert listed == [
        (form.name, form.suffix or "a folder", form.summary) for form in FORMATS.values()
    ]


def test_the_manual_lists_them() -> None:
    rows = re.findall(
        r"^\| `([\w-]+)` \| (a folder|`\.\w+`) \|", PAGE.read_text("utf-8"), re.MULTILINE
    )
    assert rows == [
        (form.name, f"`{form.suffix}`" if form.suffix else "a folder") for form in FORMATS.values()
    ]


def test_an_unknown_one_is_refused_with_the_near_one() -> None:
    with pytest.raises(OutputError, match="'table'; did you mean tables"):
        format_called("table")


def test_csv_is_told_where_it_is() -> None:
    with pytest.raises(OutputError, match=r"--to tables .* fullcast script STORY -o OUT\.csv"):
        format_called("csv")


def test_a_missing_library_is_told_with_its_extra() -> None:
    with pytest.raises(OutputError, match=r"pip install 'fullcast\[things\]'"):
        Format(name="no-such", summary="", extra="things").ready()


def test_what_comes_with_fullcast_has_no_extra() -> None:
    with pytest.raises(OutputError, match="reinstall fullcast"):
        Format(name="no-such", summary="").ready()


def test_what_needs_words_is_not_made_without() -> None:
    with pytest.raises(OutputError, match=r"speeches always holds .*: tables, parquet"):
        FORMATS["speeches"].ready(text=False)
