"""Speech marked by dashes, or broken by narration between dashes inside guillemets."""

import re

from fullcast.analysis.lexicon import SPEECH_VERBS
from fullcast.analysis.quotations.conventions import DASHES
from fullcast.analysis.quotations.marks import Part

_TURN = re.compile(rf"(?:[{DASHES}]|--?(?= |(?<=--)))[ \u00a0\t]*(?=\S)")
_SPANISH_IN = re.compile(rf"(?<=\s)[{DASHES}](?=\w)")
_SPANISH_OUT = re.compile(rf"(?<=\S)[{DASHES}](?=[\s,.;:!?…]|$)")
_AFTER_PUNCTUATION = re.compile(rf"(?<=[,.!?…])\s+(?:[{DASHES}]|--)\s+")
_NARRATOR = (
    r"(?:(?:I|he|she|they|we|it|you|%(name)s|the \w+)\s+%(verbs)s"
    r"|%(verbs)s\s+(?:I|he|she|they|we|%(name)s|the \w+))\b"
)
_ENGLISH_TAG = re.compile(
    r"(?<=[,.!?…—])\s+"
    + _NARRATOR
    % {
        "verbs": "(?:" + "|".join(sorted(SPEECH_VERBS)) + ")",
        "name": r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}",
    }
)
_FRENCH_TAG = re.compile(
    r"(?<=[,.!?…])\s+(?:\w+[’'])?\w+-(?:t-)?(?:il|elle|on|ils|elles|je|nous|vous)\b"
)


def cut_dash(text: str) -> list[Part]:
    """Find the speech in a paragraph that a dash begins; empty where none does."""
    turn = _TURN.match(text)
    if not turn:
        return []
    return _without_asides(text, 0, len(text.rstrip()))


def without_asides(text: str, part: Part) -> list[Part]:
    """Take the narrator's asides out of a part: *«Нет, — сказала она, — никогда.»*."""
    inner = _without_asides(text, part.start, part.end)
    last = inner[-1]
    return [*inner[:-1], Part(last.start, last.end, part.closed)]


def _without_asides(text: str, start: int, end: int) -> list[Part]:
    parts: list[Part] = []
    at = start
    while at < end:
        aside = _find_aside(text, at + 2, end)
        if aside is None:
            parts.append(Part(at, end))
            break
        opens, closes = aside
        parts.append(Part(at, len(text[:opens].rstrip())))
        at = closes
    return [part for part in parts if text[part.start : part.end].strip()]


def _find_aside(text: str, at: int, end: int) -> tuple[int, int] | None:
    """Return where narration begins and where speech goes on after it."""
    spanish = _SPANISH_IN.search(text, at, end)
    if spanish:
        back = _SPANISH_OUT.search(text, spanish.end(), end)
        return spanish.start(), _past_dash(text, back, end)
    dashed = _AFTER_PUNCTUATION.search(text, at, end)
    if dashed and text[dashed.end() : dashed.end() + 1].islower():
        back = _AFTER_PUNCTUATION.search(text, dashed.end(), end)
        return dashed.start(), back.end() if back else end
    tags = [m for m in (_ENGLISH_TAG.search(text, at, end), _FRENCH_TAG.search(text, at, end)) if m]
    if tags:
        tag = min(tags, key=lambda m: m.start())
        return tag.start(), _tag_end(text, tag.end(), end)
    return None


def _past_dash(text: str, back: re.Match[str] | None, end: int) -> int:
    if back is None:
        return end
    at = back.end()
    while at < end and (text[at].isspace() or text[at] in ",.;:"):
        at += 1
    return at


def _tag_end(text: str, at: int, end: int) -> int:
    """Find where a tag's clause ends: at its comma or its full stop."""
    stop = re.compile(r"[.!?](?:\s+|$)|,\s+").search(text, at, end)
    return stop.end() if stop else end
