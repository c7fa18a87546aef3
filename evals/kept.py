"""Check on any stories that their text is kept: the segments joined are the files' bytes.

    python -m evals.kept FILE [FILE …]

For text and Markdown files. Prints how many files and words were compared; stops at the first
that differs.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from fullcast.analysis import analyze
from fullcast.model import tile
from fullcast.readers import read_book


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare every file with its segments joined."""
    parser = argparse.ArgumentParser(prog="python -m evals.kept", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    files = parser.parse_args(arguments).files
    words = 0
    for file in files:
        book = read_book(file)
        segments = tile(book, analyze(book).quotations)
        joined = "".join(segment.span.of(book.text) for segment in segments)
        if joined.encode(book.origin.encoding or "utf-8") != file.read_bytes():
            raise SystemExit(f"{file}: the segments are not the text")
        words += len(book.text.split())
    print(f"{len(files)} files, {words} words: every byte kept")


if __name__ == "__main__":
    main()
