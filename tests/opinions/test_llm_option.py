"""``--llm`` on the command line: off unless asked for, and never a traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from serving import Asked, Said, labels, serving, words

from fullcast.cli import main

STORY = """\
“Will you come?” asked Ada.

“I will,” said Tom.

“Good.”

“When?”

“Now,” said Mary.
"""


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def everything_by_mary(asked: Asked) -> Said:
    return labels(dict.fromkeys(asked.ids, "mary"))


def test_a_script_with_opinions(
    story: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FULLCAST_LLM_KEY", "secret\n")
    with serving(everything_by_mary) as server:
        options = ["--llm", server.url, "--llm-doubt", "0.979", "--llm-model", "large"]
        assert main(["script", story, *options]) == 0
    script = json.loads(capsys.readouterr().out)
    assert "".join(segment["text"] for segment in script["segments"]) == STORY
    lines = [each for each in script["segments"] if each["kind"] == "speech"]
    assert [each["speaker"] for each in lines] == ["ada", "tom", "mary", "mary", "mary"]
    assert [each["source"] for each in lines] == ["rule", "rule", "opinion", "opinion", "rule"]
    assert {each["reason"] for each in lines[2:4]} == {"llm: large"}
    assert all(each["confidence"] <= 0.5 for each in lines[2:4])
    assert server.asked[0].headers["Authorization"] == "Bearer secret"


def test_reading_with_opinions(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(everything_by_mary) as server:
        assert main(["read", story, "--llm", server.url, "--llm-doubt", "0.979"]) == 0
    assert capsys.readouterr().out.count("Mary ?") == 2


def test_what_got_no_opinion_is_told(story: str, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(labels({"q0": "mary"})) as server:
        assert main(["read", story, "--llm", server.url, "--llm-doubt", "0.979"]) == 0
    assert "O001  2 of 2 doubtful lines got no usable opinion" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["read", "script"])
@pytest.mark.parametrize("url", ["localhost:8080", "http://127.0.0.1:9/v1"])
def test_a_server_that_cannot_be_asked(
    command: str, url: str, story: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, story, "--llm", url, "--llm-doubt", "0.979"]) == 12
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"fullcast: error: {url}: ")
    assert shown.err.count("\n") == 1


def test_an_odd_server_cannot_touch_the_terminal(
    story: str, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = Said(401, b'{"error": "\\u001b[31mred"}')
    with serving(odd) as server:
        assert main(["read", story, "--llm", server.url, "--llm-doubt", "0.979"]) == 12
    assert "␛[31mred" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--llm-model", "tiny"], ["--llm-doubt", "0.5"]])
def test_options_without_a_server(
    option: list[str], story: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["read", story, *option])
    assert left.value.code == 2
    assert "need --llm URL" in capsys.readouterr().err


def test_nothing_is_asked_unless_asked_for(story: str) -> None:
    code = (
        "import sys, fullcast\n"
        f"fullcast.script({story!r})\n"
        "sys.exit('fullcast.opinions.chat' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_answer_without_labels_is_one_line(
    story: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(words("Mary,\nI think.")) as server:
        assert main(["script", story, "--llm", server.url, "--llm-doubt", "0.979"]) == 12
    assert capsys.readouterr().err == (
        f"fullcast: error: {server.url}: tiny answers without the JSON object that was asked for; "
        "another model may do better\n"
    )
