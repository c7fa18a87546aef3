"""``fullcast perform`` and ``fullcast voices``: what people see, and what is refused."""

import json
from pathlib import Path

import pytest

from fullcast.cli import main
from fullcast.cli.perform import MOST_FAILURES, PARTIAL
from fullcast.exporters import build_script, json_bytes
from fullcast.model import Annotations, Book
from fullcast.render.engines.engine import LineError
from fullcast.render.engines.silent import SilentEngine
from fullcast.workspace import stories

SILENT = ["--engine", "silent"]


@pytest.fixture(autouse=True)
def ferry(story: tuple[Book, Annotations], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    book, annotations = story
    monkeypatch.setattr(stories, "read", lambda *_, **__: book)
    monkeypatch.setattr(stories, "analyze", lambda *_, **__: annotations)
    monkeypatch.chdir(tmp_path)


def perform(*arguments: str) -> int:
    return main(["perform", "ferry.txt", "-o", "ferry.vtt", *SILENT, *arguments])


def test_what_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert perform() == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("fullcast: ferry.vtt: ")
    assert "18 takes, 18 of them new" in err
    assert "<v Ada Finch>" in Path("ferry.vtt").read_text("utf-8")
    assert Path("ferry.casting.toml").read_text("utf-8").count("[cast.") == 3
    told = json.loads(Path("ferry.takes/progress.json").read_text("utf-8"))
    assert (told["state"], told["made"]) == ("done", 18)
    assert perform() == 0
    assert "18 takes, 0 of them new" in capsys.readouterr().err


def test_a_casting_edited_by_hand_is_read_back() -> None:
    perform()
    path = Path("ferry.casting.toml")
    text = path.read_text("utf-8").replace("male-1", "male-4")
    path.write_text(text + "# mine\n", "utf-8")
    assert perform() == 0
    assert path.read_text("utf-8") == text + "# mine\n"


def test_a_casting_that_lacks_somebody_is_completed() -> None:
    Path("c.toml").write_text('# mine\n[cast.tom]\nvoice = "male-3"\n', "utf-8")
    assert perform("--casting", "c.toml") == 0
    text = Path("c.toml").read_text("utf-8")
    assert text.startswith('# mine\n[cast.tom]\nvoice = "male-3"\n')
    assert "[cast.ada-finch]" in text
    assert text.count("[cast.tom]") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--casting", "strangers.toml"], 16, "not in this story: zed. In it are: ada-finch, tom"),
        (["--casting", "broken.toml"], 16, "no TOML"),
        (["--casting", "siren.toml"], 15, "there is no voice 'siren'; see: fullcast voices list"),
        (["--series", "gone.toml"], 16, "no such file"),
        (["--pronunciation", "broken.toml"], 17, "no well-formed XML"),
        (["--engine", "kokoro"], 15, "fetch one: fullcast voices add kokoro"),
        (["--engine", "espeak", "--server", "http://x"], 2, "are two engines"),
        (["--engine", "server"], 2, "need --server URL"),
        (["--jobs", "0"], 2, "no number from 1 to 64"),
    ],
)
def test_what_is_refused(
    arguments: list[str],
    code: int,
    told: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FULLCAST_VOICES", "nowhere")
    Path("strangers.toml").write_text('[cast.zed]\nvoice = "male-1"', "utf-8")
    Path("siren.toml").write_text('[cast.tom]\nvoice = "siren"', "utf-8")
    Path("broken.toml").write_text("<x", "utf-8")
    try:
        found = perform(*arguments)
    except SystemExit as error:
        found = int(str(error))
    assert found == code
    assert told in capsys.readouterr().err
    assert not Path("ferry.vtt").exists()


def test_an_output_that_cannot_be_is_told_before_any_work(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["perform", "ferry.txt", "-o", "ferry.xyz", *SILENT]) == 11
    assert "no package is called .xyz" in capsys.readouterr().err
    assert main(["perform", "ferry.txt", "-o", "ferry.mp3", *SILENT]) == 11
    assert "give it no suffix, like ferry; one file" in capsys.readouterr().err
    assert list(Path().iterdir()) == []


def test_a_partial_performance_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    speak = SilentEngine.speak

    def choosy(self: SilentEngine, text: str, *more: object) -> object:
        if "owl" in text:
            raise LineError("out of breath")
        return speak(self, text, *more)

    monkeypatch.setattr(SilentEngine, "speak", choosy)
    assert perform() == PARTIAL
    told = capsys.readouterr().err
    assert "partial: 1 lines could not be spoken" in told
    assert ": “That was an owl.” (" in told
    assert "): out of breath" in told
    assert "owl" not in Path("ferry.vtt").read_text("utf-8")
    assert MOST_FAILURES > 1


def test_a_dictionary_is_begun_and_then_heeded(capsys: pytest.CaptureFixture[str]) -> None:
    assert perform("--pronunciation", "names.pls") == 0
    path = Path("names.pls")
    text = path.read_text("utf-8")
    assert "</lexicon>" in text
    word = "<lexeme><grapheme>Tom</grapheme><alias>Tomm</alias></lexeme></lexicon>"
    path.write_text(text.replace("</lexicon>", word), "utf-8")
    capsys.readouterr()
    assert perform("--pronunciation", "names.pls") == 0
    assert "18 takes, 1 of them new" in capsys.readouterr().err


def test_a_script_is_performed_as_it_was_edited(
    story: tuple[Book, Annotations], script: dict, capsys: pytest.CaptureFixture[str]
) -> None:
    perform()
    owl = next(one for one in script["segments"] if "owl" in one["text"])
    owl["speaker"] = "tom"
    Path("ferry.json").write_bytes(json_bytes(script))
    capsys.readouterr()
    assert main(["perform", "ferry.json", "-o", "ferry.vtt", *SILENT]) == 0
    assert "18 takes, 1 of them new" in capsys.readouterr().err
    assert "<v Tom>“That was an owl.”" in Path("ferry.vtt").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "told"),
    [("{", "the script cannot be read"), ("{}", "this is no script"), (None, "'zed', who is not")],
)
def test_what_is_no_script(
    content: str | None, told: str, script: dict, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is None:
        script["segments"][3]["speaker"] = "zed"
        content = json.dumps(script)
    Path("ferry.json").write_text(content, "utf-8")
    assert main(["perform", "ferry.json", "-o", "ferry.vtt", *SILENT]) == 9
    assert told in capsys.readouterr().err


def test_voices_are_listed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FULLCAST_VOICES", "nowhere")
    assert main(["voices", "list"]) == 0
    out = capsys.readouterr().out
    assert "espeak  en-gb+f3@-1" in out
    assert "fetch one: fullcast voices add kokoro" in out
    assert "piper-vctk" in out


def test_unknown_models_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voices", "add", "siren"]) == 15
    assert "there are kokoro" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["voices", "add"])


def test_a_script_is_given_its_times(story: tuple[Book, Annotations]) -> None:
    script = build_script(*story)
    assert main(["perform", "ferry.txt", "-o", "ferry.json", "--skip-tags", *SILENT]) == 0
    timed = json.loads(Path("ferry.json").read_text("utf-8"))
    heard = [segment.pop("heard_s") for segment in timed["segments"]]
    assert timed == json.loads(json_bytes(script))
    spoken = [times for times in heard if times]
    assert (len(spoken), len(heard)) == (18, 23)
    assert all(start < end for start, end in spoken)
    assert spoken == sorted(spoken)
    perform("--skip-tags")
    cues = Path("ferry.vtt").read_text("utf-8")
    for start_s, _ in spoken:
        assert f"00:{start_s // 60:02.0f}:{start_s % 60:06.3f} -->" in cues
    before = Path("ferry.vtt").read_bytes()
    Path("ferry.vtt").unlink()
    again = ["perform", "ferry.json", "-o", "ferry.vtt", "--skip-tags", *SILENT]
    assert (main(again), Path("ferry.vtt").read_bytes()) == (0, before)  # it is still a script
