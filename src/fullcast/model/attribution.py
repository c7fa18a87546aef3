"""Who says a quotation, how sure that is, and on whose word."""

from dataclasses import dataclass
from enum import StrEnum

from fullcast.model.span import Span


class SourceKind(StrEnum):
    """Who judged."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"
    OPINION = "opinion"
    """A language model that was asked about a doubtful line; its accuracy is not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One judgement: a quotation, its speaker, and the doubt about it."""

    quotation: str
    speaker: str | None
    """A character's id, or ``None`` for nobody in the cast."""
    probability: float
    """That ``speaker`` is right, in [0, 1]."""
    alternatives: tuple[tuple[str | None, float], ...] = ()
    """The next best speakers with their probabilities, best first."""
    addressees: tuple[str, ...] = ()
    evidence: Span | None = None
    """The words that decided, where words did."""
    source: SourceKind = SourceKind.RULE
    reason: str = ""
    """The rule's name, or the model's with its hash."""
