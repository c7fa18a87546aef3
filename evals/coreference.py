"""Compare who-is-who with who-is-who: MUC, B³ and CEAFe, and their mean, CoNLL F1.

A cluster is a set of anything that can be hashed: places in a text, or quotations. Clusters of one
count as others do, as they do in LitBank. Counts of several texts are added before they are
divided, as the reference scorer has it.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

Cluster = frozenset[Hashable]
Clusters = Sequence[Cluster]
MEASURES = ("muc", "b3", "ceafe")


class Tally:
    """Counts of one text or several."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._counts = {measure: np.zeros(4) for measure in MEASURES}

    def add(self, found: Clusters, gold: Clusters) -> None:
        """Count one text; no item stands in two clusters of a side."""
        homes = _homes(found), _homes(gold)
        shared = _aligned(found, homes[1], gold)
        for measure, sided in (("muc", _muc), ("b3", _b_cubed)):
            self._counts[measure] += (*sided(found, homes[1]), *sided(gold, homes[0]))
        self._counts["ceafe"] += (shared, len(found), shared, len(gold))

    def scores(self) -> dict[str, float | None]:
        """Return each measure's F1 and, as ``conll``, their mean."""
        scores = {measure: _f1(*map(float, self._counts[measure])) for measure in MEASURES}
        known = [score for score in scores.values() if score is not None]
        mean = sum(known) / len(MEASURES) if known else None
        return {
            name: None if score is None else round(score, 4)
            for name, score in (*scores.items(), ("conll", mean))
        }


def clustered(labels: Iterable[tuple[Hashable, Hashable | None]]) -> list[Cluster]:
    """Return the clusters of (item, label) pairs; an item without a label is alone."""
    found: dict[Hashable, set[Hashable]] = {}
    for item, label in labels:
        found.setdefault(("alone", item) if label is None else ("with", label), set()).add(item)
    return [frozenset(items) for items in found.values()]


def _homes(clusters: Clusters) -> dict[Hashable, int]:
    return {item: number for number, items in enumerate(clusters) for item in items}


def _muc(clusters: Clusters, homes: Mapping[Hashable, int]) -> tuple[int, int]:
    """Count the links that hold, and all: a cluster of n has n - 1, as a chain has."""
    kept = total = 0
    for items in clusters:
        pieces = len({homes[item] for item in items if item in homes})
        lost = sum(item not in homes for item in items)
        kept += len(items) - pieces - lost
        total += len(items) - 1
    return kept, total


def _b_cubed(clusters: Clusters, homes: Mapping[Hashable, int]) -> tuple[float, int]:
    """Count for each item the share of its cluster that belongs there, and the items."""
    kept, total = 0.0, 0
    for items in clusters:
        pieces = Counter(homes[item] for item in items if item in homes)
        kept += sum(n * n for n in pieces.values()) / len(items)
        total += len(items)
    return kept, total


def _aligned(found: Clusters, homes: Mapping[Hashable, int], gold: Clusters) -> float:
    """Return the likeness (Dice) of clusters summed over their best one-to-one alignment."""
    likeness = np.zeros((len(found), len(gold)))
    for row, items in enumerate(found):
        for column, n in Counter(homes[item] for item in items if item in homes).items():
            likeness[row, column] = 2 * n / (len(items) + len(gold[column]))
    rows, columns = linear_sum_assignment(likeness, maximize=True)
    return float(likeness[rows, columns].sum())


def _f1(right: float, found: float, kept: float, gold: float) -> float | None:
    if not found and not gold:
        return None
    precision, recall = right / found if found else 0.0, kept / gold if gold else 0.0
    return 2 * precision * recall / (precision + recall) if right and kept else 0.0
