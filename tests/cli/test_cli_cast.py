"""``--cast`` and ``--write-cast``: what one knows goes in, what was found comes out."""

import json
from pathlib import Path

import pytest

from fullcast.cli import main
from fullcast.workspace import stories

STORY = "“Come in,” said Ada.\n\n“I will,” said Tom.\n\n“Sit,” said Ada.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(STORY, encoding="utf-8")


def write_cast(content: str) -> None:
    Path("cast.toml").write_text(content, encoding="utf-8")


def test_out_and_in_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "story.txt", "--write-cast", "cast.toml"]) == 0
    shown = capsys.readouterr()
    content = Path("cast.toml").read_text(encoding="utf-8")
    assert content.endswith(
        '[[character]]  # 1 line\nname = "Tom"\naliases = []\ngender = "male"\n'
    )
    assert main(["read", "story.txt", "--cast", "cast.toml"]) == 0
    assert capsys.readouterr() == shown


def test_what_one_knows_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    write_cast('[[character]]\nname = "Ada Finch"\naliases = ["Ada"]\n')
    assert main(["read", "story.txt", "--cast", "cast.toml"]) == 0
    assert "\nAda Finch    “Come in,” said Ada.\n" in capsys.readouterr().out
    assert main(["script", "story.txt", "--cast", "cast.toml"]) == 0
    characters = json.loads(capsys.readouterr().out)["characters"]
    assert [(c["id"], c["name"]) for c in characters] == [
        ("ada-finch", "Ada Finch"),
        ("tom", "Tom"),
    ]


def test_a_cast_of_ones_own_is_never_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    write_cast("# mine\n")
    assert main(["read", "story.txt", "--write-cast", "cast.toml"]) == 11
    assert capsys.readouterr() == (
        "",
        "fullcast: error: cast.toml: it is there already, perhaps with changes of yours; "
        "name another file\n",
    )
    assert Path("cast.toml").read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize("command", ["read", "script"])
@pytest.mark.parametrize("content", [None, "[character", '[[character]]\nname = "Ada"\nsex = 1'])
def test_a_cast_that_cannot_be_used(
    command: str, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        write_cast(content)
    assert main([command, "story.txt", "--cast", "cast.toml"]) == 19
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("fullcast: error: cast.toml: ")
    assert shown.err.count("\n") == 1


def test_the_cast_is_looked_at_before_the_story() -> None:
    assert main(["read", "missing.txt", "--cast", "cast.toml"]) == 19
    assert main(["read", "missing.txt", "--write-cast", "no/cast.toml"]) == 11


def test_in_python(tmp_path: Path) -> None:
    book = stories.read("story.txt")
    stories.write_cast(stories.script(book), tmp_path / "cast.toml")
    cast = stories.read_cast(tmp_path / "cast.toml")
    assert stories.analyze(book, cast=cast) == stories.analyze(book)
    with pytest.raises(TypeError, match=r"give fullcast.analyze yours"):
        stories.script(book, annotations=stories.analyze(book), cast=cast)
