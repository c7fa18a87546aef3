"""What of a performance's time is the engine's is measured, a slower one's too."""

import json
from pathlib import Path

import pytest

from evals.engine_time import main


def test_a_slower_engine_takes_longer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = tmp_path / "tale.txt"
    story.write_text("“Go,” said Ada.\n\n“No,” said Tom.\n", "utf-8")
    main([str(story), "--slower", "0.25"])
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["takes"] == 4
    assert 0.25 <= found["engine_s"] < found["whole_s"]
