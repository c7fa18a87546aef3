"""What the tests of the analysis share: a story's words in, and what was understood out."""

import re

from fullcast.analysis import analyze
from fullcast.analysis.quotations.find import find_quotations
from fullcast.model import Annotations, Attribution, Block, Book, Character, Cue, Span

_PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\Z|[ \t]*\r?\n[ \t]*\r?\n)", re.DOTALL)


def tell(*paragraphs: str, emphasis: str = "") -> Book:
    """Make a book of paragraphs. Those that stand in one string are parted by blank lines."""
    text = "\n\n".join(paragraphs)
    blocks = tuple(Block(span=Span(*found.span())) for found in _PARAGRAPH.finditer(text))
    stressed = ()
    if emphasis:
        stressed = (Span(text.index(emphasis), text.index(emphasis) + len(emphasis)),)
    return Book(text=text, blocks=blocks, emphasis=stressed)


def quoted(*paragraphs: str, emphasis: str = "") -> list[tuple[str, ...]]:
    """Return each quotation found as its kind and its parts."""
    book = tell(*paragraphs, emphasis=emphasis)
    quotations, _ = find_quotations(book)
    return [(q.kind.value, *(s.of(book.text) for s in q.spans)) for q in quotations]


def speeches(*paragraphs: str) -> list[tuple[str, ...]]:
    """Return the parts of each quotation that is speech."""
    return [tuple(parts) for kind, *parts in quoted(*paragraphs) if kind == "speech"]


def notices(*paragraphs: str) -> list[str]:
    """Return the codes of the doubts about a story's marks."""
    return [notice.code for notice in find_quotations(tell(*paragraphs))[1]]


def speakers(*paragraphs: str) -> list[str | None]:
    """Return the name of each turn's speaker, in order."""
    found = analyze(tell(*paragraphs))
    names = {c.id: c.name for c in found.characters}
    return [names[a.speaker] if a.speaker else None for a in found.attributions]


def judged(*paragraphs: str) -> list[Attribution]:
    """Return the judgement about each turn, in order."""
    return list(analyze(tell(*paragraphs)).attributions)


def people(*paragraphs: str) -> dict[str, Character]:
    """Return the cast by name."""
    return {c.name: c for c in analyze(tell(*paragraphs)).characters}


def cues(*paragraphs: str) -> list[tuple[str, str, str | None, str | None]]:
    """Return each cue's kind, subject, verb and manner, as words."""
    book = tell(*paragraphs)

    def words(span: Span | None) -> str | None:
        return span.of(book.text) if span else None

    def shown(cue: Cue) -> tuple[str, str, str | None, str | None]:
        return cue.kind.value, cue.subject.of(book.text), words(cue.verb), words(cue.manner)

    return [shown(cue) for cue in analyze(book).cues]


def understood(*paragraphs: str) -> tuple[Book, Annotations]:
    """Return a book and all that was found in it."""
    book = tell(*paragraphs)
    return book, analyze(book)
