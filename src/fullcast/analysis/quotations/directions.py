"""What a narrator puts in brackets inside a speech: *“You, (turning to Ada) will guess it.”*."""

import re

from fullcast.analysis.quotations.marks import Part

_DIRECTION = re.compile(
    r"\((?:(?:\w+ly )?[a-z]{3,}ing\b|with an? |in an? [a-z ]*(?:voice|tone)\b|to [A-Z]\w+"
    r"|(?:his|her|their) (?:voice|eyes|hand|head)\b|here (?:he|she)\b)[^()]{0,120}\)"
)
"""A participle, a manner, to whom: what no speaker says of himself."""
_CLOSERS = "”’\"'»)] \t\r\n"


def without_directions(text: str, part: Part) -> list[Part]:
    """Cut a part at such brackets; they are narration. One at its very end or start stays."""
    pieces, at = [], part.start
    for match in _DIRECTION.finditer(text, part.start, part.end):
        spoken = text[at : match.start()].rstrip()
        rest = text[match.end() : part.end]
        if len(spoken) > 1 and rest.strip(_CLOSERS):
            pieces.append(Part(at, at + len(spoken)))
            at = match.end() + len(rest) - len(rest.lstrip())
    return [*pieces, Part(at, part.end, part.closed)]
