"""What several commands ask for, and how its words are understood."""

import argparse
import codecs
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fullcast.model import KnownCast
    from fullcast.opinions import Llm

KEY = "FULLCAST_LLM_KEY"
"""The environment's name for a server's key: on a command line, others could see it."""


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


def add_judging(parser: argparse.ArgumentParser) -> None:
    """Let one say what one knows of the story, and who reads it."""
    parser.add_argument(
        "--cast",
        metavar="FILE",
        help="who is in the story, as far as you know: names, aliases, gender, the narrator "
        "(read --write-cast makes such a file)",
    )
    parser.add_argument(
        "--corrections",
        metavar="FILE",
        help="who speaks, where you put it right: what the page of fullcast report saved, or a "
        "script or table of this story that you changed (.csv, from any spreadsheet, .json, or "
        ".fountain)",
    )
    parser.add_argument(
        "--network",
        metavar="FOLDER",
        help="read with the network in this folder, or with none: 'rules' (default: the one that "
        "came with Fullcast, if any)",
    )
    _add_llm(parser)


def _add_llm(parser: argparse.ArgumentParser) -> None:
    """Offer to ask a language model."""
    parser.add_argument(
        "--llm",
        metavar="URL",
        help="ask a language model about doubtful lines: a chat server of the OpenAI kind, "
        "e.g. http://localhost:8080/v1; passages of the story are sent to it",
    )
    parser.add_argument(
        "--llm-model",
        metavar="NAME",
        help="the model to ask (default: the first that the server lists)",
    )
    parser.add_argument(
        "--llm-doubt",
        type=probability,
        metavar="P",
        help="ask about the lines that are less sure than P, from 0 to 1 (default: 0.6)",
    )
    parser.set_defaults(refuse=parser.error)


def judging_of(options: argparse.Namespace) -> dict[str, Any]:
    """Return how the story is to be judged, as :func:`fullcast.script` takes it.

    Raises:
        CastError: The cast file cannot be used.
        OpinionError: The server's address is none.
        SystemExit: A model or a doubt is given, but no server.
    """
    return {
        "llm": _llm_of(options),
        "cast": _cast_of(options),
        "corrections": options.corrections,
        "network": options.network,
    }


def _cast_of(options: argparse.Namespace) -> "KnownCast | None":
    """Read what one knows of the cast, if anything."""
    from fullcast.workspace import stories

    return None if options.cast is None else stories.read_cast(options.cast)


def _llm_of(options: argparse.Namespace) -> "Llm | None":
    """Tell whom to ask, if anybody."""
    from dataclasses import replace

    from fullcast.opinions import Llm

    if options.llm is None:
        if options.llm_model is not None or options.llm_doubt is not None:
            options.refuse("--llm-model and --llm-doubt need --llm URL, the server to ask")
        return None
    llm = Llm(options.llm, model=options.llm_model or "", key=os.environ.get(KEY, "").strip())
    return llm if options.llm_doubt is None else replace(llm, doubt=options.llm_doubt)
