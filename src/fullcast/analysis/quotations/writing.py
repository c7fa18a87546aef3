"""What is written, not said: letters, messages, signs, as the narration around them tells."""

import re

from fullcast.analysis.quotations.conventions import MARKS

_SALUTATION = re.compile(
    r"\W*(?:(?:my )?dear(?:est)?\b|sir\b|madam\b|to whom\b"
    r"|to the (?:editor|manager|master|owner|secretary|director|chairman|householder|occupier)\b)"
    r"[^.!?]{0,40}(?:[,:—]|--)\W*$",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"\b(?:letter|note|telegram|message|postcard|card|sign|notice|headline|inscription|placard|label"
    r"|poster|advertisement|envelope|diary|text|email|e-mail|caption|plaque|paragraph|page|screen|it"
    r"|which|and|he|she|I|they)\s+(?:[a-z]+\s+){0,2}?"
    r"(?:ran|reads?|wrote|written|printed|inscribed|scrawled|texted|typed|engraved|painted)\b"
    r"[^.!?]{0,60}[:,—]\s*$",
    re.IGNORECASE,
)
_READ_OUT = re.compile(
    r"\b(?:letter|note|telegram|message|card|paper|page|sheet)\b[^:]{0,200}\bread\b[^.:]{0,30}:\s*$"
)
_THING = (
    r"(?:letter|note|telegram|message|text|email|e-mail|postcard|card|sign|signboard|notice|headline"
    r"|inscription|placard|label|sticker|poster|banner|billboard|advertisement|envelope|caption"
    r"|plaque|screen|display|readout|phone|nameplate|signpost)"
)
_THING_SAYS = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?|[Oo]ne|[Tt]h(?:is|at)|[Hh]is|[Hh]er|[Mm]y|[Tt]heir|[Oo]ur|[Ii]ts)\s+"
    rf"(?:[a-z][\w-]*\s+){{0,2}}{_THING}"
    r"(?:\s+(?:on|in|at|from|to|above|over|below|under|beside|by|of|across|near|behind|inside|outside"
    r"|for|around|round|beneath)\s+(?:[\w’'-]+\s+){0,4}?[\w’'-]+)?"
    r"(?:\s+(?:only|just|simply|merely|still|now|that|which|also))?\s+"
    r"(?:said|says|reads?|ran)\s*[:,]?\s*$"
)
_OF_SOMEBODY = re.compile(
    r"\b(?:with|on|in|at|by|behind|beside|near|under|from|of|to|for|over|who|\w+ing)\s+$"
)
"""Before *the sign*: it is not the sign that speaks, but the man *with* it."""
_MESSAGE_FROM = re.compile(
    r"\b(?:text|message|note|letter|telegram|postcard|card|email|e-mail)\s+from\s+"
    r"(?:[\w’'.-]+\s+){0,3}[\w’'-]+\s*:\s*$"
)
_IT_READS = re.compile(r"[\s,]*it\s+reads?\b(?!\s+aloud)")
_IT_SAYS = re.compile(r"[\s,]*it\s+(?:said|says)\b")
_A_THING = re.compile(rf"\b{_THING}s?\b")
_VOICED = re.compile(
    r"\b(?:voice|creature|animal|dog|cat|bird|parrot|robot|machine|child|baby|infant|ghost|spirit"
    r"|monster|beast|dragon|computer|mouth|face|thing)\b"
)
"""What can be *it* and yet speak."""
_REACH = 120


def is_salutation(words: str) -> bool:
    """Tell whether words open a letter: *Dear Ada,—*."""
    return words[-1:] not in "!?" and bool(_SALUTATION.match(words))


def written_before(before: str) -> bool:
    """Tell whether narration leads up to something written: *The sign on the door said*."""
    last = before.rstrip()[-1:]
    if last and last in ":,—" and _WRITTEN.search(before[-_REACH:]):
        return True
    if last == ":" and _READ_OUT.search(before[-2 * _REACH :]):
        return True
    return thing_says(before)


def thing_says(before: str) -> bool:
    """Tell whether it is a written thing that narration makes say what follows."""
    tail = before[-_REACH:]
    if not tail.rstrip(" \r\n\t\u00a0:,").endswith(("said", "says", "read", "reads", "ran")):
        return bool(_MESSAGE_FROM.search(tail))
    found = _THING_SAYS.search(tail)
    return found is not None and not _OF_SOMEBODY.search(tail[: found.start()])


def written_after(before: str, head: str) -> bool:
    """Tell whether what follows says that a thing was read: *The phone buzzed. “…,” it said*."""
    if _IT_READS.match(head):
        return True
    if not _IT_SAYS.match(head):
        return False
    tail = before[-_REACH:]
    told = tail[1 + max(tail.rfind(mark) for mark in MARKS if mark not in "'’") :]
    return bool(_A_THING.search(told)) and not _VOICED.search(told)
