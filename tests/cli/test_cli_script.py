"""``fullcast script``: where the script goes."""

import json
from pathlib import Path

import pytest

from fullcast.cli import main
from fullcast.exporters import Script, json_bytes
from fullcast.model import Annotations, Book
from fullcast.workspace import stories


@pytest.fixture(autouse=True)
def ferry(story: tuple[Book, Annotations], monkeypatch: pytest.MonkeyPatch) -> None:
    book, annotations = story
    monkeypatch.setattr(stories, "read", lambda *_, **__: book)
    monkeypatch.setattr(stories, "analyze", lambda *_, **__: annotations)


@pytest.mark.parametrize("arguments", [[], ["-o", "-"], ["--output", "-"]])
def test_prints_json(
    arguments: list[str], script: Script, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["script", "ferry.txt", *arguments]) == 0
    assert capfdbinary.readouterr() == (json_bytes(script), b"")


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".csv"])
def test_writes_files_and_says_nothing(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"ferry{suffix}"
    assert main(["script", "ferry.txt", "-o", str(target)]) == 0
    assert target.stat().st_size > 1000
    assert capsys.readouterr() == ("", "")


def test_what_is_written_is_the_script(script: Script, tmp_path: Path) -> None:
    target = tmp_path / "ferry.json"
    main(["script", "ferry.txt", "-o", str(target)])
    assert json.loads(target.read_bytes()) == script


@pytest.mark.parametrize("name", ["ferry.xml", "missing/ferry.json", ".", "", "x" * 300 + ".json"])
def test_refuses_what_cannot_be_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["script", "ferry.txt", "-o", f"{tmp_path}/{name}"]) == 11
    assert capsys.readouterr().err.startswith(f"fullcast: error: {tmp_path}")


@pytest.mark.parametrize("device", ["/dev/stdout", "/dev/fd/1", "/dev/null"])
def test_a_device_is_refused_with_what_is_meant(
    device: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["script", "ferry.txt", "-o", device]) == 11
    assert "-o - prints JSON to standard output" in capsys.readouterr().err
