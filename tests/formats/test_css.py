"""Which selectors are italic."""

import pytest

from fullcast.formats.css import find_italics, is_hidden, italic


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        (".a{font-style:italic}", {("", "a"): True}),
        ("p.a, I , .b { color: red; FONT-STYLE : oblique }",
         {("p", "a"): True, ("i", ""): True, ("", "b"): True}),
        (".a{font-style:normal}", {("", "a"): False}),
        ("/* .a{font-style:italic} */ .b{font: italic 12px serif}", {("", "b"): True}),
        ("@media print { .a { font-style: italic } }", {("", "a"): True}),
        ("p > .a, p .b, #c, .a:hover { font-style: italic }", {}),
        (".a{font-style:italic", {("", "a"): True}),
        ("", {}),
    ],
)  # fmt: skip
def test_italics(sheet: str, found: dict[tuple[str, str], bool]) -> None:
    assert find_italics([sheet]) == found


def test_style_attributes() -> None:
    assert italic("font-style: Italic") is True
    assert italic("color: red") is None
    assert is_hidden("color:red; display : none")
    assert not is_hidden("display: block")


@pytest.mark.parametrize("piece", ["/*", "{", "}", "*/", ".a{", "a,"])
def test_no_sheet_takes_long(piece: str) -> None:
    assert find_italics([piece * 200_000]) == {}
