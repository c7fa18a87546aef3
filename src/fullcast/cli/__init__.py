"""The command line: it parses, calls and prints, and decides nothing about stories.

One module for each command. What takes time to import is imported by the command that needs it,
so that ``--help`` answers at once.
"""

import sys
from collections.abc import Sequence
from typing import TextIO

from fullcast.cli import streams
from fullcast.cli.parser import build_parser
from fullcast.cli.text import all_visible
from fullcast.errors import FullcastError

WRONG_USAGE = 2
"""The exit code that argparse has for what it does not understand."""

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

PIPE_CLOSED = 141
"""The exit code where whoever read our output stopped reading, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Raises:
        SystemExit: After ``--help`` and ``--version``, and where argparse refuses the words.
    """
    for stream in (sys.stdout, sys.stderr):
        _never_choke(stream)
    parser = build_parser()
    try:
        with streams.told_output():  # for what --help and --version print
            options = parser.parse_args(arguments)
        if options.run is None:
            parser.print_help(sys.stderr)
            return WRONG_USAGE
        code: int = options.run(options)
    except FullcastError as error:
        _complain(f"error: {all_visible(str(error))}")
        return error.exit_code
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        return PIPE_CLOSED
    return code


def _complain(words: str) -> None:
    """Say in one line what went wrong, where anybody listens."""
    if sys.stderr is not None:  # print would take standard output instead
        print(f"fullcast: {words}", file=sys.stderr)


def _never_choke(stream: TextIO) -> None:
    """Print a ``?`` for what a terminal's encoding does not have, and never fail for it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
