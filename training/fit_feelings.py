"""Fit the small network that tells what lines are felt with.

    python -m training.fit_feelings LESSONS.jsonl LITBANK PDNC SCENES --base BASE -o OUT.npz

``training.teach_feelings`` writes the lessons. Words begin with the base's vectors, in fewer
dimensions. What is made in fiction of what the filters see, in a line and around it, and what the
words of narration add, is fitted on the lines of ``training/feelings``.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from evals.draw_lines import find_texts, name_of
from evals.feelings import Label, read_labels
from fullcast.analysis.narration.feelings import feeling_lines, find_cues, line_tokens
from fullcast.analysis.narration.narrate import find_manners
from fullcast.analysis.pipeline import prepare
from fullcast.analysis.words import split_words
from fullcast.infer.feelings import EMOTIONS, NAME, PIECES, Cues, FeelingNetwork, pieces
from fullcast.readers import read_book
from training.teach_feelings import batches
from training.train import plain_tokenizer

WIDTH, FILTERS, WORDS, MOST_PIECES = 80, 384, 22_000, 14
EPOCHS, BATCH, RATE, WARM = 7, 96, 2e-3, 100
STEPS = 300
"""Of fitting how it answers: by then nothing changes."""
HELD, HELD_TAUGHT = 10_000.0, 0.1
"""How firmly weights are held near nothing, and how much of that those of what was taught are."""
WARMTH = 4.0
"""What an error of warmth counts beside one of an emotion."""
CUES_HELD = 10.0
_LEAST_SPREAD = 0.05
UNKNOWN = 0.06
"""How often a word is taken for one that is not known."""
ITSELF, VARIANT = 0, 1
"""Kinds of lesson: a line of XED, a variant of one; others are fiction."""
FIRST = 0.65
"""The share of the first of two emotions in a reader's label."""
_BEFORE = (2.0, 1.5, 0.7)
"""What cues are thought to add before any line is seen: in a phrase, in a verb, beside."""
_LABELS = sorted((Path(__file__).parent / "feelings").glob("*.csv"))

Table = NDArray[Any]


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
    filters, emotions = arrays["most"].shape
    plain = {"places": np.zeros((7, 2 * filters, emotions + 1)), "base": np.zeros(emotions + 1)}
    texts = find_texts(options.litbank, options.pdnc, options.scenes)
    seen = see(FeelingNetwork({**arrays, **plain, "cues": np.zeros(len(Cues))}), texts)
    taught = np.concatenate((arrays["most"], arrays["mean"])).astype(np.float32)
    arrays |= answer(seen, taught, arrays["bias"].astype(np.float32))
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


@dataclass(frozen=True, slots=True)
class Seen:
    """Lines that a reader has labelled, N of them: what is seen of them, and what is wanted."""

    looks: Table
    """[N, 7, 2f] what the filters see, as :meth:`FeelingNetwork.look` has it."""
    cues: Table
    """[N, 3, 9] which cue tells which emotion."""
    wanted: Table
    """[N, 9] the share of each emotion."""
    warmth: Table
    """[N] from -1 to 1; no number where no reader told it."""


def see(network: FeelingNetwork, texts: Mapping[str, Sequence[Path]]) -> Seen:
    """Look at the labelled lines in their texts."""
    labels = {line: label for path in _LABELS for line, label in read_labels(path).items()}
    named = {line.rpartition(":")[0] for line in labels}
    looks, cues, wanted, warmth = [], [], [], []
    for path in (path for paths in texts.values() for path in paths):
        if name_of(path) not in named:
            continue
        book = read_book(path, encoding="utf-8")
        scene, words = prepare(book).scene, split_words(book.text)
        beside = find_cues(scene, words, find_manners(scene, words))
        said = [line_tokens(book.text, quotation) for quotation in scene.quotations]
        looked = network.look(feeling_lines(scene, said, beside))
        for quotation, told, look in zip(scene.quotations, beside, looked, strict=True):
            label = labels.get(f"{name_of(path)}:{quotation.id}")
            if label is None:
                continue
            looks.append(look.astype(np.float16))
            flags = np.zeros((len(Cues), len(EMOTIONS)))
            for cue in told:
                flags[cue.source, EMOTIONS.index(cue.emotion)] = 1
            cues.append(flags)
            wanted.append(_shares(label))
            warmth.append(np.nan if label.warmth is None else label.warmth / 2)
    return Seen(*(np.array(each, np.float32) for each in (looks, cues, wanted, warmth)))


def _shares(label: Label) -> list[float]:
    first, *second = label.emotions
    shares = dict.fromkeys(second, 1 - FIRST) | {first: FIRST if second else 1.0}
    return [shares.get(emotion, 0.0) for emotion in EMOTIONS]


def answer(seen: Seen, taught: Table, bias: Table) -> dict[str, Any]:
    """Fit what is made of what the filters see, so that the answer is right in fiction.

    The log-odds that subtitles have taught stand beside the filters, and are held less firmly.

    Args:
        seen: Lines with their labels.
        taught: [2f, 9] and
        bias: [9]: those log-odds.
    """
    count, places, filters = seen.looks.shape
    beside = np.concatenate((seen.looks, seen.looks @ taught + bias), 2).reshape(count, -1)
    mean, spread = beside.mean(0), beside.std(0) + _LEAST_SPREAD
    held = np.full((places, filters + len(EMOTIONS)), HELD)
    held[:, filters:] *= HELD_TAUGHT
    weights, base, cues = _fitted(seen, (beside - mean) / spread, held.reshape(-1, 1))
    weights /= spread[:, None]
    base -= mean @ weights
    each = weights.reshape(places, -1, len(base))
    told = taught @ each[:, filters:]
    base += (bias @ each[:, filters:]).sum(0)
    arrays = {"places": each[:, :filters] + told, "base": base, "cues": cues}
    return {name: x.astype(np.float16 if name == "places" else "f") for name, x in arrays.items()}


def _fitted(seen: Seen, beside: Table, held: Table) -> tuple[Table, Table, Table]:
    """Fit weights [K, 10], a base [10], and what cues add [3]."""
    features, cues, wanted = map(torch.tensor, (beside, seen.cues, seen.wanted))
    known = torch.tensor(~np.isnan(seen.warmth))
    warmth = torch.tensor(np.nan_to_num(seen.warmth))
    before = torch.tensor(_BEFORE)
    weights = torch.zeros(beside.shape[1], len(EMOTIONS) + 1, requires_grad=True)
    base = torch.zeros(len(EMOTIONS) + 1, requires_grad=True)
    adds = before.clone().requires_grad_()
    fitted = [weights, base, adds]
    optimizer = torch.optim.LBFGS(fitted, max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        told = features @ weights + base
        scores = told[:, :-1] + (cues * adds[None, :, None]).sum(1)
        missed = -(wanted * functional.log_softmax(scores, 1)).sum()
        missed = missed + WARMTH * (known * (told[:, -1] - warmth) ** 2).sum()
        trust = (torch.tensor(held) * weights**2).sum() / 2 + CUES_HELD * (
            (adds - before) ** 2
        ).sum()
        torch.autograd.backward(missed + trust)
        return torch.as_tensor(missed + trust)

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    print("cues", adds.tolist())
    weights_found, base_found, cues_found = (each.detach().double().numpy() for each in fitted)
    return weights_found, base_found, cues_found


if __name__ == "__main__":
    main()
