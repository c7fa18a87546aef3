"""Doubts about a book. Data, not exceptions: a notice never stops the work."""

from dataclasses import dataclass
from types import MappingProxyType

from fullcast.model.span import Span

HINTS = MappingProxyType(
    {
        "E001": "If letters look wrong, name the encoding: --encoding cp1252.",
        "E002": "The file was damaged before Fullcast saw it; look for a better copy.",
        "B001": "The links of the book's contents lead nowhere; headings were used instead.",
        "B002": "The book's own list names this part, but the archive does not hold it.",
        "Q001": "Add the missing mark in the source and run again; only its paragraph is affected.",
        "Q002": "Everything is narration. If people do speak, tell us how the speech is marked.",
        "C001": "Nobody with a name was found, so speakers stay unknown.",
        "C002": "Lines by that name are doubtful: look at them first, and set right who speaks.",
        "O001": "These lines stay as they were. Ask again, or ask another model.",
    }
)
"""What to do about each kind of notice, by its stable code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One doubt: a stable code, what was seen, and where."""

    code: str
    message: str
    span: Span | None = None
    """Where in the text; ``None`` where it concerns the whole book."""

    @property
    def hint(self) -> str:
        """What a person can do about it."""
        return HINTS[self.code]
