"""Measure what lines are felt with: on film subtitles, on sentences with a valence, on fiction.

    python -m evals.feelings EMOTION [--fiction LITBANK PDNC SCENES]

`EMOTION` is a folder with XED's English lines and EmoBank. With `--fiction`, the lines of
`evals/feelings` are judged in their books, and compared with two readers. Prints a table, then one
JSON line (fractions, not percents).
"""

import argparse
import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.draw_lines import find_texts, name_of
from fullcast.analysis.narration.feelings import find_feelings, valence
from fullcast.analysis.narration.narrate import find_manners
from fullcast.analysis.pipeline import prepare
from fullcast.analysis.words import split_words
from fullcast.infer.feelings import EMOTIONS, NAME, FeelingNetwork, Line, shipped_feelings, tokens
from fullcast.model import Emotion, Feeling
from fullcast.readers import read_book

MEASURED, CHOOSING = 0, 1
"""The tenth of XED that is held back, and the one on which thresholds are chosen."""
EIGHT = EMOTIONS[:8]
_HERE = Path(__file__).parent / "feelings"
_HIDDEN = re.compile(r"\[(?:PERSON|LOCATION|ORGANIZATION)\]")
_SPACED = re.compile(r" (?=['’])")
_CUTS = 200
"""How many thresholds are tried."""
_BINS = 10

_Table = NDArray[np.float64]
_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SubtitleLine:
    """A line of XED."""

    text: str
    emotions: frozenset[Emotion]

    @property
    def tenth(self) -> int:
        """Return which tenth it is in, by its words alone."""
        words = " ".join(re.findall(r"\w+", self.text.lower()))
        return int(hashlib.sha256(words.encode()).hexdigest(), 16) % 10

    def tokens(self) -> list[str]:
        """Return it as the network reads it; names are hidden in the set already."""
        shown = _SPACED.sub("", _HIDDEN.sub("Hiddenname", self.text))
        return [NAME if "hiddenname" in f.lower() else f for f, _, _ in tokens(shown)]


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader feels in a line."""

    emotions: tuple[Emotion, ...]
    """One or two, the stronger first."""
    valence: int
    """From -2 to 2."""
    warmth: int | None = None
    """Toward whom it is said to, from -2 to 2; ``None`` where that was not asked."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the measure and print its table and JSON line."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.feelings",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("emotion", type=Path, metavar="EMOTION")
    parser.add_argument(
        "--fiction", type=Path, nargs=3, metavar=("LITBANK", "PDNC", "SCENES"), help="their folders"
    )
    options = parser.parse_args(arguments)
    network = shipped_feelings()
    result = measure_subtitles(network, read_xed(options.emotion))
    result |= measure_valence(network, options.emotion)
    if options.fiction:
        labels = {name: read_labels(_HERE / f"labels_{name}.csv") for name in ("a", "b", "kept")}
        result |= agreement(labels["a"], labels["b"])
        lines = [*labels["a"], *labels["kept"]]
        judged = judge_fiction(network, lines, find_texts(*options.fiction))
        both = {
            line: label
            for line, label in labels["a"].items()
            if label.emotions[0] is labels["b"][line].emotions[0]
        }
        for name, wanted in (*labels.items(), ("both", both)):
            result |= {f"{name}.{k}": v for k, v in compare(wanted, judged).items()}
    for key, value in result.items():
        print(f"{key:<28}{value!s:>10}")
    print(json.dumps(result))


def read_xed(folder: Path) -> list[SubtitleLine]:
    """Read XED's English lines, those with an emotion and the neutral ones."""
    lines = []
    for row in (folder / "xed-en-annotated.tsv").read_text("utf-8").splitlines():
        text, _, numbers = row.rpartition("\t")
        told = frozenset(EIGHT[int(number) - 1] for number in numbers.split(","))
        lines.append(SubtitleLine(text, told))
    for row in (folder / "xed-en-neutral.txt").read_text("utf-8").splitlines():
        lines.append(SubtitleLine(row.partition("\t")[2], frozenset({Emotion.NEUTRAL})))
    return lines


def measure_subtitles(network: FeelingNetwork, lines: Sequence[SubtitleLine]) -> dict[str, Any]:
    """Compare the network's log-odds for lines with what is felt in them."""
    result: dict[str, Any] = {}
    for name, kept in (("xed", _emotional(lines)), ("xed.neutral too", lines)):
        choosing = [line for line in kept if line.tenth == CHOOSING]
        measured = [line for line in kept if line.tenth == MEASURED]
        cuts = _thresholds(_log_odds(network, choosing), _flags(choosing))
        scores = f1_scores(_log_odds(network, measured) > cuts, _flags(measured))
        result[f"{name}: lines"] = len(measured)
        result[f"{name}: macro F1"] = round(sum(scores) / len(scores), 4)
        if name == "xed":
            result |= {f"xed: {e}": round(f, 4) for e, f in zip(EIGHT, scores, strict=True)}
            single = [line for line in measured if len(line.emotions) == 1]
            best = _log_odds(network, single).argmax(1)
            chosen = best[:, None] == np.arange(len(EIGHT))
            result["xed.one emotion: lines"] = len(single)
            scores = f1_scores(chosen, _flags(single))
            result["xed.one emotion: macro F1"] = round(sum(scores) / len(scores), 4)
    return result


def _emotional(lines: Sequence[SubtitleLine]) -> list[SubtitleLine]:
    return [line for line in lines if Emotion.NEUTRAL not in line.emotions]


def _log_odds(network: FeelingNetwork, lines: Sequence[SubtitleLine]) -> _Table:
    weighed = network.weigh([line.tokens() for line in lines])
    return np.array([odds[: len(EIGHT)] for odds in weighed], dtype=np.float64)


def _flags(lines: Sequence[SubtitleLine]) -> _Flags:
    return np.array([[emotion in line.emotions for emotion in EIGHT] for line in lines])


def _thresholds(scores: _Table, wanted: _Flags) -> _Table:
    """Choose for each emotion above which log-odds it is felt."""
    chosen = []
    for column in range(scores.shape[1]):
        here, truth = scores[:, column], wanted[:, column : column + 1]
        cuts = np.quantile(here, np.linspace(0.3, 0.98, _CUTS))
        chosen.append(max(cuts, key=lambda cut: f1_scores((here > cut)[:, None], truth)[0]))
    return np.array(chosen)


def f1_scores(found: _Flags, wanted: _Flags) -> list[float]:
    """Return the F1 of each column."""
    both = (found & wanted).sum(0)
    return [float(x) for x in 2 * both / np.maximum(found.sum(0) + wanted.sum(0), 1)]


def measure_valence(network: FeelingNetwork, folder: Path) -> dict[str, Any]:
    """Compare the valence of EmoBank's sentences with the one given them there."""
    with (folder / "emobank-meta.tsv").open(encoding="utf-8", newline="") as file:
        kinds = {row["id"]: row["category"] for row in csv.DictReader(file, delimiter="\t")}
    with (folder / "emobank.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    alone = [Line([form for form, _, _ in tokens(row["text"])]) for row in rows]
    found = [valence(judged.emotions) for line in alone for judged in network.read([line])]
    wanted = [float(row["V"]) for row in rows]
    fiction = [n for n, row in enumerate(rows) if kinds.get(row["id"]) == "fiction"]
    return {
        "emobank: sentences": len(rows),
        "emobank: valence r": correlation(found, wanted),
        "emobank.fiction: sentences": len(fiction),
        "emobank.fiction: valence r": correlation(
            [found[n] for n in fiction], [wanted[n] for n in fiction]
        ),
    }


def read_labels(path: Path) -> dict[str, Label]:
    """Read what a reader felt, by text and quotation."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            f"{row['text']}:{row['quotation']}": Label(
                emotions=tuple(map(Emotion, row["emotions"].split())),
                valence=int(row["valence"]),
                warmth=int(row["warmth"]) if row.get("warmth") else None,
            )
            for row in csv.DictReader(file)
        }


def agreement(a: Mapping[str, Label], b: Mapping[str, Label]) -> dict[str, Any]:
    """Tell how far two readers agree, on the same lines."""
    lines = sorted(a)
    firsts = [(a[line].emotions[0], b[line].emotions[0]) for line in lines]
    same = sum(x is y for x, y in firsts) / len(lines)
    chance = (
        sum(sum(x is e for x, _ in firsts) * sum(y is e for _, y in firsts) for e in EMOTIONS)
        / len(lines) ** 2
    )
    shared = sum(bool(set(a[line].emotions) & set(b[line].emotions)) for line in lines)
    return {
        "readers: lines": len(lines),
        "readers: first the same": round(same, 4),
        "readers: kappa": round((same - chance) / (1 - chance), 4),
        "readers: any shared": round(shared / len(lines), 4),
        "readers: valence r": correlation(
            [a[line].valence for line in lines], [b[line].valence for line in lines]
        ),
    }


def judge_fiction(
    network: FeelingNetwork, lines: Sequence[str], texts: Mapping[str, Sequence[Path]]
) -> dict[str, Feeling]:
    """Read each text with a line that is wanted, and judge these lines."""
    wanted: dict[str, set[str]] = {}
    for line in lines:
        name, _, quotation = line.rpartition(":")
        wanted.setdefault(name, set()).add(quotation)
    found = {}
    for path in (path for paths in texts.values() for path in paths):
        name = name_of(path)
        for feeling in _feelings(network, path) if name in wanted else ():
            if feeling.quotation in wanted[name]:
                found[f"{name}:{feeling.quotation}"] = feeling
    return found


def _feelings(network: FeelingNetwork, path: Path) -> Iterator[Feeling]:
    book = read_book(path, encoding="utf-8")
    scene, words = prepare(book).scene, split_words(book.text)
    yield from find_feelings(scene, words, find_manners(scene, words), network)


def compare(wanted: Mapping[str, Label], found: Mapping[str, Feeling]) -> dict[str, Any]:
    """Compare feelings with a reader's labels; a line that was not found counts as wrong."""
    lines = sorted(wanted)
    firsts = [wanted[line].emotions[0] for line in lines]
    best = [found[line].emotions[0] if line in found else (None, 0.0) for line in lines]
    scores = f1_scores(
        np.array([[emotion is e for e in EMOTIONS] for emotion, _ in best]),
        np.array([[emotion is e for e in EMOTIONS] for emotion in firsts]),
    )
    right = [emotion is first for (emotion, _), first in zip(best, firsts, strict=True)]
    either = [best[n][0] in wanted[line].emotions for n, line in enumerate(lines)]
    met = [line for line in lines if line in found]
    warm = [line for line in met if wanted[line].warmth is not None]
    return {
        "lines": len(lines),
        "accuracy": round(sum(right) / len(lines), 4),
        "most common": round(max(firsts.count(e) for e in EMOTIONS) / len(lines), 4),
        "either": round(sum(either) / len(lines), 4),
        "macro F1 of nine": round(sum(scores) / len(scores), 4),
        "macro F1 of eight": round(sum(scores[:8]) / 8, 4),
        "calibration error": _calibration([share for _, share in best], right),
        "valence r": correlation(
            [found[line].valence for line in met], [wanted[line].valence for line in met]
        ),
        "warmth r": correlation(
            [found[line].warmth for line in warm], [wanted[line].warmth or 0 for line in warm]
        )
        if warm
        else None,
    }


def _calibration(sure: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error: how far sureness and being right lie apart."""
    shares, hits = np.array(sure), np.array(right, dtype=float)
    bins = np.minimum((shares * _BINS).astype(int), _BINS - 1)
    gaps = [abs((shares - hits)[bins == b].sum()) for b in range(_BINS)]
    return round(float(sum(gaps)) / len(right), 4)


def correlation(x: Sequence[float], y: Sequence[float]) -> float:
    """Return Pearson's correlation."""
    return round(float(np.corrcoef(x, y)[0, 1]), 4)


if __name__ == "__main__":
    main()
