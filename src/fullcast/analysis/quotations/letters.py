"""Letters whose every paragraph stands in quotation marks: nobody present says them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fullcast.analysis.quotations.kinds import inner
from fullcast.analysis.quotations.writing import is_salutation
from fullcast.model import Book, Quotation, QuotationKind

_CLOSE = re.compile(
    r"\W*(?:(?:ever |very )*yours?\b|(?:with )?(?:much |all )?love\b|affectionately|sincerely)",
    re.IGNORECASE,
)
_SIGNATURE_WORDS = 6
_LONGEST = 40
"""Paragraphs that a letter runs to at most."""
_HEADINGS = 3
"""Lines of place and date that may stand before the salutation."""


def mark_letters(book: Book, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return ``quotations`` with those of a letter, from salutation to signature, as writing."""
    marked = list(quotations)
    for start, stop in _find_letters(book, quotations):
        for number in range(start, stop):
            marked[number] = replace(marked[number], kind=QuotationKind.WRITING)
    return marked


def _find_letters(book: Book, quotations: Sequence[Quotation]) -> Iterator[tuple[int, int]]:
    alone = {block.span.start: block.span.end for block in book.blocks}
    whole = [alone.get(q.span.start) == q.span.end and len(q.spans) == 1 for q in quotations]
    number = 0
    while number < len(quotations):
        words = inner(book.text, quotations[number].spans[0])
        if whole[number] and is_salutation(words):
            end = _signed(book, quotations, whole, number)
            if end:
                yield _first_line(book, quotations, whole, number), end
                number = end
        number += 1


def _signed(
    book: Book, quotations: Sequence[Quotation], whole: Sequence[bool], start: int
) -> int | None:
    """Return where the letter that begins at ``start`` ends; ``None`` where nobody signs it."""
    for number in range(start + 1, min(start + _LONGEST, len(quotations))):
        if not whole[number]:
            return None
        words = inner(book.text, quotations[number].spans[0])
        if _is_close(words):
            signed = number + 1
            if signed < len(quotations) and whole[signed]:
                signed += _is_signature(inner(book.text, quotations[signed].spans[0]))
            return signed
    return None


def _is_close(words: str) -> bool:
    short = len(words.split()) <= _SIGNATURE_WORDS
    return short and (bool(_CLOSE.match(words)) or _is_signature(words))


def _is_signature(words: str) -> bool:
    return len(words.split()) <= _SIGNATURE_WORDS and words.isupper() and words[-1:] not in "!?"


def _first_line(
    book: Book, quotations: Sequence[Quotation], whole: Sequence[bool], start: int
) -> int:
    """Take in the place and date above a salutation."""
    first = start
    while first > 0 and start - first < _HEADINGS and whole[first - 1]:
        words = inner(book.text, quotations[first - 1].spans[0])
        if len(words.split()) > _SIGNATURE_WORDS or words[-1:] in "!?":
            break
        first -= 1
    return first
