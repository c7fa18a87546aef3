"""What every reader makes of its file before the shared rules look at it.

A draft is a block whose kind and layer may still be open. Knows nothing of files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from fullcast.model import Block, BlockKind, Layer, Place, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What the words of a heading say."""

    style: str
    """``part``, ``chapter``, ``roman``, ``digit``, ``word``, ``named`` or ``markup``."""
    rank: int
    """How far out it stands: a volume before a part, a part before a chapter."""
    number: int | None = None
    title: str = ""
    """The words after the number."""
    span: Span | None = None
    """Of its words within the block's own, where one block holds heading and subtitle."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """A block in the making; the rules fill in what the markup left open."""

    span: Span
    words: str
    place: Place = field(default_factory=Place)
    kind: BlockKind = BlockKind.PARAGRAPH
    layer: Layer | None = None
    """``None`` until something is known; what stays ``None`` is story."""
    level: int = 0
    """The level of the heading by its markup (h1 = 1); 0 where there is no markup."""
    heading: Heading | None = None
    """Set on headings that open a chapter, not on their subtitles."""
    linked: bool = False
    """Every word of it is a link to another place in the book, as in a table of contents."""

    @property
    def lines(self) -> list[str]:
        """Its lines, stripped."""
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    @property
    def open(self) -> bool:
        """Whether it may still become anything: a paragraph of an undecided layer."""
        return self.layer is None and self.kind is BlockKind.PARAGRAPH

    def block(self) -> Block:
        """Return what it has become."""
        return Block(
            span=self.span, kind=self.kind, layer=self.layer or Layer.BODY, place=self.place
        )


def following(drafts: list[Draft], start: int) -> Iterator[Draft]:
    """Yield the drafts from ``start`` on; a slice would copy the rest of the book each time."""
    return (drafts[index] for index in range(start, len(drafts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePage:
    """What a title page or a header says of the book."""

    title: str = ""
    author: str = ""
    language: str = ""
