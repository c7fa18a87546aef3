"""The same story gives the same script, whatever the seed of Python's hashes."""

import os
import subprocess
import sys
from pathlib import Path

STORY = "\n\n".join(
    [
        *["“Sit,” said Albert Finch.", "“No,” said Herbert Gale."] * 4,
        "“Why not?” said Bert.",
        "“The landlord knows,” said a voice.",
        "“Ask the mice,” said his mother.",
    ]
)


def test_no_result_hangs_on_a_seed(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY, encoding="utf-8")
    command = [sys.executable, "-m", "fullcast", "script", str(story)]
    scripts = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("0", "1", "2", "5")
    }
    assert len(scripts) == 1
