"""``fullcast perform``: the story as something to listen to."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fullcast.cli.options import add_judging, add_story, judging_of

if TYPE_CHECKING:
    from fullcast.workspace.performing import Performance

PARTIAL = 18
"""The exit code where some lines could not be spoken, and the rest was written."""

MOST_FAILURES = 10
"""Told on the terminal, one by one."""

ENGINES = ("espeak", "kokoro", "piper", "server", "silent")

KEY = "FULLCAST_SPEECH_KEY"
"""The environment's name for a speech server's key: on a command line, others could see it."""

SUMMARY = "perform it with a full cast, as an audiobook"

DESCRIPTION = """\
Perform a story: every character gets a voice, the narrator another, and the
lines are said as the text says they are: whispered, shouted, cut short. What
was spoken once is kept, so after a change only what changed is spoken again."""

EPILOG = """\
examples:
  fullcast perform story.epub -o story.m4b
  fullcast perform story.epub -o story.m4b --casting story.casting.toml
  fullcast script story.txt -o story.json   # edit who says what, then:
  fullcast perform story.json -o story.m4b

Beside OUT are kept its casting, to be edited (OUT's name with .casting.toml),
and what was spoken (.takes, a folder that may be deleted). STORY may also be a
script that fullcast script wrote. docs/reference.md tells of voices, castings
and dictionaries.

The environment is heeded: FULLCAST_SPEECH_KEY, the key of the server that
--server names; FULLCAST_VOICES, the folder of voices that were added."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command accepts."""
    add_story(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="OUT",
        help="what to make: .m4b, .epub, .vtt, .srt, .stems, a folder of MP3s (no ending), or "
        ".json, the script with times",
    )
    parser.add_argument("--cover", metavar="PICTURE", help="a JPEG or PNG, where a package has one")
    parser.add_argument(
        "--series-title", default="", metavar="TITLE", help="the series it belongs to, for its tags"
    )
    parser.add_argument(
        "--series-part", default="", metavar="NUMBER", help="its number in the series"
    )
    _add_voices(parser)
    _add_manner(parser)
    parser.add_argument(
        "--takes",
        metavar="FOLDER",
        help="keep what was spoken in this folder (default: beside OUT)",
    )
    parser.add_argument(
        "--jobs",
        type=_positive,
        metavar="N",
        help="speak N lines at a time (default: as many as the engine likes)",
    )
    add_judging(parser)


def _add_voices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        help="who speaks (default: the casting's engine, else espeak, which needs no model)",
    )
    parser.add_argument(
        "--server",
        metavar="URL",
        help="let a speech server of the OpenAI kind speak, e.g. http://localhost:8880/v1; the "
        "words of the story are sent to it",
    )
    parser.add_argument(
        "--speech-model", metavar="NAME", help="the server's model (default: tts-1)"
    )
    parser.add_argument(
        "--casting",
        metavar="FILE",
        help="who has which voice, as TOML; read if it is there, else written (default: beside "
        "OUT)",
    )
    parser.add_argument(
        "--series",
        action="append",
        default=[],
        metavar="FILE",
        help="another book's casting: its people keep their voices; may be repeated",
    )


def _add_manner(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--pronunciation",
        action="append",
        default=[],
        metavar="FILE",
        help="how names are said, as W3C PLS; one that is not there is written, with the names "
        "that are likely said wrong; may be repeated, the last word holds",
    )
    parser.add_argument(
        "--skip-tags", action="store_true", help="leave out what only tells who speaks: he said"
    )
    parser.add_argument(
        "--plain", action="store_true", help="speak every line alike, whatever the text says of it"
    )
    parser.add_argument(
        "--with",
        action="append",
        default=[],
        dest="layers",
        choices=("front", "note", "back"),
        help="speak title pages (front), notes or back matter too; may be repeated",
    )


def _positive(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) <= 64:
        raise argparse.ArgumentTypeError(f"{word!r} is no number from 1 to 64")
    return int(word)


def run(options: argparse.Namespace) -> int:
    """Perform the story."""
    from fullcast.cli import progress, streams
    from fullcast.workspace import performing

    judging = judging_of(options)
    engine, settings = _engine(options)
    story, encoding = streams.story(options.story, options.encoding)
    with progress.shown() as told:
        performed = performing.perform(
            story,
            Path(options.output),
            encoding=encoding,
            engine=engine,
            settings=settings,
            casting=options.casting,
            series=options.series,
            pronunciation=options.pronunciation,
            skip_tags=options.skip_tags,
            directed=not options.plain,
            layers=("body", *options.layers),
            cover=options.cover,
            series_title=options.series_title,
            series_part=options.series_part,
            takes=options.takes,
            lanes=options.jobs,
            progress=told,
            **judging,
        )
    _tell(performed)
    return PARTIAL if performed.failed else 0


def _engine(options: argparse.Namespace) -> tuple[str | None, dict[str, str]]:
    if options.server is None:
        if options.speech_model is not None or options.engine == "server":
            options.refuse("--speech-model and --engine server need --server URL")
        return options.engine, {}
    if options.engine not in {None, "server"}:
        options.refuse(f"--server and --engine {options.engine} are two engines; choose one")
    settings = {"url": options.server, "key": os.environ.get(KEY, "").strip()}
    if options.speech_model is not None:
        settings["model"] = options.speech_model
    return "server", settings


def _tell(performed: "Performance") -> None:
    """Say in a few lines what was made, where people see it."""
    from fullcast.cli.text import all_visible

    if sys.stderr is None:
        return
    told = [line for line in performed.report.lines() if not line.startswith("Missing")] + [
        f"{performed.clips} takes, {performed.made} of them new; voices: {performed.casting_path}"
    ]
    if performed.failed:
        told.append(f"partial: {len(performed.failed)} lines could not be spoken")
        told += performed.failed[:MOST_FAILURES]
        if len(performed.failed) > MOST_FAILURES:
            told.append("… (the others likewise)")
    for line in told:
        print(f"fullcast: {all_visible(line)}", file=sys.stderr)
