"""What was learnt of how evidence tells for a speaker: its weights, and a re-ranker.

A folder of two files. ``weights.txt`` has what each kind of evidence weighs in the chain, in
log-odds. ``reranker.npz`` is a small network that looks at each turn again, with all that the
chain believes around it.
"""

from collections.abc import Iterable, Mapping
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

    def rank(self, turn: Features, candidates: Mapping[str, Features]) -> dict[str, float]:
        """Return the probability of each candidate of a turn.

        Args:
            turn: What stands around the turn.
            candidates: What tells for each; ``belief`` is the chain's.
        """
        w = self._w
        table = _table(candidates.values(), self._candidate_places)
        around = _table([turn], self._turn_places)[0]
        beliefs = np.array([c["belief"] for c in candidates.values()], dtype=np.float32)
        hidden = table @ w["candidate"] + (around @ w["turn"] + w["bias"])[:, None]
        hidden = _gelu(_normed(hidden) * w["scale"][:, None] + w["shift"][:, None])
        hidden = _gelu(hidden @ w["inner"] + w["inner_bias"][:, None])
        rivals = (hidden.mean(1, keepdims=True), hidden.max(1, keepdims=True))
        joined = np.concatenate((hidden, *(np.broadcast_to(r, hidden.shape) for r in rivals)), -1)
        outer = _gelu(joined @ w["outer"] + w["outer_bias"][:, None])
        scores = (outer * w["last"][:, None]).sum(-1)
        scores += w["trust"][:, None] * np.log(beliefs + _LEAST)
        powers = np.exp(scores - scores.max(-1, keepdims=True))
        shares = (powers / powers.sum(-1, keepdims=True)).mean(0)
        return dict(zip(candidates, shares.tolist(), strict=True))


def _table(rows: Iterable[Features], places: Mapping[str, int]) -> _Array:
    """Set named numbers in columns; what has no column is left out."""
    rows = list(rows)
    table = np.zeros((len(rows), len(places)), dtype=np.float32)
    for row, features in zip(table, rows, strict=True):
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
