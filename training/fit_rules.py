"""Fit the log-odds that the rules weigh speakers with, on novels in PDNC's format.

    python -m training.fit_rules DIR --scorer FOLDER [--leave-out A,B]
    python -m training.fit_rules DIR --novels A,B --network FOLDER [--scorer FOLDER]

The rules name the evidence; this says how much each kind weighs. It maximises the
pseudo-likelihood of each gold speaker given its evidence and its gold neighbours, with a small
ridge penalty: convex, deterministic, a minute on one core. Novels named by ``--leave-out`` have no
part in it; measure them with ``python -m evals.speakers … --scorer FOLDER``.
The re-ranker beside the weights is by ``training.fit_reranker``, afterwards.

With a network, its reading is evidence too: the weights are fitted anew on novels that had no part
in its training, held near the rules' own, and written into its folder.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.judge import read_scorer
from evals.pdnc import GoldQuotation, Novel, find_novels, read_novel
from fullcast.analysis.pipeline import prepare
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.speakers.conversation import Conversation
from fullcast.analysis.speakers.evidence import Weigher
from fullcast.analysis.speakers.links import Step, link_features
from fullcast.analysis.speakers.story import tell
from fullcast.infer import RULES
from fullcast.infer.network import Network, load_network
from fullcast.infer.scorer import WEIGHTS, Features, Scorer
from fullcast.infer.story import NOBODY, Reader
from training.cards import stamp

STEPS = 250
RIDGE = 1.0
NEAR_RIDGE = 30.0
"""How strongly weights are held where they are held near others: fewer novels fit them then."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A novel's talk: what rules know of it, who speaks, and what the network makes of it."""

    novel: str
    scene: Scene
    steps: Sequence[Step]
    speakers: Sequence[str]
    strangers: frozenset[str]
    """Who of these is not in the cast."""
    reader: Reader | None


Example = tuple[list[Features], int]
"""The features of each candidate, and the number of the right one."""


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--novels", default="", help="to fit on, joined by commas; else all")
    parser.add_argument("--leave-out", default="", help="names of novels, joined by commas")
    parser.add_argument("--scorer", type=Path, default=RULES, metavar="FOLDER", help="the rules'")
    parser.add_argument("--network", type=Path, metavar="FOLDER", help="whose reading counts too")
    options = parser.parse_args()
    wanted, left_out = (
        [name for name in names.split(",") if name] for names in (options.novels, options.leave_out)
    )
    find_novels(options.folder, left_out)
    folders = [f for f in find_novels(options.folder, wanted) if f.name not in left_out]
    scope = f": {', '.join(wanted)}" if wanted else ""
    scope += f", without {', '.join(left_out)}" if left_out else ""
    novels = [read_novel(folder) for folder in folders]
    if options.network:
        network = load_network(options.network)
        rules = read_scorer(options.scorer)
        talks = [open_talk(novel, rules, network) for novel in novels]
        text = _fitted(talks, scope, rules.weights)
        (options.network / WEIGHTS).write_text(text, encoding="utf-8")
        stamp(options.network)
        return
    options.scorer.mkdir(parents=True, exist_ok=True)
    text = _fitted([open_talk(novel) for novel in novels], scope, {})
    (options.scorer / WEIGHTS).write_text(text, encoding="utf-8")


def _fitted(talks: Sequence[Talk], scope: str, near: Mapping[str, float]) -> str:
    """Return the fitted weights as a file has them."""
    weights = fit([example for talk in talks for example in gather(talk)], near)
    lines = [f"{w:.2f} {name}\n" for name, w in sorted(weights.items()) if round(w, 2)]
    return _header(len(talks), scope) + "".join(lines)


def _header(count: int, scope: str) -> str:
    return (
        "# Log-odds of what tells for a speaker, fitted by training/fit_rules.py on "
        f"{count} novels of PDNC's first release{scope}. CC0-1.0.\n"
    )


def gather(talk: Talk) -> list[Example]:
    """Return an example for each quotation that no tag settles and whose speaker is in sight."""
    scene, steps = talk.scene, talk.steps
    weigher = Weigher(scene, [r.speakers for r in talk.reader.readings] if talk.reader else ())
    gold = talk.speakers
    found: list[Example] = []
    for t, speaker in enumerate(gold):
        if scene.named(t):
            continue
        candidates = weigher.candidates(t)
        right = speaker if speaker in candidates else NOBODY
        rows = []
        for candidate, features in candidates.items():
            row = dict(features)
            for name in neighbour_features(steps, gold, t, candidate):
                row[name] = row.get(name, 0.0) + 1.0
            rows.append(row)
        found.append((rows, list(candidates).index(right)))
    return found


def scene_of(novel: Novel) -> tuple[Scene, Sequence[Step]]:
    """Return what the rules know of a novel whose quotations and cast are given."""
    found = prepare(novel.book, quotations=novel.given_quotations(), cast=novel.cast)
    return found.scene, found.steps


def gold_of(novel: Novel, scene: Scene) -> list[GoldQuotation]:
    """Return what is annotated of each turn; of two that begin at one place, the first."""
    pairs = zip(novel.given_quotations(), novel.quotations, strict=True)
    gold = {quotation.id: annotated for quotation, annotated in reversed(list(pairs))}
    return [gold[quotation.id] for quotation in scene.quotations]


def open_talk(novel: Novel, rules: Scorer | None = None, network: Network | None = None) -> Talk:
    """Set a novel's scene; with the rules' scorer and a network, have it read."""
    scene, steps = scene_of(novel)
    reader = None
    if rules and network:
        rules = Scorer(rules.weights)
        reader = network.open(tell(scene), Conversation(scene, steps, rules).beliefs)
        Conversation(scene, steps, rules, reader)
    speakers = [gold.speaker for gold in gold_of(novel, scene)]
    strangers = frozenset(speakers) - {character.id for character in novel.cast}
    return Talk(novel.name, scene, steps, speakers, strangers, reader)


def neighbour_features(
    steps: Sequence[Step], gold: Sequence[str], t: int, candidate: str
) -> Iterator[str]:
    """Name the links that hold if ``candidate`` spoke at ``t`` among its gold neighbours."""

    def at(place: int) -> str:
        if place == t:
            return candidate
        return gold[place] if 0 <= place < len(gold) else ""

    for place in range(t, min(t + 3, len(gold))):
        names = link_features(
            steps[place], steps[place - 1], at(place), at(place - 1), at(place - 2)
        )
        if place == t + 2:
            names = [name for name in names if name.startswith("back")]
        yield from names


def fit(examples: Sequence[Example], near: Mapping[str, float] = {}) -> dict[str, float]:
    """Return the weight of each feature by gradient descent with Adam's step sizes.

    Args:
        examples: To learn from.
        near: What the weights are held near to; 0 where nothing is given.
    """
    names = sorted({n for rows, _ in examples for row in rows for n, v in row.items() if v})
    table, mask, right = _table(examples, {n: i for i, n in enumerate(names)})
    flat = table.reshape(-1, len(names))
    centre = np.array([near.get(name, 0.0) for name in names], dtype=np.float32)
    weights = centre.copy()
    ridge = NEAR_RIDGE if near else RIDGE
    mean: NDArray[Any] = np.zeros_like(weights)
    square: NDArray[Any] = np.zeros_like(weights)
    places = np.arange(len(right))
    for step in range(1, STEPS + 1):
        shares = _softmax((flat @ weights).reshape(mask.shape) + mask)
        loss = -np.log(shares[places, right] + 1e-9).mean()
        shares[places, right] -= 1.0
        slope = (shares.reshape(-1) @ flat + ridge * (weights - centre)) / len(right)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope * slope
        rate = 0.1 * min(1.0, 3 * (1 - step / STEPS) + 0.02)
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    print(f"{len(right)} examples, {len(names)} weights, loss {loss:.4f}", file=sys.stderr)
    return dict(zip(names, weights.tolist(), strict=True))


def _table(
    examples: Sequence[Example], numbers: dict[str, int]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int64]]:
    widest = max(len(rows) for rows, _ in examples)
    table = np.zeros((len(examples), widest, len(numbers)), dtype=np.float32)
    mask = np.full((len(examples), widest), -1e9, dtype=np.float32)
    for i, (rows, _) in enumerate(examples):
        mask[i, : len(rows)] = 0.0
        for j, row in enumerate(rows):
            for name, value in row.items():
                if value:
                    table[i, j, numbers[name]] = value
    return table, mask, np.array([right for _, right in examples])


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


if __name__ == "__main__":
    main()
