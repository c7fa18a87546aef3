"""What is not needed any more goes; what somebody counts on stays, whoever else is at work."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fullcast.errors import OutputError
from fullcast.render.ledger import RUNS, Ledger


def run(folder: Path, output: str, *names: str) -> None:
    with Ledger(folder, folder.parent / output) as ledger:
        paths = [folder / name for name in names]
        ledger.need(paths)
        for path in paths:
            path.parent.mkdir(exist_ok=True)
            path.touch()


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*/*")}


def test_the_last_performances_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "out.takes"
    run(folder, "out.m4b", "aa/same", "aa/first")
    run(folder, "out.epub", "aa/same", "aa/other")
    for number in range(RUNS - 1):
        run(folder, "out.m4b", "aa/same", f"bb/{number}")
    assert files(folder) == {"same", "first", "other", *map(str, range(RUNS - 1))}
    run(folder, "out.m4b", "aa/same", "bb/0", "bb/last")
    assert files(folder) == {"same", "other", *map(str, range(RUNS - 1)), "last"}


def test_what_was_never_needed_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "out.takes"
    (folder / "aa").mkdir(parents=True)
    (folder / "aa/mine").touch()
    for number in range(2 * RUNS):
        run(folder, "out.m4b", f"bb/{number}")
    assert files(folder) == {"mine", *map(str, range(RUNS, 2 * RUNS))}


def test_what_a_run_in_work_needs_stays(tmp_path: Path) -> None:
    folder = tmp_path / "out.takes"
    run(folder, "out.m4b", "aa/shared", "aa/old")
    with Ledger(folder, tmp_path / "slow.m4b") as slow:
        slow.need([folder / "aa/shared"])
        for number in range(RUNS):
            run(folder, "out.m4b", f"bb/{number}")
        assert files(folder) == {"shared", *map(str, range(RUNS))}


def test_a_run_that_failed_removes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "out.takes"
    for number in range(RUNS):
        run(folder, "out.m4b", f"aa/{number}")
    with pytest.raises(ZeroDivisionError), Ledger(folder, tmp_path / "out.m4b"):
        _ = 1 / 0
    assert files(folder) == set(map(str, range(RUNS)))


def test_many_at_once_do_each_other_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "out.takes"

    def work(worker: int) -> None:
        chance = random.Random(worker)
        for _ in range(8):
            with Ledger(folder, tmp_path / f"{worker % 2}.m4b") as ledger:
                wanted = [folder / "aa" / f"{chance.randrange(12)}" for _ in range(4)]
                ledger.need(wanted)
                for path in wanted:
                    path.parent.mkdir(exist_ok=True)
                    path.touch()
                assert all(path.exists() for path in wanted)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(4))) == [None] * 4


def test_a_broken_ledger_is_begun_anew(tmp_path: Path) -> None:
    folder = tmp_path / "out.takes"
    run(folder, "out.m4b", "aa/one")
    (folder / "needed.sqlite").write_bytes(b"no ledger at all" * 100)
    for number in range(RUNS + 1):
        run(folder, "out.m4b", f"bb/{number}")
    assert files(folder) == {"one", *map(str, range(1, RUNS + 1))}


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "out.takes").touch()
    with pytest.raises(OutputError, match=r"out\.takes: no takes can be kept \(.*exists\)"):
        Ledger(tmp_path / "out.takes", tmp_path / "out.m4b")
