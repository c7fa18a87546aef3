"""Train what finds mentions of people, and how likely two of them mean the same one.

    python -m training.mentions LITBANK --base BASE --run RUN [--folds 0 1 2 3 4] [--epochs 3]

LitBank's texts are read in five folds: each is judged by a network that was trained on the other
four. What it found is written to ``RUN/fold-N.npz``, its weights to ``RUN/fold-N.pt``; folds that
are there already are left as they are. Prints how well mentions were found, over all folds done.

The lowest layers stay as the base has them, so what they make of the texts is computed once.
"""

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from evals.excerpts import FOLDS, Excerpt, read_excerpts
from evals.litbank import Hits
from fullcast.infer.encode import Array
from training.network import Shape, base_network
from training.spotting import KINDS, ROWS, UNTAGGED, Window, read_tags, spot
from training.train import plain_tokenizer

FROZEN = 2
"""Layers that are not trained."""
STEPS = 10
"""How far apart two mentions can be told to be: log2 of their numbers' difference."""
LINK = 0.5
"""What the loss of links weighs; that of tags weighs 1."""
_NEVER = -1e4


class Finder(nn.Module):
    """Tags pieces, and scores for each mention the earlier ones it may take up."""

    def __init__(self, base: Path, width: int = 64, dropout: float = 0.1) -> None:
        """Begin with the weights of a BERT-like base, a folder."""
        super().__init__()
        network = base_network(base, dropout)
        h = Shape().width
        self.words, self.places, self.norm = network.words, network.places, network.norm
        self.lower, self.upper = network.encoder[:FROZEN], network.encoder[FROZEN:]
        self.tags = nn.Linear(h, len(ROWS) * 3)
        self.query = nn.Sequential(nn.Linear(2 * h, width), nn.LayerNorm(width))
        self.key = nn.Sequential(nn.Linear(2 * h, width), nn.LayerNorm(width))
        self.alone = nn.Linear(2 * h, 1)
        self.far = nn.Parameter(torch.zeros(len(KINDS), len(KINDS), STEPS))
        for part in (self.words, self.places, self.norm, self.lower):
            part.requires_grad_(False)

    def begin(self, ids: Tensor) -> Tensor:
        """Return what the untrained layers make of a window [T]."""
        x = self.norm(self.words(ids) + self.places.weight[: len(ids)])[None]
        for layer in self.lower:
            x = layer(x, torch.ones(1, 1, 1, len(ids), dtype=torch.bool))
        return torch.as_tensor(x[0])

    def forward(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return vectors [B, T, H] and tags' log-odds [B, T, ROWS, 3] of what ``begin`` gave."""
        seen = mask[:, None, None].expand(-1, 1, x.shape[1], -1)
        for layer in self.upper:
            x = layer(x, seen)
        return x, self.tags(x).view(*x.shape[:2], len(ROWS), 3)

    def told(self, x: Tensor, mentions: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return queries and keys [M, D] of mentions in a window [T, H], and how new each is."""
        ends = torch.cat((x[mentions[:, 0]], x[mentions[:, 1]]), -1)
        return self.query(ends), self.key(ends), self.alone(ends)[:, 0]

    def links(self, queries: Tensor, keys: Tensor, kinds: Tensor) -> Tensor:
        """Return [M, M] what each earlier mention is worth to each, in the order of the text."""
        count = len(kinds)
        numbers = torch.arange(count)
        off = (numbers[:, None] - numbers[None]).clamp(min=1)
        steps = torch.floor(torch.log2(off.float())).long().clamp(max=STEPS - 1)
        scores = queries @ keys.T / queries.shape[-1] ** 0.5
        far = self.far[kinds[:, None], kinds[None], steps]
        earlier = numbers[None] < numbers[:, None]
        return torch.where(earlier, (scores + far).float(), _NEVER)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A window, and what the untrained layers made of it."""

    text: int
    window: Window
    vectors: Tensor


def main() -> None:
    """Train what is not there yet, and say how well mentions are found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="LITBANK")
    parser.add_argument("--base", type=Path, required=True, help="folder of the base's weights")
    parser.add_argument("--run", type=Path, required=True, help="folder for what comes of it")
    parser.add_argument(
        "--folds", type=int, nargs="*", choices=range(FOLDS), default=range(FOLDS), metavar="N"
    )
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=4, help="windows")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--head-rate", type=float, default=2e-3)
    options = parser.parse_args()
    excerpts = list(read_excerpts(options.folder))
    options.run.mkdir(parents=True, exist_ok=True)
    prepared = _prepare(excerpts, options.base)
    for fold in options.folds:
        result = options.run / f"fold-{fold}.npz"
        if not result.exists():
            torch.manual_seed(fold)
            finder = Finder(options.base)
            train(finder, [p for p in prepared if excerpts[p.text].fold != fold], options, fold)
            torch.save(finder.state_dict(), options.run / f"fold-{fold}.pt")
            held = [p for p in prepared if excerpts[p.text].fold == fold]
            np.savez_compressed(result, **judge(finder, held, excerpts))
        _tell(options.run, excerpts)


def _prepare(excerpts: Sequence[Excerpt], base: Path) -> list[Prepared]:
    tokenizer, finder = plain_tokenizer(base), Finder(base).eval()
    prepared = []
    for text, excerpt in enumerate(excerpts):
        for window in spot(excerpt, tokenizer):
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                vectors = finder.begin(torch.from_numpy(window.ids)).to(torch.bfloat16)
            prepared.append(Prepared(text, window, vectors))
    return prepared


def train(finder: Finder, prepared: Sequence[Prepared], options: Any, seed: int) -> None:
    """Train a finder in place."""
    upper = list(finder.upper.parameters())
    known = {id(p) for p in upper}
    heads = [p for p in finder.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": upper, "lr": options.rate}, {"params": heads, "lr": options.head_rate}],
        weight_decay=0.01,
    )
    total = options.epochs * -(-len(prepared) // options.batch)
    rates = [options.rate, options.head_rate]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total, pct_start=0.1)
    chance, losses = random.Random(seed), list[list[float]]()
    finder.train()
    for epoch in range(options.epochs):
        order = chance.sample(list(prepared), len(prepared))
        for low in range(0, len(order), options.batch):
            parts = losses_of(finder, order[low : low + options.batch])
            loss = parts[0] + LINK * parts[1]
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(finder.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append([part.item() for part in parts])
            if len(losses) == 20:
                means = " ".join(f"{np.mean(column):.3f}" for column in zip(*losses, strict=True))
                now = time.strftime("%H:%M:%S")
                print(f"{now} fold {seed} epoch {epoch} at {low} losses {means}", flush=True)
                losses = []


def losses_of(finder: Finder, prepared: Sequence[Prepared]) -> tuple[Tensor, Tensor]:
    """Return the mean surprise at tags, and at which mention each takes up."""
    longest = max(len(p.window.ids) for p in prepared)
    x = torch.zeros(len(prepared), longest, prepared[0].vectors.shape[-1], dtype=torch.bfloat16)
    tags = torch.full((len(prepared), longest, len(ROWS)), UNTAGGED)
    for row, each in enumerate(prepared):
        x[row, : len(each.vectors)] = each.vectors
        tags[row, : len(each.vectors)] = torch.from_numpy(each.window.tags)
    mask = torch.zeros(x.shape[:2], dtype=torch.bool)
    for row, each in enumerate(prepared):
        mask[row, : len(each.vectors)] = True
    with torch.autocast("cpu", torch.bfloat16):
        seen, scores = finder(x, mask)
    tagged = functional.cross_entropy(
        scores.float().flatten(0, 2), tags.flatten(), ignore_index=UNTAGGED
    )
    linked = [
        _surprise(finder, seen[row].float(), torch.from_numpy(p.window.mentions))
        for row, p in enumerate(prepared)
    ]
    return tagged * len(ROWS), torch.cat(linked).mean()


def _surprise(finder: Finder, seen: Tensor, mentions: Tensor) -> Tensor:
    """Return for each mention the surprise at its chain's earlier ones, or at there being none."""
    queries, keys, alone = finder.told(seen, mentions)
    scores = torch.cat((alone[:, None], finder.links(queries, keys, mentions[:, 2])), 1)
    same = mentions[:, None, 3] == mentions[None, :, 3]
    same = torch.tril(same, -1)
    right = torch.cat((~same.any(1, keepdim=True), same), 1)
    return torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, _NEVER), 1)


@torch.no_grad()
def judge(
    finder: Finder, prepared: Sequence[Prepared], excerpts: Sequence[Excerpt]
) -> dict[str, Any]:
    """Find mentions and links in texts; see :func:`read_found` for what is returned."""
    finder.eval()
    arrays: dict[str, Array] = {}
    for text in sorted({p.text for p in prepared}):
        rows, gold, told = [], [], {"found": [], "gold": []}  # type: ignore[var-annotated]
        for each in (p for p in prepared if p.text == text):
            window = each.window
            with torch.autocast("cpu", torch.bfloat16):
                x = each.vectors[None]
                seen, scores = finder(x, torch.ones(x.shape[:2], dtype=torch.bool))
            chances = functional.log_softmax(scores[0].float(), -1).numpy()
            found = sorted(
                read_tags(chances[1:-1], window.starts[1:-1], window.ends[1:-1]),
                key=lambda f: (f.span.start, -f.span.end),
            )
            rows += [(f.span.start, f.span.end, f.kind) for f in found]
            at = torch.tensor([(f.first + 1, f.last + 1) for f in found]).view(-1, 2)
            told["found"].append(finder.told(seen[0].float(), at))
            spans = [(window.starts[a], window.ends[b], k) for a, b, k, _ in window.mentions]
            gold += spans
            told["gold"].append(finder.told(seen[0].float(), torch.from_numpy(window.mentions)))
        name = excerpts[text].name
        for side, places in (("found", rows), ("gold", gold)):
            table = np.array(places, dtype=np.int64).reshape(-1, 3)
            queries, keys, alone = (torch.cat(parts) for parts in zip(*told[side], strict=True))
            arrays[f"{name}/{side}"] = table
            links = finder.links(queries, keys, torch.from_numpy(table[:, 2]))
            arrays[f"{name}/{side} links"] = links.half().numpy()
            arrays[f"{name}/{side} alone"] = alone.numpy()
    return arrays


def read_found(run: Path) -> dict[str, Array]:
    """Read what was found in all folds that are done.

    For each text ``NAME/found`` [M, 3]: first and last character, half-open, and kind of each
    mention; ``NAME/found links`` [M, M] and ``NAME/found alone`` [M]: log-odds of which earlier
    mention each takes up, or none. Likewise ``NAME/gold`` for the annotated mentions.
    """
    arrays: dict[str, Array] = {}
    for path in sorted(run.glob("fold-*.npz")):
        with np.load(path) as held:
            arrays |= {name: held[name] for name in held.files}
    return arrays


def _tell(run: Path, excerpts: Sequence[Excerpt]) -> None:
    arrays = read_found(run)
    hits = {name: Hits() for name in ("all", *KINDS)}
    for excerpt in (e for e in excerpts if f"{e.name}/found" in arrays):
        table = arrays[f"{excerpt.name}/found"]
        for name, each in hits.items():
            wanted = range(len(KINDS)) if name == "all" else [KINDS.index(name)]  # type: ignore[arg-type]
            each.add(
                {(int(a), int(b)) for a, b, kind in table if kind in wanted},
                {
                    (m.span.start, m.span.end)
                    for m in excerpt.mentions
                    if KINDS.index(m.kind) in wanted
                },
            )
    for name, each in hits.items():
        scores = " ".join(f"{key} {value}" for key, value in each.scores().items())
        print(f"  {name}: {scores}", flush=True)


if __name__ == "__main__":
    main()
