"""Encodings: every text gives the file's bytes back, or is refused with a reason."""

from pathlib import Path

import pytest
from reading import read

from fullcast.errors import SourceEmpty, SourceUndecodable, SourceUnsupported
from fullcast.readers import read_book

WESTERN = (
    "“Is anyone there?” she called—twice. It’s café time; the naïve “plan” – no more…\n\n“No.”\n"
)
FRENCH = "Élise entra. « Où es-tu ? » demanda-t-elle. Le garçon était déjà parti, hélas !\n"
RUSSIAN = "«Кто там?» — спросила Анна. Мельник не ответил: он давно уехал в город…\n"
CZECH = (
    "„Kdo je tam?“ zeptala se Anežka. Mlynář už dávno odjel, řekl šeptem žák. Příliš žluťoučký.\n"
)
CHINESE = "“有人在吗？”她大声喊道。水车还在不停地转动，可是没有人回答她。\n"


@pytest.mark.parametrize(
    ("text", "codec", "named", "codes"),
    [
        (RUSSIAN, "utf-8", "utf-8", []),
        (WESTERN, "utf-8-sig", "utf-8", []),
        (WESTERN, "utf-16", "utf-16-le", []),
        (WESTERN, "utf-16-le", "utf-16-le", []),
        (RUSSIAN, "utf-16-be", "utf-16-be", []),
        (WESTERN, "utf-32", "utf-32-le", []),
        (WESTERN, "utf-32-be", "utf-32-be", []),
        (WESTERN, "cp1252", "cp1252", ["E001"]),
        (FRENCH, "latin-1", "cp1252", ["E001"]),
        (RUSSIAN * 3, "cp1251", "cp1251", ["E001"]),
        (CZECH * 3, "cp1250", "cp1250", ["E001"]),
        (CHINESE, "gb18030", "gb18030", ["E001"]),
    ],
)
def test_encodings(text: str, codec: str, named: str, codes: list[str], tmp_path: Path) -> None:
    data = text.encode(codec)
    book = read(tmp_path, data)
    assert book.text.lstrip("\ufeff") == text
    assert book.origin.encoding == named
    assert book.text.encode(named) == data
    assert [notice.code for notice in book.notices] == codes


def test_lost_characters_are_noticed(tmp_path: Path) -> None:
    book = read(tmp_path, "Ada \ufffd left \ufffd.\n")
    assert [(n.code, n.span.start if n.span else None) for n in book.notices] == [("E002", 4)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Ada “left”.\nÉ".encode() + b"bad \xff here", r"0xff at offset 22 \(line 2\).*--encoding"),
        ("“Hi” é".encode()[:-1], "0xc3 at offset"),
        (bytes(range(1, 256)) * 4, "fit no encoding.*--encoding"),
        (b"\xff\xfea\0b", "not valid utf-16-le"),
    ],
)
def test_undecodable(data: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(SourceUndecodable, match=message) as raised:
        read(tmp_path, data)
    assert "story.txt" in str(raised.value)


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", "\u00a0\n".encode()]
)
def test_empty(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(SourceEmpty, match=r"story\.txt"):
        read(tmp_path, data)


def test_zero_bytes_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(SourceUnsupported, match="zero bytes"):
        read(tmp_path, b"abc\0\1\2def")


@pytest.mark.parametrize("encoding", ["cp1251", "latin-1", "utf-16"])
def test_named_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes("Ada left.".encode(encoding))
    book = read_book(path, encoding=encoding)
    assert book.text.lstrip("\ufeff") == "Ada left."
    assert book.text.encode(book.origin.encoding or "") == path.read_bytes()
    assert book.notices == ()


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("nope", "no text encoding called 'nope'"),
        ("rot13", "no text encoding"),
        ("hex", "no text encoding"),
        ("unicode_escape", "no text encoding"),
        ("a\0b", "no text encoding"),
        ("utf-8", "0x93 at offset 0"),
        ("ascii", "0x93 at offset 0"),
        ("utf-7", "utf-7"),
    ],
)
def test_wrong_named_encoding(encoding: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes("“No.”".encode("cp1252"))
    with pytest.raises(SourceUndecodable, match=message):
        read_book(path, encoding=encoding)
