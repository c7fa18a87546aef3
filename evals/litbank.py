"""Measure what is found of people in LitBank's excerpts, from their text alone.

    python -m evals.litbank DIR [--fold N] [--model rules|FOLDER] [--rankers FOLDER]

Mentions of people, who is who among them, and who says each quotation. With ``--rankers``
each text is judged by ``FOLDER/without-N.npz``, N its fold. Prints a table, then one
JSON line (fractions, not percents).
"""

import argparse
import json
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

from evals.coreference import MEASURES, Tally, clustered
from evals.excerpts import FOLDS, Excerpt, read_excerpts
from evals.judge import Judge, add_judge, read_judge
from fullcast.analysis import analyze
from fullcast.analysis.references import find_mentions
from fullcast.infer.ranker import load_rankers
from fullcast.model import Annotations, Mention, MentionKind, QuotationKind, Span

_LINES = frozenset({QuotationKind.SPEECH, QuotationKind.THOUGHT})
ALL = "all"


@dataclass(slots=True)
class Hits:
    """Mentions of one kind."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found: Set[Any], gold: Set[Any]) -> None:
        """Count those of one text; right is what has the same first and last character."""
        self.right += len(found & gold)
        self.found += len(found)
        self.gold += len(gold)

    def scores(self) -> dict[str, float | None]:
        """Return precision, recall and F1."""
        return {
            "precision": _ratio(self.right, self.found),
            "recall": _ratio(self.right, self.gold),
            "f1": _ratio(2 * self.right, self.found + self.gold),
        }


@dataclass(slots=True)
class Counts:
    """What was counted over all texts."""

    mentions: dict[str, Hits] = field(
        default_factory=lambda: {name: Hits() for name in (ALL, *MentionKind)}
    )
    people: Tally = field(default_factory=Tally)
    speakers: Tally = field(default_factory=Tally)
    by_text: list[float] = field(default_factory=list)
    """CoNLL F1 of each text's quotations."""
    texts: int = 0
    lines: int = 0
    missed: int = 0
    """Gold quotations that nothing found overlaps."""
    unnamed: int = 0
    """Those found whose speaker nobody in the cast is."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the measure and print its table and JSON line."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.litbank",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="a copy of LitBank")
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="every fifth text alone")
    parser.add_argument(
        "--rankers", type=Path, metavar="FOLDER", help="of training.fit_references, one a fold"
    )
    add_judge(parser)
    options = parser.parse_args(arguments)
    judge = read_judge(options)
    counts = Counts()
    for excerpt in read_excerpts(options.folder, options.fold):
        found = analyze(excerpt.book, scorer=judge.scorer, network=judge.network)
        rankers = None
        if options.rankers:
            rankers = load_rankers(options.rankers / f"without-{excerpt.fold}.npz")
        count(excerpt, found, find_mentions(excerpt.book, found, rankers=rankers), counts)
    result = summarize(counts, judge)
    print(_table(result))
    print(json.dumps(result))


def count(
    excerpt: Excerpt, found: Annotations, mentions: Sequence[Mention], counts: Counts
) -> None:
    """Compare what was found in one text with its annotations."""
    counts.texts += 1
    for name, hits in counts.mentions.items():
        hits.add(
            {m.span for m in mentions if name in {ALL, m.kind}},
            {m.span for m in excerpt.mentions if name in {ALL, m.kind}},
        )
    counts.people.add(
        clustered({m.span: m.chain for m in mentions}.items()),
        clustered((m.span, m.chain) for m in excerpt.mentions),
    )
    _count_lines(excerpt, found, counts)


def _count_lines(excerpt: Excerpt, found: Annotations, counts: Counts) -> None:
    """Compare the clusters that speakers make of the gold quotations."""
    if not excerpt.lines:
        return
    answers = {a.quotation: a.speaker for a in found.attributions}
    stretches = [
        (span, answers.get(q.id)) for q in found.quotations if q.kind in _LINES for span in q.spans
    ]
    speakers: list[str | None] = []
    for line in excerpt.lines:
        shared, speaker = _nearest(line.span, stretches)
        speakers.append(speaker if shared else None)
        counts.missed += not shared
        counts.unnamed += bool(shared and speaker is None)
    counts.lines += len(excerpt.lines)
    sides = (
        clustered(enumerate(speakers)),
        clustered((n, line.speaker) for n, line in enumerate(excerpt.lines)),
    )
    counts.speakers.add(*sides)
    alone = Tally()
    alone.add(*sides)
    counts.by_text.append(alone.scores()["conll"] or 0.0)


def _nearest(span: Span, stretches: Iterable[tuple[Span, str | None]]) -> tuple[int, str | None]:
    """Return how much of ``span`` the stretch nearest to it covers, and who says that."""
    best: tuple[int, str | None] = (0, None)
    for other, speaker in stretches:
        shared = min(span.end, other.end) - max(span.start, other.start)
        if shared > best[0]:
            best = shared, speaker
    return best


def summarize(counts: Counts, judge: Judge) -> dict[str, Any]:
    """Return the result as documented in evals/README.md."""
    return {
        "texts": counts.texts,
        "mentions": {name: hits.scores() for name, hits in counts.mentions.items()},
        "coreference": counts.people.scores(),
        "quotations": {
            "count": counts.lines,
            "missed": counts.missed,
            "unnamed": counts.unnamed,
            **counts.speakers.scores(),
            "macro": round(mean(counts.by_text), 4) if counts.by_text else None,
        },
        "model": {"name": judge.name, "sha256": judge.sha256},
    }


def _table(result: dict[str, Any]) -> str:
    rows = [f"{'people':<24}{'precision':>12}{'recall':>12}{'f1':>12}"]
    for name, scores in result["mentions"].items():
        rows.append(_row(f"mentions: {name}", scores.values()))
    rows.append(f"{'who is who':<24}" + "".join(f"{m:>12}" for m in (*MEASURES, "conll")))
    for name in ("coreference", "quotations"):
        rows.append(_row(name, (result[name][m] for m in (*MEASURES, "conll"))))
    return "\n".join(rows)


def _row(name: str, scores: Iterable[float | None]) -> str:
    cells = (f"{'–':>12}" if s is None else f"{100 * s:>12.1f}" for s in scores)
    return f"{name:<24}" + "".join(cells)


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


if __name__ == "__main__":
    main()
