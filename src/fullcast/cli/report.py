"""``fullcast report``: the story as one page to look at."""

import argparse
from pathlib import Path
from typing import Any

from fullcast.cli.options import add_judging, add_story, judging_of

SUMMARY = "show it as one page of HTML: cast, talk, script"

DESCRIPTION = """\
Write a story as one page of HTML: who speaks, how much, to whom and when; its
tags; the lines that are least sure; and the whole text, each line marked with
its speaker. The page needs no other file and no network."""

EPILOG = """\
examples:
  fullcast report story.epub -o story.html
  fullcast script story.epub -o story.json          # once; then, at once:
  fullcast report story.json -o story.html
  fullcast report story.txt --corrections story.txt.corrections.csv -o story.html

On the page itself one can say who speaks a line, and save that as a file for
--corrections, from which the lines around learn.

STORY may also be a script that fullcast script wrote as .json; what it says
holds, and nothing is judged again. docs/reference.md tells what the page has."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command accepts."""
    add_shown(parser, "the page to write: .html")


def add_shown(parser: argparse.ArgumentParser, output: str) -> None:
    """Ask for a story and for the file that shows it."""
    add_story(parser)
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help=output)
    add_judging(parser)


def run(options: argparse.Namespace) -> int:
    """Write the page."""
    from fullcast.workspace import reporting

    return show(options, reporting.report)


def show(options: argparse.Namespace, write: Any) -> int:
    """Write what shows a story.

    Args:
        options: What was asked for.
        write: One of the functions of ``fullcast.workspace.reporting``.
    """
    from fullcast.cli import progress, streams

    judging = judging_of(options)
    story, encoding = streams.story(options.story, options.encoding)
    with progress.shown() as told:
        write(
            story,
            Path(options.output),
            encoding=encoding,
            progress=told,
            **judging,
        )
    return 0
