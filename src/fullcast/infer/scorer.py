"""What was learnt of how evidence tells for a speaker: its weights, and a re-ranker.

A folder of two files. ``weights.txt`` has what each kind of evidence weighs in the chain, in
log-odds. ``reranker.npz`` is a small network that looks at each turn again, with all that the
chain believes around it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fullcast.infer import RULES

WEIGHTS, RERANKER = "weights.txt", "reranker.npz"
Features = dict[str, float]
"""Evidence by its name."""
_Array = NDArray[np.float32]
_LEAST = 0.001
_NEAR_ZERO = 1e-5
_ROWS, _TURNS = 64, 16
"""Candidates and turns that are reckoned together. Always so many, with blank ones where there are
fewer: a product of matrices rounds a row otherwise in a table of another height."""


@dataclass(frozen=True, slots=True)
class Question:
    """A turn whose speaker is asked for."""

    turn: Features
    """What stands around it."""
    candidates: Mapping[str, Features]
    """What tells for each; ``belief`` is the chain's."""


class Reranker:
    """Two layers over each candidate, one over it and the mean and most of its rivals.

    Several of them, trained apart, whose probabilities are averaged. Arrays, with ``n`` networks,
    ``d`` names of evidence, ``z`` of surroundings and ``h`` hidden numbers:

    ``names`` (d), ``turn_names`` (z); ``candidate`` (n, d, h), ``turn`` (n, z, h), ``bias``,
    ``scale``, ``shift`` (n, h); ``inner`` (n, h, h), ``inner_bias`` (n, h); ``outer`` (n, 3h, h),
    ``outer_bias`` (n, h); ``last`` (n, h), ``trust`` (n): what the chain's own belief counts.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of a file."""
        self._candidate_places = {str(name): n for n, name in enumerate(arrays["names"])}
        self._turn_places = {str(name): n for n, name in enumerate(arrays["turn_names"])}
        self._w: dict[str, _Array] = {
            name: array.astype(np.float32)
            for name, array in arrays.items()
            if name not in ("names", "turn_names")
        }
        outer, hidden = self._w.pop("outer"), self._w["last"].shape[-1]
        self._w["own"], self._w["rivals"] = outer[:, :hidden].copy(), outer[:, hidden:].copy()

    def rank(self, questions: Iterable[Question]) -> Iterator[dict[str, float]]:
        """Yield the probability of each candidate, question by question."""
        for block in _blocks(questions):
            yield from self._rank(block)

    def _rank(self, block: Sequence[Question]) -> Iterator[dict[str, float]]:
        w = self._w
        rows = [features for question in block for features in question.candidates.values()]
        counts = [len(question.candidates) for question in block]
        starts = np.cumsum([0, *counts[:-1]])
        owners = np.repeat(np.arange(len(block)), counts)
        height = max(_ROWS, len(rows))
        of_row = np.pad(owners, (0, height - len(rows)))
        table = _table(rows, self._candidate_places, height)
        around = _table([question.turn for question in block], self._turn_places, _TURNS)
        hidden = table @ w["candidate"] + (around @ w["turn"] + w["bias"][:, None])[:, of_row]
        hidden = _gelu(_normed(hidden) * w["scale"][:, None] + w["shift"][:, None])
        hidden = _gelu(hidden @ w["inner"] + w["inner_bias"][:, None])
        there = hidden[:, : len(rows)]
        mean = np.add.reduceat(there, starts, 1) / np.array(counts, np.float32)[:, None]
        most = np.maximum.reduceat(there, starts, 1)
        rivals = np.pad(
            np.concatenate((mean, most), -1), ((0, 0), (0, _TURNS - len(block)), (0, 0))
        )
        outer = hidden @ w["own"] + (rivals @ w["rivals"] + w["outer_bias"][:, None])[:, of_row]
        scores = (_gelu(outer) * w["last"][:, None]).sum(-1)[:, : len(rows)]
        beliefs = np.array([features["belief"] for features in rows], dtype=np.float32)
        scores += w["trust"][:, None] * np.log(beliefs + _LEAST)
        powers = np.exp(scores - np.maximum.reduceat(scores, starts, 1)[:, owners])
        shares = (powers / np.add.reduceat(powers, starts, 1)[:, owners]).mean(0).tolist()
        for question, start in zip(block, starts, strict=True):
            yield dict(zip(question.candidates, shares[start:], strict=False))


def _blocks(questions: Iterable[Question]) -> Iterator[list[Question]]:
    """Gather questions into blocks that fit the arrays."""
    block: list[Question] = []
    rows = 0
    for question in questions:
        count = len(question.candidates)
        if block and (rows + count > _ROWS or len(block) == _TURNS):
            yield block
            block, rows = [], 0
        block.append(question)
        rows += count
    if block:
        yield block


def _table(rows: Sequence[Features], places: Mapping[str, int], height: int) -> _Array:
    """Set named numbers in columns; what has no column is left out."""
    table = np.zeros((height, len(places)), dtype=np.float32)
    for row, features in zip(table, rows, strict=False):
        for name, value in features.items():
            place = places.get(name)
            if place is not None:
                row[place] = value
    return table


def _normed(hidden: _Array) -> _Array:
    centred = hidden - hidden.mean(-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(-1, keepdims=True) + _NEAR_ZERO)
    return np.asarray(centred / spread, dtype=np.float32)


def _gelu(values: _Array) -> _Array:
    """Return the usual approximation of GELU by a hyperbolic tangent."""
    inner = 0.7978845608 * (values + 0.044715 * values * values * values)
    return np.asarray(0.5 * values * (1.0 + np.tanh(inner)), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Scorer:
    """What a folder holds."""

    weights: Mapping[str, float]
    reranker: Reranker | None = None
    """Without one, what the chain believes is final."""


@cache
def rules_scorer() -> Scorer:
    """Return the scorer that the rules judge with."""
    return load_scorer(RULES)


def load_scorer(folder: Path) -> Scorer:
    """Load the scorer in a folder.

    Raises:
        OSError: There are no weights.
        ValueError: A file is not what it should be.
    """
    weights = parse_weights((folder / WEIGHTS).read_text(encoding="utf-8"))
    if not (folder / RERANKER).exists():
        return Scorer(weights)
    with np.load(folder / RERANKER, allow_pickle=False) as arrays:
        return Scorer(weights, Reranker(dict(arrays)))


def parse_weights(text: str) -> dict[str, float]:
    """Return the weights in lines of a number and the evidence's name; ``#`` opens a remark."""
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line[:1] not in ("", "#")]
    return {name: float(weight) for weight, name in lines}
