"""What a quotation is: a line spoken, thought or written, or no line at all."""

import re

from fullcast.analysis.lexicon import SPEECH_VERBS
from fullcast.analysis.quotations.conventions import MARKS
from fullcast.analysis.quotations.writing import (
    is_salutation,
    thing_says,
    written_after,
    written_before,
)
from fullcast.model import Quotation, QuotationKind, Span

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LAST_WORD = re.compile(r"([^\W\d_][\w’'-]*)[\s(—–-]*$")
_NAMING = frozenset(
    """the a an this that these those his her its my your our their of as with word words phrase
    called named titled entitled term terms expression name title by for to in on from no any every
    some such another so-called mere usual certain very old new famous than under or was were is
    be been being about like first second last into read marked labelled labeled signed""".split()
)
"""Words before a mark that lead to a thing quoted, not to somebody speaking."""
_GIVING_A_NAME = frozenset(
    "called named titled entitled christened nicknamed marked labelled".split()
)
_PERFORMING = frozenset("read reads reading sang sing sings singing hummed played recited".split())
_THOUGHT = re.compile(
    r"\b(?:thought|thinks|think|mused|reflected|wondered)\b(?:\s+(?:to\s+)?(?:my|him|her|it|them|our)"
    r"sel(?:f|ves)|\s+[A-Z]\w+|\s+(?:he|she|I|they))?"
)
_THINKS_OF = re.compile(
    r"\bth(?:ought|inks?)\s+(?:about|of|that|it|so|for|over|back|how|what|he|she)\b"
)
_ALOUD = re.compile(
    r"\bthought (?:aloud|out loud)\b|\b(?:i|he|she|they|who) thought (?:it|that|he|she)"
)
_OUTCRY = re.compile(
    r"\b(?:cr(?:y|ies)|shouts?|calls?|screams?|yells?|exclamations?|remarks?|murmurs?|whispers?"
    r"|saying to \w+)\s+(?:of\s+)?$",
)
_THOUGHT_LEADS = re.compile(r"\b(?:thought|reflected|mused)\b[\w\s’']{0,20}[,:]\s*$")
_THOUGHT_REACH = 14
_OUTSIDE = ",.!?…—"
"""Punctuation of a thought that may stand right outside its marks or italics."""
_LEAD = 160
"""Characters of narration that can lead up to a quotation."""
_UNSAID = re.compile(
    r"\b(?:as (?:if|though|much as)|(?:seem|appear)(?:s|ed|ing)?|(?:might|could|would|should) have"
    r"|felt (?:like|inclined|tempted)|(?:wanted|tempted|longed|inclined|going|ready) to|instead of"
    r"|never|without)\s+(?:to\s+)?(?:\w+\s+)?(?:say|said|cry|cried|ask|asked|answer|answered"
    r"|saying|answering|asking|reply|replied|shouted|exclaimed)\b[\w\s]{0,20}[,:—-]*\s*$"
)
"""What somebody did not say, but might have, is no line."""


def find_kind(text: str, quotation: Quotation, before: str, after: str) -> QuotationKind:
    """Judge a quotation by its own shape and the narration that touches its first part."""
    words = inner(text, quotation.spans[0])
    if _is_writing(text, words, before, after, quotation):
        return QuotationKind.WRITING
    if thought_after(after[:40], words) or thought_before(before[-50:]):
        return QuotationKind.THOUGHT
    return QuotationKind.SPEECH


def inner(text: str, span: Span) -> str:
    """Return a part's words without its marks."""
    return span.of(text).strip(MARKS + " \n\r\t\u00a0")


def _is_writing(text: str, words: str, before: str, after: str, quotation: Quotation) -> bool:
    if written_before(before) or written_after(before, after[:40]):
        return True
    if words.isupper() and before.strip() and words[-1:] not in "!?" and len(words) > 1:
        return True
    if before.strip() or not is_salutation(words):
        return False
    spans = quotation.spans
    return not after.strip() or (len(spans) > 1 and not text[spans[0].end : spans[1].start].strip())


def is_mention(text: str, part: Span, before: str, after: str) -> bool:
    """Tell whether a part is no line: a title, a scare quote, words as words, or unsaid.

    Args:
        text: The book's.
        part: The marks and what they hold.
        before: The narration that leads up to it, inside its paragraph.
        after: The narration that follows it.
    """
    words = inner(text, part)
    if not words:
        return True
    if not any(c.isalnum() for c in words):
        return False
    count = len(words.split())
    before = before[-_LEAD:]
    if _UNSAID.search(before[-80:]):
        return True
    if thing_says(before):
        return False
    lead = _LAST_WORD.search(before)
    if not lead or before.rstrip()[-1:] in ",:;.!?—":
        return False
    word = lead.group(1).lower()
    if word in _GIVING_A_NAME:
        return words[-1] not in "!?—…-"
    if word in SPEECH_VERBS or _OUTCRY.search(before[-40:]):
        return word in _PERFORMING and _is_title(words)
    if word in _NAMING:
        return count <= 6 or words[-1] not in ".!?—…-"
    if words[:1].islower():
        return count <= 8
    return words[-1] not in "!?—…-" and (count <= 4 or _is_title(words)) and not _tagged(after)


def _is_title(words: str) -> bool:
    """Tell whether every word of weight is capitalised, as in a book's or a painting's title."""
    found = _WORD.findall(words)
    return 2 <= len(found) <= 10 and all(w[0].isupper() for w in found if len(w) > 4)


def _tagged(after: str) -> bool:
    """Tell whether a speech verb follows closely."""
    return any(w in SPEECH_VERBS for w in _WORD.findall(after[:40])[:3])


def ended(words: str, head: str) -> tuple[str, str]:
    """Give words the punctuation that stands right outside their marks or italics.

    Returns:
        The words with it, and the narration after it.
    """
    if words[-1:].isalnum() and head[:1] in _OUTSIDE:
        return words + head[:1], head[1:]
    return words, head


def thought_after(head: str, words: str) -> bool:
    """Tell whether narration that follows says it was thought: *, she thought*."""
    words, head = ended(words, head)
    found = _THOUGHT.search(head)
    if not found or found.start() > _THOUGHT_REACH or _ALOUD.search(head):
        return False
    if head.strip()[:1].isupper() and (words[-1:] == "." or _THINKS_OF.search(head)):
        return False
    return words[-1:] in ",!?—-.…"


def thought_before(tail: str) -> bool:
    """Tell whether narration that leads up says it was thought: *He thought:*."""
    if not tail.rstrip().endswith((",", ":")):
        return False
    return bool(_THOUGHT_LEADS.search(tail)) and not _ALOUD.search(tail)
