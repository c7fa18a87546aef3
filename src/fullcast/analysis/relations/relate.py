"""How people stand to each other: read once, and meant anew after each correction."""

from collections.abc import Sequence
from dataclasses import dataclass

from fullcast.analysis.relations.ties import TieReader
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.words import Words
from fullcast.model import Attribution, Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """How people stand to each other in a whole book."""

    ties: tuple[Tie, ...]


class Relations:
    """Reads once what tells of relations. Only between whom it is depends on who speaks."""

    def __init__(self, scene: Scene, words: Words) -> None:
        """Read what the text states."""
        self._ties = TieReader(scene, words)

    def told(self, attributions: Sequence[Attribution]) -> Related:
        """Say between whom it all is, given who says each turn of the scene, in order."""
        return Related(ties=self._ties.ties(attributions))
