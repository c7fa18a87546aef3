"""Fit what finds mentions of people and chooses whom they mean, on LitBank's texts.

    python -m training.fit_references LITBANK OUT [--fold N]

Writes the rankers to the file ``OUT``; with ``--fold`` they learn from the other folds. Whom a
mention means is learnt on mentions as they are found in texts that taught nothing about finding
them: each half of the texts is read by what the other half taught. What was judged before each
mention is known rightly.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from fullcast.infer.ranker import Phrases, read_phrases
from fullcast.model import Annotations
from training.phrases import Asked, Odds, ends_asked, starts_asked, teach

_NEVER = -1e4
EPOCHS, BATCH, HIDDEN = 8, 64, 64
Question = tuple[Tensor, int]
"""The features of all candidates, and the number of the right one."""
Text = tuple[Excerpt, Annotations]
Arrays = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a net is trained."""

    rate: float
    decay: float
    drop: float
    standard: bool
    """Whether features are brought to one spread; classes of words are left as they are."""


PHRASES = Plan(rate=3e-3, decay=0.02, drop=0.4, standard=False)
WHO = Plan(rate=2e-3, decay=1e-3, drop=0.2, standard=True)


def main() -> None:
    """Fit rankers and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="LITBANK")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="the fold to leave out")
    options = parser.parse_args()
    excerpts = [e for e in read_excerpts(options.folder) if e.fold != options.fold]
    texts = [(excerpt, analyze(excerpt.book)) for excerpt in excerpts]
    halves = texts[::2], texts[1::2]
    asked = [
        question
        for half, other in (halves, halves[::-1])
        for question in _who_asked(half, fit_phrases(other))
    ]
    who = {f"who.{name}": array for name, array in train(asked, WHO).arrays().items()}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out, **fit_phrases(texts), **who)


def fit_phrases(texts: Sequence[Text]) -> Arrays:
    """Learn where mentions begin and end; return the arrays for that of the rankers' file."""
    taught = [teach(*text) for text in texts]
    odds = Odds(taught)
    starts = train(_tensors(starts_asked(each, odds) for each in taught), PHRASES)
    ends = train(_tensors(map(ends_asked, taught)), PHRASES)
    told = {word: known for word in sorted(odds.met) if (known := odds.of(word)) is not None}
    return {
        **{f"starts.{name}": array for name, array in starts.arrays().items()},
        **{f"ends.{name}": array for name, array in ends.arrays().items()},
        "words": np.array(list(told)),
        "odds": np.array(list(told.values()), dtype=np.float16),
    }


def _tensors(asked: Iterable[Iterable[Asked]]) -> list[Question]:
    return [(torch.from_numpy(rows), right) for each in asked for rows, right in each]


def _who_asked(texts: Sequence[Text], phrases: Arrays) -> Sequence[Question]:
    """Ask about mentions found by what others taught."""
    known = read_phrases(phrases)
    return [q for excerpt, found in texts for q in questions(excerpt, found, known)]


def questions(excerpt: Excerpt, found: Annotations, phrases: Phrases) -> list[Question]:
    """Ask of each mention that is found in a text whom it means."""
    places = spot(excerpt.book, found, phrases)
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

    def __init__(self, every: Tensor, plan: Plan) -> None:
        super().__init__()
        width = every.shape[1]
        mean, spread = torch.zeros(width), torch.ones(width)
        if plan.standard:
            mean, spread = every.mean(0), every.std(0).clamp(min=1e-3)
        self.mean, self.spread = nn.Buffer(mean), nn.Buffer(spread)
        self.first, self.second = nn.Linear(width, HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.last = nn.Linear(HIDDEN, 1, bias=False)
        self.drop = nn.Dropout(plan.drop)

    def forward(self, x: Tensor) -> Tensor:
        """Return log-odds [N] of features [N, F]."""
        hidden = self.drop(self.first((x - self.mean) / self.spread).relu())
        return torch.as_tensor(self.last(self.second(hidden).relu())[:, 0])

    def arrays(self) -> Arrays:
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


def train(asked: Sequence[Question], plan: Plan) -> Net:
    """Train a net on questions."""
    torch.manual_seed(0)
    net = Net(torch.cat([rows for rows, _ in asked]), plan)
    optimizer = torch.optim.AdamW(net.parameters(), lr=plan.rate, weight_decay=plan.decay)
    total = EPOCHS * -(-len(asked) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.rate, total, pct_start=0.1)
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
