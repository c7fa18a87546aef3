"""ZIP archives from strangers, opened so that they can do no harm: EPUB and DOCX are such."""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

from fullcast.errors import SourceDamaged, SourceProtected, SourceUnsafe
from fullcast.formats.markup import parse_xml

MOST_MEMBERS = 20_000
MOST_BYTES = 2 * 1024**3
"""Unpacked, all members together."""
MOST_PART_BYTES = 128 * 1024**2
"""Unpacked, one part that is read."""
MOST_RATIO = 150
"""Unpacked to packed; prose comes to about 3, the most repetitive markup to about 50."""
_FREE_BYTES = 4 * 1024**2
"""Smaller parts may have any ratio; they harm nobody."""
_CHUNK = 256 * 1024
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_FONT_OBFUSCATION = {
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
}


class Archive:
    """The members of a ZIP file, read with limits."""

    def __init__(self, data: bytes, path: Path) -> None:
        """Open an archive and refuse it if it is broken, protected or dangerous.

        Raises:
            SourceDamaged: It is no ZIP file, or cut short.
            SourceProtected: Members are encrypted.
            SourceUnsafe: It unpacks to far too much, or names places outside itself.
        """
        self.path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise self._damaged("the archive is broken or cut short", error) from None
        self._check_names()
        self._check_sizes()
        self._infos = {info.filename: info for info in self._zip.infolist()}
        self._folded = {name.casefold(): name for name in self._infos}
        self._read = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names, in the archive's order."""
        return tuple(self._infos)

    def find(self, name: str) -> str | None:
        """Return the member of that name, capitals aside; ``None`` where there is none."""
        return name if name in self._infos else self._folded.get(name.casefold())

    def read(self, name: str) -> bytes:
        """Return a member's bytes.

        Raises:
            SourceDamaged: It is missing, cut short, or its checksum is wrong.
            SourceUnsafe: It unpacks to more than it may.
        """
        info = self._infos.get(name)
        if info is None:
            raise self._damaged(f"{name} is missing in the archive")
        chunks = []
        size = 0
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    self._check_growth(info, size, self._read + size)
                    chunks.append(chunk)
        except _BROKEN as error:
            raise self._damaged(f"{name} cannot be unpacked", error) from None
        self._read += size
        return b"".join(chunks)

    def _check_names(self) -> None:
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS:
            raise self._unsafe(f"it holds {len(members)} files")
        for info in members:
            name = info.orig_filename
            if (
                name.startswith("/")
                or "\\" in name
                or "\0" in name
                or _DRIVE.match(name)
                or ".." in name.split("/")
            ):
                raise self._unsafe(f"its member {name!r} names a place outside of it")
            if info.flag_bits & 1:
                raise SourceProtected(
                    f"{self.path}: {name} is encrypted; Fullcast cannot open protected books, "
                    "so give a copy without protection."
                )

    def _check_sizes(self) -> None:
        members = self._zip.infolist()
        if sum(info.file_size for info in members) > MOST_BYTES:
            raise self._unsafe("it unpacks to more than 2 GB")
        for info in members:
            self._check_ratio(info, info.file_size)

    def _check_ratio(self, info: zipfile.ZipInfo, size: int) -> None:
        if size > _FREE_BYTES and size > MOST_RATIO * max(1, info.compress_size):
            raise self._unsafe(f"its member {info.filename!r} unpacks to a suspicious size")

    def _check_growth(self, info: zipfile.ZipInfo, size: int, total: int) -> None:
        self._check_ratio(info, size)
        if size > MOST_PART_BYTES or total > MOST_BYTES:
            raise self._unsafe(f"its member {info.filename!r} unpacks to more than a book can hold")

    def _unsafe(self, what: str) -> SourceUnsafe:
        return SourceUnsafe(
            f"{self.path}: not opened, for {what}; that is how archives attack machines. "
            "Get the book from a source that you trust."
        )

    def _damaged(self, what: str, error: BaseException | None = None) -> SourceDamaged:
        why = f" ({error})" if error is not None else ""
        return SourceDamaged(f"{self.path}: {what}{why}; download or copy it again.")


def refuse_protection(archive: Archive) -> None:
    """Raise ``SourceProtected`` for an EPUB with DRM; obfuscated fonts are none."""
    for name in ("META-INF/rights.xml", "META-INF/sinf.xml"):
        if archive.find(name):
            raise _protected(archive.path)
    listed = archive.find("META-INF/encryption.xml")
    if listed is None:
        return
    root = parse_xml(archive.read(listed), f"{archive.path}: {listed}")
    for element in root.iter("{*}EncryptedData"):
        methods = [m.get("Algorithm", "") for m in element.iterfind("{*}EncryptionMethod")]
        if not methods or not set(methods) <= _FONT_OBFUSCATION:
            raise _protected(archive.path)


def _protected(path: Path) -> SourceProtected:
    return SourceProtected(
        f"{path}: the book is protected (DRM), so its text cannot be read; "
        "give a copy without protection."
    )
