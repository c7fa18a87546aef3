"""Which person a mention means: a small network over what tells for each candidate."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fullcast.infer import REFERENCES

_Array = NDArray[np.float32]


class Ranker:
    """Two hidden layers over the features of one candidate, then one number; softmax over all.

    Arrays, with ``f`` features and ``h`` hidden numbers: ``mean``, ``spread`` (f); ``first``
    (f, h), ``first_bias`` (h); ``second`` (h, h), ``second_bias`` (h); ``last`` (h).
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of a file."""
        w = {name: array.astype(np.float32) for name, array in arrays.items()}
        self._first = np.asarray(w["first"] / w["spread"][:, None], dtype=np.float32)
        self._first_bias = w["first_bias"] - w["mean"] @ self._first
        self._second, self._second_bias, self._last = w["second"], w["second_bias"], w["last"]

    def rank(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the probability of each of the candidates, whose features are ``rows``."""
        table: _Array = np.array(rows, dtype=np.float32)
        hidden = np.maximum(table @ self._first + self._first_bias, 0)
        hidden = np.maximum(hidden @ self._second + self._second_bias, 0)
        scores = hidden @ self._last
        powers = np.exp(scores - scores.max())
        shares: list[float] = (powers / powers.sum()).tolist()
        return shares


@cache
def shipped_ranker() -> Ranker:
    """Return the ranker that comes with Fullcast."""
    return load_ranker(REFERENCES)


def load_ranker(path: Path) -> Ranker:
    """Load a ranker from its file."""
    with np.load(path, allow_pickle=False) as arrays:
        return Ranker(dict(arrays))
