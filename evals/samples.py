"""Measure who-says-what on short stories annotated like those in ``samples/``.

    python -m evals.samples STORY.txt [STORY.txt …] [--model rules|FOLDER]

Beside each story lies its gold script, ``STORY.gold.json``; samples/README.md documents it. Only
the raw text is given. Prints a table of counts, then one JSON line (fractions, not percents).
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.judge import Judge, add_judge, read_judge
from evals.matching import bare, match_people, match_spans
from fullcast.analysis import analyze
from fullcast.model import Annotations, Attribution, Book, Character, QuotationKind, Span
from fullcast.readers import read_book

_LINES = frozenset({QuotationKind.SPEECH, QuotationKind.THOUGHT})
_COLUMNS = ("found", "predicted", "speaker", "addressee")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldLine:
    """One annotated speech or thought; its spans have their marks."""

    spans: tuple[Span, ...]
    speaker: str
    addressees: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was counted of one story, or of several together."""

    lines: int = 0
    """Gold lines: speech and thought."""
    found: int = 0
    predicted: int = 0
    speakers: int = 0
    """Gold lines whose speaker was named; a line not found has none."""
    one: int = 0
    """Gold lines said to exactly one person."""
    addressees: int = 0
    """Those of them for which that one, and nobody else, was named."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the measure and print its table and JSON line."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.samples",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stories", nargs="+", type=Path, metavar="STORY")
    add_judge(parser)
    options = parser.parse_args(arguments)
    stories, judge = options.stories, read_judge(options)
    print(f"{'':<24}{'lines':>8}" + "".join(f"{name:>12}" for name in _COLUMNS))
    counts = []
    for story in stories:
        counts.append(measure(story, judge))
        print(_row(story.stem, counts[-1]), flush=True)
    total = add(counts)
    print(_row("all", total))
    print(json.dumps(summarize([story.stem for story in stories], total, judge)))


def measure(story: Path, judge: Judge) -> Count:
    """Understand a story from its text alone and compare that with its gold script."""
    book = read_book(story)
    gold, cast = read_gold(story.with_suffix(".gold.json"), book.text)
    found = analyze(book, scorer=judge.scorer, network=judge.network)
    return compare(book, found, gold, cast)


def read_gold(file: Path, text: str) -> tuple[list[GoldLine], list[Character]]:
    """Return the speech and thought of a gold script, with their places in the text, and its cast.

    Each part is looked for after the end of the one before, those of writing and mentions too.
    """
    try:
        script = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise SystemExit(f"{file} holds no gold script: {error}") from error
    lines, place = [], 0
    for quotation in script["quotations"]:
        spans = []
        for part in quotation["parts"]:
            start = text.find(part, place)
            if start < 0:
                raise SystemExit(f"{file}: the story does not hold, in order: {part}")
            place = start + len(part)
            spans.append(Span(start, place))
        if quotation["kind"] in _LINES:
            people = frozenset(quotation["addressees"])
            line = GoldLine(spans=tuple(spans), speaker=quotation["speaker"], addressees=people)
            lines.append(line)
    cast = [
        Character(id=each["id"], name=each["name"], aliases=tuple(each["aliases"]))
        for each in script["characters"]
    ]
    return lines, cast


def compare(
    book: Book, found: Annotations, gold: Sequence[GoldLine], cast: Sequence[Character]
) -> Count:
    """Count what of the gold lines was found and named."""
    text = book.text
    lines = [q for q in found.quotations if q.kind in _LINES]
    matched = match_spans([bare(text, g.spans) for g in gold], [bare(text, q.spans) for q in lines])
    people = match_people(book, found, cast)
    answers = {a.quotation: a for a in found.attributions}
    speakers = one = addressees = 0
    for number, line in enumerate(gold):
        answer = answers.get(lines[matched[number]].id) if number in matched else None
        speakers += _speaker(answer, people) == line.speaker
        if len(line.addressees) == 1:
            one += 1
            addressees += _addressees(answer, people) == line.addressees
    return Count(
        lines=len(gold),
        found=len(matched),
        predicted=len(lines),
        speakers=speakers,
        one=one,
        addressees=addressees,
    )


def _speaker(answer: Attribution | None, people: dict[str, str | None]) -> str | None:
    return people.get(answer.speaker) if answer and answer.speaker else None


def _addressees(answer: Attribution | None, people: dict[str, str | None]) -> set[str | None]:
    """Return who was named, ``None`` among them for people that stand for nobody."""
    return {people.get(each) for each in answer.addressees} if answer else set()


def add(counts: Sequence[Count]) -> Count:
    """Return several stories' counts as one."""
    return Count(
        lines=sum(c.lines for c in counts),
        found=sum(c.found for c in counts),
        predicted=sum(c.predicted for c in counts),
        speakers=sum(c.speakers for c in counts),
        one=sum(c.one for c in counts),
        addressees=sum(c.addressees for c in counts),
    )


def summarize(stories: Sequence[str], count: Count, judge: Judge) -> dict[str, Any]:
    """Return the result as documented in evals/README.md."""
    return {
        "stories": list(stories),
        "quotations": count.lines,
        "accuracy": _ratio(count.speakers, count.lines),
        "detection": {
            "precision": _ratio(count.found, count.predicted),
            "recall": _ratio(count.found, count.lines),
            "f1": _ratio(2 * count.found, count.predicted + count.lines),
        },
        "addressee": {"one": _ratio(count.addressees, count.one)},
        "model": {"name": judge.name, "sha256": judge.sha256},
    }


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _row(name: str, count: Count) -> str:
    cells = (
        str(count.found),
        str(count.predicted),
        str(count.speakers),
        f"{count.addressees}/{count.one}",
    )
    return f"{name:<24}{count.lines:>8}" + "".join(f"{cell:>12}" for cell in cells)


if __name__ == "__main__":
    main()
