"""Measure who-says-what on novels in PDNC's format.

    python -m evals.speakers DIR --track roster|raw [--novels A,B] [--model rules|FOLDER]

*roster*: given the gold quotations and the gold cast with its aliases, name each speaker.
*raw*: given the text alone. Prints a table, then one JSON line (fractions, not percents).
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.judge import Judge, add_judge, read_judge
from evals.matching import bare, match_people, match_spans
from evals.pdnc import GoldQuotation, Novel, find_novels, read_novel
from fullcast.analysis import analyze
from fullcast.model import Annotations, Attribution, Quotation, QuotationKind

_LINES = frozenset({QuotationKind.SPEECH, QuotationKind.THOUGHT})
_BINS = 10
_CHECKED_SHARE = 0.1
_KINDS = ("explicit", "anaphoric", "implicit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One gold quotation and what was answered."""

    novel: str
    kind: str
    minor: bool
    parts: int
    right: bool
    probability: float
    addressees_right: bool
    one_addressee: bool | None
    """Whether the one addressee was named; ``None`` where there is not exactly one."""


@dataclass(slots=True)
class Tally:
    """What was counted over all novels."""

    items: list[Item] = field(default_factory=list)
    words: int = 0
    seconds: float = 0.0
    found: int = 0
    predicted: int = 0
    found_parts: int = 0
    predicted_parts: int = 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the measure and print its table and JSON line."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.speakers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="folders in PDNC's format")
    parser.add_argument("--track", choices=("roster", "raw"), required=True)
    parser.add_argument("--novels", default="", help="names of folders, joined by commas")
    add_judge(parser)
    options = parser.parse_args(arguments)
    names = [name for name in options.novels.split(",") if name]
    judge = read_judge(options)
    tally = Tally()
    print(_head(options.track))
    for folder in find_novels(options.folder, names):
        novel = read_novel(folder)
        items = _measure(novel, options.track, tally, judge)
        tally.items += items
        print(_row(novel.name, items), flush=True)
    result = summarize(tally, options.track, judge)
    print(_row("all", tally.items))
    print(json.dumps(result))


def _measure(novel: Novel, track: str, tally: Tally, judge: Judge) -> list[Item]:
    given = novel.given_quotations()
    roster: dict[str, Any] = {"quotations": given, "cast": novel.cast} if track == "roster" else {}
    started = time.perf_counter()
    found = analyze(novel.book, scorer=judge.scorer, network=judge.network, **roster)
    tally.seconds += time.perf_counter() - started
    tally.words += len(novel.book.text.split())
    if track == "roster":
        answers = _by_gold_roster(given, found)
    else:
        answers = _by_gold_raw(novel, found, tally)
    people: dict[str, str | None] = {c.id: c.id for c in novel.cast}
    if track == "raw":
        people = match_people(novel.book, found, novel.cast)
    return [
        _item(novel, gold, answers.get(number), people)
        for number, gold in enumerate(novel.quotations)
    ]


def _by_gold_roster(given: Sequence[Quotation], found: Annotations) -> dict[int, Attribution]:
    """Join by id; where two gold quotations begin at one character, both have the first answer."""
    by_id = {a.quotation: a for a in reversed(found.attributions)}
    return {g: by_id[q.id] for g, q in enumerate(given) if q.id in by_id}


def _by_gold_raw(novel: Novel, found: Annotations, tally: Tally) -> dict[int, Attribution]:
    text = novel.book.text
    lines = [q for q in found.quotations if q.kind in _LINES]
    gold = [bare(text, g.spans) for g in novel.quotations]
    answered = [bare(text, q.spans) for q in lines]
    matched = match_spans(gold, answered)
    tally.found += len(matched)
    tally.predicted += len(lines)
    parts = sorted((span,) for spans in answered for span in spans)
    gold_parts = sorted((span,) for spans in gold for span in spans)
    tally.found_parts += len(match_spans(gold_parts, parts))
    tally.predicted_parts += len(parts)
    by_id = {a.quotation: a for a in found.attributions}
    return {g: by_id[lines[f].id] for g, f in matched.items() if lines[f].id in by_id}


def _item(
    novel: Novel, gold: GoldQuotation, answer: Attribution | None, people: dict[str, str | None]
) -> Item:
    speaker = people.get(answer.speaker) if answer and answer.speaker else None
    addressees = {people.get(a) for a in answer.addressees} - {None} if answer else set()
    one = None
    if len(gold.addressees) == 1:
        one = addressees == gold.addressees
    return Item(
        novel=novel.name,
        kind=gold.kind,
        minor=gold.speaker in novel.minor,
        parts=len(gold.spans),
        right=speaker == gold.speaker,
        probability=answer.probability if answer else 0.0,
        addressees_right=addressees == gold.addressees,
        one_addressee=one,
    )


def summarize(tally: Tally, track: str, judge: Judge) -> dict[str, Any]:
    """Return the result as documented in evals/README.md; what a track does not have is null."""
    items = tally.items
    novels = sorted({item.novel for item in items})
    return {
        "track": track,
        "novels": novels,
        "quotations": len(items),
        "accuracy": {
            "all": _share(items),
            "macro": _mean(_share([i for i in items if i.novel == n]) for n in novels),
            **{kind: _share([i for i in items if i.kind == kind]) for kind in _KINDS},
            "no_minor": _share([i for i in items if not i.minor]),
        },
        "sub_quotations": {
            "all": _ratio(sum(i.parts for i in items if i.right), sum(i.parts for i in items)),
            "detection": _detection(
                tally.found_parts, tally.predicted_parts, sum(i.parts for i in items), track
            ),
        },
        "detection": _detection(tally.found, tally.predicted, len(items), track),
        "addressee": {
            "one": _mean(i.one_addressee for i in items if i.one_addressee is not None),
            "set": _mean(i.addressees_right for i in items),
        },
        "calibration": {
            "ece": expected_calibration_error(items),
            "errors_removed_at_10pct": errors_removed(items),
        },
        "words_per_second": round(tally.words / tally.seconds) if tally.seconds else None,
        "peak_mb": round(_peak_mb()),
        "model": {"name": judge.name, "sha256": judge.sha256},
    }


def _detection(found: int, predicted: int, gold: int, track: str) -> dict[str, float | None]:
    if track == "roster":
        return {"precision": None, "recall": None, "f1": None}
    precision, recall = _ratio(found, predicted), _ratio(found, gold)
    return {"precision": precision, "recall": recall, "f1": _ratio(2 * found, predicted + gold)}


def expected_calibration_error(items: Sequence[Item]) -> float | None:
    """Return the mean gap between probability and accuracy over ten bins, weighted by size."""
    bins: list[list[Item]] = [[] for _ in range(_BINS)]
    for item in items:
        bins[min(int(item.probability * _BINS), _BINS - 1)].append(item)
    gaps = (abs(sum(i.probability for i in group) - sum(i.right for i in group)) for group in bins)
    return _ratio(sum(gaps), len(items))


def errors_removed(items: Sequence[Item]) -> float | None:
    """Return the share of all errors among the least certain tenth; of ties, the first lines."""
    doubtful = sorted(items, key=lambda i: i.probability)[: round(len(items) * _CHECKED_SHARE)]
    return _ratio(sum(not i.right for i in doubtful), sum(not i.right for i in items))


def _share(items: Sequence[Item]) -> float | None:
    return _mean(item.right for item in items)


def _mean(values: Iterable[float | bool | None]) -> float | None:
    known = [float(v) for v in values if v is not None]
    return _ratio(sum(known), len(known))


def _ratio(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _head(track: str) -> str:
    columns = "".join(f"{name:>11}" for name in ("all", *_KINDS, "no minor", "quotations"))
    return f"{track:<30}{columns}"


def _row(name: str, items: Sequence[Item]) -> str:
    shares = [
        _share(items),
        *(_share([i for i in items if i.kind == kind]) for kind in _KINDS),
        _share([i for i in items if not i.minor]),
    ]
    cells = "".join(f"{'–' if s is None else f'{100 * s:.1f}':>11}" for s in shares)
    return f"{name:<30}{cells}{len(items):>11}"


if __name__ == "__main__":
    main()
