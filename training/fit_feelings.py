"""Fit the small network that tells what lines are felt with.

    python -m training.fit_feelings LESSONS.jsonl LITBANK PDNC SCENES --base BASE -o OUT.npz

``training.teach_feelings`` writes the lessons. Words begin with the base's vectors, in fewer
dimensions. How far the log-odds are trusted in fiction, what is common there, and what the words of
narration add, is fitted on the lines of ``training/feelings``.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from evals.draw_lines import find_texts, name_of
from evals.feelings import Label, read_labels
from fullcast.analysis.narration.feelings import find_cues, line_tokens
from fullcast.analysis.narration.narrate import find_manners
from fullcast.analysis.pipeline import prepare
from fullcast.analysis.words import split_words
from fullcast.infer.feelings import EMOTIONS, NAME, PIECES, Cues, FeelingNetwork, pieces
from fullcast.readers import read_book
from training.teach_feelings import batches
from training.train import plain_tokenizer

WIDTH, FILTERS, WORDS, MOST_PIECES = 80, 384, 22_000, 14
EPOCHS, BATCH, RATE, WARM = 7, 96, 2e-3, 100
STEPS = 2000
"""Of fitting how it answers: by then nothing changes."""
UNKNOWN = 0.06
"""How often a word is taken for one that is not known."""
ITSELF, VARIANT = 0, 1
"""Kinds of lesson: a line of XED, a variant of one; others are fiction."""
FIRST = 0.65
"""The share of the first of two emotions in a reader's label."""
_BEFORE = (2.0, 1.5, 0.7)
"""What cues are thought to add before any line is seen: in a phrase, in a verb, beside."""
_TRUST = 0.02
_LABELS = Path(__file__).parent / "feelings" / "labels.csv"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A line's tokens, and how likely each emotion is in it."""

    kind: int
    form: tuple[str, ...]
    wanted: tuple[float, ...]


def main() -> None:
    """Fit the network and write it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("lessons", "litbank", "pdnc", "scenes"):
        parser.add_argument(name, type=Path, metavar=name.upper())
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.npz")
    parser.add_argument("--kept", type=Path, help="a network of which only the answers are fitted")
    options = parser.parse_args()
    if options.kept:
        arrays: dict[str, Any] = dict(np.load(options.kept))
    else:
        arrays = train(read_lessons(options.lessons), options.base).arrays()
    plain = {"share": np.ones(1), "prior": np.zeros(9), "cues": np.zeros(3)}
    texts = find_texts(options.litbank, options.pdnc, options.scenes)
    arrays |= answer(*see(FeelingNetwork({**arrays, **plain}), texts))
    np.savez_compressed(options.output, **arrays)


def read_lessons(path: Path) -> list[Lesson]:
    """Read the lessons that a teacher wrote."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Lesson(row["kind"], tuple(row["form"]), tuple(row["wanted"])) for row in rows]


def vocabulary(lessons: Sequence[Lesson]) -> list[str]:
    """Return the words that have a vector of their own, names first as one."""
    counts: Counter[str] = Counter()
    for lesson in lessons:
        for form in set(lesson.form) if lesson.kind != VARIANT else ():
            if lesson.kind == ITSELF:
                counts[form.lower()] += 3
            elif form == form.lower():
                counts[form] += 1
    del counts[NAME]
    return [NAME, *(word for word, count in counts.most_common(WORDS) if count >= 5)]


class Net(nn.Module):
    """The network of :class:`fullcast.infer.feelings.FeelingNetwork`, to be trained."""

    def __init__(self, words: list[str], forms: Sequence[str], base: Path) -> None:
        """Begin with a base's vectors.

        Args:
            words: Those with vectors of their own.
            forms: These, and after them all others that are met.
            base: The base's folder.
        """
        super().__init__()
        self.words_known = words
        chance = random.Random(0)
        table = torch.full((len(forms) + 1, MOST_PIECES), PIECES)
        for row, form in enumerate(forms):
            kinds = pieces(form) if row else []
            kinds = kinds if len(kinds) <= MOST_PIECES else chance.sample(kinds, MOST_PIECES)
            table[row, : len(kinds)] = torch.tensor(kinds, dtype=torch.long)
        self.of_form = table
        self.words = nn.Embedding(len(words), WIDTH)
        self.words.weight.data = begin(words, base)
        self.pieces = nn.Embedding(PIECES + 1, WIDTH, padding_idx=PIECES)
        self.pieces.weight.data *= 0.1
        self.filters = nn.Conv1d(WIDTH, FILTERS, 3, padding=1)
        self.most = nn.Linear(FILTERS, len(EMOTIONS))
        self.mean = nn.Linear(FILTERS, len(EMOTIONS), bias=False)
        self.blur, self.drop = nn.Dropout(0.15), nn.Dropout(0.25)

    def vectors(self, forms: Tensor) -> Tensor:
        """Return the vectors of forms [N, WIDTH]; those beyond the words have pieces only."""
        kinds = self.of_form[forms]
        inside = self.pieces(kinds).sum(1) / (kinds != PIECES).sum(1, keepdim=True).clamp(min=1)
        own = forms < len(self.words_known)
        if self.training:
            own = own & ((torch.rand(len(forms)) >= UNKNOWN) | (forms == 0))
        found = self.words(forms.clamp(max=len(self.words_known) - 1))
        return torch.as_tensor(found * own[:, None] + inside)

    def forward(self, lines: Tensor) -> Tensor:
        """Return log-odds [B, 9] of lines [B, T]; the last form of all is none."""
        forms, places = torch.unique(lines, return_inverse=True)
        there = (lines != len(self.of_form) - 1).unsqueeze(1).float()
        vectors = self.vectors(forms)[places] * there.transpose(1, 2)
        seen = self.filters(self.blur(vectors).transpose(1, 2)).relu() * there
        mean = seen.sum(2) / there.sum(2).clamp(min=1)
        most = self.most(self.drop(seen.max(2).values))
        return torch.as_tensor(most + self.mean(self.drop(mean)))

    @torch.inference_mode()
    def arrays(self) -> dict[str, Any]:
        """Return the arrays of a network's file, but for how it answers."""
        self.eval()
        vectors = self.vectors(torch.arange(len(self.words_known)))
        inside = self.pieces.weight[:PIECES]
        scales = torch.cat([vectors, inside]).abs().quantile(0.9995, dim=0) / 127
        told = {
            "scales": scales,
            "filters": self.filters.weight.permute(2, 1, 0),
            "filter_bias": self.filters.state_dict()["bias"],
            "most": self.most.weight.T,
            "mean": self.mean.weight.T,
            "bias": self.most.bias,
        }
        return {
            "words": np.frombuffer("\n".join(self.words_known).encode(), dtype=np.uint8),
            "vectors": (vectors / scales).round().clamp(-127, 127).numpy().astype(np.int8),
            "pieces": (inside / scales).round().clamp(-127, 127).numpy().astype(np.int8),
            **{name: x.detach().numpy().astype(np.float16) for name, x in told.items()},
        }


def begin(words: list[str], base: Path) -> Tensor:
    """Return vectors of words: the mean of their pieces' in the base, along its main axes."""
    table = load_file(base / "model.safetensors")["embeddings.word_embeddings.weight"].numpy()
    read = plain_tokenizer(base).encode_batch(words, add_special_tokens=False)
    found = np.stack([table[each.ids].mean(0) for each in read])
    found -= found.mean(0)
    axes = np.linalg.svd(found, full_matrices=False)[2][:WIDTH]
    vectors = found @ axes.T
    return torch.tensor(vectors * 0.3 / vectors.std()).float()


def train(lessons: Sequence[Lesson], base: Path) -> Net:
    """Train a network on lessons."""
    torch.manual_seed(0)
    chance = random.Random(0)
    words = vocabulary(lessons)
    numbers = {word: number for number, word in enumerate(words)}
    for lesson in lessons:
        for form in lesson.form:
            if form == form.lower():
                numbers.setdefault(form, len(numbers))
    net = Net(words, list(numbers), base)
    lines = [
        [numbers.get(form, numbers.get(form.lower(), 0)) for form in lesson.form] or [0]
        for lesson in lessons
    ]
    wanted = torch.tensor([lesson.wanted for lesson in lessons]).float()
    tables = [net.words.weight, net.pieces.weight]
    others = [p for p in net.parameters() if all(p is not table for table in tables)]
    optimizer = torch.optim.AdamW(
        [{"params": tables, "weight_decay": 1e-3}, {"params": others, "weight_decay": 1e-4}],
        lr=RATE,
    )
    steps = EPOCHS * (len(lines) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM, max(0.02, 1 - step / steps))
    )
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in batches([len(line) for line in lines], BATCH, chance):
            padded = [torch.tensor(lines[n]) for n in batch]
            rows = nn.utils.rnn.pad_sequence(padded, True, len(net.of_form) - 1)
            loss = functional.binary_cross_entropy_with_logits(net(rows), wanted[batch])
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch) / len(lines)
        print(f"epoch {epoch + 1}: loss {total:.4f}", flush=True)
    return net


def see(network: FeelingNetwork, texts: dict[str, list[Path]]) -> tuple[Tensor, Tensor, Tensor]:
    """Return labelled lines’ log-odds [N, 9], their cues [N, 3, 9], what is wanted [N, 9]."""
    labels = read_labels(_LABELS)
    odds, cues, wanted = [], [], []
    for path in (path for paths in texts.values() for path in paths):
        if not any(line.startswith(f"{name_of(path)}:") for line in labels):
            continue
        book = read_book(path, encoding="utf-8")
        scene, words = prepare(book).scene, split_words(book.text)
        beside = find_cues(scene, words, find_manners(scene, words))
        for quotation, told in zip(scene.quotations, beside, strict=True):
            label = labels.get(f"{name_of(path)}:{quotation.id}")
            if label is None:
                continue
            [(_, found)] = network.weigh([[f for f, _ in line_tokens(book.text, quotation)]])
            odds.append(found)
            flags = np.zeros((len(Cues), len(EMOTIONS)), np.float32)
            for cue in told:
                flags[cue.source, EMOTIONS.index(cue.emotion)] = 1
            cues.append(flags)
            wanted.append(_shares(label))
    return (
        torch.tensor(np.array(odds)),
        torch.tensor(np.array(cues)),
        torch.tensor(wanted, dtype=torch.float32),
    )


def _shares(label: Label) -> list[float]:
    first, *second = label.emotions
    shares = dict.fromkeys(second, 1 - FIRST) | {first: FIRST if second else 1.0}
    return [shares.get(emotion, 0.0) for emotion in EMOTIONS]


def answer(odds: Tensor, cues: Tensor, wanted: Tensor) -> dict[str, Any]:
    """Fit what is made of log-odds and cues, so that the probabilities are right in fiction."""
    before = torch.tensor(_BEFORE)
    share, prior = torch.tensor([0.7]), torch.zeros(len(EMOTIONS))
    weights = before.clone()
    fitted = [each.requires_grad_() for each in (share, prior, weights)]
    optimizer = torch.optim.Adam(fitted, lr=0.02)
    for _ in range(STEPS):
        scores = share * odds + prior + (cues * weights[None, :, None]).sum(1)
        loss = -(wanted * functional.log_softmax(scores, 1)).sum(1).mean()
        loss = loss + _TRUST * (((weights - before) ** 2).sum() / 2 + (prior**2).sum() / 10)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
    print("share", share.item(), "prior", prior.tolist(), "cues", weights.tolist())
    return {
        name: each.detach().numpy().astype(np.float32)
        for name, each in (("share", share), ("prior", prior), ("cues", weights))
    }


if __name__ == "__main__":
    main()
