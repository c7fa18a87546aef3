"""``fullcast export``: the story in the forms that other programs read."""

import argparse
from pathlib import Path

from fullcast.cli.options import add_judging, add_story, judging_of

SUMMARY = "write it for other programs: TEI, tables, graphs …"

DESCRIPTION = """\
Write a story, and what was found in it, in a form that other programs read."""

EPILOG = """\
formats:
  tei       .xml       TEI P5: who says what to whom, and the cast
  tables    a folder   cast, quotations, segments … as CSV
  parquet   a folder   the same as Parquet
  booknlp   a folder   BookNLP's .tokens, .entities, .quotes, .book
  dracor    a folder   DraCor's tables, network and measures
  gexf      .gexf      who talks to whom and when
  graphml   .graphml   who talks to whom
  speeches  a folder   what each character says, a .txt each
  fountain  .fountain  a screenplay in plain text
  fdx       .fdx       a screenplay for Final Draft
  ink       .ink       interactive fiction: ink
  twee      .twee      interactive fiction: Twine, as Twee 3
  yarn      .yarn      interactive fiction: Yarn Spinner
  renpy     .rpy       a visual novel for Ren'Py
  docx      .docx      Word: a column of speakers, doubts as comments
  web-annotation  .json  W3C Web Annotations: who says each line
  ssml      .ssml      for speech engines, a voice for each speaker

examples:
  fullcast export story.epub --to tables -o tables
  fullcast script story.epub -o story.json          # once; then, at once:
  fullcast export story.json --to parquet -o tables

STORY may also be a script that fullcast script wrote as .json; what it says
holds, and nothing is judged again. A file or folder appears whole or not at
all. docs/reference.md tells what each format holds."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command accepts."""
    add_story(parser)
    parser.add_argument(
        "--to", required=True, metavar="FORMAT", help="the format, one of those listed below"
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="PATH",
        help="the file or the folder to write, as the format is",
    )
    parser.add_argument(
        "--non-consumptive",
        action="store_true",
        help="leave out all words of the story, for texts that must not be passed on",
    )
    add_judging(parser)


def run(options: argparse.Namespace) -> int:
    """Write the export."""
    from fullcast.cli import progress, streams
    from fullcast.workspace import exporting

    judging = judging_of(options)
    story, encoding = streams.story(options.story, options.encoding)
    with progress.shown() as told:
        exporting.export(
            story,
            Path(options.output),
            to=options.to,
            non_consumptive=options.non_consumptive,
            encoding=encoding,
            progress=told,
            **judging,
        )
    return 0
