"""Fountain, read back by parsers that are not ours: screenplain (Python) and fountain-js."""

import io
import re

import pytest
from exported import lines_of, nasty_script, nasty_stories, read_by, told
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from fullcast.exporters import Script
from fullcast.exporters.fountain import cue_name, escape, export, unescape
from fullcast.exporters.scenes import names_of


def elements_of(content: bytes) -> list[tuple[str | None, str]]:
    """Read a screenplay as fountain.io/syntax has it: who speaks (or nobody), and what."""
    _, *blocks = content.decode().rstrip("\n").split("\n\n")
    found: list[tuple[str | None, str]] = []
    for block in blocks:
        first, _, rest = block.partition("\n")
        if first.startswith("@"):
            found.append((unescape(first[1:]).removesuffix(" (V.O.)"), unescape(rest)))
        elif not re.fullmatch(r"===|\[\[.*\]\]", block):
            found.append((None, unescape(_unmarked(block))))
    return found


def _unmarked(block: str) -> str:
    centred = re.fullmatch("> (.*) <", block)
    return centred[1] if centred else re.sub("^(?:!|#+ )", "", block)


def expected(script: Script) -> list[tuple[str | None, str]]:
    names = names_of(script)
    return [
        (cue_name(names[line.segment["speaker"]]) if line.voiced else None, line.text)
        for line in lines_of(script)
    ]


def by_fountain_js(tokens: list[dict]) -> list[tuple[str | None, str]]:
    found: list[tuple[str | None, str]] = []
    who = None
    for token in tokens:
        if token["type"] == "character":
            who = unescape(token["text"]).removesuffix(" (V.O.)")
        elif token["type"] in {"dialogue", "parenthetical"}:
            found.append((who, unescape(token["text"])))
        elif token["type"] == "transition":  # it takes an action that ends so for one: !CUT TO:
            found.append((None, unescape(token["text"].removeprefix("!"))))
        elif token["type"] in {"action", "section", "centered"}:
            found.append((None, unescape(token["text"])))
    return found


def by_screenplain(content: bytes) -> list[tuple[str | None, str]]:
    fountain = pytest.importorskip("screenplain.parsers.fountain")
    types = pytest.importorskip("screenplain.types")
    found: list[tuple[str | None, str]] = []
    for part in fountain.parse(io.StringIO(content.decode())):
        if isinstance(part, types.Dialog):
            said = "".join(str(words) for _, words in part.blocks)
            found.append((unescape(str(part.character)).removesuffix(" (V.O.)"), unescape(said)))
        elif isinstance(part, types.Section):
            found.append((None, unescape(str(part.text))))
        elif isinstance(part, types.Action):
            found.append((None, unescape(str(part.lines[0]))))
    return found


def test_a_story_is_a_screenplay(script: Script) -> None:
    content = export(script).decode()
    assert content.startswith("Title: The Ferry\nAuthor: N. O. Body\n\n# I. The Landing\n\n")
    assert "\n\n@Ada Finch\n“Will he come?”\n\nasked Ada Finch softly,\n\n" in content
    assert "\n\n@Ada Finch (V.O.)\nI never liked him,\n\n" in content
    assert "\n\n> \\* \\* \\* <\n\n" in content


def test_doubt_is_a_note_behind_its_line(script: Script) -> None:
    assert (
        "“That was an owl.”\n\n[[In doubt: Ada Finch (54%), or Tom (31%), "
        "or nobody in the cast (15%). Judged by: turn.]]\n\n"
    ) in export(script).decode()


def test_what_is_sure_has_no_note(script: Script) -> None:
    assert export(script).count(b"[[") == 2


def test_no_place_is_invented(script: Script) -> None:
    assert not re.search(r"^(?:INT|EXT|\.)", export(script).decode(), re.M)


def test_nasty_lines_come_back() -> None:
    script = nasty_script()
    assert elements_of(export(script)) == expected(script)


@given(nasty_stories())
def test_random_lines_come_back(script: Script) -> None:
    assert [words for _, words in elements_of(export(script))] == told(script)


@given(st.text("\\*_[]/#ab "))
def test_escapes_are_taken_back(text: str) -> None:
    assert unescape(escape(text)) == text


def test_screenplain_reads_it(script: Script) -> None:
    for story in (script, nasty_script()):
        found, wanted = by_screenplain(export(story)), expected(story)
        # It knows no escape but that of asterisks, and takes escaped underscores for underlining.
        assert [_bare(each) for each in found] == [_bare(each) for each in wanted]


def _bare(element: tuple[str | None, str]) -> tuple[str | None, str]:
    who, words = element
    return who and re.sub(r"[_\\]", "", who), re.sub(r"[_\\]", "", words)


def test_fountain_js_reads_it(script: Script) -> None:
    stories = script, nasty_script()
    for story, read in zip(stories, read_by("fountain", *map(export, stories)), strict=True):
        assert by_fountain_js(read["tokens"]) == expected(story)


@settings(max_examples=3, phases=[Phase.generate])
@given(st.lists(nasty_stories(), min_size=10, max_size=40))
def test_fountain_js_reads_random_lines(scripts: list[Script]) -> None:
    for story, read in zip(scripts, read_by("fountain", *map(export, scripts)), strict=True):
        assert by_fountain_js(read["tokens"]) == expected(story)
