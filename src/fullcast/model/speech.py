"""What is said, and how the narrator tags it."""

from dataclasses import dataclass
from enum import StrEnum

from fullcast.model.span import Span


class QuotationKind(StrEnum):
    """What a passage in quotation marks (or dashes, or italics) is."""

    SPEECH = "speech"
    THOUGHT = "thought"
    WRITING = "writing"
    """Letters, messages, signs, headlines: read out, but by nobody present."""
    MENTION = "mention"
    """Titles, scare quotes, words as words: never a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One speech, perhaps interrupted by narration or running over paragraphs."""

    spans: tuple[Span, ...]
    """In order, not overlapping, quotation marks included."""
    kind: QuotationKind = QuotationKind.SPEECH
    closed: bool = True
    """Whether its last mark was found."""

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError("a quotation has at least one span")

    @property
    def id(self) -> str:
        """An id that depends on the text alone."""
        return f"q{self.spans[0].start}"

    @property
    def span(self) -> Span:
        """From its first character to its last, narration between included."""
        return Span(self.spans[0].start, self.spans[-1].end)


class CueKind(StrEnum):
    """How the narrator points at a speaker."""

    EXPLICIT = "explicit"
    """By name: *said Ada*."""
    ANAPHORIC = "anaphoric"
    """By pronoun or description: *she said*, *said the landlord*."""
    BEAT = "beat"
    """By what somebody does beside the speech: *Ada shrugged.*"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What tags a quotation."""

    quotation: str
    span: Span
    kind: CueKind
    subject: Span
    """Who speaks, as the narrator puts it: a name, description or pronoun."""
    verb: Span | None = None
    manner: Span | None = None
    """An adverb or phrase: *coldly*, *in a low voice*."""
