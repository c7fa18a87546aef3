"""Measure how people stand to each other on short stories read by hand, like those in ``samples/``.

    python -m evals.relations STORY [STORY …] [--model rules|FOLDER]

A story is a text with its gold script, ``STORY.gold.json``, and what a reader says of relations in
it, ``STORY.relations.json``, beside it, which samples/README.md documents; or a scene’s folder, as
``training.scenes`` writes it, of which a reader tells in ``evals/relations``. Only the raw text is
given. Prints a table of counts, then one JSON line (fractions, not percents).
"""

import argparse
import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.judge import Judge, add_judge, read_judge
from evals.matching import match_people
from evals.pdnc import read_novel
from evals.samples import read_gold
from fullcast.analysis import analyze
from fullcast.model import Annotations, Book, Character, DeedKind, Move, TurningPoint
from fullcast.readers import read_book

NEAR = 2
"""A turning point is found so many lines before or after the gold one's."""
_BODILY = {DeedKind.APPROACH: "approach", DeedKind.WITHDRAWAL: "withdrawal"}
_SCENES = Path(__file__).parent / "relations"
"""What a reader tells of scenes, by the names of their folders."""

_PARTS = ("ties", "moves", "said", "turning_points")

People = Mapping[str, str | None]
Told = Mapping[str, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the measure and print its table and JSON line."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.relations",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stories", nargs="+", type=Path, metavar="STORY")
    add_judge(parser)
    options = parser.parse_args(arguments)
    judge = read_judge(options)
    total: Counter[str] = Counter()
    for story in options.stories:
        counts = measure(story, judge)
        total.update(counts)
        print(_row(story.stem, counts), flush=True)
    print(_row("all", total))
    print(json.dumps(summarize([story.stem for story in options.stories], total, judge)))


def measure(story: Path, judge: Judge) -> Counter[str]:
    """Understand a story from its text alone and compare that with what a reader says."""
    book, cast, gold = read_told(story)
    found = analyze(book, scorer=judge.scorer, network=judge.network)
    return compare(found, gold, match_people(book, found, cast))


def read_told(story: Path) -> tuple[Book, Sequence[Character], Told]:
    """Read a story, its gold cast, and what a reader says of relations in it."""
    if story.is_dir():
        scene = read_novel(story)
        gold = read_relations(_SCENES / f"{story.name}.json", scene.book.text)
        return scene.book, scene.cast, gold
    book = read_book(story)
    _, cast = read_gold(story.with_suffix(".gold.json"), book.text)
    return book, cast, read_relations(story.with_suffix(".relations.json"), book.text)


def read_relations(file: Path, text: str) -> Told:
    """Read what a reader says, each text with its place in the story as ``start`` and ``end``."""
    try:
        gold: dict[str, Any] = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise SystemExit(f"{file} holds no relations: {error}") from error
    ways = [point for way in gold["warmth"] for point in way["points"]]
    for told in (*gold["ties"], *gold["moves"], *ways, *gold["turning_points"]):
        start = text.find(told["text"])
        if start < 0:
            raise SystemExit(f"{file}: the story does not hold: {told['text']}")
        told["start"], told["end"] = start, start + len(told["text"])
    return gold


def compare(found: Annotations, gold: Told, people: People) -> Counter[str]:
    """Count what of the gold was found."""
    counts: Counter[str] = Counter()
    for part in (
        _ties(found, gold["ties"], people),
        _moves(found, gold["moves"], people),
        _said(found, gold["moves"], people),
        _warmth(found, gold["warmth"], people),
        _turning_points(found, gold["turning_points"], people),
    ):
        counts.update(part)
    return counts


def _ties(found: Annotations, gold: Sequence[Told], people: People) -> dict[str, int]:
    told = Counter(
        (people.get(tie.character or ""), tie.word, people.get(tie.of), tie.past)
        for tie in found.ties
    )
    wanted = {(tie["who"], tie["word"], tie["of"], tie["past"]) for tie in gold}
    return {
        "ties.gold": len(wanted),
        "ties.found": len(told),
        "ties.right": sum(tie in told for tie in wanted),
    }


def _moves(found: Annotations, gold: Sequence[Told], people: People) -> dict[str, int]:
    """Count approaches and withdrawals, those found in the order that the gold has."""
    bodily = [move for move in found.moves if move.kind in _BODILY]
    kinds = [
        (_BODILY[move.kind], people.get(move.source), people.get(move.target))
        for move in bodily
        if move.kind
    ]
    places = []
    deeds = [each for each in gold if each["by"] == "deed"]
    taken: set[int] = set()
    for each in deeds:
        at = next(
            (
                n
                for n, move in enumerate(bodily)
                if n not in taken
                and kinds[n] == (each["kind"], each["who"], each["to"])
                and _meets(move, each)
            ),
            None,
        )
        if at is not None:
            taken.add(at)
            places.append(at)
    pairs = [(a, b) for n, a in enumerate(places) for b in places[n + 1 :]]
    return {
        "moves.gold": len(deeds),
        "moves.found": len(bodily),
        "moves.right": len(places),
        "order.pairs": len(pairs),
        "order.right": sum(a < b for a, b in pairs),
    }


def _said(found: Annotations, gold: Sequence[Told], people: People) -> dict[str, int]:
    """Count what the reader calls an approach or a withdrawal in words, found on the same side."""
    said = [move for move in found.moves if move.quotation is not None]
    words = [each for each in gold if each["by"] == "word"]
    right = sum(
        any(
            (people.get(move.source), people.get(move.target)) == (each["who"], each["to"])
            and move.amount * (1 if each["kind"] == "approach" else -1) > 0
            and _meets(move, each)
            for move in said
        )
        for each in words
    )
    return {"said.gold": len(words), "said.found": len(said), "said.right": right}


def _meets(move: Move, gold: Told) -> bool:
    """Tell whether a move, or one of its reasons, shares a character with the gold words."""
    spans = (move.span, *(reason.span for reason in move.reasons))
    return any(span.start < gold["end"] and gold["start"] < span.end for span in spans)


def _warmth(found: Annotations, gold: Sequence[Told], people: People) -> dict[str, int]:
    """Count at how many points the sign is right, and at how many nothing is told."""
    counts = {"warmth.gold": 0, "warmth.told": 0, "warmth.right": 0}
    for way in gold:
        moves = [
            move
            for move in found.moves
            if (people.get(move.source), people.get(move.target)) == (way["who"], way["to"])
        ]
        starts = [move.span.start for move in moves]
        for point in way["points"]:
            at = bisect_right(starts, point["end"] - 1) - 1
            warmth = moves[at].warmth if at >= 0 else 0.0
            counts["warmth.gold"] += 1
            counts["warmth.told"] += warmth != 0
            counts["warmth.right"] += warmth * (1 if point["sign"] == "warm" else -1) > 0
    return counts


def _turning_points(found: Annotations, gold: Sequence[Told], people: People) -> dict[str, int]:
    starts = [quotation.span.start for quotation in found.quotations]

    def line(place: int) -> int:
        return bisect_right(starts, place)

    def way(turn: TurningPoint) -> tuple[str | None, str | None, str]:
        becomes = "warm" if turn.after > turn.before else "cold"
        return people.get(turn.source), people.get(turn.target), becomes

    right = 0
    for each in gold:
        right += any(
            way(turn) == (each["who"], each["to"], each["becomes"])
            and abs(line(turn.span.start) - line(each["start"])) <= NEAR
            for turn in found.turning_points
        )
    return {
        "turning_points.gold": len(gold),
        "turning_points.found": len(found.turning_points),
        "turning_points.right": right,
    }


def summarize(stories: Sequence[str], counts: Mapping[str, int], judge: Judge) -> dict[str, Any]:
    """Return the result as documented in evals/README.md."""
    shares = {
        name: {
            "recall": _share(counts, f"{name}.right", f"{name}.gold"),
            "found": counts[f"{name}.found"],
        }
        for name in _PARTS
    }
    return {
        "stories": list(stories),
        **shares,
        "order": _share(counts, "order.right", "order.pairs"),
        "warmth": _share(counts, "warmth.right", "warmth.gold"),
        "warmth_told": _share(counts, "warmth.told", "warmth.gold"),
        "model": {"name": judge.name, "sha256": judge.sha256},
    }


def _share(counts: Mapping[str, int], part: str, whole: str) -> float | None:
    return round(counts[part] / counts[whole], 4) if counts[whole] else None


def _row(name: str, counts: Mapping[str, int]) -> str:
    return f"{name:<24}" + "  ".join(_cells(counts))


def _cells(counts: Mapping[str, int]) -> Iterator[str]:
    for name in _PARTS:
        told = f"{counts[f'{name}.right']}/{counts[f'{name}.gold']}"
        yield f"{name} {told} (of {counts[f'{name}.found']} found)"
    yield f"order {counts['order.right']}/{counts['order.pairs']}"
    yield f"warmth {counts['warmth.right']}/{counts['warmth.gold']}"


if __name__ == "__main__":
    main()
