"""Teach a large network what lines are felt with, and let it label many for a small one.

    python -m training.teach_feelings EMOTION LITBANK PDNC SCENES --base BASE -o LESSONS.jsonl

It learns from XED's lines but for two tenths, which stay for measuring and for choosing. Beside it
stands a linear model over words and letters; the lessons have the mean of both, in log-odds. They
hold XED's lines themselves, variants of them with words exchanged for like ones, and lines of
fiction. Where a narrator says what a line is said with (*angrily*), the lesson says so too. Lines
that readers have labelled are left out. Needs torch, transformers and scikit-learn; half an hour.
"""

import argparse
import csv
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from evals.draw_lines import find_texts, name_of
from evals.feelings import CHOOSING, MEASURED, SubtitleLine, read_xed
from fullcast.analysis.narration.feelings import find_cues
from fullcast.analysis.narration.narrate import find_manners
from fullcast.analysis.pipeline import prepare
from fullcast.analysis.words import split_words
from fullcast.infer.feelings import EMOTIONS, NAME, Cues, tokens
from fullcast.model import Emotion
from fullcast.readers import read_book

FROZEN, EPOCHS, BATCH, MOST_PIECES = 2, 3, 32, 56
RATE, HEAD_RATE, WARM = 8e-5, 1e-3, 150
LINEAR = 0.35
"""How much the linear model counts in the log-odds."""
GOLD = 0.4
"""How much XED's own labels count in its lines' lessons."""
TOLD = 0.4
"""How far a lesson moves towards what the narrator tells."""
FICTION = 20_000
ROUNDS = 2
"""How many variants of each line."""
DROPPED, EXCHANGED, LIKE, NEIGHBOURS = 0.08, 0.27, 0.3, 8
_STAND_IN = "Tom"
"""A name where XED hides one: the base knows none of its marks."""
_LABELS = ("evals/feelings/labels_a.csv", "training/feelings/labels.csv")

_Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be labelled."""

    text: str
    form: tuple[str, ...]
    """Its tokens, as the small network reads them."""
    told: frozenset[Emotion] = frozenset()
    """What the narrator says it is said with."""


def main() -> None:
    """Teach, and write the lessons."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("emotion", "litbank", "pdnc", "scenes"):
        parser.add_argument(name, type=Path, metavar=name.upper())
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="LESSONS.jsonl")
    parser.add_argument("--lines", type=int, help="learn from so many lines only")
    options = parser.parse_args()
    chance = random.Random(0)
    taught = [x for x in read_xed(options.emotion) if x.tenth not in (MEASURED, CHOOSING)]
    taught = chance.sample(taught, options.lines) if options.lines else taught
    teachers = (Linear(taught), teach(Teacher(options.base), taught))
    gold = flags(taught)
    own = [Line(shown(line), tuple(line.tokens())) for line in taught]
    lessons = [(own, GOLD * gold + (1 - GOLD) * labelled(own, *teachers))]
    texts = find_texts(options.litbank, options.pdnc, options.scenes)
    limit = min(FICTION, options.lines or FICTION)
    fiction = list(told_lines(texts.values(), max(1, limit // 20)))
    fiction = chance.sample(fiction, min(limit, len(fiction)))
    for lines in (list(vary(taught, options.base, chance)), fiction):
        lessons.append((lines, moved(lines, labelled(lines, *teachers))))
    with options.output.open("w", encoding="utf-8", newline="\n") as file:
        for kind, (lines, wanted) in enumerate(lessons):
            for line, row in zip(lines, wanted, strict=True):
                lesson = {"kind": kind, "form": line.form, "wanted": row.round(4).tolist()}
                file.write(json.dumps(lesson, ensure_ascii=False) + "\n")


def shown(line: SubtitleLine) -> str:
    """Return a line of XED as prose has it."""
    text = re.sub(r"\[[A-Z]+\]", _STAND_IN, line.text)
    return re.sub(r" ([.,!?;:'])", r"\1", text).strip()


def flags(lines: Sequence[SubtitleLine]) -> _Table:
    """Return which emotions lines have [N, 9]."""
    return np.array([[float(e in line.emotions) for e in EMOTIONS] for line in lines])


class Linear:
    """Logistic regression for each emotion, over words, pairs of words and groups of letters."""

    def __init__(self, lines: Sequence[SubtitleLine]) -> None:
        """Learn from lines of XED."""
        texts = [shown(line) for line in lines]
        self._views = [
            TfidfVectorizer(
                ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"\w+|[!?.]+"
            ).fit(texts),
            TfidfVectorizer(
                analyzer="char_wb", ngram_range=(2, 5), min_df=4, sublinear_tf=True
            ).fit(texts),
        ]
        seen = self._see(texts)
        self._models = [
            LogisticRegression(C=1.5, solver="liblinear").fit(seen, column)
            for column in flags(lines).T
        ]

    def _see(self, texts: Sequence[str]) -> sparse.csr_matrix:
        return sparse.hstack([view.transform(texts) for view in self._views]).tocsr()

    def log_odds(self, texts: Sequence[str]) -> _Table:
        """Return the log-odds of each emotion [N, 9]."""
        seen = self._see(texts)
        return np.stack([model.decision_function(seen) for model in self._models], 1)


class Teacher(nn.Module):
    """A base with what it makes of a line, on the average and at most, and nine log-odds."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.pieces = AutoTokenizer.from_pretrained(base)
        self.base = AutoModel.from_pretrained(base)
        self.head = nn.Linear(2 * self.base.config.hidden_size, len(EMOTIONS))
        self.drop = nn.Dropout(0.1)
        for part in (self.base.embeddings, *self.base.encoder.layer[:FROZEN]):
            part.requires_grad_(False)

    def forward(self, texts: list[str]) -> Tensor:
        """Return log-odds [N, 9]."""
        read = self.pieces(
            texts, truncation=True, max_length=MOST_PIECES, padding=True, return_tensors="pt"
        )
        seen = self.base(**read).last_hidden_state
        there = read["attention_mask"].unsqueeze(-1)
        mean = (seen * there).sum(1) / there.sum(1)
        most = seen.masked_fill(there == 0, -1e4).max(1).values
        return torch.as_tensor(self.head(self.drop(torch.cat([mean, most], 1))))

    @torch.inference_mode()
    def log_odds(self, texts: Sequence[str]) -> _Table:
        """Return the log-odds of each emotion [N, 9]."""
        self.eval()
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        found = np.zeros((len(texts), len(EMOTIONS)))
        for start in range(0, len(order), 2 * BATCH):
            here = order[start : start + 2 * BATCH]
            found[here] = self([texts[n] for n in here]).numpy()
        return found


def teach(teacher: Teacher, lines: Sequence[SubtitleLine]) -> Teacher:
    """Teach it XED's lines."""
    torch.manual_seed(0)
    chance = random.Random(0)
    texts, wanted = [shown(line) for line in lines], torch.tensor(flags(lines)).float()
    body = [p for p in teacher.base.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": teacher.head.parameters(), "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    steps = EPOCHS * (len(texts) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM, max(0.02, 1 - step / steps))
    )
    for _ in range(EPOCHS):
        teacher.train()
        for batch in batches([len(text) for text in texts], BATCH, chance):
            loss = functional.binary_cross_entropy_with_logits(
                teacher([texts[n] for n in batch]), wanted[batch]
            )
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return teacher


def batches(lengths: Sequence[int], size: int, chance: random.Random) -> list[list[int]]:
    """Put what is about equally long together, in a random order."""
    order = chance.sample(range(len(lengths)), len(lengths))
    found = []
    for start in range(0, len(order), 40 * size):
        near = sorted(order[start : start + 40 * size], key=lambda n: lengths[n])
        found += [near[n : n + size] for n in range(0, len(near), size)]
    chance.shuffle(found)
    return found


def labelled(lines: Sequence[Line], linear: Linear, teacher: Teacher) -> _Table:
    """Return how likely each emotion is in lines, by both teachers [N, 9]."""
    texts = [line.text for line in lines]
    odds = LINEAR * linear.log_odds(texts) + (1 - LINEAR) * teacher.log_odds(texts)
    return np.asarray(1 / (1 + np.exp(-odds)))


def moved(lines: Sequence[Line], wanted: _Table) -> _Table:
    """Move labels towards what narrators tell."""
    for line, row in zip(lines, wanted, strict=True):
        for emotion in line.told:
            row[EMOTIONS.index(emotion)] += TOLD * (1 - row[EMOTIONS.index(emotion)])
        if line.told:
            row[EMOTIONS.index(Emotion.NEUTRAL)] *= 0.5
    return wanted


def vary(lines: Sequence[SubtitleLine], base: Path, chance: random.Random) -> Iterator[Line]:
    """Yield variants of lines: words left out or exchanged for like ones, ends exchanged."""
    near = _neighbours([shown(line) for line in lines], base)
    for _ in range(ROUNDS):
        for line in (each for each in lines if Emotion.NEUTRAL not in each.emotions):
            varied = " ".join(_varied(shown(line).split(), near, chance))
            if re.search(r"\w", varied):
                yield Line(varied, _form(varied))
    for line in lines:
        begins, ends = shown(line).split(), shown(chance.choice(lines)).split()
        spliced = begins[: chance.randint(1, len(begins))] + ends[chance.randrange(len(ends)) :]
        yield Line(" ".join(spliced), _form(" ".join(spliced)))


def _form(text: str) -> tuple[str, ...]:
    return tuple(NAME if form == _STAND_IN else form for form, _, _ in tokens(text))


def _varied(
    words: Iterable[str], near: dict[str, list[str]], chance: random.Random
) -> Iterator[str]:
    for word in words:
        lot, bare = chance.random(), word.strip('.,!?;:"').lower()
        if lot < DROPPED:
            continue
        like = near.get(bare) if word[0].islower() else None
        exchanged = like and lot < DROPPED + EXCHANGED
        yield word.replace(bare, chance.choice(like)) if like and exchanged else word


def _neighbours(texts: Sequence[str], base: Path) -> dict[str, list[str]]:
    """Find for each common word those whose vectors in the base are like its own."""
    pieces, model = AutoTokenizer.from_pretrained(base), AutoModel.from_pretrained(base)
    counts = Counter(w for text in texts for w in re.findall(r"[a-z]+", text.lower()))
    words = [w for w, count in counts.most_common(6000) if count > 1 and w in pieces.get_vocab()]
    table = model.embeddings.word_embeddings.weight.detach().numpy()
    vectors = table[pieces.convert_tokens_to_ids(words)]
    vectors = vectors - vectors.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    like = vectors @ vectors.T
    best = np.argsort(-like, axis=1)[:, 1 : NEIGHBOURS + 1]
    return {
        word: [words[n] for n in best[row] if like[row, n] > LIKE] for row, word in enumerate(words)
    }


def told_lines(sources: Iterable[Sequence[Path]], each: int) -> Iterator[Line]:
    """Yield lines of fiction, all for which a tag tells a feeling and some others."""
    labelled_lines = _labelled()
    for path in (path for paths in sources for path in paths):
        book = read_book(path, encoding="utf-8")
        scene, words = prepare(book).scene, split_words(book.text)
        others = 0
        cues = find_cues(scene, words, find_manners(scene, words))
        for quotation, beside in zip(scene.quotations, cues, strict=True):
            told = frozenset(cue.emotion for cue in beside if cue.source is not Cues.BESIDE)
            text = " ".join(" ".join(s.of(book.text).split()) for s in quotation.spans)
            others += not told
            kept = (told or others <= each) and f"{name_of(path)}:{quotation.id}" not in (
                labelled_lines
            )
            if kept and re.search(r"\w", text) and len(text) < 4 * MOST_PIECES:
                form = tuple(f for s in quotation.spans for f, _, _ in tokens(s.of(book.text)))
                yield Line(text.strip(' "“”‘’'), form, told)


def _labelled() -> set[str]:
    found = set()
    for path in _LABELS:
        with Path(path).open(encoding="utf-8", newline="") as file:
            found |= {f"{row['text']}:{row['quotation']}" for row in csv.DictReader(file)}
    return found


if __name__ == "__main__":
    main()
