"""Draw lines of fiction at random, each with what stands around it, to be labelled by readers.

    python -m evals.draw_lines LITBANK PDNC SCENES -o OUT.jsonl [--series NAME --without LABELS.csv]

A hundred from each: LitBank's whole books without those that PDNC has too, PDNC's novels, and the
scenes of ``training/scenes`` as ``training.scenes`` writes them. Each series has its fixed seed. Of
a line the place is what is kept; its words are written for the reader alone.
"""

import argparse
import csv
import json
import random
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fullcast.analysis.quotations.find import find_quotations
from fullcast.model import Book, Layer, Quotation, QuotationKind, Span
from fullcast.readers import read_book

LINES = 100
"""From each source."""
SERIES = "feelings"
"""The draw that is measured on."""
NOT_FREE = "AHandfulOfDust"
_CONTEXT = 900
_UTTERED = frozenset({QuotationKind.SPEECH, QuotationKind.THOUGHT})


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A line with its place."""

    source: str
    path: Path
    book: Book
    quotation: Quotation


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw the lines and write them."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.draw_lines",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for source in ("litbank", "pdnc", "scenes"):
        parser.add_argument(source, type=Path, metavar=source.upper())
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.jsonl")
    parser.add_argument("--series", default=SERIES, help="which draw")
    parser.add_argument("--without", type=Path, metavar="LABELS.csv", help="lines to leave out")
    options = parser.parse_args(arguments)
    known = _known(options.without) if options.without else set()
    drawn = [
        line
        for source, paths in find_texts(options.litbank, options.pdnc, options.scenes).items()
        for line in draw(source, paths, options.series, known)
    ]
    with options.output.open("w", encoding="utf-8", newline="\n") as file:
        for line in drawn:
            file.write(json.dumps(_shown(line), ensure_ascii=False) + "\n")


def find_texts(litbank: Path, pdnc: Path, scenes: Path) -> dict[str, list[Path]]:
    """Return the texts of each source, by its name."""
    novels = sorted(pdnc.glob("*/novel_text.txt"))
    titles = [path.parent.name.lower() for path in novels]
    books = [
        path
        for path in sorted((litbank / "original").glob("*.txt"))
        if not path.stem.partition("_")[2].replace("_", "").startswith(tuple(titles))
    ]
    return {
        "litbank": books,
        "pdnc": [path for path in novels if path.parent.name != NOT_FREE],
        "scenes": sorted(scenes.glob("*/novel_text.txt")),
    }


def draw(
    source: str, paths: Sequence[Path], series: str, known: Collection[str] = ()
) -> Iterator[DrawnLine]:
    """Draw lines from books in turn, the books in a random order, without those known by name."""
    chance = random.Random(f"{series} {source}")
    order = chance.sample(paths, len(paths))
    for number, path in enumerate(order):
        book = read_book(path, encoding="utf-8")
        lines = [q for q in uttered(book) if f"{name_of(path)}:{q.id}" not in known]
        count = len(range(number, LINES, len(order)))
        for quotation in sorted(chance.sample(lines, min(count, len(lines))), key=lambda q: q.span):
            yield DrawnLine(source=source, path=path, book=book, quotation=quotation)


def uttered(book: Book) -> list[Quotation]:
    """Return what is said or thought in the story itself."""
    quotations, _ = find_quotations(book)
    return [q for q in quotations if q.kind in _UTTERED and _in_story(book, q)]


def _in_story(book: Book, quotation: Quotation) -> bool:
    place = bisect_right(book.blocks, quotation.span.start, key=lambda b: b.span.start) - 1
    return place >= 0 and book.blocks[place].layer is Layer.BODY


def name_of(path: Path) -> str:
    """Name a text as the labels do."""
    return path.parent.name if path.stem == "novel_text" else path.name


def _known(labels: Path) -> set[str]:
    with labels.open(encoding="utf-8", newline="") as file:
        return {f"{row['text']}:{row['quotation']}" for row in csv.DictReader(file)}


def _shown(line: DrawnLine) -> dict[str, str]:
    text, span = line.book.text, line.quotation.span
    blocks = [b.span for b in line.book.blocks if len(b.span)]
    first = max((n for n, b in enumerate(blocks) if b.start <= span.start), default=0)
    last = max((n for n, b in enumerate(blocks) if b.start < span.end), default=0)
    start = max(blocks[max(0, first - 1)].start, span.start - _CONTEXT)
    end = min(blocks[min(len(blocks) - 1, last + 1)].end, span.end + _CONTEXT)
    return {
        "id": f"{name_of(line.path)}:{line.quotation.id}",
        "source": line.source,
        "before": Span(start, span.start).of(text),
        "line": span.of(text),
        "after": Span(span.end, max(end, span.end)).of(text),
    }


if __name__ == "__main__":
    main()
