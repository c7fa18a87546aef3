"""Killed at any moment, a performance loses one take at most; two runs do each other no harm."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from fullcast.render.direction import PLAIN
from fullcast.render.engines.espeak import EspeakEngine
from fullcast.render.studio import CRASHED, make
from fullcast.render.takes import Take, Takes

STORY = "\n\n".join(
    f"“I counted {number} sheep,” said Ada. “And {number + 1} lambs.”" for number in range(12)
)
KILLS = int(os.environ.get("FULLCAST_KILLS", "4"))


def start(folder: Path, output: str = "out.vtt") -> subprocess.Popen[bytes]:
    (folder / "story.txt").write_text(STORY, "utf-8")
    command = [sys.executable, "-m", "fullcast", "perform", "story.txt", "-o", output]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE)


def takes_in(folder: Path) -> dict[str, str]:
    found = (folder / "out.takes").glob("??/*.flac")
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in found}


def wait(process: subprocess.Popen[bytes]) -> None:
    assert process.communicate()[1].startswith(b"fullcast: out.")
    assert process.returncode == 0


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unbroken")
    wait(start(folder))
    return folder


def test_kills_lose_one_take_each_at_most(unbroken: Path, tmp_path: Path) -> None:
    whole = takes_in(unbroken)
    chance = random.Random(1)
    for kill in range(1, KILLS + 1):
        process = start(tmp_path)
        wanted = chance.randrange(1 + len(whole) * kill // (KILLS + 1))
        while len(takes_in(tmp_path)) < wanted and process.poll() is None:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        time.sleep(0.1)  # its worker ends with it
        kept = takes_in(tmp_path)
        assert kept.items() <= whole.items()
        assert len(list(tmp_path.rglob("*.part"))) <= kill  # of a take, or of progress.json
    wait(start(tmp_path))
    assert takes_in(tmp_path) == whole
    assert (tmp_path / "out.vtt").read_bytes() == (unbroken / "out.vtt").read_bytes()


def test_kills_while_packing_lose_nothing(unbroken: Path, tmp_path: Path) -> None:
    wait(start(unbroken, "out.m4b"))
    shutil.copytree(unbroken / "out.takes", tmp_path / "out.takes")
    shutil.copy(unbroken / "out.casting.toml", tmp_path)
    shutil.rmtree(tmp_path / "out.takes/packed")
    chance = random.Random(2)
    for _ in range(KILLS):
        process = start(tmp_path, "out.m4b")
        while not (tmp_path / "out.takes/packed").exists() and process.poll() is None:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.4)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    wait(start(tmp_path, "out.m4b"))
    assert takes_in(tmp_path) == takes_in(unbroken)
    assert (tmp_path / "out.m4b").read_bytes() == (unbroken / "out.m4b").read_bytes()


def test_two_runs_at_once(unbroken: Path, tmp_path: Path) -> None:
    both = [start(tmp_path), start(tmp_path)]
    for process in both:
        wait(process)
    assert takes_in(tmp_path) == takes_in(unbroken)
    assert (tmp_path / "out.vtt").read_bytes() == (unbroken / "out.vtt").read_bytes()


def test_an_engine_that_crashes_takes_one_line_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "sitecustomize.py"
    trap.write_text(
        "import os\n"
        "from fullcast.render.engines.espeak import EspeakEngine as E\n"
        "speak = E.speak\n"
        "E.speak = lambda s, t, v, d: os._exit(9) if 'trap' in t else speak(s, t, v, d)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    takes = [
        Take(words=words, voice="en-gb+f3@-1", direction=PLAIN, engine="espeak", version="1")
        for words in ("One.", "A trap.", "Two.")
    ]
    told = dict(make(EspeakEngine(), Takes(tmp_path / "takes"), takes))
    assert [told[take] for take in takes] == ["", CRASHED, ""]
