"""Turn labelled passages of LitBank's books into folders in PDNC's format.

    python -m training.passages ORIGINAL LABELS.txt [LABELS.txt …] -o DIR

``ORIGINAL`` is LitBank's folder of whole books. Labels hold no text, only places in it:
``training/passages/README.md`` documents them. A label that fits no quotation is an error.
"""

import argparse
from pathlib import Path

from training.scenes import Mark, MarkedScene, read_head, write_novel


def main() -> None:
    """Write a folder for each passage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("books", type=Path, metavar="ORIGINAL")
    parser.add_argument("labels", nargs="+", type=Path, metavar="LABELS")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    for path in options.labels:
        try:
            passage = read_passage(path, options.books)
            count = write_novel(passage, options.output / path.stem)
        except (OSError, ValueError) as error:
            raise SystemExit(f"{path}: {error}") from None
        print(f"{path.stem}: {count} quotations")


def read_passage(path: Path, books: Path) -> MarkedScene:
    """Read labels and the text they belong to.

    Raises:
        OSError: A file cannot be read.
        ValueError: A line is not as documented, or names nobody in the head.
    """
    head, _, body = path.read_text("utf-8").partition("\n\n")
    cast = read_head(head)
    first, *lines = body.splitlines()
    book, start, end = _cells(first, 3)
    names = {person.name for person in cast}
    marks = []
    for line in lines:
        place, name = _cells(line, 2)
        if name not in names:
            raise ValueError(f"{name!r} is not in the head: {line!r}")
        marks.append(Mark(int(place) - int(start), name, ()))
    text = (books / book).read_bytes().decode("utf-8")
    return MarkedScene(cast, text[int(start) : int(end)], tuple(marks))


def _cells(line: str, count: int) -> list[str]:
    cells = line.split(" ", count - 1)
    if len(cells) < count:
        raise ValueError(f"{line!r} is no line of labels: {count} cells with blanks between")
    return cells


if __name__ == "__main__":
    main()
