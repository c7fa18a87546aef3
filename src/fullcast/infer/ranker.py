"""Choose among candidates, for mentions of people: a small network over what tells for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

    def rank(self, rows: Sequence[Sequence[float]] | _Array) -> list[float]:
        """Return the probability of each of the candidates, whose features are ``rows``."""
        table: _Array = np.asarray(rows, dtype=np.float32)
        hidden = np.maximum(table @ self._first + self._first_bias, 0)
        hidden = np.maximum(hidden @ self._second + self._second_bias, 0)
        scores = hidden @ self._last
        powers = np.exp(scores - scores.max())
        shares: list[float] = (powers / powers.sum()).tolist()
        return shares


@dataclass(frozen=True, slots=True)
class Phrases:
    """What was learnt of where people are mentioned."""

    starts: Ranker
    """Whether a noun or name speaks of a person, and where the phrase begins."""
    ends: Ranker
    odds: Mapping[str, float]
    """Of words often met, folded: how likely they are to speak of a person, in log-odds."""


@dataclass(frozen=True, slots=True)
class Rankers:
    """What was learnt of mentions of people, as ``training/fit_references.py`` writes it."""

    phrases: Phrases
    who: Ranker
    """Whom a mention means."""


@cache
def shipped_rankers() -> Rankers:
    """Return the rankers that come with Fullcast."""
    return load_rankers(REFERENCES)


def load_rankers(path: Path) -> Rankers:
    """Load rankers from their file."""
    with np.load(path, allow_pickle=False) as file:
        arrays = dict(file)
    return Rankers(read_phrases(arrays), Ranker(_part(arrays, "who")))


def read_phrases(arrays: Mapping[str, NDArray[Any]]) -> Phrases:
    """Read what finds phrases: the arrays of each ranker behind its name, ``words``, ``odds``."""
    odds = zip(arrays["words"].tolist(), arrays["odds"].tolist(), strict=True)
    return Phrases(Ranker(_part(arrays, "starts")), Ranker(_part(arrays, "ends")), dict(odds))


def _part(arrays: Mapping[str, NDArray[Any]], name: str) -> dict[str, NDArray[Any]]:
    start = f"{name}."
    return {key.removeprefix(start): a for key, a in arrays.items() if key.startswith(start)}
