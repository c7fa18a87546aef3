"""A process of its own for an engine: ``python -m fullcast.render.worker``.

It reads a line of JSON for the engine, then one for each take, and answers each with the reason
why it failed, or with none. It ends when its standard input does, so it outlives nobody; and an
engine that crashes takes nothing with it but this.
"""

import json
import signal
import sys
from pathlib import Path

from fullcast.errors import EngineError, OutputError
from fullcast.render.engines import build_engine
from fullcast.render.engines.engine import Engine, LineError
from fullcast.render.finish import finish
from fullcast.render.takes import Take, Takes


def record(engine: Engine, takes: Takes, take: Take) -> str:
    """Speak a take and keep it; return why that cannot be, or nothing.

    Raises:
        EngineError: No other take would fare better.
        OutputError: It cannot be kept.
    """
    try:
        samples = engine.speak(take.words, engine.voice(take.voice), take.direction)
        if not len(samples):
            return "the engine gave no sound"
    except LineError as error:
        return str(error)
    takes.keep(take.key, finish(samples, take.direction))
    return ""


def main() -> int:
    """Answer until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us decides
    first = json.loads(sys.stdin.readline())
    engine = build_engine(first["engine"], first["settings"])
    takes = Takes(Path(first["takes"]))
    for line in sys.stdin:
        answer = {"failed": "", "error": "", "kind": ""}
        try:
            answer["failed"] = record(engine, takes, Take.from_json(json.loads(line)))
        except (EngineError, OutputError) as error:
            answer |= {"error": str(error), "kind": type(error).__name__}
        try:
            print(json.dumps(answer), flush=True)  # noqa: T201 - the other side reads it
        except BrokenPipeError:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
