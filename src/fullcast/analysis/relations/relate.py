"""How people stand to each other: read once, and meant anew after each correction."""

from collections.abc import Sequence
from dataclasses import dataclass

from fullcast.analysis.narration.narrate import Narrated
from fullcast.analysis.relations.moves import MoveReader
from fullcast.analysis.relations.ties import TieReader
from fullcast.analysis.relations.warmth import Warmth
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.words import Words
from fullcast.model import Attribution, Feeling, Manner, Move, Tie, TurningPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """How people stand to each other in a whole book."""

    ties: tuple[Tie, ...]
    moves: tuple[Move, ...]
    turning_points: tuple[TurningPoint, ...]


class Relations:
    """Reads once what tells of relations. Only between whom it is depends on who speaks."""

    def __init__(
        self, scene: Scene, words: Words, manners: Sequence[Manner], feelings: Sequence[Feeling]
    ) -> None:
        """Read what the text states, and what the words of each line and its manner tell.

        Args:
            scene: The book, its turns and its cast.
            words: The book's words.
            manners: One for each turn, in order.
            feelings: What turns are felt with.
        """
        self._ties = TieReader(scene, words)
        self._moves = MoveReader(scene, words, manners, feelings)
        self._warmth = Warmth()

    def told(self, attributions: Sequence[Attribution], narrated: Narrated) -> Related:
        """Say between whom it all is, given who says each turn.

        Args:
            attributions: One for each turn of the scene, in order.
            narrated: What narration tells, given the same.
        """
        moves, turning_points = self._warmth.told(self._moves.moves(attributions, narrated))
        return Related(
            ties=self._ties.ties(attributions),
            moves=moves,
            turning_points=turning_points,
        )
