"""What several commands ask for, and how its words are understood."""

import argparse
import codecs


def add_story(parser: argparse.ArgumentParser) -> None:
    """Ask for the story and, where it must be told, its encoding."""
    parser.add_argument("story", metavar="STORY", help="the story's file; - reads standard input")
    parser.add_argument(
        "--encoding",
        type=encoding,
        metavar="NAME",
        help="how the characters of a text file are written, e.g. cp1252, where the guess "
        "from its bytes is wrong",
    )


def encoding(name: str) -> str:
    """Accept the name of a text encoding that Python knows."""
    try:
        codecs.lookup(name)
        " ".encode(name)  # refuses codecs that are not of text, like hex
    except (LookupError, ValueError) as error:
        raise argparse.ArgumentTypeError(
            f"no text encoding is called {name!r}; try utf-8, cp1252, latin-1 or utf-16"
        ) from error
    return name


def probability(word: str) -> float:
    """Accept a number from 0 to 1."""
    try:
        number = float(word)
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise argparse.ArgumentTypeError(f"{word!r} is no number from 0 to 1")
    return number
