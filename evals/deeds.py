"""Measure what is read around the talk: how lines are said, and who does what to whom.

    python -m evals.deeds LITBANK

`LITBANK` is a copy of LitBank; its folder `original` holds the whole books. What is found in them
is compared with labels made by hand, in `evals/manner` and `evals/deeds`. Prints a table, then one
JSON line (fractions, not percents).
"""

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fullcast.analysis import analyze
from fullcast.model import Annotations, Character, Deed, Manner, Span
from fullcast.readers.reading import read_book

_HERE = Path(__file__).parent
_MORE_WORDS = 8
"""How many words a phrase may go on after what the label has of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManneredCue:
    """A cue as a person reads it."""

    draw: str
    """Of several samples, which it belongs to."""
    quotation: str
    verb: Span | None
    phrases: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledDeed:
    """A deed as a person reads it."""

    verb: Span
    agents: tuple[Span, ...]
    """Any of these is right."""
    target: Span | None
    open_target: bool
    """Whether one may read a target there or not."""
    who: str
    whom: str
    doubtful: bool
    """Whether one may call it a deed or not: it is neither missed nor wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """All labels of one book."""

    cues: tuple[ManneredCue, ...]
    paragraphs: Mapping[Span, tuple[LabelledDeed, ...]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the measure and print its table and JSON line."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.deeds",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="LITBANK", help="a copy of LitBank")
    parser.add_argument("--wrong", action="store_true", help="show all that is not as labelled")
    options = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    for name, labels in sorted(read_labels(_HERE).items()):
        book = read_book(options.folder / "original" / name)
        found = analyze(book)
        for trouble in count(labels, found, book.text, counts):
            if options.wrong:
                print(f"{name}: {trouble}")
    result = summarize(counts)
    for key, value in result.items():
        print(f"{key:<28}{value if value is not None else '–'!s:>10}")
    print(json.dumps(result))


def read_labels(folder: Path) -> dict[str, Labels]:
    """Read the labels of each book, by the name of its file."""
    cues: dict[str, list[ManneredCue]] = defaultdict(list)
    for row in _rows(folder / "manner" / "labels.csv"):
        phrases = tuple(map(_span, row["phrases"].split()))
        verb = _span(row["verb"]) if row["verb"] else None
        cues[row["book"]].append(
            ManneredCue(draw=row["draw"], quotation=row["quotation"], verb=verb, phrases=phrases)
        )
    deeds: dict[str, dict[Span, list[LabelledDeed]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(folder / "deeds" / "labels.csv"):
        paragraph = deeds[row["book"]][Span(int(row["start"]), int(row["end"]))]
        if row["verb"]:
            paragraph.append(_deed(row))
    return {
        name: Labels(
            cues=tuple(cues[name]), paragraphs={at: tuple(d) for at, d in deeds[name].items()}
        )
        for name in {*cues, *deeds}
    }


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _span(words: str) -> Span:
    start, _, end = words.partition("-")
    return Span(int(start), int(end))


def _deed(row: Mapping[str, str]) -> LabelledDeed:
    target = row["target"]
    return LabelledDeed(
        verb=_span(row["verb"]),
        agents=tuple(map(_span, row["agent"].split())),
        target=_span(target) if target and target != "*" else None,
        open_target=target == "*",
        who=row["who"],
        whom=row["whom"],
        doubtful=row["doubtful"] == "yes",
    )


def count(labels: Labels, found: Annotations, text: str, counts: Counter[str]) -> Iterator[str]:
    """Compare what was found in one book with its labels; yield what differs, in words."""
    manners = {manner.quotation: manner for manner in found.manners}
    for cue in labels.cues:
        manner = manners.get(cue.quotation) or Manner(quotation=cue.quotation)
        right = (manner.verb == cue.verb, _phrases_right(manner, cue, text))
        at = f"draw {cue.draw}"
        counts[f"{at}: cues"] += 1
        counts[f"{at}: verb"] += right[0]
        counts[f"{at}: manner"] += right[1]
        counts[f"{at}: both"] += all(right)
        counts[f"{at}: told"] += bool(cue.phrases)
        counts[f"{at}: told.right"] += bool(cue.phrases) and right[1]
        counts[f"{at}: found"] += bool(manner.phrases)
        counts[f"{at}: found.right"] += bool(manner.phrases) and right[1]
        if not all(right):
            told = [p.span.of(text) for p in manner.phrases]
            yield f"{cue.quotation}: {manner.verb and manner.verb.of(text)!r} {told}"
    people = {character.id: character for character in found.characters}
    for paragraph, deeds in labels.paragraphs.items():
        here = [deed for deed in found.deeds if paragraph.contains(deed.verb)]
        yield from _count_deeds(deeds, here, text, people, counts)


def _phrases_right(manner: Manner, cue: ManneredCue, text: str) -> bool:
    """Tell whether each phrase begins where the label does, and goes on no further than it may."""
    if len(manner.phrases) != len(cue.phrases):
        return False
    return all(
        phrase.span.start == label.start
        and phrase.span.end >= label.end
        and len(text[label.end : phrase.span.end].split()) <= _MORE_WORDS
        for phrase, label in zip(manner.phrases, cue.phrases, strict=True)
    )


def _count_deeds(
    labels: Sequence[LabelledDeed],
    found: Sequence[Deed],
    text: str,
    people: Mapping[str, Character],
    counts: Counter[str],
) -> Iterator[str]:
    by_verb = {label.verb: label for label in labels}
    verbs = {deed.verb for deed in found}
    counts["paragraphs"] += 1
    counts["deeds.gold"] += sum(not label.doubtful for label in labels)
    counts["deeds.met"] += sum(label.verb in verbs and not label.doubtful for label in labels)
    for each in labels:
        if each.verb not in verbs and not each.doubtful:
            yield f"missed {each.verb.start}: {each.agents[0].of(text)} {each.verb.of(text)}"
    for deed in found:
        told = " | ".join(s.of(text) if s else "-" for s in (deed.agent, deed.verb, deed.target))
        label = by_verb.get(deed.verb)
        counts["deeds.found"] += label is None or not label.doubtful
        if label is None:
            yield f"no deed {deed.verb.start}: {told}"
            continue
        counts["deeds.judged"] += 1
        agent, target = _words_right(deed, label)
        counts["deeds.agent"] += agent
        counts["deeds.target"] += target
        counts["deeds.aimed"] += label.target is not None
        counts["deeds.aimed.right"] += label.target is not None and target
        if not (agent and target):
            yield f"words {deed.verb.start}: {told}"
        yield from _count_people(deed, label, people, counts, told)


def _words_right(deed: Deed, label: LabelledDeed) -> tuple[bool, bool]:
    """Tell whether agent and target are the words that the label has, articles aside."""
    agent = any(deed.agent.overlaps(span) for span in label.agents)
    if label.open_target:
        return agent, True
    if deed.target is None or label.target is None:
        return agent, deed.target is label.target
    return agent, deed.target.overlaps(label.target)


def _count_people(
    deed: Deed,
    label: LabelledDeed,
    people: Mapping[str, Character],
    counts: Counter[str],
    told: str,
) -> Iterator[str]:
    sides = (("who", label.who, deed.character), ("whom", label.whom, deed.target_character))
    for side, name, character in sides:
        if not name or (side == "whom" and deed.target is None):
            continue
        right = character is not None and _is(people[character], name)
        counts[f"deeds.{side}"] += 1
        counts[f"deeds.{side}.named"] += character is not None
        counts[f"deeds.{side}.right"] += right
        if not right:
            yield f"{side} {deed.verb.start}: {told}: {character}, not {name}"


def _is(character: Character, name: str) -> bool:
    """Tell whether somebody bears a name or a part of it."""
    words = set(name.lower().replace(".", "").split())
    names = (character.name, *character.aliases)
    return any(words <= set(each.lower().replace(".", "").split()) for each in names)


def summarize(counts: Mapping[str, int]) -> dict[str, Any]:
    """Return the result as documented in evals/README.md."""
    cues: dict[str, Any] = {}
    for at in sorted(key.removesuffix(": cues") for key in counts if key.endswith(": cues")):
        cues[f"{at}: cues"] = counts[f"{at}: cues"]
        for name in ("verb", "manner", "both"):
            cues[f"{at}: {name}"] = _share(counts, f"{at}: {name}", f"{at}: cues")
        for name in ("told", "found"):
            cues[f"{at}: {name}"] = counts[f"{at}: {name}"]
            cues[f"{at}: {name}.right"] = _share(counts, f"{at}: {name}.right", f"{at}: {name}")
    return {
        **cues,
        "paragraphs": counts["paragraphs"],
        "deeds": counts["deeds.gold"],
        "deeds.recall": _share(counts, "deeds.met", "deeds.gold"),
        "deeds.precision": _share(counts, "deeds.met", "deeds.found"),
        "deeds.agent": _share(counts, "deeds.agent", "deeds.judged"),
        "deeds.target": _share(counts, "deeds.target", "deeds.judged"),
        "deeds.aimed": counts["deeds.aimed"],
        "deeds.aimed.right": _share(counts, "deeds.aimed.right", "deeds.aimed"),
        "deeds.who": _share(counts, "deeds.who.right", "deeds.who"),
        "deeds.who.precision": _share(counts, "deeds.who.right", "deeds.who.named"),
        "deeds.whom": _share(counts, "deeds.whom.right", "deeds.whom"),
        "deeds.whom.precision": _share(counts, "deeds.whom.right", "deeds.whom.named"),
    }


def _share(counts: Mapping[str, int], part: str, whole: str) -> float | None:
    return round(counts[part] / counts[whole], 4) if counts[whole] else None


if __name__ == "__main__":
    main()
