"""What the command line understands, and the help that teaches it."""

import argparse
from difflib import get_close_matches
from pathlib import Path

from fullcast import __version__
from fullcast.cli import export, perform, plot, read, report, script, voices

DESCRIPTION = """\
Fullcast reads a story and tells who says every line of it. The text comes back
exactly as it was, and every line says how sure its speaker is."""

EPILOG = """\
examples:
  fullcast read story.epub                 see the cast and the script
  fullcast script story.txt -o story.json  write them for other programs
  fullcast report story.txt -o story.html  see them as a page
  fullcast export story.txt --to tei -o story.xml
  fullcast perform story.epub -o story.m4b listen to it

stories:
  Text, Markdown, HTML, EPUB and DOCX. What a file is shows from its bytes,
  not from its name.

exit codes:
  0  done                           9  the file is damaged
  1  another failure               10  bytes that are no text in the encoding
  2  wrong usage                   11  the result cannot be written there
  3  the story cannot be read      12  the language model cannot be asked
  4  there is no such file         13  the reading network cannot be used
  5  there is nothing in the file  14  the corrections cannot be used
  6  a kind of file not read       15  no such engine or voice, or it fails
  7  the book is encrypted (DRM)   16  the casting cannot be used
  8  the file is not safe to open  17  the dictionary cannot be read
                                   18  performed, but for some lines
                                   19  the cast file cannot be used
                                 130  interrupted (Ctrl-C)
                                  141  whoever read our output went away"""

COMMANDS = (read, script, report, plot, export, perform, voices)


class HelpLayout(argparse.RawDescriptionHelpFormatter):
    """Help of one width everywhere, so that the manual can quote it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=79, max_help_position=26)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        """Write ``-o, --output OUT`` on every Python; before 3.13 it said OUT twice."""
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        value = self._format_args(action, self._get_default_metavar_for_optional(action))
        return f"{', '.join(action.option_strings)} {value}"


class Parser(argparse.ArgumentParser):
    """A parser that says what was probably meant instead of what is no command."""

    def _check_value(self, action: argparse.Action, value: str) -> None:
        if action.dest != "command" or value in (action.choices or ()):
            super()._check_value(action, value)
            return
        near = get_close_matches(value, action.choices or (), n=1)
        meant = f"read {value}" if Path(value).is_file() else " ".join(near)
        hint = f"did you mean: fullcast {meant}" if meant else "see: fullcast --help"
        raise argparse.ArgumentError(action, f"there is no command {value!r}; {hint}")


def build_parser() -> argparse.ArgumentParser:
    """Build the parser. Options of a named command carry its ``run``; else ``run`` is ``None``."""
    parser = Parser(
        prog="fullcast",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=HelpLayout,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"fullcast {__version__}",
        help="print the version and exit",
    )
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for command in COMMANDS:
        own = commands.add_parser(
            command.__name__.rpartition(".")[2],
            help=command.SUMMARY,
            description=command.DESCRIPTION,
            epilog=command.EPILOG,
            formatter_class=HelpLayout,
            allow_abbrev=False,
        )
        command.add_options(own)
        own.set_defaults(run=command.run)
    return parser
