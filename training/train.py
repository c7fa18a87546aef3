"""Train the reading network on novels in PDNC's format.

    python -m training.train DIR --run RUN --base BASE --scorer FOLDER [--leave-out A,B]

Writes ``RUN/checkpoint.pt`` every few minutes and goes on from it when started again; at the end
``RUN/network.pt``. On a CPU it computes in bf16, on a GPU too where there is one.
"""

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from evals.judge import read_scorer
from evals.pdnc import find_novels
from fullcast.infer.encode import SLOTS, Array, collate
from training.examples import (
    UNASKED,
    Example,
    Reading,
    annotated_book,
    annotated_novel,
    draw,
    encode,
    name_pool,
)
from training.network import Network, base_network

SPEAKER, ADDRESSEE, MENTION = 1.0, 0.3, 0.4
"""What each question's loss weighs."""
READINGS = (None, 1, 2)
"""Each novel as it is, and twice with tags cut out, other ones each time."""
_TURNS = (0, 0, 1, 2)
"""Which reading of a novel is shown in which epoch: half of the time it is as it is."""
_WORTHWHILE = 3
"""Lines that a window of an unannotated book should ask about."""
SAVE_SECONDS = 180
PLACE_RATE = 5e-3
_PLACES = ("turn", "paragraph", "distance")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a network is trained."""

    epochs: int
    batch: int
    rate: float
    head_rate: float
    seed: int
    book_share: float
    """Of the windows of books that nobody annotated, in each epoch."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is learnt from."""

    novels: Sequence[Sequence[Reading]]
    """Annotated ones, each in the readings of :data:`READINGS`."""
    books: Sequence[Reading]
    """Others, with tags cut out."""


def main() -> None:
    """Train, and say how it goes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoints and result")
    parser.add_argument("--base", type=Path, required=True, help="folder of the base's weights")
    parser.add_argument("--scorer", type=Path, required=True, help="the rules', by fit_rules")
    parser.add_argument("--leave-out", default="", help="names of novels, joined by commas")
    parser.add_argument(
        "--books", type=Path, nargs="*", default=[], help="books that nobody annotated"
    )
    parser.add_argument("--book-share", type=float, default=0.1, help="of their windows an epoch")
    parser.add_argument("--start", type=Path, help="go on from another run's network.pt")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=8, help="windows")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    left_out = [name for name in options.leave_out.split(",") if name]
    find_novels(options.folder, left_out)
    folders = [f for f in find_novels(options.folder) if f.name not in left_out]
    tokenizer = plain_tokenizer(options.base)
    scorer = read_scorer(options.scorer)
    shelf = Shelf(
        novels=[
            [encode(novel, scorer, tokenizer, seed) for seed in READINGS]
            for novel in map(annotated_novel, folders)
        ],
        books=[encode(annotated_book(b), scorer, tokenizer, 1) for b in sorted(options.books)],
    )
    settings = Settings(
        options.epochs,
        options.batch,
        options.rate,
        options.head_rate,
        options.seed,
        options.book_share,
    )
    network = base_network(options.base)
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True))
    options.run.mkdir(parents=True, exist_ok=True)
    learnt = {f.name for f in folders} | _learnt_before(options.start)
    (options.run / "data.json").write_text(json.dumps({"novels": sorted(learnt)}, indent=1))
    pool = name_pool([readings[0] for readings in shelf.novels], tokenizer)
    train(network, shelf, pool, settings, options.run)


def _learnt_before(start: Path | None) -> set[str]:
    """Return what the network that training goes on from has learnt from."""
    return set(json.loads((start.parent / "data.json").read_text())["novels"]) if start else set()


def plain_tokenizer(base: Path) -> Tokenizer:
    """Return the base's tokenizer without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def train(
    network: Network,
    shelf: Shelf,
    pool: Array,
    settings: Settings,
    run: Path,
) -> None:
    """Train ``network`` on all that is on the shelf; save it in ``run``."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network.to(device)
    optimizer = _optimizer(network, settings)
    first = sum(1 for _ in _batches(shelf, pool, settings, 0))
    total = int(first * settings.epochs * 1.02)
    state = {"epoch": 0, "batch": 0, "step": 0}
    saved = run / "checkpoint.pt"
    if saved.exists():
        found = torch.load(saved, weights_only=True, map_location=device)
        network.load_state_dict(found["network"])
        optimizer.load_state_dict(found["optimizer"])
        state = found["state"]
    latest, losses = time.monotonic(), list[list[float]]()
    for epoch in range(state["epoch"], settings.epochs):
        for number, examples in enumerate(_batches(shelf, pool, settings, epoch)):
            if epoch == state["epoch"] and number < state["batch"]:
                continue
            scale = _schedule(state["step"] / total)
            for group in optimizer.param_groups:
                group["lr"] = group["most"] * scale
            losses.append(_step(network, optimizer, examples, device))
            state = {"epoch": epoch, "batch": number + 1, "step": state["step"] + 1}
            if state["step"] % 25 == 0:
                _tell(state, total, losses)
                losses = []
            if time.monotonic() - latest > SAVE_SECONDS:
                _save(saved, network, optimizer, state)
                latest = time.monotonic()
        state |= {"epoch": epoch + 1, "batch": 0}
        _save(saved, network, optimizer, state)
    torch.save(network.state_dict(), run / "network.pt")


def _save(
    path: Path, network: Network, optimizer: torch.optim.Optimizer, state: dict[str, int]
) -> None:
    part = path.with_suffix(".part")
    torch.save(
        {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "state": state}, part
    )
    part.replace(path)


def _optimizer(network: Network, settings: Settings) -> torch.optim.Optimizer:
    """Give the base's own weights a smaller rate than those that begin at random."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            based = name.startswith(("encoder", "places", "norm"))
            rate = settings.rate if based else settings.head_rate
            if parameter.ndim == 1 and name.endswith(_PLACES):
                rate = PLACE_RATE
            decay = 0.01 if parameter.ndim > 1 else 0.0
            groups.setdefault((rate, decay), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": tensors, "lr": rate, "most": rate, "weight_decay": decay}
            for (rate, decay), tensors in groups.items()
        ],
        betas=(0.9, 0.98),
    )


def _schedule(done: float) -> float:
    """Return the share of the full rate: it rises, then falls as a cosine does."""
    if done < 0.05:
        return done / 0.05 + 1e-3
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (done - 0.05) / 0.95)))


def _batches(shelf: Shelf, pool: Array, settings: Settings, epoch: int) -> Iterator[list[Example]]:
    """Yield an epoch's windows in batches and in random order.

    Of each novel one of its readings, in turns; of the other books a share.
    """
    chance = random.Random(f"{settings.seed} {epoch}")
    examples: list[Example] = []
    for number, readings in enumerate(shelf.novels):
        examples += draw(readings[_TURNS[(number + epoch) % len(_TURNS)]], chance, pool)
    for reading in shelf.books:
        found = draw(reading, chance, pool, settings.book_share)
        examples += (e for e in found if (e.speakers != UNASKED).sum() >= _WORTHWHILE)
    chance.shuffle(examples)
    for low in range(0, len(examples), settings.batch):
        yield examples[low : low + settings.batch]


def _step(
    network: Network,
    optimizer: torch.optim.Optimizer,
    examples: Sequence[Example],
    device: torch.device,
) -> list[float]:
    network.train()
    losses = losses_of(network, examples, device)
    loss = SPEAKER * losses[0] + ADDRESSEE * losses[1] + MENTION * losses[2]
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return [loss.item() for loss in losses]


def losses_of(
    network: Network, examples: Sequence[Example], device: torch.device
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the mean surprise at the answers to each question."""
    batch = collate([example.window for example in examples])
    feed = {name: torch.from_numpy(array).to(device) for name, array in batch.items()}
    feed["deal"] = _deal(*feed["listed"].shape).to(device)
    with torch.autocast(device.type, torch.bfloat16):
        speakers, addressees, traced = network(**feed)
    answers = _padded([e.speakers for e in examples], speakers.shape[1]).to(device)
    meant = _padded([e.traced for e in examples], traced.shape[1]).to(device)
    told = torch.zeros(addressees.shape, device=device)
    for row, example in enumerate(examples):
        lines, slots = example.addressees.shape
        told[row, :lines, :slots] = torch.from_numpy(example.addressees)
    spoken_to = -(functional.log_softmax(addressees, -1) * told).sum() / told.sum().clamp(min=1)
    return _surprise(speakers, answers), spoken_to, _surprise(traced, meant)


def _surprise(scores: Tensor, answers: Tensor) -> Tensor:
    scores, answers = scores.flatten(0, 1), answers.flatten()
    summed = functional.cross_entropy(scores, answers, ignore_index=UNASKED, reduction="sum")
    return torch.as_tensor(summed / (answers != UNASKED).sum().clamp(min=1))


def _padded(arrays: Sequence[Array], width: int) -> Tensor:
    table = torch.full((len(arrays), width), UNASKED)
    for row, array in enumerate(arrays):
        table[row, : len(array)] = torch.from_numpy(array)
    return table


def _deal(count: int, slots: int) -> Tensor:
    """Deal slots' vectors at random; nobody's stays."""
    dealt = torch.stack([1 + torch.randperm(SLOTS - 1)[: slots - 1] for _ in range(count)])
    return torch.cat((torch.zeros(count, 1, dtype=dealt.dtype), dealt), 1)


def _tell(state: dict[str, int], total: int, losses: Sequence[Sequence[float]]) -> None:
    means = " ".join(f"{sum(column) / len(column):.3f}" for column in zip(*losses, strict=True))
    print(f"{time.strftime('%H:%M:%S')} step {state['step']}/{total} losses {means}", flush=True)


if __name__ == "__main__":
    main()
