"""HTML pages: any page, and the layouts of the archives that stories are saved from."""

import re
from hashlib import sha256
from pathlib import Path

from fullcast.errors import SourceEmpty
from fullcast.formats.markup import (
    Element,
    declared_encoding,
    local_name,
    parse_html,
    words_of,
)
from fullcast.formats.xhtml import find_passages
from fullcast.model import Book, Notice, Origin
from fullcast.readers.chapters import Anchor, structure
from fullcast.readers.decode import Decoded, decode
from fullcast.readers.emphasis import merge
from fullcast.readers.headings import one_line
from fullcast.readers.profiles import find_profile
from fullcast.readers.tagged import Manuscript, add_passages

_CREATOR = re.compile(r"(?:dc\.|dcterms\.)?(?:author|creator)", re.I)


def read_html(data: bytes, path: Path, encoding: str | None = None) -> Book:
    """Read a page.

    Raises:
        SourceEmpty: There is no text on it.
        SourceDamaged: There is no markup in it.
        SourceUnsafe: It declares entities.
        SourceUndecodable: Its bytes fit no encoding.
    """
    decoded = decode_html(data, path, encoding)
    root = parse_html(decoded.text, str(path))
    profile = find_profile(root)
    manuscript = Manuscript()
    page = find_passages(root)
    add_passages(manuscript, page.passages, profile.layers)
    text = manuscript.text
    if not text.strip():
        raise SourceEmpty(f"{path}: there is no text on this page; save the story's page again.")
    anchors: tuple[Anchor, ...] = ()
    if profile.chapter:
        story = [draft for draft in manuscript.drafts if draft.layer is None]
        anchors = tuple(Anchor(title=profile.chapter, start=d.span.start) for d in story[:1])
    found = structure(text, manuscript.drafts, anchors)
    return Book(
        text=text,
        blocks=tuple(draft.block() for draft in manuscript.drafts),
        chapters=found.chapters,
        emphasis=tuple(merge(manuscript.emphasis)),
        title=profile.title or found.title or _title(root),
        author=profile.author or found.author or _author(root),
        language=language(root) or found.language,
        origin=Origin(path=str(path), format="html", sha256=sha256(data).hexdigest()),
        notices=_notices(decoded, text),
    )


def decode_html(data: bytes, path: Path, encoding: str | None = None) -> Decoded:
    """Return the text of a page, by what it says of its encoding or as plain text is decoded."""
    declared = declared_encoding(data) if encoding is None else None
    if declared is not None:
        try:
            return Decoded(data.decode(declared), declared)
        except (UnicodeDecodeError, LookupError):
            # A wrong <meta> is common where a page was converted and saved anew.
            declared = None
    return decode(data, path, encoding)


def _notices(decoded: Decoded, text: str) -> tuple[Notice, ...]:
    return Decoded(text, decoded.encoding, guessed=decoded.guessed).notices()


def language(root: Element) -> str:
    """Return the language that a page says it is in."""
    for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
        if value := root.get(name):
            return value
    return ""


def _title(root: Element) -> str:
    for element in root.iter():
        if local_name(element) == "title":
            return one_line(words_of(element))
    return ""


def _author(root: Element) -> str:
    for element in root.iter():
        if local_name(element) == "meta" and _CREATOR.fullmatch(element.get("name", "")):
            return one_line(element.get("content", ""))
    return ""
