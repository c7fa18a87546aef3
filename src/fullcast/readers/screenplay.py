"""Who speaks in a Fountain screenplay, line by line, so that names changed in it are heeded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from fullcast.errors import CorrectionError
from fullcast.model import Book, Quotation, QuotationKind

_AFTER_NAME = re.compile(r"\s*\([^()]*\)(?=\s*\^?$)|\s*\^$")  # (V.O.), (CONT'D), two at a time
_UNSEEN = re.compile(r"[\s\\]+")


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A speech of a screenplay."""

    line: int
    """That of the name over it, counted from one."""
    name: str
    words: str


def find_dialogue(text: str) -> Iterator[Dialogue]:
    """Yield what is said in a screenplay: a name and, on the next line, words."""
    lines = [line.rstrip() for line in text.splitlines()]
    for number, line in enumerate(lines):
        words = lines[number + 1] if number + 1 < len(lines) else ""
        after_blank = number == 0 or not lines[number - 1]
        if after_blank and words and _is_name(line):
            yield Dialogue(number + 1, _name(line), words)


def quotations_of(dialogue: list[Dialogue], book: Book, found: tuple[Quotation, ...]) -> list[str]:
    """Return the id of the quotation that each speech belongs to.

    Args:
        dialogue: In the story's order; speeches may be missing.
        book: The story.
        found: Its quotations.

    Raises:
        CorrectionError: Something is said that nobody says in the story.
    """
    parts = [
        (span, quotation.id)
        for quotation in found
        if quotation.kind is not QuotationKind.MENTION
        for span in quotation.spans
    ]
    told = [_squeezed(span.of(book.text)) for span, _ in sorted(parts)]
    ids = [id_ for _, id_ in sorted(parts)]
    matcher = SequenceMatcher(None, told, [_squeezed(d.words) for d in dialogue], autojunk=False)
    matched = {
        block.b + step: ids[block.a + step]
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    for number, speech in enumerate(dialogue):
        if number not in matched:
            raise CorrectionError(
                f"line {speech.line + 1}: nobody says this in the story, or not here; only names "
                "may be changed in a screenplay"
            )
    return [matched[number] for number in range(len(dialogue))]


def _is_name(line: str) -> bool:
    """Tell a character's name, which is forced with ``@`` or stands in capitals."""
    bare = _AFTER_NAME.sub("", line)
    return line.startswith("@") or (bare.isupper() and line[0] not in "!.>~=#[")


def _name(line: str) -> str:
    name = line.removeprefix("@").replace("\\", "")
    return _AFTER_NAME.sub("", _AFTER_NAME.sub("", name)).strip()


def _squeezed(text: str) -> str:
    """Leave out what a screenplay writes otherwise: white space, and backslashes."""
    return _UNSEEN.sub("", text)
