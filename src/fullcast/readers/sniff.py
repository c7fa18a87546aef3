"""Which kind of file it is, from its bytes; and what to do about kinds that are not read."""

import re
from pathlib import Path

from fullcast.errors import SourceProtected, SourceUnsupported

_CALIBRE = "convert it with Calibre: ebook-convert BOOK{suffix} BOOK.epub"
_OFFICE = "open it in LibreOffice or Word and save it as DOCX"
_SOUND = "Fullcast reads text; a recording must be transcribed first"
_PICTURE = "Fullcast reads text; a picture of a page needs text recognition (OCR) first"
_ARCHIVE = "unpack it and give the story file inside"
_PROGRAM = "give the story's own file"
_PDF = "convert it with pdftotext -layout BOOK.pdf BOOK.txt, or ebook-convert BOOK.pdf BOOK.epub"

_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF", "a PDF", _PDF),
    (60, b"BOOKMOBI", "a Kindle book (MOBI, AZW)", _CALIBRE.format(suffix=".mobi")),
    (60, b"TEXtREAd", "a PalmDOC book", _CALIBRE.format(suffix=".pdb")),
    (0, b"TPZ", "a Kindle book (Topaz)", _CALIBRE.format(suffix=".azw1")),
    (0, b"\xeaDRMION\xee", "a protected Kindle book (KFX)", "give a copy without protection"),
    (0, b"ITOLITLS", "a Microsoft Reader book", _CALIBRE.format(suffix=".lit")),
    (0, b"{\\rtf", "an RTF document", _OFFICE),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document (.doc)", _OFFICE),
    (0, b"\x89PNG", "a picture (PNG)", _PICTURE),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", _PICTURE),
    (0, b"GIF8", "a picture (GIF)", _PICTURE),
    (0, b"II*\0", "a picture (TIFF)", _PICTURE),
    (0, b"MM\0*", "a picture (TIFF)", _PICTURE),
    (0, b"AT&TFORM", "a scanned book (DjVu)", _PICTURE),
    (8, b"WEBP", "a picture (WebP)", _PICTURE),
    (8, b"WAVE", "a recording (WAV)", _SOUND),
    (4, b"ftyp", "a recording (MP4)", _SOUND),
    (0, b"ID3", "a recording (MP3)", _SOUND),
    (0, b"OggS", "a recording (Ogg)", _SOUND),
    (0, b"fLaC", "a recording (FLAC)", _SOUND),
    (0, b"\x1f\x8b", "a gzip archive", "unpack it: gunzip FILE.gz"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _ARCHIVE),
    (0, b"Rar!\x1a\x07", "a RAR archive", _ARCHIVE),
    (0, b"BZh91AY&SY", "a bzip2 archive", _ARCHIVE),
    (0, b"\xfd7zXZ\0", "an XZ archive", _ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive", _ARCHIVE),
    (257, b"ustar", "a tar archive", _ARCHIVE),
    (0, b"\x7fELF", "a program", _PROGRAM),
    (0, b"SQLite format 3\0", "a database", _PROGRAM),
    (0, b"%!PS", "a PostScript document", "convert it: ps2ascii BOOK.ps BOOK.txt"),
)
_OUR_SCRIPT = re.compile(rb'\s*\{\s*"schema": "fullcast\.script/')
_ZIPPED = {
    "xl/workbook.xml": ("an Excel workbook", "save the story as DOCX or text"),
    "ppt/presentation.xml": ("a PowerPoint file", "save the story as DOCX or text"),
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_HTML_START = re.compile(
    r"(?:<\?xml[^>]{0,300}\?>|<!--.{0,2000}?-->|\s)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_HTML_TAGS = re.compile(
    r"</(?:p|div|h[1-6]|span|body|em|i|li)\s*>|<(?:p|div|br|hr|h[1-6]|body)\b[^<>]{0,300}>", re.I
)
_ANY_TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.I)
_FEWEST_TAGS = 4
_FICTION_BOOK = re.compile(r"\s*<\?xml[^>]{0,300}\?>\s*<FictionBook\b", re.I)
_MHTML = re.compile(r"(?:From: <Saved by|MIME-Version:|Content-Type: multipart/related)", re.I)


def unsupported(path: Path, what: str, advice: str) -> SourceUnsupported:
    """Return the error for a kind of file that is not read."""
    return SourceUnsupported(f"{path}: this is {what}, which Fullcast does not read; {advice}.")


def find_format(data: bytes, path: Path) -> str:
    """Return ``epub`` or ``docx``, or ``text`` for what must be decoded to know more.

    Raises:
        SourceUnsupported: It is of another kind, or a script of ours.
        SourceProtected: It is a Word document with a password, or an encrypted archive.
        SourceDamaged: It is an archive that cannot be opened.
        SourceUnsafe: It is an archive that would harm the machine.
    """
    if data[:4] in {b"PK\3\4", b"PK\5\6", b"PK\7\x08"}:
        return _zipped(data, path)
    if data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
        raise SourceProtected(
            f"{path}: the document has a password; open it in Word and save it without one."
        )
    for at, magic, what, advice in _MAGIC:
        if data.startswith(magic, at) and (at == 0 or b"\0" in data[:512] or at == 60):
            raise unsupported(path, what, advice)
    if data.startswith((b"MZ", b"BM")) and b"\0" in data[:512]:
        raise unsupported(path, "a program or a picture", _PROGRAM)
    if _OUR_SCRIPT.match(data):
        raise SourceUnsupported(
            f"{path}: this is a script that Fullcast wrote, and no story; give the story itself. "
            "read, report, plot, export and perform take it from a file that ends in .json."
        )
    return "text"


def refuse_binary(data: bytes, path: Path) -> None:
    """Raise ``SourceUnsupported`` for bytes that no text holds, UTF-16 and 32 put aside."""
    if b"\0" in data:
        raise unsupported(path, "not text (it holds zero bytes)", "give the story's own file")


def _zipped(data: bytes, path: Path) -> str:
    from fullcast.formats.archive import Archive

    archive = Archive(data, path)
    names = set(archive.names)
    kind = ""
    if "mimetype" in names:
        kind = archive.read("mimetype")[:200].decode("ascii", "replace").strip()
    if kind.startswith(_OPEN_DOCUMENT):
        raise unsupported(path, "an OpenDocument text (.odt)", _OFFICE)
    if "epub" in kind or "META-INF/container.xml" in names:
        return "epub"
    if "word/document.xml" in names:
        return "docx"
    for name, (what, advice) in _ZIPPED.items():
        if name in names:
            raise unsupported(path, what, advice)
    raise unsupported(path, "a ZIP archive, neither EPUB nor DOCX", _ARCHIVE)


def is_html(head: str, path: Path) -> bool:
    """Tell whether the first characters of a text are markup.

    Raises:
        SourceUnsupported: They are markup of another kind.
    """
    head = head.lstrip("\ufeff")
    if _FICTION_BOOK.match(head):
        raise unsupported(path, "a FictionBook (FB2)", _CALIBRE.format(suffix=".fb2"))
    if _MHTML.match(head) and "multipart/related" in head[:2000]:
        raise unsupported(path, "a web archive (MHTML)", "save the page as HTML instead")
    if _HTML_START.match(head):
        return True
    if path.suffix.lower() in {".html", ".htm", ".xhtml"} and _ANY_TAG.search(head):
        return True
    tags = _HTML_TAGS.findall(head)
    return len(tags) >= _FEWEST_TAGS and head.lstrip().startswith("<")
