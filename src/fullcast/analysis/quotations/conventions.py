"""How a book marks its speech: found by counting, never asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

DASHES = "—–―"
ELISIONS = (
    r"(?:em|tis|twas|twere|twill|twould|til|till|cause|bout|un|im|er|n|alf|ospital|ouse|ead|eart"
    r"|orse|pon|round|neath|gainst|cept|cos|coz|fraid|nother|nough|s|d|ll|re|ve|\d0s|\d\ds?)"
)
APOSTROPHE_FIRST = re.compile(rf"{ELISIONS}(?![A-Za-z])")
"""Words that lose their first letter to an apostrophe: *’em*, *’tis*, *’90s*."""


@dataclass(frozen=True, slots=True)
class Convention:
    """One way to mark speech: the marks that may open and close it."""

    name: str
    openers: str
    closers: str

    @property
    def straight(self) -> str:
        """Marks that look the same on both sides."""
        return "".join(mark for mark in self.openers if mark in self.closers)

    @property
    def apostrophe(self) -> bool:
        """Whether a mark doubles as the apostrophe."""
        return "'" in self.closers or "’" in self.closers


DOUBLE = Convention("double", '“"', '”"')
SINGLE = Convention("single", "‘'", "’'")
LOW_DOUBLE = Convention("low double", "„", '“”"')
LOW_SINGLE = Convention("low single", "‚", "‘’")
GUILLEMETS = Convention("guillemets", "«", "»")
GUILLEMETS_IN = Convention("guillemets pointing in", "»", "«")
ANGLES = Convention("single guillemets", "‹", "›")
ANGLES_IN = Convention("single guillemets pointing in", "›", "‹")
CORNERS = Convention("corner brackets", "「", "」")
CORNERS_DOUBLE = Convention("double corner brackets", "『", "』")
DASH = Convention("dash", DASHES + "-", "")

MARKED = (
    DOUBLE, SINGLE, LOW_DOUBLE, LOW_SINGLE, GUILLEMETS, GUILLEMETS_IN, ANGLES, ANGLES_IN,
    CORNERS, CORNERS_DOUBLE,
)  # fmt: skip
MARKS = "".join(sorted({mark for c in MARKED for mark in c.openers + c.closers}))
"""Every quotation mark there is, dashes apart."""

_DASH_TURN = re.compile(rf"(?:[{DASHES}][ \u00a0\t]?|--? |--)(?=[^\W\d_]|[¿¡…\"“«‘'])")
_MIN_SHARE = 0.08
"""A second convention counts as speech from this share of the first one's turns."""
_DASH_SHARE = 0.4
"""Dashes also open ordinary paragraphs, so they must do it often."""


def find_conventions(paragraphs: Sequence[str]) -> tuple[Convention, ...]:
    """Return the conventions that mark speech in these paragraphs, most used first.

    Empty where nothing looks like speech.
    """
    scores = {c: _score(c, paragraphs) for c in MARKED}
    _drop_lookalikes(scores)
    best = max(scores.values())
    turns = sum(_DASH_TURN.match(p) is not None for p in paragraphs)
    dashes = 5 * turns if turns >= 2 else 0
    found = [c for c, score in scores.items() if score > 0 and score >= _MIN_SHARE * best]
    found.sort(key=lambda c: -scores[c])
    if dashes and dashes >= _DASH_SHARE * best:
        found.insert(0 if dashes > best else len(found), DASH)
    return tuple(found)


def _score(convention: Convention, paragraphs: Sequence[str]) -> int:
    """Count openings that a closing mark answers; those that begin a paragraph weigh most."""
    pattern = _PAIRS[convention.name]
    score = 0
    for paragraph in paragraphs:
        for match in pattern.finditer(paragraph):
            score += 5 if match.start() == 0 else 1
    return score


def _pair(convention: Convention) -> re.Pattern[str]:
    opener, closer = re.escape(convention.openers), re.escape(convention.closers)
    if convention.apostrophe:
        # Only a closing mark after punctuation is surely no apostrophe.
        return re.compile(
            rf"(?<![\w{opener}])[{opener}](?=\w|[…—-])(?:[^{opener}]|(?<=\w)['’](?=\w)){{0,2000}}?[,.!?…—-][{closer}](?!\w)"
        )
    if convention.straight:
        return re.compile(rf"(?<![\w{opener}])[{opener}](?=\S)[^{opener}{closer}]*[{closer}]")
    return re.compile(rf"[{opener}][^{opener}{closer}]*[{closer}]")


_PAIRS = {c.name: _pair(c) for c in MARKED}


def _drop_lookalikes(scores: dict[Convention, int]) -> None:
    """Keep one of two conventions that share a mark: the one that begins more paragraphs."""
    for low, high in ((LOW_DOUBLE, DOUBLE), (LOW_SINGLE, SINGLE),
                      (GUILLEMETS, GUILLEMETS_IN), (ANGLES, ANGLES_IN)):  # fmt: skip
        scores[min((low, high), key=lambda c: scores[c])] = 0
    # Marks inside other marks are nested speech, not a second convention.
    if scores[SINGLE] < scores[DOUBLE]:
        scores[SINGLE] = 0
    elif scores[DOUBLE] < scores[SINGLE]:
        scores[DOUBLE] = 0
    for outer, inner in ((LOW_DOUBLE, LOW_SINGLE), (GUILLEMETS, ANGLES),
                         (GUILLEMETS_IN, ANGLES_IN), (CORNERS, CORNERS_DOUBLE)):  # fmt: skip
        scores[min((outer, inner), key=lambda c: scores[c])] = 0
