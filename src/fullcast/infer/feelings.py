"""What a line is felt with, and how warm it is: a small network over its words and those around.

Each word is a short vector; filters look at three words at a time, and what each sees most of in
the line, and on the average, counts for the answer. So each word's part in it is known. What they
see in the lines and in the narration beside it counts likewise.
"""

import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import chain, islice
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
_BATCH = 2_000
"""How many words are read at a time: it bounds the memory."""

_REACH = 2
"""So many lines before a line, and behind it, count for it."""

_Array = NDArray[np.float32]


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


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be judged, as its tokens, and what stands beside it."""

    words: Sequence[str]
    before: Sequence[str] = ()
    """The last words of narration between the line before and this one."""
    behind: Sequence[str] = ()
    """The first words of narration between this line and the next."""
    cues: Collection[tuple[Cues, Emotion]] = ()
    """What the narrator tells of its feeling."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a line is felt with."""

    emotions: tuple[tuple[Emotion, float], ...]
    """All with their probabilities, the most likely first."""
    warmth: float
    """From -1, as cold as can be toward whom it is said to, to 1."""
    parts: list[float]
    """What each of its words adds to the log-odds of the most likely emotion."""


class FeelingNetwork:
    """Reads lines. Its arrays, with ``v`` words, ``d`` numbers each, ``f`` filters, 9 emotions.

    ``words`` (their letters, a line each), ``vectors`` (v, d) and ``pieces`` (PIECES, d) in 8 bits
    with their ``scales`` (d), ``filters`` (3, d, f), ``filter_bias`` (f), ``most`` and ``mean``
    (f, 9), ``bias`` (9): log-odds of each emotion in a line by itself, as film subtitles taught.
    In fiction, what the filters see most of and on the average, in each place of :meth:`look`,
    counts for the nine and for warmth: ``places`` (7, 2f, 10), ``base`` (10); ``cues`` (3), each
    kind of cue for its emotion.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of a file."""
        known = arrays["words"].tobytes().decode("utf-8").split("\n")
        self._numbers = {word: number for number, word in enumerate(known)}
        w = {name: arrays[name].astype(np.float32) for name in arrays if name != "words"}
        self._vectors: _Array = w["vectors"] * w["scales"]
        self._pieces: _Array = w["pieces"] * w["scales"]
        self._filters, self._filter_bias = w["filters"], w["filter_bias"]
        self._taught, self._bias = np.concatenate((w["most"], w["mean"])), w["bias"]
        self._places, self._base, self._cues = w["places"], w["base"], w["cues"]

    def _vector(self, form: str) -> _Array:
        lower = form.lower()
        found = self._numbers.get(lower)
        if found is None and form != lower:
            found = self._numbers[NAME]
        if found is not None:
            return np.asarray(self._vectors[found])
        return np.asarray(self._pieces[pieces(lower)].mean(0))

    def read(self, lines: Sequence[Line]) -> Iterator[Judged]:
        """Judge the lines of a story, in their order."""
        own = self._places[0, :, : len(EMOTIONS)]
        seen = self._see([line.words for line in lines])
        for line, inside, around in zip(lines, seen, self.look(lines), strict=True):
            scores = self._base + np.tensordot(around, self._places, 2)
            for source, emotion in set(line.cues):
                scores[EMOTIONS.index(emotion)] += self._cues[source]
            *odds, warmth = scores.astype(np.float64).tolist()
            emotions = _shared_out(np.array(odds))
            best = EMOTIONS.index(emotions[0][0])
            yield Judged(
                emotions=emotions,
                warmth=round(min(max(warmth, -1.0), 1.0), 3),
                parts=_parts(inside, own[:, best : best + 1])[:, 0].tolist(),
            )

    def look(self, lines: Sequence[Line]) -> Iterator[_Array]:
        """Yield what the filters see, (7, 2f), in each line and in what stands around it.

        In this order: in the line, in the two before it from the nearer one on, in the two behind
        it likewise, in the narration behind it, in the narration before it.
        """
        nothing = [np.zeros(2 * self._filters.shape[2], np.float32)] * _REACH
        said = chain(nothing, self._pool([line.words for line in lines]), nothing)
        behind = self._pool([line.behind for line in lines])
        before = self._pool([line.before for line in lines])
        window = deque(islice(said, 2 * _REACH), 2 * _REACH + 1)
        for latest, *narrated in zip(said, behind, before, strict=True):
            window.append(latest)
            two, one, itself, next_one, next_two = window
            yield np.stack((itself, one, two, next_one, next_two, *narrated))

    def weigh(self, lines: Sequence[Sequence[str]]) -> Iterator[_Array]:
        """Yield the log-odds (9) of each line by itself, as film subtitles taught them."""
        for pooled in self._pool(lines):
            yield self._bias + pooled @ self._taught

    def _pool(self, texts: Sequence[Sequence[str]]) -> Iterator[_Array]:
        """Yield what each filter sees at most in a text, and then on the average."""
        for seen in self._see(texts):
            yield (
                np.concatenate((seen.max(0), seen.mean(0)))
                if len(seen)
                else np.zeros(2 * seen.shape[1], np.float32)
            )

    def _see(self, texts: Sequence[Sequence[str]]) -> Iterator[_Array]:
        """Yield what the filters see around each word of each text: (words, f)."""
        batch: list[Sequence[str]] = []
        size = 0
        for text in texts:
            batch.append(text)
            size += len(text) + 1
            if size >= _BATCH:
                yield from self._see_batch(batch)
                batch, size = [], 0
        if batch:
            yield from self._see_batch(batch)

    def _see_batch(self, texts: Sequence[Sequence[str]]) -> Iterator[_Array]:
        forms: dict[str, int] = {"": 0}
        numbers = [0]
        for text in texts:
            numbers += [*(forms.setdefault(form, len(forms)) for form in text), 0]
        nothing = np.zeros(self._vectors.shape[1], np.float32)
        table = np.stack([self._vector(form) if form else nothing for form in forms])
        vectors = table[numbers]
        seen = self._filter_bias + sum(
            vectors[place : len(numbers) - 2 + place] @ self._filters[place] for place in range(3)
        )
        np.maximum(seen, 0, out=seen)
        start = 0
        for text in texts:
            yield seen[start : start + len(text)]
            start += len(text) + 1


def _shared_out(odds: NDArray[np.float64]) -> tuple[tuple[Emotion, float], ...]:
    """Return probabilities of three digits that sum to one, the most likely first."""
    powers = np.exp(odds - odds.max())
    shares = (powers / powers.sum()).round(3)
    shares[shares.argmax()] += 1.0 - shares.sum()
    order = sorted(range(len(EMOTIONS)), key=lambda e: -shares[e])
    return tuple((EMOTIONS[e], round(float(shares[e]), 3)) for e in order)


def _parts(seen: _Array, weights: _Array) -> _Array:
    """Share out among the words of a text, (words, k), what the filters see in it.

    Args:
        seen: (words, f).
        weights: What each filter counts, at most and on the average, (2f, k).
    """
    most, mean = np.split(weights, 2)
    if not len(seen):
        return np.zeros((0, weights.shape[1]), np.float32)
    parts = np.asarray(seen @ mean / len(seen), dtype=np.float32)
    where = seen.argmax(0)
    np.add.at(parts, where, seen[where, np.arange(len(where))][:, None] * most)
    return parts


@cache
def shipped_feelings() -> FeelingNetwork:
    """Return the network that comes with Fullcast."""
    return load_feelings(FEELINGS)


def load_feelings(path: Path) -> FeelingNetwork:
    """Load a network from its file."""
    with np.load(path, allow_pickle=False) as arrays:
        return FeelingNetwork(dict(arrays))
