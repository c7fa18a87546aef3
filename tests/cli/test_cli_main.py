"""The command line as a whole: its words, its exit codes, its manners."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fullcast import __version__, errors
from fullcast.cli import main
from fullcast.workspace import stories


def fullcast(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fullcast", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **options)


def failing_with(failure: BaseException):
    def read(*_: object, **__: object) -> None:
        raise failure

    return read


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["script", "-h"]])
def test_help_teaches(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 0
    assert "examples:" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"fullcast {__version__}\n"


def test_without_a_command_it_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    shown = capsys.readouterr()
    assert "commands:" in shown.err
    assert shown.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["sing", "story.txt"],
        ["read"],
        ["read", "story.txt", "--encoding", "klingon"],
        ["read", "story.txt", "--encoding", "hex"],
        ["read", "story.txt", "--doubt", "60"],
        ["read", "story.txt", "--doubt", "nan"],
        ["read", "story.txt", "--doubt", "half"],
        ["read", "story.txt", "--color", "blue"],
        ["read", "story.txt", "--cast"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "error: " in capsys.readouterr().err


@pytest.mark.parametrize("kind", [kind for kind in vars(errors).values() if isinstance(kind, type)])
@pytest.mark.parametrize("command", ["read", "script"])
def test_a_refusal_has_its_code_and_its_words(
    command: str,
    kind: type[errors.FullcastError],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(stories, "read", failing_with(kind("a.txt: no; try \x1b[31manother")))
    assert main([command, "a.txt"]) == kind.exit_code
    assert capsys.readouterr() == ("", "fullcast: error: a.txt: no; try ␛[31manother\n")


def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(stories, "read", failing_with(KeyboardInterrupt()))
    assert main(["read", "a.txt"]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_a_missing_file_from_outside(tmp_path: Path) -> None:
    done = fullcast("script", str(tmp_path / "missing.txt"))
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith("fullcast: error: ")
    assert "missing.txt" in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_is_no_error(
    unbuffered: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    story = tmp_path / "story.txt"
    story.write_text("“Come,” said Ada.\n\n" * 5000, encoding="utf-8")
    command = [sys.executable, "-m", "fullcast", "script", str(story)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.read(10)
        running.stdout.close()
        complaint = running.stderr.read()
    assert (running.returncode, complaint) == (141, b"")


def test_a_poor_terminal_is_no_error(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("“Çome,” said Ada.", encoding="utf-8")
    done = fullcast("read", str(story), env={"PYTHONIOENCODING": "ascii", "PATH": ""})
    assert done.returncode == 0
    assert "??ome,? said Ada." in done.stdout


@pytest.fixture
def story_file(tmp_path: Path) -> str:
    path = tmp_path / "story.txt"
    path.write_text("“Come,” said Ada.\n", encoding="utf-8")
    return str(path)


def in_shell(line: str, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell, where ``$@`` is the command with its arguments."""
    command = ["sh", "-c", line, "sh", sys.executable, "-m", "fullcast", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **options)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["read"], ["script"], ["read", "--cast-only"]])
def test_no_room_for_the_output_is_one_line(arguments: list[str], story_file: str) -> None:
    done = in_shell('"$@" >/dev/full', *arguments, story_file)
    assert done.returncode == 11
    assert done.stderr == (
        "fullcast: error: standard output: cannot be written (no space left on device)\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_no_room_for_the_help_is_one_line() -> None:
    done = in_shell('PYTHONUNBUFFERED= "$@" >/dev/full', "--help")  # argparse hides it elsewhere
    assert (done.returncode, len(done.stderr.splitlines())) == (11, 1)


def test_what_is_no_command_is_told_what_was_meant(
    story_file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for word, meant in (("reed", "read"), (story_file, f"read {story_file}")):
        with pytest.raises(SystemExit):
            main([word])
        assert f"did you mean: fullcast {meant}" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["zzz"])
    assert "no command 'zzz'; see: fullcast --help" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["read", "script"])
def test_closed_output_is_one_line(command: str, story_file: str) -> None:
    done = in_shell('"$@" >&-', command, story_file)
    assert done.returncode == 11
    assert done.stderr == "fullcast: error: standard output: it is closed; write to a file\n"


def test_closed_streams_do_not_keep_a_file_from_being_written(
    story_file: str, tmp_path: Path
) -> None:
    target = tmp_path / "story.json"
    done = in_shell('"$@" <&- >&- 2>&-', "script", story_file, "-o", str(target))
    assert (done.returncode, target.exists()) == (0, True)


def test_an_error_is_never_printed_as_output(tmp_path: Path) -> None:
    done = in_shell('"$@" 2>&-', "script", str(tmp_path / "missing.txt"))
    assert (done.returncode, done.stdout) == (4, "")


def test_a_name_of_two_lines_gives_an_error_of_one(tmp_path: Path) -> None:
    done = fullcast("read", str(tmp_path / "a\nb.txt"))
    assert done.stderr.count("\n") == 1
    assert "a␊b.txt" in done.stderr


def test_a_story_from_standard_input(story_file: str) -> None:
    words = Path(story_file).read_text(encoding="utf-8")
    shown = fullcast("read", "-", input=words)
    assert shown.stdout == fullcast("read", story_file).stdout.replace(
        "story.txt", "standard input"
    )
    script = json.loads(fullcast("script", "-", input=words).stdout)
    assert script["source"]["path"] == "-"
    assert script["characters"][0]["name"] == "Ada"


def test_the_encoding_of_standard_input() -> None:
    done = in_shell(
        "printf '\\223Come,\\224 said Zo\\353.' | \"$@\"", "read", "-", "--encoding", "cp1252"
    )
    assert "“Come,” said Zoë." in done.stdout


@pytest.mark.parametrize(
    ("line", "code", "complaint"),
    [
        ('"$@" </dev/null', 5, "standard input: the file is empty"),
        ('"$@" <&-', 3, "standard input: it is closed"),
        ('printf %%PDF-1.4 | "$@"', 6, "standard input: this is a PDF"),
    ],
)
def test_refusals_name_standard_input(line: str, code: int, complaint: str) -> None:
    done = in_shell(line, "read", "-")
    assert done.returncode == code
    assert done.stderr.startswith(f"fullcast: error: {complaint}")
    assert done.stderr.count("\n") == 1
