"""Which phrases may speak of people: for each noun or name where it may begin and end.

For each of these there are figures for a ranker: the classes of the words around, one by one, and
counts of what lies inside.
"""

from collections.abc import Iterator, Sequence
from math import log2

import numpy as np
from numpy.typing import NDArray

from fullcast.analysis.references.grammar import CLASSES, GAPS, Grammar, gender_of

Rows = NDArray[np.float32]
_MOST_BEFORE, _MOST_BEHIND, _MOST_ENDS = 9, 60, 24
_GENDERS = ("", "f", "m", "x", "p", "?")


def _classes(names: str) -> frozenset[int]:
    return frozenset(CLASSES.index(name) for name in names.split(","))


def _gaps(names: str) -> frozenset[int]:
    return frozenset(GAPS.index(name) for name in names.split())


_NAMES = _classes("cast,title,given name,capital")
_CAST = CLASSES.index("cast")
_NEVER_INSIDE = _classes("i,be,have,do,who,which,when,in,over,by,to,with,him")
_CLOSED = frozenset(range(1, CLASSES.index("ing")))
_NEVER_LAST = _classes("the,a,my,of,to,with,in,over,by,and,or,who,which,when,be,have,do,i,not,some")
_OPENS_MORE = _CLOSED - _classes("young,one,number,order") | _classes("ing,ed,ly")
_JOINS, _ENDS = _gaps("space hyphen comma 's"), _gaps("stop end clause odd")
_SPACE, _HYPHEN, _OWNS, _COMMA = (GAPS.index(name) for name in ("space", "hyphen", "'s", "comma"))
_NOUNS = _classes("word,thing,s,person f,person m,person x,person p,person ?,quality,number,young")
_COUNTED_BEFORE = (
    _classes("the,a,this,these,my"),
    _classes("and,or"),
    _classes("of"),
    _classes("verb,ing,ed"),
    _classes("person f,person m,person x"),
)
_FINITE = _classes("verb,ed,be,have,do")
_COUNTED_BEHIND = (
    _FINITE,
    _classes("who,which,this"),
    _classes("of"),
    _classes("in,over,with,by,to"),
    _classes("i,we"),
    _classes("and,or"),
    _classes("ing"),
)
_KINDS, _BETWEENS, _OF = (
    np.eye(n, dtype=np.float32) for n in (len(CLASSES), len(GAPS), len(_GENDERS))
)


def find_heads(grammar: Grammar) -> Iterator[int]:
    """Yield the words that may be what a phrase on people hangs on: nouns, and ends of names."""
    kinds, forms, lower = grammar.kinds, grammar.words.forms, grammar.words.lower
    known = {
        forms[at]
        for at, kind in enumerate(kinds)
        if kind in _NAMES and at and grammar.gap(at - 1) in _JOINS
    }
    for at, kind in enumerate(kinds):
        behind = kinds[at + 1] if at + 1 < len(kinds) and grammar.gaps[at] == _SPACE else 0
        if kind in _NAMES:
            if behind not in _NAMES and (forms[at] in known or _is_sure(grammar, at)):
                yield at
        elif gender_of(lower[at]) and not (kind in _CLOSED and behind in _NOUNS):
            yield at


def _is_sure(grammar: Grammar, at: int) -> bool:
    """Tell whether a word must be a name even if it never stands inside a sentence."""
    sure = CLASSES[grammar.kinds[at]] in {"cast", "given name"}
    return sure or grammar.kind(at - 1) in _NAMES


def starts_of(grammar: Grammar, head: int) -> list[int]:
    """Return where a phrase may begin, from its noun backwards."""
    starts = [head]
    for at in range(head - 1, max(-1, head - 1 - _MOST_BEFORE), -1):
        if grammar.gaps[at] not in _JOINS or grammar.kinds[at] in _NEVER_INSIDE:
            break
        starts.append(at)
    return starts


def ends_of(grammar: Grammar, head: int) -> list[int]:
    """Return where a phrase may end: its noun, and whatever may close what stands behind it."""
    ends = [head]
    last = min(len(grammar.kinds) - 1, head + _MOST_BEHIND)
    if grammar.gaps[head] in _ENDS or grammar.gaps[head] == _OWNS:
        return ends
    for at in range(head + 1, last + 1):
        gap = grammar.gaps[at]
        plain = gap == _SPACE and grammar.kind(at + 1) not in _OPENS_MORE
        if not plain and gap != _HYPHEN and (gap != _SPACE or grammar.kinds[at] not in _NEVER_LAST):
            ends.append(at)
        if gap in _ENDS or len(ends) == _MOST_ENDS:
            break
    return ends


def is_name(grammar: Grammar, start: int, head: int) -> bool:
    """Tell whether a phrase is a name: *old Cotter*, *the little Margaret*; not *the Captain*."""
    kind = grammar.kinds[head]
    return kind in _NAMES and (kind == _CAST or grammar.kinds[start] in _NAMES)


def weigh_starts(grammar: Grammar, head: int, starts: Sequence[int], odds: float | None) -> Rows:
    """Return what tells for no mention at all and then, in their order, for each start.

    ``odds`` are the log-odds of the noun to speak of a person, where it was met in learning.
    """
    kind, gap = grammar.kind, grammar.gap
    around = np.concatenate(
        [
            _KINDS[[kind(head), kind(head - 1), kind(head + 1), kind(head + 2)]].ravel(),
            _BETWEENS[[gap(head - 1), gap(head)]].ravel(),
            _OF[_GENDERS.index(gender_of(grammar.words.lower[head]))],
            [grammar.words.forms[head][0].isupper(), odds or 0.0, odds is not None],
        ]
    )
    slots = [
        [0] * 5,
        *([kind(s - 2), kind(s - 1), kind(s), *_next(grammar, s, head)] for s in starts),
    ]
    counts = [[1.0] + [0.0] * (4 + len(_COUNTED_BEFORE))]
    counts += [_before(grammar, start, head) for start in starts]
    own = [
        _KINDS[slots].reshape(len(slots), -1),
        _BETWEENS[[0, *(gap(s - 1) for s in starts)]],
        np.array(counts, dtype=np.float32),
    ]
    none = np.zeros((len(slots), len(around)), dtype=np.float32)
    none[0] = around
    return np.concatenate([*own, np.tile(around, (len(slots), 1)), none], axis=1, dtype=np.float32)


def _next(grammar: Grammar, start: int, head: int) -> tuple[int, int]:
    """Return the classes of the second word of a phrase and of the last before its noun."""
    if start == head:
        return 0, 0
    return grammar.kinds[start + 1], grammar.kinds[head - 1]


def _before(grammar: Grammar, start: int, head: int) -> list[float]:
    inside = grammar.kinds[start + 1 : head]
    gaps = grammar.gaps[start:head]
    return [
        0.0,
        (head - start) / 4,
        float(start == head),
        float(gaps.count(_COMMA)),
        float(gaps.count(_OWNS)),
        *(float(sum(kind in counted for kind in inside)) for counted in _COUNTED_BEFORE),
    ]


def weigh_ends(grammar: Grammar, start: int, head: int, ends: Sequence[int]) -> Rows:
    """Return what tells for each end of a phrase whose start is known."""
    kind, gap = grammar.kind, grammar.gap
    near = [kind(head), kind(head + 1), kind(head + 2), kind(start), kind(start - 1)]
    slots = [[kind(e - 1) if e > head else 0, kind(e), kind(e + 1), kind(e + 2)] for e in ends]
    own = [
        _KINDS[slots].reshape(len(slots), -1),
        _BETWEENS[[gap(e) for e in ends]],
        np.array([_behind(grammar, head, end, ends[-1]) for end in ends], dtype=np.float32),
        np.tile(_KINDS[near].ravel(), (len(ends), 1)),
        np.tile(_BETWEENS[[gap(head), gap(start - 1)]].ravel(), (len(ends), 1)),
    ]
    return np.concatenate(own, axis=1, dtype=np.float32)


def _behind(grammar: Grammar, head: int, end: int, last: int) -> list[float]:
    """Return figures of what stands between a noun and an end, and from there to the last."""
    inside = grammar.kinds[head + 1 : end + 1]
    return [
        float(end == head),
        log2(1 + end - head) / 3,
        float(end == last),
        float(grammar.gaps[head:end].count(_COMMA)),
        float(any(kind in _FINITE for kind in grammar.kinds[end + 1 : last + 1])),
        *(float(sum(kind in counted for kind in inside)) for counted in _COUNTED_BEHIND),
    ]
