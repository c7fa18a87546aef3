"""Archives from strangers: bombs, members out of bounds, encryption."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from fullcast.errors import SourceDamaged, SourceProtected, SourceUnsafe
from fullcast.formats import archive as limits
from fullcast.formats.archive import Archive

PATH = Path("book.epub")


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_reads_what_is_there() -> None:
    archive = Archive(zipped(**{"a/B.txt": b"Ada"}), PATH)
    assert archive.names == ("a/B.txt",)
    assert archive.find("A/b.TXT") == "a/B.txt"
    assert archive.find("c") is None
    assert archive.read("a/B.txt") == b"Ada"
    with pytest.raises(SourceDamaged, match=r"book\.epub: c is missing"):
        archive.read("c")


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "C:/a", "C:a", "a\\..\\b"])
def test_names_out_of_bounds(name: str) -> None:
    with pytest.raises(SourceUnsafe, match="outside"):
        Archive(zipped(**{name: b"x"}), PATH)


def test_bomb_by_declared_size() -> None:
    with pytest.raises(SourceUnsafe, match="suspicious size"):
        Archive(zipped(a=bytes(20_000_000)), PATH)


def test_bomb_that_lies_about_its_size() -> None:
    data = bytearray(zipped(a=bytes(20_000_000)))
    at = data.rindex(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    with pytest.raises((SourceUnsafe, SourceDamaged)):
        Archive(bytes(data), PATH).read("a")


def test_growth_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(zipped(a=b"x" * 600_000), PATH)
    monkeypatch.setattr(limits, "MOST_PART_BYTES", 300_000)
    with pytest.raises(SourceUnsafe, match="more than a book can hold"):
        archive.read("a")


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MEMBERS", 2)
    with pytest.raises(SourceUnsafe, match="3 files"):
        Archive(zipped(a=b"", b=b"", c=b""), PATH)


def test_encrypted_member() -> None:
    data = bytearray(zipped(a=b"Ada"))
    data[data.rindex(b"PK\1\2") + 8] |= 1
    with pytest.raises(SourceProtected, match="encrypted"):
        Archive(bytes(data), PATH)


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"not a zip", zipped(a=b"Ada")[:-10]])
def test_no_archive(data: bytes) -> None:
    with pytest.raises(SourceDamaged, match="again"):
        Archive(data, PATH)
