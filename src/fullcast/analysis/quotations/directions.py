"""What a narrator puts in brackets inside a speech: *“You, (turning to Ada) will guess it.”*."""

import re

from fullcast.analysis.quotations.conventions import MARKS
from fullcast.analysis.quotations.marks import Part, trimmed

_DIRECTION = re.compile(
    r"\((?:(?:\w+ly )?[a-z]{3,}ing\b|with an? |in an? [a-z ]*(?:voice|tone)\b|to [A-Z]\w+"
    r"|(?:his|her|their) (?:voice|eyes|hand|head)\b|here (?:he|she)\b)[^()]{0,120}\)"
)
"""A participle, a manner, to whom: what no speaker says of himself."""
_CLOSERS = MARKS + ")] \t\r\n\u00a0"


def without_directions(text: str, part: Part) -> list[Part]:
    """Cut a part at such brackets; they are narration. One at its very end or start stays."""
    pieces, at = [], part.start
    last = part.start + len(text[part.start : part.end].rstrip(_CLOSERS))
    for match in _DIRECTION.finditer(text, part.start, part.end):
        spoken = trimmed(text, at, match.start())
        if spoken - at > 1 and match.end() < last:
            pieces.append(Part(at, spoken))
            at = match.end()
            while text[at].isspace():
                at += 1
    return [*pieces, Part(at, part.end, part.closed)]
