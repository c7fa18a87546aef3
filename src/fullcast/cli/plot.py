"""``fullcast plot``: the story's figures as a picture."""

import argparse

from fullcast.cli.report import add_shown, show

SUMMARY = "draw who talks how much, when, and to whom"

DESCRIPTION = """\
Draw how much each character talks, in which chapters, and to whom, in one
picture. It needs the optional part: pip install 'fullcast[plots]'."""

EPILOG = """\
examples:
  fullcast plot story.epub -o story.svg
  fullcast plot story.json -o story.png    # of a script, at once

The fifteen who speak most are shown. The same script gives the same picture,
byte for byte."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command accepts."""
    add_shown(parser, "the picture to write: .svg or .png")


def run(options: argparse.Namespace) -> int:
    """Draw the picture."""
    from fullcast.workspace import reporting

    return show(options, reporting.plot)
