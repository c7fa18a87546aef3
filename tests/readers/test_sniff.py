"""Kinds of files by their bytes, and the advice for kinds that are not read."""

import io
import os
import zipfile
from pathlib import Path

import pytest
import stories
from reading import read

from fullcast.errors import (
    SourceDamaged,
    SourceError,
    SourceNotFound,
    SourceProtected,
    SourceUnsupported,
)
from fullcast.readers import read_book

ODT = stories.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF.*pdftotext"),
        (b"x" * 60 + b"BOOKMOBI" + bytes(20), "Kindle.*ebook-convert"),
        (b"{\\rtf1\\ansi Hello}", "RTF.*LibreOffice"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"\.doc.*LibreOffice"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "picture"),
        (b"RIFF\0\0\0\0WAVE", "recording"),
        (b"\0\0\0 ftypM4B ", "recording"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"\x7fELF\2\1\1\0", "program"),
        (b"MZ\x90\0\3\0", "program"),
        (ODT, r"OpenDocument.*LibreOffice"),
        (stories.zipped({"a.txt": "Hello"}), "ZIP archive.*unpack"),
        (stories.zipped({"xl/workbook.xml": "<a/>"}), "Excel"),
        (b'{\n"schema": "fullcast.script/1",\n', "script that Fullcast wrote.*the story itself"),
        (b'<?xml version="1.0"?>\n<FictionBook><body/></FictionBook>', "FB2.*ebook-convert"),
    ],
)
def test_unsupported(data: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(SourceUnsupported, match=message) as raised:
        read(tmp_path, data, "story.txt")
    assert "story.txt" in str(raised.value)


def test_password(tmp_path: Path) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(SourceProtected, match="password"):
        read(tmp_path, data, "story.docx")


@pytest.mark.parametrize("name", ["story.txt", "story.pdf", "story"])
def test_the_suffix_does_not_count(name: str, tmp_path: Path) -> None:
    assert read(tmp_path, stories.as_text(), name).origin.format == "txt"
    assert read(tmp_path, stories.as_html(), name).origin.format == "html"
    assert read(tmp_path, stories.as_epub3(), name).origin.format == "epub"
    assert read(tmp_path, stories.as_docx(), name).origin.format == "docx"


def test_text_that_speaks_of_tags_is_text(tmp_path: Path) -> None:
    assert (
        read(tmp_path, "She typed <p> and </p> and <br>, then <i>. <p></p>\n").origin.format
        == "txt"
    )


def test_fragments_of_html(tmp_path: Path) -> None:
    assert read(tmp_path, "<p>Ada left.</p><p>He stayed.</p>").origin.format == "html"
    assert read(tmp_path, "Ada <i>left</i>.", "a.html").origin.format == "html"


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match=r"gone\.txt: no such file"):
        read_book(tmp_path / "gone.txt")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="folder; give the story file inside"):
        read_book(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_forbidden(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("Ada left.", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(SourceError, match="permissions"):
        read_book(path)


@pytest.mark.parametrize("make", [stories.as_epub3, stories.as_docx])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_cut_short(make: type, share: float, tmp_path: Path) -> None:
    data = make()
    with pytest.raises(SourceDamaged, match="again"):
        read(tmp_path, data[: int(len(data) * share)], "book.epub")


def test_wrong_checksum(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:  # stored, so that a byte can be changed
        archive.writestr("META-INF/container.xml", stories.CONTAINER)
        archive.writestr("OEBPS/book.opf", stories.opf({"a.xhtml": ""}))
        archive.writestr("OEBPS/a.xhtml", stories.xhtml("<p>Ada left.</p>"))
    data = stream.getvalue().replace(b"Ada left", b"Ada felt")
    with pytest.raises(SourceDamaged, match=r"a\.xhtml cannot be unpacked"):
        read(tmp_path, data, "book.epub")
