"""``fullcast script``: the story as a script, for other programs."""

import argparse
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from fullcast.cli.options import add_judging, add_story, judging_of
from fullcast.errors import OutputError

SUMMARY = "write who says what, as JSON, JSON lines or CSV"

DESCRIPTION = """\
Write a story as a script: stretches of speech, thought, writing, narration and
headings, in order, each speech with its speaker, addressees, confidence and
cue. Their texts, joined, are the story's text, character by character."""

EPILOG = """\
examples:
  fullcast script story.epub -o story.json
  fullcast script story.txt -o story.csv
  fullcast script story.txt --corrections story.csv -o story.json
  fullcast script story.txt | jq -r '.characters[].name'

The name's ending says what is written: .json, .jsonl (a header, then a line
for each segment) or .csv (a row for each segment). The file appears whole or
not at all. docs/reference.md explains every key and column.

The environment is heeded: FULLCAST_LLM_KEY, the key of the server that --llm
names, where it needs one."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command accepts."""
    add_story(parser)
    parser.add_argument(
        "-o",
        "--output",
        default="-",
        metavar="OUT",
        help="the file to write: .json, .jsonl or .csv; - (the default) prints JSON",
    )
    add_judging(parser)


def run(options: argparse.Namespace) -> int:
    """Write the script, to a file or to standard output."""
    from fullcast.cli import progress, streams
    from fullcast.exporters import json_bytes
    from fullcast.workspace import stories

    target = None if options.output == streams.STANDARD else Path(options.output)
    if target is None:
        streams.check_output()
    else:
        _check_device(target)
    judging = judging_of(options)
    story, encoding = streams.story(options.story, options.encoding)
    with progress.shown() as told:
        script = stories.script(
            story,
            target,
            encoding=encoding,
            progress=told,
            **judging,
        )
    if target is None:
        with streams.told_output():
            _write_all(sys.stdout.buffer, json_bytes(script))
    return 0


def _check_device(target: Path) -> None:
    """Refuse ``/dev/stdout`` and the like, and say what is meant for that."""
    device = target.parent in {Path("/dev"), Path("/dev/fd")}
    with suppress(OSError):  # whatever else is wrong with the name is told later
        device = device or target.is_char_device() or target.is_fifo()
    if device:
        raise OutputError(
            f"{target}: this is no ordinary file; -o - prints JSON to standard output"
        )


def _write_all(stream: BinaryIO, content: bytes) -> None:
    """Write to a stream that may take less at once than it is given, as an unbuffered one does."""
    rest = memoryview(content)
    while rest:
        rest = rest[stream.write(rest) :]
