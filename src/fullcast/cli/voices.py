"""``fullcast voices``: who can speak here, and who could."""

import argparse

SUMMARY = "list the voices there are, or add some"

DESCRIPTION = """\
List the voices of the engines that can be used here, and the models that can
be added; or add one: its files are fetched, compared with their known hashes,
and kept. A fetch that broke off goes on where it stopped."""

EPILOG = """\
examples:
  fullcast voices list
  fullcast voices list --engine espeak
  fullcast voices add kokoro

The environment is heeded: FULLCAST_VOICES, the folder where models are kept."""

LOCAL = ("espeak", "kokoro", "piper")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command accepts."""
    parser.add_argument("action", choices=("list", "add"), help="what to do")
    parser.add_argument("model", metavar="MODEL", nargs="?", help="the model to add")
    parser.add_argument("--engine", choices=LOCAL, help="list this engine's voices only")
    parser.set_defaults(refuse=parser.error)


def run(options: argparse.Namespace) -> int:
    """List voices, or add some."""
    if (options.action == "add") != (options.model is not None):
        options.refuse("say either: list; or: add MODEL")
    if options.action == "add":
        return _add(options.model)
    return _list((options.engine,) if options.engine else LOCAL)


def _list(engines: tuple[str, ...]) -> int:
    from fullcast.cli import streams
    from fullcast.errors import EngineError
    from fullcast.render.engines import build_engine
    from fullcast.render.engines.models import MODELS

    lines = []
    for name in engines:
        try:
            voices = build_engine(name).voices()
        except EngineError as error:
            lines.append(f"{error}")
            continue
        for voice in voices:
            hertz = f"{voice.pitch_hz:.0f} Hz" if voice.pitch_hz else ""
            lines.append(
                f"{name:8}{voice.id:32}{voice.gender:9}{voice.age:7}{voice.accent:16}{hertz}".rstrip()
            )
    lines += ["", "Models to add:"]
    lines += [f"{name:14}{model.about} ({model.licence})" for name, model in MODELS.items()]
    with streams.told_output():
        print("\n".join(lines))
    return 0


def _add(name: str) -> int:
    from fullcast.cli import progress
    from fullcast.render.engines.models import add_model

    with progress.shown() as told:
        folder = add_model(name, told=told)
    print(f"{name} is in {folder}")
    return 0
