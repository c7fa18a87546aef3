"""Takes are made: here, or in processes of their own, one line at a time for each lane."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from queue import SimpleQueue
from typing import IO

from fullcast import errors
from fullcast.render.engines.engine import Engine
from fullcast.render.takes import Take, Takes
from fullcast.render.worker import record

CRASHED = "the engine crashed at it"


def make(
    engine: Engine, takes: Takes, wanted: Sequence[Take], *, lanes: int = 1
) -> Iterator[tuple[Take, str]]:
    """Speak takes and keep them; give each, as it is done, with why it failed, or nothing.

    Raises:
        EngineError: The engine cannot go on at all.
        OutputError: Takes cannot be kept.
    """
    if not wanted:
        return
    booths: SimpleQueue[_Booth] = SimpleQueue()
    made = [_Booth(engine, takes) for _ in range(max(1, min(lanes, len(wanted))))]
    for booth in made:
        booths.put(booth)

    def one(take: Take) -> str:
        booth = booths.get()
        try:
            return booth.record(take)
        finally:
            booths.put(booth)

    pool = ThreadPoolExecutor(len(made))
    try:
        asked = {pool.submit(one, take): take for take in wanted}
        for done in as_completed(asked):
            yield asked.pop(done), done.result()
    finally:
        pool.shutdown(cancel_futures=True)  # what is being spoken is spoken to its end
        for booth in made:
            booth.close()


class _Booth:
    """Where one line is spoken at a time."""

    def __init__(self, engine: Engine, takes: Takes) -> None:
        self._engine, self._takes = engine, takes
        self._process: subprocess.Popen[str] | None = None

    def record(self, take: Take) -> str:
        if self._engine.settings is None:
            return record(self._engine, self._takes, take)
        stdin, stdout = self._started()
        answer = ""
        with suppress(BrokenPipeError):
            stdin.write(json.dumps(take.as_json()) + "\n")
            stdin.flush()
            answer = stdout.readline()
        if not answer:
            self.close()
            return CRASHED
        said = json.loads(answer)
        if said["error"]:
            raise getattr(errors, said["kind"])(said["error"])
        failed: str = said["failed"]
        return failed

    def close(self) -> None:
        """End the process, if one was started."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(BrokenPipeError):
                process.communicate()

    def _started(self) -> tuple[IO[str], IO[str]]:
        if self._process is None:
            self._process = self._start()
        assert self._process.stdin is not None  # for mypy; pipes were asked for
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "fullcast.render.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="ascii",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert process.stdin is not None  # for mypy
        order = {
            "engine": self._engine.name,
            "settings": self._engine.settings,
            "takes": str(self._takes.folder),
        }
        process.stdin.write(json.dumps(order) + "\n")
        return process
