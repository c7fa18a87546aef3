"""The check that texts are kept says so, and says when one is not."""

from pathlib import Path

import pytest

import evals.kept
from evals.kept import main


def test_a_kept_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = tmp_path / "story.txt"
    story.write_bytes("\ufeff“Sit,” said Ada.\r\n\r\n“No.” \r\n".encode())
    main([str(story)])
    assert capsys.readouterr().out == "1 files, 4 words: every byte kept\n"


def test_a_lost_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = tmp_path / "story.txt"
    story.write_text("“Sit,” said Ada.\n", encoding="utf-8")
    monkeypatch.setattr(evals.kept, "tile", lambda *_: ())
    with pytest.raises(SystemExit, match="the segments are not the text"):
        main([str(story)])
