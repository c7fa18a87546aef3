"""Turn marked scenes into folders in PDNC's format, so that whatever reads a novel reads them too.

    python -m training.scenes SCENE.txt [SCENE.txt …] -o DIR

``training/scenes/README.md`` documents the marks: who says it and to whom, in braces behind each
closing quotation mark. A mark that does not fit its scene is an error, told with its place.
"""

import argparse
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.matching import bare
from fullcast.analysis.quotations.find import find_quotations
from fullcast.model import Book, QuotationKind, Span
from fullcast.readers import read_book

_MARK = re.compile(r"\{([^{}>]*)(?:>([^{}]*))?\}")
_GENDERS = {"female": "F", "male": "M", "other": "X", "unknown": "U"}
_NARRATOR = "_narr"
_QUOTATIONS = ("quoteID", "quoteByteSpans", "speaker", "addressees", "quoteType")
_CAST = ("Character ID", "Main Name", "Aliases", "Gender", "Category")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Person:
    """A line of a scene's head."""

    name: str
    aliases: tuple[str, ...]
    gender: str
    """As PDNC writes it."""
    narrator: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Who says what ends at a place of the scene's text."""

    end: int
    speaker: str
    """``""`` for what nobody says."""
    addressees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkedScene:
    """A scene apart from its marks."""

    cast: tuple[Person, ...]
    text: str
    marks: tuple[Mark, ...]


def main() -> None:
    """Write a folder for each scene."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scenes", nargs="+", type=Path, metavar="SCENE")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    for path in options.scenes:
        try:
            count = write_novel(parse(path.read_text("utf-8")), options.output / path.stem)
        except ValueError as error:
            raise SystemExit(f"{path}: {error}") from None
        print(f"{path.stem}: {count} quotations")


def parse(marked: str) -> MarkedScene:
    """Take a marked scene apart.

    Raises:
        ValueError: A line of the head, or a mark, is not as documented.
    """
    head, _, body = marked.lstrip("\ufeff\n").partition("\n\n")
    cast = read_head(head)
    names = {person.name for person in cast}
    marks, parts, last, length = [], [], 0, 0
    for found in _MARK.finditer(body):
        parts.append(body[last : found.start()])
        length += len(parts[-1])
        last = found.end()
        mark = Mark(length, found[1].strip(), _names(found[2] or ""))
        unknown = ({mark.speaker, *mark.addressees} - {""}) - names
        if unknown:
            before = body[max(0, found.start() - _SHOWN) : found.start()]
            raise ValueError(f"{unknown.pop()!r} is not in the scene's head, after {before!r}")
        marks.append(mark)
    return MarkedScene(cast, "".join((*parts, body[last:])), tuple(marks))


def read_head(head: str) -> tuple[Person, ...]:
    """Read a scene's cast, one line a character.

    Raises:
        ValueError: A line is not as documented.
    """
    return tuple(_person(line) for line in head.splitlines())


def _person(line: str) -> Person:
    cells = [cell.strip() for cell in line.removeprefix("#").split("|")]
    if not line.startswith("#") or len(cells) not in (3, 4) or cells[2] not in _GENDERS:
        raise ValueError(f"{line!r} is no line of a head: # name | other, names | gender")
    return Person(cells[0], _names(cells[1]), _GENDERS[cells[2]], cells[3:] == ["narrator"])


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name for part in cell.split(",") if (name := part.strip()))


def write_novel(scene: MarkedScene, folder: Path) -> int:
    """Write a scene as PDNC has a novel; return the number of its quotations.

    Raises:
        ValueError: A mark stands behind no quotation, or two in one disagree.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "novel_text.txt"
    path.write_text(scene.text, "utf-8", newline="")
    rows = list(_quotations(read_book(path, encoding="utf-8"), scene.marks))
    _write(folder / "quotation_info.csv", _QUOTATIONS, rows)
    _write(folder / "character_info.csv", _CAST, map(_cast_row, range(len(scene.cast)), scene.cast))
    return len(rows)


def _quotations(book: Book, marks: Sequence[Mark]) -> Iterator[tuple[object, ...]]:
    """Yield a row for each quotation that somebody says."""
    quotations, _ = find_quotations(book)
    left = {mark.end: mark for mark in marks}
    for number, quotation in enumerate(quotations):
        ends = [span.end for span in quotation.spans]
        said = [left.pop(end) for end in ends if end in left]
        speakers = {mark.speaker for mark in said} - {""}
        if len(speakers) > 1:
            raise ValueError(f"{' and '.join(sorted(speakers))} both say {_shown(book, ends[0])}")
        if speakers and quotation.kind is not QuotationKind.MENTION:
            spans = [(s.start, s.end) for s in bare(book.text, quotation.spans)]
            addressees = {name for mark in said for name in mark.addressees}
            yield f"Q{number}", spans, speakers.pop(), sorted(addressees), ""
    lost = [mark for mark in left.values() if mark.speaker]
    if lost:
        raise ValueError(
            f"no quotation ends where {lost[0].speaker} says {_shown(book, lost[0].end)}"
        )


def _shown(book: Book, end: int) -> str:
    return repr(Span(max(0, end - _SHOWN), end).of(book.text))


def _cast_row(number: int, person: Person) -> tuple[object, ...]:
    names = {person.name, *person.aliases} | ({_NARRATOR} if person.narrator else set())
    return number, person.name, sorted(names), person.gender, "major"


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
