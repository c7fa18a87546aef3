"""Scenes and lines: what all that is played or staged is made of."""

import re

from exported import nasty_stories, told
from hypothesis import given
from making import make_book, make_story

from fullcast.exporters import Script, build_script
from fullcast.exporters.scenes import handles_of, one_line, scenes_of, tags_of
from fullcast.model import Annotations, BlockKind, Layer

BODY = Layer.BODY


def scenes(*blocks: tuple[BlockKind, str]) -> list[tuple[bool, list[str]]]:
    book = make_book([(kind, BODY, words) for kind, words in blocks])
    found = scenes_of(build_script(book, Annotations()))
    return [(scene.parted, [line.text for line in scene.lines]) for scene in found]


def test_headings_and_breaks_part_scenes() -> None:
    heading, paragraph, rest = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.BREAK
    assert scenes(
        (heading, "Part I"),
        (heading, "Chapter 1"),
        (paragraph, "a"),
        (rest, "* * *"),
        (paragraph, "b"),
        (rest, ""),
        (paragraph, "c"),
        (heading, "Chapter 2"),
        (paragraph, "d"),
    ) == [
        (False, ["Part I", "Chapter 1", "a"]),
        (False, ["* * *", "b"]),
        (True, ["c"]),
        (False, ["Chapter 2", "d"]),
    ]


def test_only_the_story_is_told(script: Script) -> None:
    lines = told(script)
    assert lines[0] == "I. The Landing"
    assert lines[-1] == "came from the dark."


def test_a_sign_stays_in_its_sentence(script: Script) -> None:
    assert "I thought. The sign said “NO FERRY”." in told(script)


def test_a_story_without_blocks_is_a_scene() -> None:
    assert scenes() == []
    assert len(scenes_of(build_script(*make_story()))) == 2


@given(nasty_stories())
def test_nothing_but_line_ends_changes(script: Script) -> None:
    body = [each["text"] for each in script["segments"] if each["layer"] == "body"]
    assert re.sub(r"\s", "", "".join(told(script))) == re.sub(r"\s", "", "".join(body))
    assert not any(re.search(r"[\n\r\v\f\x85\u2028\u2029]", line) for line in told(script))


def test_no_break_spaces_stay() -> None:
    assert one_line(" «\xa0Oui\xa0», \n dit-elle\t") == "«\xa0Oui\xa0», dit-elle"


def test_handles_are_identifiers_each_their_own() -> None:
    names = {None: "Unknown", "a": "END", "b": "end", "c": "Анна К.", "d": "!!"}
    assert list(handles_of(names).values()) == ["Unknown", "END", "end_2", "Анна_К", "somebody"]


def test_a_doubtful_line_says_how_sure_it_is(script: Script) -> None:
    (line,) = (line for scene in scenes_of(script) for line in scene.lines if "an owl" in line.text)
    assert tags_of(line) == {
        "speaker": "ada-finch",
        "to": "tom",
        "sure": "0.54",
        "line": line.segment["id"],
    }
