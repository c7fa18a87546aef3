"""Files appear whole or not at all, and a refusal says why."""

import os
from pathlib import Path

import pytest

from fullcast.errors import OutputError
from fullcast.formats.files import check_target, write_atomically


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_writes_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "story.json"
    write_atomically(target, b"old")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert names_in(tmp_path) == ["story.json"]


def test_a_new_file_may_be_read_as_any_other(tmp_path: Path) -> None:
    target, other = tmp_path / "story.json", tmp_path / "other"
    write_atomically(target, b"")
    other.touch()
    assert target.stat().st_mode == other.stat().st_mode


def test_a_failure_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "story.json"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match=r"story\.json.*no space left.*nothing was changed"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == ["story.json"]


def test_an_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "story.json", b"new")
    assert names_in(tmp_path) == []


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_long_name_is_no_trouble(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 250 + ".json")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"


def test_refuses_a_directory(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="a directory; name a file in it"):
        check_target(tmp_path)


def test_refuses_a_missing_directory(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"there is no directory .*missing; make it first"):
        check_target(tmp_path / "missing" / "story.json")


def test_refuses_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "story.json"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="no ordinary file"):
        check_target(pipe)


@pytest.mark.parametrize("forbidden", ["story.json", ""])
def test_refuses_what_may_not_be_written(
    tmp_path: Path, forbidden: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "story.json"
    target.touch()
    closed = tmp_path / forbidden
    # root may write everywhere, so the answer is given for it
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != closed)
    with pytest.raises(OutputError, match=r"read-only|nothing may be written"):
        check_target(target)


def test_refuses_a_name_too_long(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"too long\); choose another place"):
        check_target(tmp_path / ("x" * 300 + ".json"))


def test_checking_touches_nothing(tmp_path: Path) -> None:
    check_target(tmp_path / "story.json")
    assert names_in(tmp_path) == []
