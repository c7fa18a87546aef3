"""Takes are kept: whole, under a name of all they depend on, made once."""

import errno
import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from fullcast.errors import OutputError
from fullcast.render.direction import PLAIN, Direction
from fullcast.render.finish import LONGEST_SILENCE_S, PEAK, finish
from fullcast.render.takes import Take, Takes
from fullcast.render.timeline import RATE_HZ

TAKE = Take(words="Go.", voice="a", direction=PLAIN, engine="silent", version="1")
TONE = np.sin(np.arange(RATE_HZ, dtype=np.float32) / 20) / 2


def test_a_name_is_made_of_all_it_depends_on() -> None:
    others = [
        replace(TAKE, words="Go!"),
        replace(TAKE, voice="b"),
        replace(TAKE, direction=Direction(pace=1.1)),
        replace(TAKE, engine="espeak"),
        replace(TAKE, version="2"),
    ]
    assert len({take.key for take in (TAKE, *others)}) == 6
    assert Take.from_json(TAKE.as_json()).key == TAKE.key


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    takes = Takes(tmp_path / "takes")
    assert takes.duration_s(TAKE.key) is None
    takes.keep(TAKE.key, TONE)
    assert takes.duration_s(TAKE.key) == 1.0
    found = soundfile.info(str(takes.path(TAKE.key)))
    assert (found.format, found.subtype, found.channels) == ("FLAC", "PCM_16", 1)
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".flac"]


def test_a_take_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    takes = Takes(tmp_path)
    takes.keep(TAKE.key, TONE)
    takes.path(TAKE.key).write_bytes(b"fLaC")
    assert takes.duration_s(TAKE.key) is None


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="the disk is full: make room and run again"):
        Takes(tmp_path).keep(TAKE.key, TONE)
    assert list(tmp_path.rglob("*.part")) == []


def test_what_killed_runs_left_behind_is_swept_away(tmp_path: Path) -> None:
    takes = Takes(tmp_path)
    takes.keep(TAKE.key, TONE)
    old, new = (tmp_path / TAKE.key[:2] / f".{name}.part" for name in ("old", "new"))
    old.touch()
    new.touch()
    hours_ago = time.time() - 7200
    os.utime(old, (hours_ago, hours_ago))
    takes.sweep()
    assert (old.exists(), new.exists(), takes.duration_s(TAKE.key)) == (False, True, 1.0)


def test_edges_are_trimmed_and_long_silences_shortened() -> None:
    quiet = np.zeros(3 * RATE_HZ, np.float32)
    made = finish(np.concatenate([quiet, TONE, quiet, TONE, quiet]), PLAIN)
    assert len(made) / RATE_HZ == pytest.approx(2 + LONGEST_SILENCE_S + 0.04, abs=0.02)
    assert made[0] == made[-1] == 0


def test_what_is_cut_ends_sooner_and_nothing_clips() -> None:
    whole, cut = finish(TONE, PLAIN), finish(TONE, Direction(cut=True))
    assert 0.05 < (len(whole) - len(cut)) / RATE_HZ < 0.1
    assert np.abs(finish(TONE, Direction(gain_db=20))).max() == pytest.approx(PEAK, abs=0.01)


def test_silence_is_a_short_take() -> None:
    assert len(finish(np.zeros(RATE_HZ, np.float32), PLAIN)) == RATE_HZ // 10
