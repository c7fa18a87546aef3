"""What an engine is, and what may go wrong with one."""

from typing import TYPE_CHECKING, Protocol, TypeAlias

from fullcast.errors import FullcastError
from fullcast.render.direction import Direction
from fullcast.render.voices import Voice

if TYPE_CHECKING:
    from numpy import float32, intp
    from numpy.typing import NDArray

    Samples: TypeAlias = NDArray[float32]
    """One channel, :data:`~fullcast.render.timeline.RATE_HZ`, from -1 to 1."""

    Numbers: TypeAlias = NDArray[intp]
    """The places of samples."""


class LineError(FullcastError):
    """One line cannot be spoken; another may be."""


class Engine(Protocol):
    """Somebody who can speak.

    The same words, voice and direction must give the same samples, whatever was spoken before:
    takes are kept by them. :class:`LineError` says why a line cannot be spoken, and
    :class:`~fullcast.errors.EngineError` that no other could be.
    """

    @property
    def name(self) -> str:
        """What it is called on the command line."""

    @property
    def version(self) -> str:
        """Whatever, when it changes, makes old takes stale: release, model, settings."""

    @property
    def lanes(self) -> int:
        """How many lines it may be asked for at a time."""

    @property
    def settings(self) -> dict[str, str] | None:
        """What another process needs to build the same engine; ``None``: it stays in ours."""

    def voices(self) -> tuple[Voice, ...]:
        """List the voices to cast from, those that are most unlike each other first."""

    def voice(self, name: str) -> Voice:
        """Find a voice by its id, those not listed too.

        Raises:
            EngineError: It has none of that name.
        """

    def speak(self, text: str, voice: Voice, direction: Direction) -> "Samples":
        """Speak ``text``; a word's sounds may stand in it as ``⟦word|ipa⟧``."""
