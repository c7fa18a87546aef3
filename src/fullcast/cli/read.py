"""``fullcast read``: the cast and the script, in the terminal."""

import argparse
from pathlib import Path

from fullcast.cli.options import add_judging, add_story, judging_of, probability

SUMMARY = "show the cast and the script in the terminal"

DESCRIPTION = """\
Show who is in a story, then the story as a script: every paragraph in order,
each speech under the name of its speaker. A line whose speaker is in doubt is
marked with a ?, how sure it is, and who else it may be."""

EPILOG = """\
examples:
  fullcast read story.epub
  fullcast read --cast-only story.txt
  fullcast read --write-cast cast.toml story.txt   then edit cast.toml, and
  fullcast read --cast cast.toml story.txt
  fullcast read --doubt 0.9 --no-pager story.txt | grep ' ?'

STORY may also be a script that fullcast script wrote as .json; what it says
holds, and nothing is judged again.

Colours and the pager are for terminals; into a file or a pipe goes plain text.
The environment is heeded: PAGER, LESS, NO_COLOR, COLUMNS; and FULLCAST_LLM_KEY,
the key of the server that --llm names, where it needs one."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command accepts."""
    add_story(parser)
    parser.add_argument(
        "--cast-only", action="store_true", help="show the cast, and not the script"
    )
    parser.add_argument(
        "--doubt",
        type=probability,
        default=0.6,
        metavar="P",
        help="mark the lines that are less sure than P, from 0 to 1 (default: 0.6)",
    )
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="use colours: auto (the default), always or never; auto means in a terminal "
        "where NO_COLOR is not set",
    )
    parser.add_argument(
        "--no-pager", action="store_true", help="print at once, whatever the length"
    )
    parser.add_argument(
        "--write-cast",
        metavar="FILE",
        help="write the cast to a new file as well, to be put right and given to --cast",
    )
    add_judging(parser)


def run(options: argparse.Namespace) -> int:
    """Read the story and show it."""
    from fullcast.cli import page, progress, streams, terminal
    from fullcast.exporters import check_new
    from fullcast.workspace import stories
    from fullcast.workspace.understanding import understood

    streams.check_output()
    if options.write_cast is not None:
        check_new(Path(options.write_cast))
    judging = judging_of(options)
    story, encoding = streams.story(options.story, options.encoding)
    with progress.shown() as told:
        _, script = understood(story, encoding=encoding, progress=told, **judging)
    if options.write_cast is not None:
        stories.write_cast(script, options.write_cast)
    console = terminal.make_console(options.color)
    lines = page.lines(script, console, doubt=options.doubt, cast_only=options.cast_only)
    with streams.told_output():
        terminal.show(lines, pager=not options.no_pager)
    return 0
