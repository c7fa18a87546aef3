"""``fullcast read``: what the page looks like, and that a story cannot touch the terminal."""

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from making import make_book, make_story, stories
from rich.console import Console

from fullcast.cli import main, page
from fullcast.exporters import Script, build_script
from fullcast.model import Annotations, Block, BlockKind, Book, Layer, Notice, Span
from fullcast.workspace import stories as verbs

PAGE = """\
The Ferry
by N. O. Body

Cast       Lines  Talk                    Also called
Ada Finch      4   65%  female, narrator  Ada
Tom            2   31%  male
(unknown)      1    4%

Never heard: the owl

[front matter: 37 characters]

I. The Landing

                      The river was high, and the ferry [the old one] was late.

Ada Finch             “Will he come?” asked Ada Finch softly, “or must we swim?”

Tom                   “He is never late,” said Tom. “Listen!”

Ada Finch ?           “That was an owl.”  (54%, or Tom 31%)

Tom                   “It was not,” he said.
Ada Finch             “It was,” said Ada.

                      * * *

Ada Finch (thinks)    I never liked him, I thought. The sign said “NO FERRY”.

(unknown) ?           “Ahoy!” came from the dark.  (40%)

[note: 19 characters]

[back matter: 20 characters]

Notices
E001  Two letters look wrong. (character 3)
      If letters look wrong, name the encoding: --encoding cp1252.
C001  Nobody was found for “Ahoy!”.
      Nobody with a name was found, so speakers stay unknown.
"""


@pytest.fixture(autouse=True)
def ferry(story: tuple[Book, Annotations], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked for, the story by hand is read, on a page of 80 columns."""
    book, annotations = story
    monkeypatch.setattr(verbs, "read", lambda *_, **__: book)
    monkeypatch.setattr(verbs, "analyze", lambda *_, **__: annotations)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "PAGER", "TERM"):
        monkeypatch.delenv(name, raising=False)


def shown(script: Script, *, width: int = 80, doubt: float = 0.6, cast_only: bool = False) -> str:
    console = Console(
        file=io.StringIO(),
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None,
    )
    return "\n".join(page.lines(script, console, doubt=doubt, cast_only=cast_only))


def test_the_whole_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "ferry.txt"]) == 0
    assert capsys.readouterr() == (PAGE, "")


def test_a_written_script_is_shown_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "ferry.txt"]) == 0
    said = capsys.readouterr().out
    assert main(["script", "ferry.txt", "-o", "ferry.json"]) == 0
    assert main(["read", "ferry.json"]) == 0
    assert capsys.readouterr().out == said


def test_the_cast_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--cast-only", "ferry.txt"]) == 0
    assert capsys.readouterr().out == PAGE.partition("\n[front")[0]


@pytest.mark.parametrize(("doubt", "marked"), [("0", 0), ("0.4", 0), ("0.75", 3), ("1", 7)])
def test_doubt_is_what_the_reader_says(
    doubt: str, marked: int, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["read", "--doubt", doubt, "ferry.txt"])
    assert len(re.findall(r"^.{,20} \? ", capsys.readouterr().out, re.MULTILINE)) == marked


@pytest.mark.parametrize("color", ["auto", "never"])
def test_plain_text_goes_into_pipes(color: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["read", "--color", color, "ferry.txt"])
    assert "\x1b" not in capsys.readouterr().out


def test_colors_when_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")  # what one asks for in words is stronger
    main(["read", "--color", "always", "ferry.txt"])
    colored = capsys.readouterr().out
    assert re.search(r"\x1b\[[\d;]*mAda Finch", colored)
    plain = re.sub(r"\x1b\[[\d;]*m", "", colored)
    assert [line.rstrip() for line in plain.splitlines()] == PAGE.splitlines()


def test_nobody_speaks(script: Script) -> None:
    book = make_book([(BlockKind.PARAGRAPH, Layer.BODY, "Rain fell.")], title="Rain")
    assert shown(build_script(book, Annotations())) == (
        "Rain\n\nNobody speaks in this story.\n\n    Rain fell."
    )


def test_an_empty_book() -> None:
    assert "Nobody speaks" in shown(build_script(Book(text="", blocks=()), Annotations()))


def test_a_break_without_characters_is_seen() -> None:
    text = "One.\n\nTwo."
    blocks = (
        Block(span=Span(0, 4)),
        Block(span=Span(5, 5), kind=BlockKind.BREAK),
        Block(span=Span(6, 10)),
    )
    lines = shown(build_script(Book(text=text, blocks=blocks), Annotations())).split()
    assert lines[-5:] == ["One.", "*", "*", "*", "Two."]


def test_brackets_and_emoji_codes_are_the_authors() -> None:
    words = "[bold red]Rain[/] :smile: \\[x] [link=http://x]y[/link]"
    book = make_book([(BlockKind.PARAGRAPH, Layer.BODY, words)], title=words, author=words)
    notice = Notice(code="C001", message=words)
    assert shown(build_script(book, Annotations(notices=(notice,)))).count(words) == 4


def test_control_characters_never_reach_the_terminal() -> None:
    words = "Rain\x1b[2J\x1b]0;title\x07 \x9b31m\x08\x00\x7f fell"
    book = make_book([(BlockKind.PARAGRAPH, Layer.BODY, words)], title=words, author=words)
    notice = Notice(code="C001", message=words)
    drawn = shown(build_script(book, Annotations(notices=(notice,))))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", drawn)
    assert drawn.count("Rain␛[2J␛]0;title␇ �31m␈␀␡ fell") == 4


@given(stories())
def test_any_story_can_be_shown(story: tuple[Book, Annotations]) -> None:
    drawn = shown(build_script(*story), width=60)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", drawn)


@pytest.mark.parametrize("width", [20, 80, 100])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    script = build_script(*make_story())
    script["characters"][0]["name"] = "Her Serene Highness Ada Finch of the Upper Landing"
    assert max(map(len, shown(script, width=width).splitlines())) <= width


def test_a_crowd_that_never_speaks_is_counted(script: Script) -> None:
    owl = script["characters"].pop()
    script["characters"] += [{**owl, "id": f"owl-{n}", "name": f"owl {n}"} for n in range(30)]
    assert "owl 9 and 20 more" in shown(script, width=100)
    assert "owl 29" in shown(script, width=100, cast_only=True)


def narrow_cast(script: Script, width: int) -> list[str]:
    table = shown(script, width=width, cast_only=True).partition("Cast")[2].partition("\n\n")[0]
    return table.splitlines()


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (80, "Ada Finch      4   65%  female, narrator  Ada"),
        (40, "Ada Finch      4   65%  female, narrator"),
        (39, "Ada Finch      4   65%"),
        (20, "Ada Finch      4"),
    ],
)
def test_columns_give_way_to_names(script: Script, width: int, row: str) -> None:
    assert narrow_cast(script, width)[1] == row


@pytest.mark.parametrize("width", [20, 40, 60, 100])
def test_a_name_in_the_cast_is_never_cut(script: Script, width: int) -> None:
    name = "Her Serene Highness Adelaide-Wilhelmina-Ottoline"
    script["characters"][0]["name"] = name
    rows = narrow_cast(script, width)
    drawn = "".join(row[:30] for row in rows[1:])
    assert "…" not in drawn
    letters = re.sub(r"[^A-Za-z-]", "", name)
    assert re.sub(r"[^A-Za-z-]", "", drawn).startswith(letters)


def test_narrow_pages_set_names_above_lines(script: Script) -> None:
    lines = shown(script, width=40).splitlines()
    above = lines.index("Ada Finch ?")
    assert lines[above + 1].startswith("  “That was an owl.”")
    assert "Ada Finch (thinks)" in lines


def test_forms_that_are_the_name_again_are_left_out(script: Script) -> None:
    script["characters"][0] |= {
        "name": "The Hare",
        "aliases": ["Hare", "the hare", "The Hare", "Harold", "A"],
    }
    assert shown(script, width=100, cast_only=True).count("Harold, A\n") == 1


def in_a_terminal(command: list[str], **environment: str) -> str:
    """Run a command that believes it has a terminal, and return what that gets."""
    outer, inner = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", **environment}
    with subprocess.Popen(
        command, stdin=inner, stdout=inner, stderr=inner, env=environment
    ) as running:
        os.close(inner)
        got = b""
        while True:
            try:
                piece = os.read(outer, 65536)
            except OSError:  # how Linux says that nobody writes any more
                break
            if not piece:
                break
            got += piece
    os.close(outer)
    assert running.returncode == 0
    return got.decode()


@pytest.fixture
def long_story(tmp_path: Path) -> str:
    path = tmp_path / "long.txt"
    path.write_text("“Come in,” said Ada.\n\n" * 60, encoding="utf-8")
    return str(path)


def test_long_pages_go_through_the_pager(long_story: str) -> None:
    command = [sys.executable, "-m", "fullcast", "read", long_story]
    assert in_a_terminal(command, PAGER="sed s/Come/Go/").count("Go in,") == 60
    assert in_a_terminal([*command, "--no-pager"], PAGER="sed s/Come/Go/").count("Come in,") == 60
    assert in_a_terminal(command, PAGER="").count("Come in,") == 60


def test_a_pager_that_is_left_early_is_no_error(long_story: str) -> None:
    command = [sys.executable, "-m", "fullcast", "read", long_story]
    command += ["--color", "never", "--network", "rules"]  # before any progress is shown
    assert in_a_terminal(command, PAGER="head -n 1").splitlines() == ["long.txt"]


def test_no_color_is_heeded_in_a_terminal(long_story: str) -> None:
    command = [sys.executable, "-m", "fullcast", "read", "--no-pager", long_story]
    command += ["--network", "rules"]  # before any progress is shown
    assert "\x1b[1" in in_a_terminal(command)
    assert "\x1b[1" not in in_a_terminal(command, NO_COLOR="1")
    assert "\x1b[1" not in in_a_terminal(command, TERM="dumb")


def test_a_pager_that_is_no_program_is_no_error(long_story: str, tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_bytes(b"\x7fELF")
    pager.chmod(0o755)
    command = [sys.executable, "-m", "fullcast", "read", long_story]
    assert in_a_terminal(command, PAGER=str(pager)).count("Come in,") == 60
