"""The measure on annotated short stories, from a story and its gold script to the last line."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.judge import Judge
from evals.samples import Count, add, main, read_gold, summarize
from fullcast.infer.scorer import Scorer
from fullcast.model import Span

STORY = (
    "“Come in,” said Ada Finch. “It is cold.”\n\n"
    "The sign said “NO HATS”.\n\n"
    "“I will, Ada,” said Tom.\n\n"
    "“Hush!” said Mrs. Vane.\n"
)
CAST = (("ada", "Ada Finch", ["Ada"]), ("tom", "Tom", []), ("vane", "Mrs. Vane", []))
LINES = (
    ("speech", "ada", ["tom"], ["“Come in,”", "“It is cold.”"]),
    ("writing", None, [], ["“NO HATS”"]),
    ("speech", "tom", ["ada"], ["“I will, Ada,”"]),
    ("speech", "vane", ["ada", "tom"], ["“Hush!”"]),
)

RULES = Judge(scorer=Scorer({}), network=None, name="rules", sha256="")


def write_story(folder: Path, lines: Any = LINES) -> Path:
    story = folder / "hats.txt"
    story.write_text(STORY, encoding="utf-8")
    script = {
        "characters": [
            {"id": i, "name": name, "aliases": aliases, "gender": "unknown", "narrator": False}
            for i, name, aliases in CAST
        ],
        "quotations": [
            {"kind": kind, "speaker": speaker, "addressees": addressees, "parts": parts}
            for kind, speaker, addressees, parts in lines
        ],
    }
    story.with_suffix(".gold.json").write_text(json.dumps(script), encoding="utf-8")
    return story


def measure(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[list[str], Any]:
    main([*arguments, "--model", "rules"])
    *table, last = capsys.readouterr().out.splitlines()
    return [" ".join(row.split()) for row in table], json.loads(last)


def test_what_is_plain_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, result = measure(capsys, str(write_story(tmp_path)))
    assert table == [
        "lines found predicted speaker addressee",
        "hats 3 3 3 3 2/2",
        "all 3 3 3 3 2/2",
    ]
    assert result.pop("model")["name"] == "rules"
    assert result == {
        "stories": ["hats"],
        "quotations": 3,
        "accuracy": 1.0,
        "detection": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
        "addressee": {"one": 1.0},
    }


def test_what_is_wrong_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = (
        ("speech", "tom", ["vane"], LINES[0][3]),  # another speaker, another addressee
        ("thought", "ada", [], LINES[1][3]),  # a line that is not found
        *LINES[2:3],
        ("mention", None, [], LINES[3][3]),  # a line too many
    )
    table, result = measure(capsys, str(write_story(tmp_path, wrong)))
    assert table[1] == "hats 3 2 3 1 1/2"
    assert result["accuracy"] == pytest.approx(1 / 3, abs=1e-4)
    assert result["detection"]["precision"] == result["detection"]["recall"]
    assert result["addressee"] == {"one": 0.5}


def test_parts_are_looked_for_in_order(tmp_path: Path) -> None:
    story = write_story(tmp_path)
    lines, cast = read_gold(story.with_suffix(".gold.json"), STORY)
    found = [[span.of(STORY) for span in line.spans] for line in lines]
    assert found == [parts for kind, _, _, parts in LINES if kind == "speech"]
    assert lines[0].spans == (Span(0, 10), Span(27, 40))
    assert [(c.id, c.name, list(c.aliases)) for c in cast] == list(CAST)


def test_a_script_of_another_story_ends_it(tmp_path: Path) -> None:
    story = write_story(tmp_path, LINES[::-1])
    with pytest.raises(SystemExit, match="the story does not hold, in order: “I will, Ada,”"):
        main([str(story)])


@pytest.mark.parametrize("content", [b"{", b"\xff", None])
def test_a_story_without_a_script_ends_it(content: bytes | None, tmp_path: Path) -> None:
    story = write_story(tmp_path)
    script = story.with_suffix(".gold.json")
    script.unlink()
    if content is not None:
        script.write_bytes(content)
    with pytest.raises(SystemExit, match=r"hats\.gold\.json holds no gold script: "):
        main([str(story)])


def test_stories_are_added_by_lines() -> None:
    one = Count(lines=3, found=3, predicted=4, speakers=2, one=2, addressees=1)
    other = Count(lines=1)
    total = add([one, other])
    assert total == Count(lines=4, found=3, predicted=4, speakers=2, one=2, addressees=1)
    assert summarize(["a", "b"], total, RULES)["accuracy"] == 0.5
    assert summarize([], Count(), RULES)["accuracy"] is None
