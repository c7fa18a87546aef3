"""Bytes to text, and the codec that turns the text back into the very same bytes."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from fullcast.errors import SourceUndecodable
from fullcast.model import Notice, Span

# The longer marks first: UTF-32's little-endian one begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_UNMARKED = {"utf_16": "utf-16-le", "utf_32": "utf-32-le", "utf_8_sig": "utf-8"}
_NOT_FOR_FILES = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
_SAMPLE = 60_000
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with its codec; ``guessed`` where the bytes do not say which one it is."""

    text: str
    encoding: str
    guessed: bool = False

    def notices(self) -> tuple[Notice, ...]:
        """Return the doubts about the text's characters."""
        found = []
        if self.guessed:
            found.append(Notice(code="E001", message=f"Not UTF-8; read as {self.encoding}."))
        at = self.text.find("\ufffd")
        if at >= 0:
            count = self.text.count("\ufffd")
            message = f"{count} character{'s' if count > 1 else ''} lost and replaced by U+FFFD."
            found.append(Notice(code="E002", message=message, span=Span(at, at + 1)))
        return tuple(found)


def decode(data: bytes, path: Path, encoding: str | None = None) -> Decoded:
    """Return the text of ``data``; ``text.encode(encoding)`` gives ``data`` back.

    Raises:
        SourceUndecodable: No encoding fits, or the one asked for does not.
    """
    if encoding is not None:
        return _forced(data, path, encoding)
    marked = marked_encoding(data) or wide_encoding(data)
    if marked is not None:
        return _strict(data, path, marked)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise _undecodable(data, path, error, "utf-8") from None
    return _legacy(data, path)


def marked_encoding(data: bytes) -> str | None:
    """Return the codec that a byte order mark names; it leaves the mark in the text."""
    return next((codec for mark, codec in _MARKS if data.startswith(mark)), None)


def wide_encoding(data: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 codec of text that has no byte order mark."""
    head = data[:4096]
    if b"\0" not in head:
        return None
    for codec in _WIDE:
        width = 4 if codec.startswith("utf-32") else 2
        if len(data) % width:
            continue
        try:
            text = head[: len(head) // width * width].decode(codec)
        except UnicodeDecodeError:
            continue
        blank = sum(char in " \n\r\t" for char in text)
        if not _CONTROLS.search(text) and (blank * 50 >= len(text) or text.isascii()):
            return codec
    return None


def _forced(data: bytes, path: Path, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name.replace("-", "_")
    except (LookupError, ValueError):
        raise _unknown(path, encoding) from None
    if name in _NOT_FOR_FILES:
        raise _unknown(path, encoding)
    codec = marked_encoding(data) if name in _UNMARKED else None
    return _strict(data, path, codec or _UNMARKED.get(name, encoding))


def _unknown(path: Path, encoding: str) -> SourceUndecodable:
    return SourceUndecodable(
        f"{path}: there is no text encoding called {encoding!r}; "
        "try --encoding utf-8, cp1252 or utf-16."
    )


def _strict(data: bytes, path: Path, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, path, error, encoding) from None
    except (LookupError, ValueError):
        raise _unknown(path, encoding) from None
    if not _returns(text, encoding, data):
        raise SourceUndecodable(
            f"{path}: {encoding} cannot give back the file's own bytes, so it is not the file's "
            "encoding; leave --encoding out, or name another."
        )
    return Decoded(text, encoding)


def _returns(text: str, encoding: str, data: bytes) -> bool:
    try:
        return text.encode(encoding) == data
    except UnicodeError:
        return False


def _undecodable(
    data: bytes, path: Path, error: UnicodeDecodeError, encoding: str
) -> SourceUndecodable:
    line = data.count(b"\n", 0, error.start) + 1
    byte = data[error.start : error.start + 1].hex()
    return SourceUndecodable(
        f"{path}: byte 0x{byte} at offset {error.start} (line {line}) is not valid {encoding}; "
        "repair the file, or name its encoding: --encoding cp1252."
    )


_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_LIKELY = re.compile("[\u00a0-\u024f\u0370-\u052f\u2000-\u21ff\U00010000-\U0010ffff]")
_HIGH = re.compile(rb"[\x80-\xff]")


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell UTF-8 with some bad bytes from text in a legacy encoding.

    A few legacy bytes form a UTF-8 sequence by chance, but then its character is an unlikely one
    (``é”—`` in cp1252 is one Chinese character) or drowns among bytes that form none.
    """
    likely = unlikely = inside = 0
    for match in _SEQUENCE.finditer(data):
        char = match[0].decode("utf-8", "replace")
        inside += len(match[0])
        if _LIKELY.match(char):
            likely += 1
        else:
            unlikely += 1
    outside = len(_HIGH.findall(data)) - inside
    return (likely > 0 and outside <= 4 * likely) or (unlikely > 2 and outside <= unlikely)


_WESTERN_LETTERS = re.compile(rb"[\xc0-\xd6\xd8-\xf6\xf8-\xff]")
_LATIN_LETTERS = re.compile(rb"[A-Za-z]")
_ODD_IN_WESTERN = re.compile(
    # symbols inside a word, capitals between small letters, opening marks after letters
    rb"(?<=[a-z])[\x80\x82-\x84\x86-\x8b\x8e\x98\x99\x9b\x9e\xa1-\xa9\xac\xae-\xb6\xb8-\xbf"
    rb"\xc0-\xd6\xd8-\xde](?=[a-z])"
)
# Short texts in these leave the detector without an answer.
_CHINESE = ("gb18030", "big5", "cp932")
_UNDEFINED_IN_WESTERN = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def _is_western(data: bytes) -> bool:
    if _UNDEFINED_IN_WESTERN.search(data):
        return False
    high = len(_HIGH.findall(data))
    accents = len(_WESTERN_LETTERS.findall(data))
    plain = len(_LATIN_LETTERS.findall(data))
    odd = len(_ODD_IN_WESTERN.findall(data))
    return accents * 3 <= plain and odd * 20 <= high


def _legacy(data: bytes, path: Path) -> Decoded:
    if _is_western(data):
        return Decoded(data.decode("cp1252"), "cp1252", guessed=True)
    guesses = _guesses(data)
    for encoding in guesses or _CHINESE:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        likely = bool(guesses) or _is_east_asian(text)
        if likely and not _CONTROLS.search(text) and _returns(text, encoding, data):
            return Decoded(text, encoding, guessed=True)
    raise SourceUndecodable(
        f"{path}: the bytes fit no encoding that we know; name it: --encoding cp1252 "
        "(Western), cp1251 (Cyrillic), shift_jis, gb18030 …"
    )


def _is_east_asian(text: str) -> bool:
    """Tell whether nearly all of a text is ideographs, kana and their punctuation."""
    usual = sum("\u2010" <= char <= "\u9fff" or char > "\uff00" for char in text)
    letters = sum(not char.isspace() for char in text)
    return usual > 0.9 * letters


def _guesses(data: bytes) -> list[str]:
    from charset_normalizer import from_bytes

    first = _HIGH.search(data)
    start = max(0, (first.start() if first else 0) - 2000)
    start = data.rfind(b"\n", 0, start) + 1
    end = data.rfind(b"\n", start, start + _SAMPLE) + 1 or len(data)
    return [match.encoding for match in from_bytes(data[start:end])]
