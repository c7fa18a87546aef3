"""The command line: it parses, calls and prints, and decides nothing about stories.

One module for each command. What takes time to import is imported by the command that needs it,
so that ``--help`` answers at once.
"""

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from fullcast.cli.parser import build_parser
from fullcast.cli.text import printable
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
    options = parser.parse_args(arguments)
    if options.run is None:
        parser.print_help(sys.stderr)
        return WRONG_USAGE
    try:
        code: int = options.run(options)
        sys.stdout.flush()  # here, where a closed pipe can still be caught
    except FullcastError as error:
        print(f"fullcast: error: {printable(str(error))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("fullcast: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return PIPE_CLOSED
    return code


def _never_choke(stream: TextIO) -> None:
    """Print a ``?`` for what a terminal's encoding does not have, and never fail for it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _drop_output() -> None:
    """Give what is still to be flushed at exit a place to go where nobody complains."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
