"""Train the re-ranker beside a scorer's weights, on novels in PDNC's format.

    python -m training.fit_reranker DIR --scorer FOLDER [--novels A,B] [--leave-out A,B]
    python -m training.fit_reranker DIR --network FOLDER --novels A,B --unread C,D [--scorer FOLDER]

Writes ``reranker.npz`` into the folder of the scorer or, with a network, of the network. It learns
from lines that no tag settles and whose speaker is among the candidates; a few minutes on two
cores.

With a network, only novels that had no part in its training show what its reading is worth. Others
teach too, unread: of them the re-ranker sees what the rules alone believe.
"""

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from evals.judge import read_scorer
from evals.pdnc import find_novels, read_novel
from fullcast.analysis.speakers.conversation import Conversation
from fullcast.analysis.speakers.evidence import Weigher
from fullcast.analysis.speakers.surroundings import Surroundings
from fullcast.infer import RULES
from fullcast.infer.encode import Array
from fullcast.infer.network import load_network
from fullcast.infer.scorer import RERANKER, Features, Scorer
from fullcast.infer.story import NOBODY
from training.cards import stamp
from training.fit_rules import Talk, open_talk

HIDDEN, DROPOUT, EPOCHS, COUNT = 192, 0.4, 6, 3
RATE, DECAY, BATCH = 2e-3, 1e-2, 128
TEMPERS = tuple(step / 20 for step in range(8, 25))
"""Candidates for how far its probabilities are trusted: 0.4 to 1.2."""
_LEAST = 0.001
_LEAST_SPREAD = 0.05


@dataclass(frozen=True, slots=True)
class Question:
    """A turn, what tells for each candidate, and the number of the right one."""

    novel: str
    turn: Features
    candidates: Sequence[Features]
    right: int


@dataclass(frozen=True, slots=True)
class Table:
    """Questions in arrays: ``n`` of them with up to ``k`` candidates."""

    candidates: Tensor
    """(n, k, d), normed."""
    turns: Tensor
    """(n, z), normed."""
    there: Tensor
    """(n, k): which candidates there are."""
    beliefs: Tensor
    """(n, k): the chain's logs."""
    right: Tensor
    """(n)"""

    def pick(self, rows: Tensor) -> "Table":
        """Return some of the questions, by their numbers."""
        return Table(*(getattr(self, name)[rows] for name in Table.__slots__))


class Layers(nn.Module):
    """One of the networks of :class:`fullcast.infer.scorer.Reranker`."""

    def __init__(self, evidence: int, around: int) -> None:
        """Begin at random."""
        super().__init__()
        self.turn = nn.Linear(around, HIDDEN)
        self.candidate = nn.Linear(evidence, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN)
        self.inner = nn.Linear(HIDDEN, HIDDEN)
        self.outer = nn.Linear(3 * HIDDEN, HIDDEN)
        self.last = nn.Linear(HIDDEN, 1)
        self.trust = nn.Parameter(torch.ones(1))

    def forward(self, table: Table) -> Tensor:
        """Return a score for each candidate."""
        there = table.there[..., None]
        hidden = self.candidate(table.candidates) + self.turn(table.turns)[:, None]
        hidden = self._drop(self.norm(hidden))
        hidden = self._drop(self.inner(hidden))
        mean = (hidden * there).sum(1, keepdim=True) / there.sum(1, keepdim=True)
        most = hidden.masked_fill(~there, -1e4).amax(1, keepdim=True)
        joined = torch.cat((hidden, mean.expand_as(hidden), most.expand_as(hidden)), -1)
        scores = self.last(self._drop(self.outer(joined)))[..., 0]
        scores = scores + self.trust * table.beliefs
        return torch.as_tensor(scores.masked_fill(~table.there, -1e4))

    def _drop(self, values: Tensor) -> Tensor:
        return functional.dropout(
            functional.gelu(values, approximate="tanh"), DROPOUT, self.training
        )


def main() -> None:
    """Train and write the re-ranker."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--scorer", type=Path, default=RULES, metavar="FOLDER", help="the rules'")
    parser.add_argument("--network", type=Path, metavar="FOLDER", help="whose reading counts too")
    parser.add_argument("--novels", default="", help="to learn from, joined by commas; else all")
    parser.add_argument("--leave-out", default="", help="names of novels, joined by commas")
    parser.add_argument("--unread", default="", help="novels that teach without the network")
    options = parser.parse_args()
    wanted, left_out, unread = (
        [name for name in names.split(",") if name]
        for names in (options.novels, options.leave_out, options.unread)
    )
    find_novels(options.folder, left_out)
    folders = [f for f in find_novels(options.folder, wanted) if f.name not in left_out]
    rules = read_scorer(options.scorer)
    network = load_network(options.network) if options.network else None
    scorer = Scorer((network.scorer if network else rules).weights)
    questions = [
        question
        for folder in folders
        for question in ask(open_talk(read_novel(folder), rules, network), scorer)
    ]
    for folder in find_novels(options.folder, unread) if unread else ():
        questions += ask(open_talk(read_novel(folder)), Scorer(rules.weights))
    np.savez_compressed((options.network or options.scorer) / RERANKER, **fit(questions))  # type: ignore[arg-type]
    if network:
        stamp(options.network)


def ask(talk: Talk, scorer: Scorer) -> Iterator[Question]:
    """Yield what can be learnt from a novel."""
    scene, steps = talk.scene, talk.steps
    conversation = Conversation(scene, steps, scorer, talk.reader)
    weigher = Weigher(scene, [r.speakers for r in talk.reader.readings] if talk.reader else ())
    surroundings = Surroundings(scene, steps, conversation.beliefs)
    for t, speaker in enumerate(talk.speakers):
        if scene.named(t):
            continue
        turn, around = surroundings.describe(scene, t)
        evidence = weigher.candidates(t)
        if speaker not in around and speaker not in talk.strangers:
            continue
        names = list(around)
        right = names.index(speaker if speaker in around else NOBODY)
        yield Question(talk.novel, turn, [evidence[c] | around[c] for c in names], right)


def fit(questions: Sequence[Question]) -> dict[str, NDArray[Any]]:
    """Return the arrays of a trained re-ranker."""
    names = sorted({n for q in questions for c in q.candidates for n, v in c.items() if v})
    turn_names = sorted({n for q in questions for n, v in q.turn.items() if v})
    table, (shift, spread), (turn_shift, turn_spread) = tabulate(questions, names, turn_names)
    novels = sorted({q.novel for q in questions})
    half = torch.tensor([novels.index(q.novel) % 2 for q in questions])
    temper = _fit_temper(table, half)
    trained = [_train(table, seed) for seed in range(COUNT)]

    def stacked(*arrays: Tensor) -> NDArray[np.float16]:
        return torch.stack(arrays).detach().numpy().astype(np.float16)

    folded = [
        n.candidate.bias + n.turn.bias
        - (shift / spread) @ n.candidate.weight.T - (turn_shift / turn_spread) @ n.turn.weight.T
        for n in trained
    ]  # fmt: skip
    return {
        "names": np.array(names),
        "turn_names": np.array(turn_names),
        "candidate": stacked(*(n.candidate.weight.T / spread[:, None] for n in trained)),
        "turn": stacked(*(n.turn.weight.T / turn_spread[:, None] for n in trained)),
        "bias": stacked(*folded),
        "scale": stacked(*(n.norm.weight for n in trained)),
        "shift": stacked(*(n.norm.bias for n in trained)),
        "inner": stacked(*(n.inner.weight.T for n in trained)),
        "inner_bias": stacked(*(n.inner.bias for n in trained)),
        "outer": stacked(*(n.outer.weight.T for n in trained)),
        "outer_bias": stacked(*(n.outer.bias for n in trained)),
        "last": stacked(*(temper * n.last.weight[0] for n in trained)),
        "trust": stacked(*(temper * n.trust[0] for n in trained)),
    }


Norm = tuple[Tensor, Tensor]


def tabulate(
    questions: Sequence[Question], names: Sequence[str], turn_names: Sequence[str]
) -> tuple[Table, Norm, Norm]:
    """Set questions in arrays; return these with the mean and spread of their columns."""
    places = {name: n for n, name in enumerate(names)}
    turn_places = {name: n for n, name in enumerate(turn_names)}
    widest = max(len(q.candidates) for q in questions)
    candidates = np.zeros((len(questions), widest, len(names)), dtype=np.float32)
    turns = np.zeros((len(questions), len(turn_names)), dtype=np.float32)
    there = np.zeros((len(questions), widest), dtype=bool)
    beliefs = np.zeros((len(questions), widest), dtype=np.float32)
    for i, question in enumerate(questions):
        there[i, : len(question.candidates)] = True
        for name, value in question.turn.items():
            if value:
                turns[i, turn_places[name]] = value
        for j, features in enumerate(question.candidates):
            beliefs[i, j] = math.log(features["belief"] + _LEAST)
            for name, value in features.items():
                if value:
                    candidates[i, j, places[name]] = value
    norm = candidates[there].mean(0), candidates[there].std(0) + _LEAST_SPREAD
    turn_norm = turns.mean(0), turns.std(0) + _LEAST_SPREAD
    table = Table(
        torch.from_numpy((candidates - norm[0]) / norm[1]),
        torch.from_numpy((turns - turn_norm[0]) / turn_norm[1]),
        torch.from_numpy(there),
        torch.from_numpy(beliefs),
        torch.tensor([q.right for q in questions]),
    )
    return table, _tensors(norm), _tensors(turn_norm)


def _tensors(norm: tuple[Array, Array]) -> Norm:
    return torch.from_numpy(norm[0]), torch.from_numpy(norm[1])


def _fit_temper(table: Table, half: Tensor) -> float:
    """Return the exponent that makes probabilities as right as they say, on novels not learnt."""
    scores, right = [], []
    for left_out in (0, 1):
        asked = table.pick((half == left_out).nonzero()[:, 0])
        layers = _train(table.pick((half != left_out).nonzero()[:, 0]), seed=0)
        scores.append(layers(asked).detach())
        right.append(asked.right)

    def surprise(temper: float) -> float:
        return functional.cross_entropy(temper * torch.cat(scores), torch.cat(right)).item()

    temper = min(TEMPERS, key=surprise)
    print(f"temper {temper}")
    return temper


def _train(table: Table, seed: int) -> Layers:
    torch.manual_seed(seed)
    layers = Layers(table.candidates.shape[-1], table.turns.shape[-1])
    optimizer = torch.optim.AdamW(layers.parameters(), lr=RATE, weight_decay=DECAY)
    count = len(table.right)
    steps = EPOCHS * (count // BATCH)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, max(1, steps))
    for _ in range(EPOCHS):
        order = torch.randperm(count)
        for low in range(0, count - BATCH + 1, BATCH):
            rows = order[low : low + BATCH]
            part = table.pick(rows)
            loss = functional.cross_entropy(layers(part), part.right)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    print(f"{count} lines, loss {loss.item():.4f}")
    return layers.eval()


if __name__ == "__main__":
    main()
