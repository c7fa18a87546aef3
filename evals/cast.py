"""Measure the cast found in novels in PDNC's format, from their text alone.

    python -m evals.cast DIR [--novels A,B]

Judged are the gold characters with ten quotations or more. Prints a table and whatever is wrong
with anybody, then one JSON line (fractions, not percents).

A predicted character *stands for* the gold one with whom it shares most alias matches, weighted by
mentions, as in the raw track of ``evals.speakers``. A gold character's *own* names are those of
the aliases that no other gold character bears. A gold character is

- *found* when somebody stands for them;
- *split* when two who stand for them each hold a tenth or more of the mentions by their own names,
  or of their quotations;
- *merged* when most mentions by their own names lie with a predicted character who holds most of
  those of another gold character with ten quotations or more;
- of *gender right* when who stands for them first is a woman or a man as they are.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.matching import alias_counts, bare, folded, match_people, match_spans
from evals.pdnc import Novel, find_novels, read_novel
from fullcast.analysis import analyze
from fullcast.model import Annotations, Character, Gender, QuotationKind

LEAST_QUOTATIONS = 10
"""So many quotations make a gold character one whom the measure judges."""
LEAST_SHARE = 0.1
"""A predicted character with less of somebody's names and quotations splits nobody."""
_MOST = 0.5
_LINES = frozenset({QuotationKind.SPEECH, QuotationKind.THOUGHT})
_GENDERS = {"M": Gender.MALE, "F": Gender.FEMALE}
_COLUMNS = ("found", "split", "merged", "right", "wrong", "untold")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one gold character."""

    name: str
    found: tuple[str, ...]
    """Names of those who stand for them, the one with most of their names first."""
    split: bool
    merged: tuple[str, ...]
    """Names of gold characters who are one with them."""
    gold_gender: Gender
    gender: Gender

    @property
    def gender_told(self) -> bool:
        """Whether there is a gender to compare."""
        return bool(self.found) and self.gold_gender is not Gender.UNKNOWN

    def faults(self) -> list[str]:
        """Return what is wrong, in words."""
        told = [] if self.found else ["not found"]
        if self.split:
            told.append(f"split: {', '.join(self.found)}")
        if self.merged:
            told.append(f"merged with {', '.join(self.merged)}")
        if self.gender_told and self.gender is not self.gold_gender:
            told.append(f"gender {self.gender}, not {self.gold_gender}")
        return told


class Holdings:
    """Who of the found cast holds how much of whom of the gold one."""

    def __init__(self, novel: Novel, found: Annotations) -> None:
        """Count mentions by names that are one gold character's own, and quotations."""
        self._own = _own_names(novel.cast)
        self.names: dict[str, Counter[str]] = defaultdict(Counter)
        """For each gold character, how many mentions by own names each found one holds."""
        counts = alias_counts(novel.book, found)
        for character in found.characters:
            written = {folded(a) for a in (character.name, *character.aliases)}
            for alias in written | counts[character.id].keys():
                if alias in self._own:
                    held = max(counts[character.id][alias], 1)
                    self.names[self._own[alias]][character.id] += held
        self.quotations = _answers(novel, found)

    def share(self, gold: str, character: str) -> float:
        """Return the larger share that a found character has in names or in quotations."""
        shares = (self.names[gold], self.quotations.get(gold, Counter()))
        return max(_part(counts[character], counts.total()) for counts in shares)

    def holder(self, gold: str) -> str | None:
        """Return who of the found cast holds most of a gold character's names."""
        counts = self.names[gold]
        most = max(counts, key=lambda c: (counts[c], c), default=None)
        return most if most and counts[most] > _MOST * counts.total() else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the measure and print its table, its failures and its JSON line."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.cast",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="folders in PDNC's format")
    parser.add_argument("--novels", default="", help="names of folders, joined by commas")
    options = parser.parse_args(arguments)
    names = [name for name in options.novels.split(",") if name]
    print(f"{'':<30}{'people':>8}" + "".join(f"{name:>8}" for name in _COLUMNS))
    fates: list[Fate] = []
    novels = find_novels(options.folder, names)
    for folder in novels:
        novel = read_novel(folder)
        these = measure(novel, analyze(novel.book))
        fates += these
        print(_row(novel.name, these), flush=True)
        for fate in these:
            if fate.faults():
                print(f"    {fate.name}: {'; '.join(fate.faults())}", flush=True)
    print(_row("all", fates))
    print(json.dumps(summarize([folder.name for folder in novels], fates)))


def measure(novel: Novel, found: Annotations) -> list[Fate]:
    """Return what became of each gold character with enough quotations."""
    spoken = Counter(gold.speaker for gold in novel.quotations)
    judged = [c for c in novel.cast if spoken[c.id] >= LEAST_QUOTATIONS]
    holdings = Holdings(novel, found)
    standing = _standing(match_people(novel.book, found, novel.cast), holdings)
    held: dict[str, list[Character]] = defaultdict(list)
    for gold in judged:
        holder = holdings.holder(gold.id)
        if holder:
            held[holder].append(gold)
    people = {c.id: c for c in found.characters}
    return [_fate(gold, novel, holdings, standing[gold.id], people, held) for gold in judged]


def _fate(
    gold: Character,
    novel: Novel,
    holdings: Holdings,
    standing: Sequence[str],
    people: Mapping[str, Character],
    held: Mapping[str, Sequence[Character]],
) -> Fate:
    holder = holdings.holder(gold.id)
    together = held.get(holder, ()) if holder else ()
    parts = [c for c in standing if holdings.share(gold.id, c) >= LEAST_SHARE]
    return Fate(
        name=gold.name,
        found=tuple(people[c].name for c in parts or standing[:1]),
        split=len(parts) > 1,
        merged=tuple(other.name for other in together if other is not gold),
        gold_gender=_GENDERS.get(novel.genders[gold.id], Gender.UNKNOWN),
        gender=people[standing[0]].gender if standing else Gender.UNKNOWN,
    )


def _standing(
    stands_for: Mapping[str, str | None], holdings: Holdings
) -> defaultdict[str, list[str]]:
    """Return for each gold character who stands for them, by their share."""
    standing: defaultdict[str, list[str]] = defaultdict(list)
    for character, gold in stands_for.items():
        if gold is not None:
            standing[gold].append(character)
    for gold, characters in standing.items():
        characters.sort(key=lambda c: (-holdings.share(gold, c), c))
    return standing


def _own_names(cast: Iterable[Character]) -> dict[str, str]:
    """Return for each folded alias that is one character's alone whose it is."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for character in cast:
        for alias in (character.name, *character.aliases):
            bearers[folded(alias)].add(character.id)
    return {alias: min(ids) for alias, ids in bearers.items() if len(ids) == 1}


def _answers(novel: Novel, found: Annotations) -> dict[str, Counter[str]]:
    """Return for each gold speaker how many of the quotations each found character was given."""
    text = novel.book.text
    lines = [q for q in found.quotations if q.kind in _LINES]
    matched = match_spans(
        [bare(text, g.spans) for g in novel.quotations], [bare(text, q.spans) for q in lines]
    )
    by_id = {a.quotation: a.speaker for a in found.attributions}
    answers: dict[str, Counter[str]] = defaultdict(Counter)
    for g, f in matched.items():
        speaker = by_id.get(lines[f].id)
        if speaker:
            answers[novel.quotations[g].speaker][speaker] += 1
    return answers


def summarize(novels: Sequence[str], fates: Sequence[Fate]) -> dict[str, Any]:
    """Return the result as documented in evals/README.md."""
    counts = _count(fates)
    told = counts["right"] + counts["wrong"]
    return {
        "novels": list(novels),
        "characters": len(fates),
        "found": _ratio(counts["found"], len(fates)),
        "split": _ratio(counts["split"], len(fates)),
        "merged": _ratio(counts["merged"], len(fates)),
        "gender": {
            "right": _ratio(counts["right"], told),
            "unknown": _ratio(counts["untold"], told + counts["untold"]),
        },
    }


def _count(fates: Iterable[Fate]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for fate in fates:
        counts["found"] += bool(fate.found)
        counts["split"] += fate.split
        counts["merged"] += bool(fate.merged)
        if fate.gender_told:
            known = fate.gender is not Gender.UNKNOWN
            right = fate.gender is fate.gold_gender
            counts["right" if right else "wrong" if known else "untold"] += 1
    return counts


def _part(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _row(name: str, fates: Sequence[Fate]) -> str:
    counts = _count(fates)
    return f"{name:<30}{len(fates):>8}" + "".join(f"{counts[c]:>8}" for c in _COLUMNS)


if __name__ == "__main__":
    main()
