"""Judge who is who among mentions of people: by rules, or by a ranker trained in folds.

    python -m training.resolve LITBANK [--run RUN] [--mentions gold|found] [--by rules|ranker]

``RUN`` is the folder that ``training.mentions`` wrote; without it the annotated mentions are used,
and nothing is known of how a network would link them. Prints F1s of who is who, each text judged
by a ranker that was trained on the other folds.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from evals.coreference import Tally, clustered
from evals.excerpts import Excerpt, read_excerpts
from fullcast.analysis import analyze
from fullcast.infer.encode import Array
from fullcast.model import Span
from training.entities import History, Text
from training.mentions import read_found
from training.references import read_talk, refer
from training.spotting import KINDS
from training.who import Choose, by_rules, resolve

_NEVER = -1e4
EPOCHS, BATCH, RATE = 8, 64, 2e-3


@dataclass(frozen=True, slots=True)
class Sample:
    """A text to be judged, with the answers."""

    excerpt: Excerpt
    text: Text
    chains: Sequence[str]
    """For each mention its chain; one of its own where it is not annotated."""


def main() -> None:
    """Train and judge in folds, and print the F1s."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="LITBANK")
    parser.add_argument("--run", type=Path, help="what training.mentions wrote")
    parser.add_argument("--mentions", choices=("gold", "found"), default="gold")
    parser.add_argument("--by", choices=("rules", "ranker"), default="ranker")
    options = parser.parse_args()
    arrays = read_found(options.run) if options.run else {}
    samples = [
        sample(excerpt, arrays, options.mentions)
        for excerpt in read_excerpts(options.folder)
        if not arrays or f"{excerpt.name}/found" in arrays
    ]
    tally = Tally()
    for fold in sorted({s.excerpt.fold for s in samples}):
        choose: Choose = by_rules
        if options.by == "ranker":
            choose = Ranker(train([s for s in samples if s.excerpt.fold != fold], fold))
        for each in (s for s in samples if s.excerpt.fold == fold):
            score(each, resolve(each.text, choose), tally)
        print(f"fold {fold}: {json.dumps(tally.scores())}", flush=True)


def sample(excerpt: Excerpt, arrays: dict[str, Array], side: str) -> Sample:
    """Read what is known of a text's mentions, annotated or found."""
    found = analyze(excerpt.book)
    if arrays:
        table = arrays[f"{excerpt.name}/{side}"]
        places = [(Span(int(a), int(b)), KINDS[k]) for a, b, k in table]
        links, alone = (
            arrays[f"{excerpt.name}/{side} links"],
            arrays[f"{excerpt.name}/{side} alone"],
        )
    else:
        places = [(m.span, m.kind) for m in excerpt.mentions]
        links, alone = np.zeros((len(places), len(places))), np.zeros(len(places))
    chains = {m.span: m.chain for m in excerpt.mentions}
    text = Text(refer(excerpt.book, found, places), read_talk(found), links, alone)
    return Sample(excerpt, text, [chains.get(s, f"none at {s}") for s, _ in places])


def score(sample: Sample, homes: Sequence[int], tally: Tally) -> None:
    """Count one text."""
    spans = [reference.span for reference in sample.text.references]
    tally.add(
        clustered(dict(zip(spans, homes, strict=True)).items()),
        clustered((m.span, m.chain) for m in sample.excerpt.mentions),
    )


class Net(nn.Module):
    """Scores whom a mention may mean by what tells for each."""

    def __init__(self, width: int, hidden: int = 96) -> None:
        super().__init__()
        self.mean, self.spread = nn.Buffer(torch.zeros(width)), nn.Buffer(torch.ones(width))
        self.layers = nn.Sequential(
            nn.Linear(width, hidden),
            nn.ReLU(),
            nn.Dropout(0.2),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return log-odds [...] of features [..., F]."""
        return torch.as_tensor(self.layers((x - self.mean) / self.spread)[..., 0])


class Ranker:
    """Chooses by a trained net."""

    def __init__(self, net: Net) -> None:
        self._net = net.eval()

    @torch.no_grad()
    def __call__(self, history: History, mention: int) -> int | None:
        """Choose whom a mention means."""
        candidates = history.candidates(mention)
        rows = torch.tensor(history.features(mention, candidates))
        return [None, *candidates][int(self._net(rows).argmax())]


def train(samples: Sequence[Sample], seed: int) -> Net:
    """Train a net on texts, with the answers so far known."""
    torch.manual_seed(seed)
    asked = [each for sample in samples for each in questions(sample)]
    net = Net(asked[0][0].shape[1])
    every = torch.cat([rows for rows, _ in asked])
    net.mean.copy_(every.mean(0))
    net.spread.copy_(every.std(0).clamp(min=1e-3))
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-3)
    total = EPOCHS * -(-len(asked) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total, pct_start=0.1)
    for _ in range(EPOCHS):
        for picks in torch.split(torch.randperm(len(asked)), BATCH):
            batch = [asked[n] for n in picks.tolist()]
            flat = net(torch.cat([rows for rows, _ in batch]))
            sizes = [len(rows) for rows, _ in batch]
            scores = nn.utils.rnn.pad_sequence(
                list(torch.split(flat, sizes)), batch_first=True, padding_value=_NEVER
            )
            loss = nn.functional.cross_entropy(scores, torch.tensor([right for _, right in batch]))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return net


def questions(sample: Sample) -> list[tuple[Tensor, int]]:
    """Return for each mention the features of all whom it may mean, and which is right."""
    history, of_chain = History(sample.text), dict[str, int]()
    found = []
    for mention in sample.text.order():
        chain = sample.chains[mention]
        right = of_chain.get(chain)
        candidates = history.candidates(mention)
        if right is None or right in candidates:
            rows = torch.tensor(history.features(mention, candidates))
            found.append((rows, [None, *candidates].index(right)))
        of_chain[chain] = history.join(mention, right)
    return found


if __name__ == "__main__":
    main()
