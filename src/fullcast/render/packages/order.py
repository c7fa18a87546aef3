"""What is to be packed, where to, and with what."""

from dataclasses import dataclass
from pathlib import Path

from fullcast.model import Book
from fullcast.render.lines import Document
from fullcast.render.packages.report import Progress
from fullcast.render.packages.store import Store
from fullcast.render.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One package, as it was asked for."""

    timeline: Timeline
    target: Path
    store: Store
    cover: Path | None = None
    source: Book | None = None
    script: Document | None = None
    progress: Progress | None = None
