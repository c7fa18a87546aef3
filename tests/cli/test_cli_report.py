"""``fullcast report`` and ``fullcast plot``: where they write, and what they refuse."""

import json
import sys
from pathlib import Path

import pytest

import fullcast
from fullcast.cli import main
from fullcast.exporters import Script, json_bytes
from fullcast.exporters.report import report_bytes
from fullcast.model import Annotations, Book

SHOWN = [("report", ".html"), ("plot", ".svg"), ("plot", ".png")]


@pytest.fixture
def written(script: Script, tmp_path: Path) -> Path:
    path = tmp_path / "ferry.json"
    path.write_bytes(json_bytes(script))
    return path


@pytest.mark.parametrize(("command", "suffix"), SHOWN)
def test_shows_a_script_and_says_nothing(
    command: str, suffix: str, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = written.with_suffix(suffix)
    assert main([command, str(written), "-o", str(target)]) == 0
    assert target.stat().st_size > 5000
    assert capsys.readouterr() == ("", "")


def test_the_page_is_the_scripts(written: Path, script: Script) -> None:
    target = written.with_suffix(".html")
    main(["report", str(written), "-o", str(target)])
    assert target.read_bytes() == report_bytes(script)


def test_a_book_in_python(story: tuple[Book, Annotations], script: Script, tmp_path: Path) -> None:
    book, annotations = story
    fullcast.report(book, tmp_path / "ferry.html", annotations=annotations)
    assert (tmp_path / "ferry.html").read_bytes() == report_bytes(script)
    fullcast.plot(book, tmp_path / "ferry.svg", annotations=annotations)
    assert (tmp_path / "ferry.svg").exists()


@pytest.mark.parametrize(
    ("command", "name", "told"),
    [
        ("report", "ferry.pdf", "give it a name that ends in .html or .htm"),
        ("plot", "ferry.html", "give it a name that ends in .svg or .png"),
        ("report", "missing/ferry.html", "make it first"),
    ],
)
def test_refuses_what_cannot_be_written(
    command: str, name: str, told: str, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(written), "-o", str(written.parent / name)]) == 11
    assert told in capsys.readouterr().err


def test_the_story_itself_is_spared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = tmp_path / "story.html"
    story.write_text("<p>“Well?” said Ada.</p>", "utf-8")
    assert main(["report", str(story), "-o", str(story)]) == 11
    assert "this is the story itself" in capsys.readouterr().err


def test_what_is_no_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"schema": "another"}), "utf-8")
    assert main(["report", str(path), "-o", str(tmp_path / "x.html")]) == 9
    assert "this is no script" in capsys.readouterr().err


def test_drawing_tells_what_it_needs(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "fullcast.exporters.plots", raising=False)
    assert main(["plot", str(written), "-o", str(written.with_suffix(".svg"))]) == 11
    assert "pip install 'fullcast[plots]'" in capsys.readouterr().err


def test_what_a_page_saved_is_in_the_next_page(tmp_path: Path) -> None:
    story, saved, page = (tmp_path / name for name in ("story.txt", "saved.csv", "page.html"))
    story.write_text("“Wet,” said Ada.\n\n“Cold,” said Tom.\n\n“Late.”\n", encoding="utf-8")
    line = fullcast.analyze(fullcast.read(story), network="rules").quotations[2].id
    saved.write_text(f'quotation,speaker,speaker_name\r\n"{line}","tom","Tom"\r\n', "utf-8")
    command = ["report", str(story), "--network", "rules", "-o", str(page)]
    assert main([*command, "--corrections", str(saved)]) == 0
    assert b'"decided":[2]' in page.read_bytes()


def test_missing_corrections_are_told_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "story.txt").write_text("“Wet,” said Ada.\n", "utf-8")
    monkeypatch.setattr("fullcast.analysis.pipeline.prepare", None)
    command = ["report", str(tmp_path / "story.txt"), "-o", str(tmp_path / "page.html")]
    assert main([*command, "--corrections", str(tmp_path / "no.csv")]) == 14
    assert "no.csv: no such file of corrections" in capsys.readouterr().err
