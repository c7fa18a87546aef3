"""How far long work is: on standard error, in terminals only, and gone when it is done."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE_S = 1.0
"""Nobody wants to be told of shorter work."""


@contextmanager
def shown() -> Iterator[Callable[[str, float], None] | None]:
    """Give a function that shows progress; or none, where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    """A bar that appears only when work has taken long enough to wonder."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskID, TextColumn

        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            TextColumn("{task.percentage:>3.0f}%", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID | None = None
        self._since_s = time.monotonic()

    def __call__(self, stage: str, fraction: float) -> None:
        if self._task is None:
            if time.monotonic() - self._since_s < PATIENCE_S:
                return
            self._task = self._progress.add_task(stage, total=1.0)
            self._progress.start()
        self._progress.update(self._task, description=stage, completed=fraction)

    def close(self) -> None:
        """Erase the bar."""
        self._progress.stop()
