"""What a book is: one text that is never altered, and where its parts stand in it."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from fullcast.model.notice import Notice
from fullcast.model.span import Span


class Layer(StrEnum):
    """Which part of a book a block belongs to. Nothing is dropped; layers say what is story."""

    FRONT = "front"
    """Title page, licence header, contents, dedication, tags and summary."""
    BODY = "body"
    NOTE = "note"
    """An author's note, footnote or end note, wherever it stands."""
    BACK = "back"
    """Licence, advertisements, comments after the story."""


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BREAK = "break"
    """A scene break: a line of asterisks, or a rule that has no characters (an empty span)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a block stood in the source file, so that results can be carried back into it."""

    document: str = ""
    """The part of a container, e.g. ``OEBPS/ch1.xhtml``; empty for a single file."""
    path: str = ""
    """The element, as an XPath (HTML, EPUB) or ``paragraph 12`` (DOCX)."""
    line: int = 0
    """The line, counted from 1; 0 where the format has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading or break. Blocks follow one another and never overlap."""

    span: Span
    """From its first to past its last character that is not white space."""
    kind: BlockKind = BlockKind.PARAGRAPH
    layer: Layer = Layer.BODY
    place: Place = Place()

    @property
    def id(self) -> str:
        """An id that depends on the text alone."""
        return f"b{self.span.start}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter, from its heading to the next of its level or above: parts contain chapters."""

    title: str
    span: Span
    level: int = 1
    """1 for the outermost (a part, or a chapter where there are no parts)."""

    @property
    def id(self) -> str:
        """An id that depends on the text alone."""
        return f"c{self.span.start}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The file a book came from."""

    path: str
    format: str
    """``txt``, ``md``, ``html``, ``epub`` or ``docx``, found from the bytes."""
    sha256: str
    """Of the file's bytes, in hexadecimal."""
    encoding: str | None = None
    """For ``txt`` and ``md``: ``book.text.encode(encoding)`` gives the file's very bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A story's text and its structure."""

    text: str
    blocks: tuple[Block, ...]
    """Together with the white space between them, the whole text."""
    chapters: tuple[Chapter, ...] = ()
    emphasis: tuple[Span, ...] = ()
    """Italic or otherwise stressed characters, markers like ``_`` and ``*`` not included."""
    title: str = ""
    author: str = ""
    language: str = ""
    origin: Origin = Origin(path="", format="txt", sha256="", encoding="utf-8")
    notices: tuple[Notice, ...] = ()

    @property
    def sha256(self) -> str:
        """The text's own hash: corrections and caches belong to it."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
