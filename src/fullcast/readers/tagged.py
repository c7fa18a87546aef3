"""Passages of markup to a book: one text, joined by blank lines, and the drafts of its blocks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fullcast.formats.markup import Element
from fullcast.formats.xhtml import Passage
from fullcast.model import BlockKind, Layer, Place, Span
from fullcast.readers.draft import Draft

_JOINT = "\n\n"


@dataclass(slots=True)
class Manuscript:
    """A text as it grows, block by block.

    Blocks are joined by a blank line and the last one is followed by a line end, so the text is
    what the same story would be as a plain file with one line for each paragraph.
    """

    drafts: list[Draft] = field(default_factory=list)
    emphasis: list[Span] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _end: int = 0

    @property
    def next_start(self) -> int:
        """Where the next block with text will begin."""
        return self._end + len(_JOINT) if self._parts else 0

    @property
    def text(self) -> str:
        """The whole text."""
        return _JOINT.join(self._parts) + "\n" if self._parts else ""

    def add(self, draft: Draft, emphasis: Iterable[tuple[int, int]] = ()) -> None:
        """Append a block; ``draft.words`` are its text and its span is set from them."""
        raw = draft.words
        start = self.next_start
        self._parts.append(raw)
        self._end = start + len(raw)
        words = raw.strip()
        lead = len(raw) - len(raw.lstrip())
        draft.span = Span(start + lead, start + lead + len(words))
        draft.words = words
        self.drafts.append(draft)
        self.emphasis.extend(Span(start + first, start + last) for first, last in emphasis)

    def add_rule(self, place: Place, layer: Layer | None = None) -> None:
        """Append a scene break that has no characters; one is enough between two blocks."""
        if not self.drafts or self.drafts[-1].kind is BlockKind.BREAK:
            return
        at = self._end + 1
        self.drafts.append(
            Draft(span=Span(at, at), words="", place=place, kind=BlockKind.BREAK, layer=layer)
        )


def add_passages(
    manuscript: Manuscript,
    passages: Iterable[Passage],
    layers: Mapping[Element, Layer],
    *,
    document: str = "",
    whole: Layer | None = None,
) -> list[int]:
    """Append the passages of one document.

    Args:
        manuscript: What they are appended to.
        passages: The blocks, in order.
        layers: What is known of elements; the innermost one around a passage counts. ``BODY``
            stands for story, whose own notes and titles are still to be found.
        document: The name of the container's part.
        whole: The layer of what no element decides.

    Returns:
        For each passage where it begins, and last where the next document will.
    """
    starts = []
    for passage in passages:
        layer = next((layers[e] for e in reversed(passage.around) if e in layers), whole)
        layer = None if layer is Layer.BODY else layer
        place = Place(document=document, path=passage.path)
        starts.append(manuscript.next_start)
        if passage.rule:
            manuscript.add_rule(place, layer)
            continue
        draft = Draft(
            span=Span(0, 0),
            words=passage.text,
            place=place,
            layer=layer,
            level=passage.level,
            linked=passage.linked,
        )
        manuscript.add(draft, passage.emphasis)
    return [*starts, manuscript.next_start]
