"""What a line is felt with: a small network over its words, and what is told beside it.

Each word is a short vector; filters look at three words at a time, and what each sees most of in
the line, and on the average, counts for the emotions. So each word's part in the answer is known.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from fullcast.infer import FEELINGS
from fullcast.model import Emotion

EMOTIONS = tuple(Emotion)
"""In the order of the network's outputs."""
NAME = "<name>"
"""Stands for every name."""
NUMBER = "0"
PIECES = 8192
"""Words that are not known are the mean of their pieces, which are told apart in so many kinds."""
_LENGTHS = (3, 4, 5)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|!|\?|…|\.{2,}|[—–]|--|[.,;:]")
_OPENS = frozenset(("!", "?", ".", "…", "—", ":"))
_FOLDED = {"–": "—", "--": "—"}
_BATCH = 20_000
"""How many words are read at a time: it bounds the memory."""

_Array = NDArray[np.float32]
Judged = tuple[tuple[tuple[Emotion, float], ...], list[float]]
"""Each emotion's probability, the most likely first, and each word's part in the log-odds of it."""


class Cues(IntEnum):
    """Where narration tells what is felt."""

    PHRASE = 0
    """In a phrase of manner: *angrily*."""
    VERB = 1
    """In the verb of the tag: *snapped*."""
    BESIDE = 2
    """In what stands beside the line: *her eyes flashed with anger*."""


def tokens(line: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words and marks of a line as the network reads them, with their places.

    >>> [form for form, _, _ in tokens("“No, Tom -- 'twas I!”")]
    ['no', ',', 'Tom', '—', 'twas', 'I', '!']
    """
    opens = True
    for match in _TOKEN.finditer(line):
        form = match.group()
        start, end = match.span()
        if form[0].isdigit():
            form = NUMBER
        elif form[0] == "." and len(form) > 1:
            form = "…"
        elif opens:
            form = form.lower()
        form = _FOLDED.get(form, form).replace("’", "'")
        yield form, start, end
        opens = form in _OPENS


def pieces(word: str) -> list[int]:
    """Return the kinds of a word's pieces: three to five letters each, its ends marked."""
    marked = f"<{word}>"
    return [
        crc32(marked[start : start + length].encode()) % PIECES
        for length in _LENGTHS
        for start in range(max(1, len(marked) - length + 1))
    ]


class FeelingNetwork:
    """Reads lines. Its arrays, with ``v`` words, ``d`` numbers each, ``f`` filters, 9 emotions.

    ``words`` (their letters, a line each), ``vectors`` (v, d) and ``pieces`` (PIECES, d) in 8 bits
    with their ``scales`` (d), ``filters`` (3, d, f), ``filter_bias`` (f), ``most`` and ``mean``
    (f, 9), ``bias`` (9): log-odds of each emotion by itself. Of these and the cues the answer is
    made: ``share`` (1) of the log-odds, ``prior`` (9), ``cues`` (3) for each kind of cue.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of a file."""
        known = arrays["words"].tobytes().decode("utf-8").split("\n")
        self._numbers = {word: number for number, word in enumerate(known)}
        w = {name: arrays[name].astype(np.float32) for name in arrays if name != "words"}
        self._vectors: _Array = w["vectors"] * w["scales"]
        self._pieces: _Array = w["pieces"] * w["scales"]
        self._filters, self._filter_bias = w["filters"], w["filter_bias"]
        self._most, self._mean, self._bias = w["most"], w["mean"], w["bias"]
        self._share, self._prior, self._cues = float(w["share"][0]), w["prior"], w["cues"]

    def _vector(self, form: str) -> _Array:
        lower = form.lower()
        found = self._numbers.get(lower)
        if found is None and form != lower:
            found = self._numbers[NAME]
        if found is not None:
            return np.asarray(self._vectors[found])
        return np.asarray(self._pieces[pieces(lower)].mean(0))

    def read(
        self,
        lines: Sequence[Sequence[str]],
        cues: Sequence[Iterable[tuple[Cues, Emotion]]],
    ) -> Iterator[Judged]:
        """Judge lines, each as its tokens, with what is told beside them."""
        for (parts, log_odds), told in zip(self.weigh(lines), cues, strict=True):
            scores = self._share * log_odds + self._prior
            for source, emotion in set(told):
                scores[EMOTIONS.index(emotion)] += self._cues[source]
            powers = np.exp(scores - scores.max())
            shares = (powers / powers.sum()).astype(np.float64).round(3).tolist()
            best, *others = sorted(range(len(EMOTIONS)), key=lambda e: -shares[e])
            rest = [(EMOTIONS[e], shares[e]) for e in others]
            first = round(1.0 - sum(share for _, share in rest), 3)
            yield ((EMOTIONS[best], first), *rest), (self._share * parts[:, best]).tolist()

    def weigh(self, lines: Sequence[Sequence[str]]) -> Iterator[tuple[_Array, _Array]]:
        """Yield each line's log-odds (9), and before it each word's part in them (words, 9)."""
        batch: list[Sequence[str]] = []
        size = 0
        for line in lines:
            batch.append(line)
            size += len(line) + 1
            if size >= _BATCH:
                yield from self._weigh(batch)
                batch, size = [], 0
        if batch:
            yield from self._weigh(batch)

    def _weigh(self, lines: Sequence[Sequence[str]]) -> Iterator[tuple[_Array, _Array]]:
        forms: dict[str, int] = {"": 0}
        numbers = [0]
        for line in lines:
            numbers += [*(forms.setdefault(form, len(forms)) for form in line), 0]
        nothing = np.zeros(self._vectors.shape[1], np.float32)
        table = np.stack([self._vector(form) if form else nothing for form in forms])
        vectors = table[numbers]
        seen = self._filter_bias + sum(
            vectors[place : len(numbers) - 2 + place] @ self._filters[place] for place in range(3)
        )
        np.maximum(seen, 0, out=seen)
        start = 0
        for line in lines:
            yield self._part(seen[start : start + len(line)])
            start += len(line) + 1

    def _part(self, seen: _Array) -> tuple[_Array, _Array]:
        """Share out among the words what the filters see in a line."""
        if not len(seen):
            return np.zeros((0, len(EMOTIONS)), np.float32), self._bias.copy()
        parts = np.asarray(seen @ self._mean / len(seen), dtype=np.float32)
        where = seen.argmax(0)
        np.add.at(parts, where, seen[where, np.arange(len(where))][:, None] * self._most)
        return parts, self._bias + parts.sum(0)


@cache
def shipped_feelings() -> FeelingNetwork:
    """Return the network that comes with Fullcast."""
    return load_feelings(FEELINGS)


def load_feelings(path: Path) -> FeelingNetwork:
    """Load a network from its file."""
    with np.load(path, allow_pickle=False) as arrays:
        return FeelingNetwork(dict(arrays))
