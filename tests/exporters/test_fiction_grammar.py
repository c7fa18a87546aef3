"""Interactive fiction, read back by the rules of each language; needs no engine."""

import ast
import html
import re

import pytest
from exported import lines_of, nasty_script, nasty_stories, told
from hypothesis import example, given

from fullcast.exporters import Script, ink, renpy, twee, yarn
from fullcast.exporters.scenes import scenes_of

INK_TEXT = r"(?:\\.|[^\\#{}\[\]|~<>/\-*+=\n])+?"
INK_LINE = re.compile(rf"({INK_TEXT})((?: # {INK_TEXT})*)")
INK_WORDS = re.compile(r"TODO|INCLUDE|VAR|LIST|CONST|EXTERNAL|else")
YARN_LINE = re.compile(r"((?:\\[\\#{}\[\]<>/:]|[^\\#{}\[\]<>/\n]|\[plain/\])+?)((?: #[^\s#$<]+)*)")
SAY = re.compile(r'    (?:(\w+) )?"((?:\\.|[^\\"])*)" id (\w+)(?:  # .*)?')


def read_ink(content: bytes) -> list[str]:
    _, *knots = re.split(r"\n=== scene_\d+ ===\n", content.decode())
    found = []
    for knot in knots:
        *lines, divert = knot.rstrip("\n").split("\n")
        assert re.fullmatch(r"-> (?:scene_\d+|END)", divert)
        for line in lines:
            match = INK_LINE.fullmatch(line)
            assert match, line
            assert not INK_WORDS.match(line)
            found.append(re.sub(r"\\(.)", r"\1", match[1]))
    return found


def read_yarn(content: bytes) -> list[tuple[str | None, str]]:
    found = []
    *nodes, last = content.decode().split("\n===\n")
    assert last == ""
    for node in nodes:
        head, _, body = node.partition("\n---\n")
        assert re.fullmatch(r"title: Scene_\d+", head)
        for line in body.split("\n"):
            if re.fullmatch(r"<<jump Scene_\d+>>", line):
                continue
            match = YARN_LINE.fullmatch(line)
            assert match, line
            assert not line.startswith(("->", "=>", "===", "---"))
            # What stands before the first colon that is not escaped says the line.
            said = re.fullmatch(r"((?:[^:\\]|\\.)*):\s*(.*)", match[1])
            who, words = (said[1], said[2]) if said else (None, match[1])
            found.append((who, re.sub(r"\\(.)|\[plain/\]", r"\1", words)))
    return found


def read_twee(content: bytes) -> list[str]:
    text = content.decode()
    assert not re.search(
        r"^::(?! Scene \d+$| StoryTitle$| StoryData$)", text.split("\n\n\n", 1)[1], re.M
    )
    spans = re.findall(r"<span[^>]*>([^<]*)</span>", text)
    assert not any(re.search(r"[\[\]{}$_*/\\`~^=@|%+]|''|--", html_less(span)) for span in spans)
    return [html.unescape(span) for span in spans]


def html_less(span: str) -> str:
    return re.sub(r"&#\d+;", "", span)


def read_renpy(content: bytes) -> list[str]:
    """Read the lines as Ren'Py's own lexer does, and show them as its text tags have it."""
    found = []
    for line in content.decode().split("\n"):
        if line.startswith("    ") and line != "    return":
            match = SAY.fullmatch(line)
            assert match, line
            words = re.sub(r"\s+", " ", match[2])
            words = re.sub(r"\\(.)", r"\1", words)
            assert not re.search(r"(?<!\[)(?:\[\[)*\[(?!\[)", words)
            found.append(re.sub(r"([\[{%【])\1", r"\1", words))
        else:
            assert re.fullmatch(
                r'|    return|label \w+:|define [\w.]+ = (?:Character\()?".*"\)?', line
            )
    return found


READERS = {
    "ink": (ink, read_ink),
    "yarn": (yarn, lambda content: [words for _, words in read_yarn(content)]),
    "twee": (twee, read_twee),
    "renpy": (renpy, read_renpy),
}


@pytest.mark.parametrize("form", READERS)
@given(script=nasty_stories())
@example(script=nasty_script())
def test_every_line_comes_back(form: str, script: Script) -> None:
    module, read = READERS[form]
    assert read(module.export(script)) == told(script)


@given(nasty_stories())
def test_only_speech_has_a_speaker_in_yarn(script: Script) -> None:
    speakers = [who for who, _ in read_yarn(yarn.export(script))]
    assert [bool(who) for who in speakers] == [line.voiced for line in lines_of(script)]


def test_a_character_may_be_called_anything() -> None:
    content = renpy.export(nasty_script()).decode()
    names = dict(re.findall(r"define (\w+) = Character\((.*)\)", content))
    assert list(map(ast.literal_eval, names.values()))[:5] == [
        "Unknown",
        "McCOY",
        "END",
        "None",
        "Анна Каренина",
    ]
    assert all(name.isidentifier() and name.startswith("who_") for name in names)


def test_each_scene_has_its_place(script: Script) -> None:
    assert len(scenes_of(script)) == 2
    assert ink.export(script).count(b"\n=== scene_") == 2
    assert yarn.export(script).count(b"title: Scene_") == 2
    assert renpy.export(script).count(b"\nlabel ") == 2
    assert twee.export(script).count(b"\n:: Scene ") == 2


def test_manner_and_addressee_are_tags(script: Script) -> None:
    assert (
        "“Will he come?” # speaker:ada\\-finch # to:tom # manner:softly"
        in ink.export(script).decode()
    )
    assert "Ada_Finch: “Will he come?” #speaker:ada-finch #to:tom #manner:softly" in (
        yarn.export(script).decode()
    )
    assert (
        'data-speaker="ada-finch" data-to="tom" data-manner="softly"'
        in twee.export(script).decode()
    )
    assert 'who_Ada_Finch "“Will he come?”" id s112  # to: tom; manner: softly' in (
        renpy.export(script).decode()
    )
