"""Measure what a person's corrections do for the lines that were not corrected.

    python -m evals.corrections DIR [--novels A,B] [--count 50] [--model rules|FOLDER]

The gold quotations and the gold cast with its aliases are given. Again and again the least certain
of all wrong lines is corrected to its gold speaker, and the others are counted that became right
or wrong by it. Prints a table, then one JSON line.
"""

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from evals.judge import Judge, add_judge, read_judge
from evals.pdnc import Novel, find_novels, read_novel
from fullcast.analysis import Analysis
from fullcast.model import Annotations, Attribution, SpeakerSet

_COLUMNS = ("corrected", "others_righted", "others_spoiled", "net", "ms_median", "ms_max")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one correction did to all other lines, and how long that took."""

    righted: int
    spoiled: int
    wall_ms: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the measure and print its table and JSON line."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.corrections",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="folders in PDNC's format")
    parser.add_argument("--novels", default="", help="names of folders, joined by commas")
    parser.add_argument("--count", type=int, default=50, help="corrections for each novel")
    add_judge(parser)
    options = parser.parse_args(arguments)
    names = [name for name in options.novels.split(",") if name]
    judge = read_judge(options)
    effects: dict[str, list[Effect]] = {}
    print(_row("corrections", [column.replace("_", " ") for column in _COLUMNS]))
    for folder in find_novels(options.folder, names):
        novel = read_novel(folder)
        effects[novel.name] = list(correct(novel, judge, options.count))
        print(_row(novel.name, list(_summed(effects[novel.name]).values())), flush=True)
    result = summarize(effects, judge)
    print(_row("all", list(result["all"].values())))
    print(json.dumps(result))


def correct(novel: Novel, judge: Judge, count: int) -> Iterator[Effect]:
    """Correct up to ``count`` lines of a novel, the least certain wrong one first, and so on."""
    given = novel.given_quotations()
    analysis = Analysis(
        novel.book,
        quotations=given,
        cast=novel.cast,
        scorer=judge.scorer,
        network=judge.network,
    )
    gold: dict[str, str] = {}
    for quotation, annotated in zip(given, novel.quotations, strict=True):
        # Where two gold quotations begin at one character, the first stands for both.
        gold.setdefault(quotation.id, annotated.speaker)
    people = {c.id for c in novel.cast}
    corrections: list[SpeakerSet] = []
    before = _answers(analysis.annotate())
    for _ in range(count):
        decided = {correction.quotation for correction in corrections}
        wrong = [
            answer
            for quotation, answer in before.items()
            if quotation not in decided and answer.speaker != gold[quotation] in people
        ]
        worst = min(wrong, key=lambda answer: answer.probability, default=None)
        if worst is None:
            return
        corrections.append(SpeakerSet(worst.quotation, gold[worst.quotation]))
        started = time.perf_counter()
        after = _answers(analysis.annotate(corrections))
        wall_ms = 1000 * (time.perf_counter() - started)
        changes = [
            (after[q].speaker == gold[q]) - (before[q].speaker == gold[q])
            for q in gold.keys() - decided - {worst.quotation}
        ]
        yield Effect(righted=changes.count(1), spoiled=changes.count(-1), wall_ms=wall_ms)
        before = after


def _answers(found: Annotations) -> dict[str, Attribution]:
    answers: dict[str, Attribution] = {}
    for attribution in found.attributions:
        answers.setdefault(attribution.quotation, attribution)
    return answers


def summarize(effects: Mapping[str, Sequence[Effect]], judge: Judge) -> dict[str, Any]:
    """Return the result as documented in evals/README.md."""
    return {
        "novels": {name: _summed(found) for name, found in effects.items()},
        "all": _summed([effect for found in effects.values() for effect in found]),
        "model": {"name": judge.name, "sha256": judge.sha256},
    }


def _summed(effects: Sequence[Effect]) -> dict[str, int | float | None]:
    righted, spoiled = sum(e.righted for e in effects), sum(e.spoiled for e in effects)
    walls_ms = [e.wall_ms for e in effects]
    middle = round(median(walls_ms), 1) if walls_ms else None
    most = round(max(walls_ms), 1) if walls_ms else None
    return dict(
        zip(
            _COLUMNS, (len(effects), righted, spoiled, righted - spoiled, middle, most), strict=True
        )
    )


def _row(name: str, cells: Sequence[object]) -> str:
    return f"{name:<30}" + "".join(f"{'–' if cell is None else cell!s:>16}" for cell in cells)


if __name__ == "__main__":
    main()
