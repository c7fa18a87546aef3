"""Fit what chooses whom a mention means, on LitBank's texts.

    python -m training.fit_references LITBANK OUT [--fold N]

Mentions are those that the product finds from the raw text, and what was judged before each is
known rightly. Writes the ranker to the file ``OUT``; with ``--fold`` it learns from the others.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from evals.excerpts import FOLDS, Excerpt, read_excerpts
from fullcast.analysis import analyze
from fullcast.analysis.references.evidence import weigh
from fullcast.analysis.references.people import History
from fullcast.analysis.references.reference import read_talk, refer
from fullcast.analysis.references.spot import spot

_NEVER = -1e4
EPOCHS, BATCH, RATE, HIDDEN = 8, 64, 2e-3, 64
Question = tuple[Tensor, int]
"""The features of all whom a mention may mean, and the number of the right one."""


def main() -> None:
    """Fit a ranker and write it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="LITBANK")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="the fold to leave out")
    options = parser.parse_args()
    excerpts = [e for e in read_excerpts(options.folder) if e.fold != options.fold]
    net = train([question for excerpt in excerpts for question in questions(excerpt)])
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out, **net.arrays())


def questions(excerpt: Excerpt) -> list[Question]:
    """Ask of each mention that is found in a text whom it means."""
    found = analyze(excerpt.book)
    places = spot(excerpt.book, found)
    history = History(refer(excerpt.book, found, places), read_talk(found))
    chains = {m.span: m.chain for m in excerpt.mentions}
    of_chain: dict[str, int] = {}
    asked: list[Question] = []
    for mention in history.order():
        span = places[mention][0]
        chain = chains.get(span, f"none at {span}")
        right = of_chain.get(chain)
        candidates = history.candidates(mention)
        if right is None or right in candidates:
            rows = torch.tensor(weigh(history, mention, candidates))
            asked.append((rows, [None, *candidates].index(right)))
        of_chain[chain] = history.join(mention, right)
    return asked


class Net(nn.Module):
    """The network of :class:`fullcast.infer.ranker.Ranker`, to be trained."""

    def __init__(self, every: Tensor) -> None:
        super().__init__()
        width = every.shape[1]
        self.mean = nn.Buffer(every.mean(0))
        self.spread = nn.Buffer(every.std(0).clamp(min=1e-3))
        self.first, self.second = nn.Linear(width, HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.last = nn.Linear(HIDDEN, 1, bias=False)
        self.drop = nn.Dropout(0.2)

    def forward(self, x: Tensor) -> Tensor:
        """Return log-odds [N] of features [N, F]."""
        hidden = self.drop(self.first((x - self.mean) / self.spread).relu())
        return torch.as_tensor(self.last(self.second(hidden).relu())[:, 0])

    def arrays(self) -> dict[str, Any]:
        """Return the arrays of a ranker's file, in 16 bits."""
        told = {
            "mean": self.mean,
            "spread": self.spread,
            "first": self.first.weight.T,
            "first_bias": self.first.bias,
            "second": self.second.weight.T,
            "second_bias": self.second.bias,
            "last": self.last.weight[0],
        }
        return {name: value.detach().numpy().astype(np.float16) for name, value in told.items()}


def train(asked: Sequence[Question]) -> Net:
    """Train a net on questions."""
    torch.manual_seed(0)
    net = Net(torch.cat([rows for rows, _ in asked]))
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-3)
    total = EPOCHS * -(-len(asked) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total, pct_start=0.1)
    for _ in range(EPOCHS):
        for picks in torch.split(torch.randperm(len(asked)), BATCH):
            batch = [asked[n] for n in picks.tolist()]
            flat = net(torch.cat([rows for rows, _ in batch]))
            scores = nn.utils.rnn.pad_sequence(
                list(torch.split(flat, [len(rows) for rows, _ in batch])),
                batch_first=True,
                padding_value=_NEVER,
            )
            loss = nn.functional.cross_entropy(scores, torch.tensor([right for _, right in batch]))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return net.eval()


if __name__ == "__main__":
    main()
