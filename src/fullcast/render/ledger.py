"""What each output needs of a folder of takes; what none has needed lately is removed.

Several runs may use the folder at once. A run notes a name before it looks for the file, and files
go in one transaction with their names: so nobody removes what another run counts on. What was
never noted is left alone; a ledger that is lost costs room, and no take.
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Self

from fullcast.errors import OutputError

RUNS = 3
"""So many performances of each output are remembered: what is changed back is still there."""

_NAME = "needed.sqlite"
_WAIT_S = 60.0
_TABLES = """
CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY, output TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS needs (run INTEGER, name TEXT, PRIMARY KEY (run, name)) WITHOUT ROWID;
"""


class Ledger:
    """One run's account of a folder, beside those of all others."""

    def __init__(self, folder: Path, output: Path) -> None:
        """Begin an account.

        Args:
            folder: Where the files are.
            output: What is made of them.

        Raises:
            OutputError: It cannot be kept there.
        """
        self.folder = folder
        self._lock = Lock()
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            self._open()
            with self._changing():
                asked = self._db.execute(
                    "INSERT INTO runs (output) VALUES (?)", (str(output.resolve()),)
                )
            self._run = asked.lastrowid

    def need(self, paths: Iterable[Path]) -> None:
        """Note files of the folder, before they are looked for.

        Raises:
            OutputError: That cannot be noted.
        """
        rows = [(self._run, path.relative_to(self.folder).as_posix()) for path in paths]
        with self._told(), self._changing():
            self._db.executemany("INSERT OR IGNORE INTO needs VALUES (?, ?)", rows)

    def __enter__(self) -> Self:
        """Keep the account while the work is done."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End it; where the work is done, remove what none has needed lately."""
        try:
            if kind is None:
                with suppress(sqlite3.Error), self._changing():  # it costs room only
                    self._prune()
        finally:
            self._db.close()

    def _prune(self) -> None:
        old = list(self._old_runs())
        marks = ", ".join("?" * len(old))
        named = self._db.execute(
            f"SELECT name FROM needs WHERE run IN ({marks}) "
            f"EXCEPT SELECT name FROM needs WHERE run NOT IN ({marks})",
            old * 2,
        )
        for (name,) in named.fetchall():
            with suppress(OSError):  # somebody listens to it
                (self.folder / name).unlink(missing_ok=True)
        self._db.execute(f"DELETE FROM needs WHERE run IN ({marks})", old)
        self._db.execute(f"DELETE FROM runs WHERE id IN ({marks})", old)

    def _old_runs(self) -> Iterator[int]:
        later: Counter[str] = Counter()
        for run, output in self._db.execute("SELECT id, output FROM runs ORDER BY id DESC"):
            if later[output] >= RUNS:
                yield run
            later[output] += 1

    def _open(self) -> None:
        path = self.folder / _NAME
        try:
            self._db = _connect(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # the power went while it was written
            path.unlink(missing_ok=True)
            self._db = _connect(path)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the ledger, against other threads and other runs."""
        with self._lock, self._db:
            self._db.execute("BEGIN IMMEDIATE")
            yield

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            why = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
            raise OutputError(f"{self.folder}: no takes can be kept ({why})") from error


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA synchronous = OFF")  # a kill does no harm, and a lost ledger little
    db.executescript(_TABLES)
    return db
