"""Cut one paragraph at its quotation marks. Damage from a lost mark stays in the paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fullcast.analysis.quotations.conventions import APOSTROPHE_FIRST, DASHES, Convention

_BEFORE_OPENER = frozenset("([{" + DASHES + "-/*_“‘\"'«„‚")
_AFTER_CLOSER = frozenset(")]}" + DASHES + "-/*_”’\"'»,.;:!?…")
_SENTENCE_MARKS = frozenset(",.!?;:…*_)" + DASHES + "-")
_LOOK_AHEAD = 40
"""So many marks on a closing one is looked for."""
_AND = re.compile(r"['’‘]n['’](?!\w)")
"""*Rock ’n’ roll.*"""
_DROPPED_LETTER = re.compile(r"(?:in|o|th|an|wi|t|sh|mo|ol|s)$", re.IGNORECASE)
"""Endings after which an apostrophe is likely: *goin’*, *o’*, *the sisters’*."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch between an opening and a closing mark, both included."""

    start: int
    end: int
    closed: bool = True


def trimmed(text: str, start: int, end: int) -> int:
    """Return where a stretch ends without the white space at its end."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def cut(text: str, convention: Convention) -> list[Part]:
    """Find the quoted parts of one paragraph.

    A part that is still open at the paragraph's end runs to it and is not ``closed``.
    """
    parts: list[Part] = []
    opened: int | None = None
    marks = list(_marks(text, convention))
    answer = _last_answer(text, convention)
    for number, at in enumerate(marks):
        if opened is None:
            if _may_open(text, at, convention, answer):
                opened = at
        elif _closes(text, at, convention, marks[number + 1 : number + _LOOK_AHEAD]):
            parts.append(Part(opened, at + 1))
            opened = None
        elif _surely_opens(text, at, convention):
            # The closing mark was lost: the earlier part ends where the new one begins.
            parts.append(Part(opened, trimmed(text, opened, at), closed=False))
            opened = at
    if opened is not None:
        parts.append(Part(opened, len(text.rstrip()), closed=False))
    return parts


def _marks(text: str, convention: Convention) -> Iterator[int]:
    """Yield the places of marks that are not plainly apostrophes."""
    every = set(convention.openers + convention.closers)
    for match in re.finditer(f"[{re.escape(''.join(sorted(every)))}]", text):
        at = match.start()
        if convention.apostrophe and text[at] in "'’‘":
            inside_word = at > 0 and text[at - 1].isalnum() and text[at + 1 : at + 2].isalpha()
            if inside_word and text[at] != "‘":
                continue
            if _AND.match(text, at) or (at > 1 and _AND.match(text, at - 2)):
                continue
        yield at


def _open_side(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    return before.isspace() or before in _BEFORE_OPENER


def _close_side(text: str, at: int) -> bool:
    after = text[at + 1] if at + 1 < len(text) else " "
    return after.isspace() or after in _AFTER_CLOSER


def _may_open(text: str, at: int, convention: Convention, answer: int) -> bool:
    mark = text[at]
    if convention.apostrophe and APOSTROPHE_FIRST.match(text, at + 1):
        # *’em* inside a sentence, but *‘As you like,’* where a closing mark answers.
        return mark == "‘" and at < answer
    if mark in convention.straight:
        after = text[at + 1 : at + 2]
        return _open_side(text, at) and (bool(after.strip()) or not convention.apostrophe)
    if mark in convention.openers:
        return True
    # A closing mark typed where only an opening one makes sense.
    misplaced = not convention.apostrophe and _open_side(text, at)
    return misplaced and text[at + 1 : at + 2].isalnum()


def _last_answer(text: str, convention: Convention) -> int:
    """Return the last place where punctuation and a closing mark that is no apostrophe stand."""
    if not convention.apostrophe:
        return -1
    closer = re.compile(rf"[,.!?…—-][{re.escape(convention.closers)}](?!\w)")
    return max((match.start() for match in closer.finditer(text)), default=-1)


def _closes(text: str, at: int, convention: Convention, later: Sequence[int]) -> bool:
    mark = text[at]
    if mark not in convention.closers:
        # An opening mark typed where only a closing one makes sense: “Leave it -“ said Tom.
        if mark in "“‘" and not text[at + 1 : at + 2].strip():
            return True
        return mark not in "„‚" and not _open_side(text, at) and _close_side(text, at)
    if convention.apostrophe:
        return _closes_single(text, at, later)
    if mark in convention.straight:
        return not _surely_opens(text, at, convention)
    return True


def _closes_single(text: str, at: int, later: Sequence[int]) -> bool:
    before = text[at - 1] if at else " "
    if before in _SENTENCE_MARKS or before in '”"':
        return not text[at + 1 : at + 2].isalnum() or before in ",.!?"
    if before.isspace() or text[at + 1 : at + 2].isalnum():
        return False
    if _DROPPED_LETTER.search(text, max(0, at - 3), at):
        return not _better_closer_follows(text, later)
    return True


def _better_closer_follows(text: str, later: Sequence[int]) -> bool:
    """Tell whether a mark after punctuation comes before the next opening mark."""
    for at in later:
        if text[at - 1] in _SENTENCE_MARKS and not text[at + 1 : at + 2].isalnum():
            return True
        if text[at] == "‘" or (_open_side(text, at) and text[at + 1 : at + 2].isalnum()):
            return False
    return False


def _surely_opens(text: str, at: int, convention: Convention) -> bool:
    """Tell whether a mark inside an open part can only begin a new one."""
    mark = text[at]
    if mark not in convention.openers or convention.apostrophe:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in convention.straight:
        return before.isspace() and (after.isalnum() or after in ("'", "_", "*")) and bool(after)
    return before.isspace() and bool(after.strip())
