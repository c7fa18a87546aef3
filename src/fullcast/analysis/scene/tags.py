"""Gather the tags that belong to each quotation from the narration around its parts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from fullcast.analysis.lexicon import SPEECH_VERBS
from fullcast.analysis.people.find import slug
from fullcast.analysis.quotations.labels import Label, label_between
from fullcast.analysis.scene.cues import CueFinder, Tag
from fullcast.analysis.scene.layout import Layout, Paragraph
from fullcast.analysis.words import split_clauses
from fullcast.model import BlockKind, Character, Span

_SHORT_LEAD = 40
"""Characters of a paragraph that may announce speech with a full stop: *Ada continued.*"""
_LEADS_IN = (",", ":", "—", "--")


def find_tags(text: str, layout: Layout, finder: CueFinder) -> list[list[Tag]]:
    """Return for each quotation its tags, surest first."""
    tags: list[list[Tag]] = [[] for _ in layout.first]
    for paragraph in layout.paragraphs:
        if paragraph.parts:
            for number, tag in _paragraph_tags(text, layout, paragraph, finder):
                tags[number].append(tag)
    for found in tags:
        found.sort(key=lambda tag: tag.rank)
    return tags


def _paragraph_tags(
    text: str, layout: Layout, paragraph: Paragraph, finder: CueFinder
) -> Iterator[tuple[int, Tag]]:
    gaps = paragraph.narration()
    numbers = [number for _, number in paragraph.parts]
    for place, gap in enumerate(gaps):
        left = numbers[place - 1] if place else None
        right = numbers[place] if place < len(numbers) else None
        if left is not None and left == right:
            yield from ((left, tag) for tag in _between(gap, finder))
            continue
        mine, its = _share(text, gap, left is not None and right is not None)
        if left is not None:
            yield from ((left, tag) for tag in finder.after(mine.start, mine.end))
        if right is not None:
            yield from ((right, tag) for tag in finder.before(its.start, its.end))
    for number, label in _labels(text, paragraph):
        tag = finder.label(label)
        if tag:
            yield number, tag
    if not gaps[0].of(text).strip():
        lead = _lead_in(text, layout, paragraph)
        if lead:
            yield from ((numbers[0], tag) for tag in finder.before(lead.start, lead.end))


def find_handles(text: str, layout: Layout, taken: set[str]) -> Iterator[Character]:
    """Yield who labels lines by a name written small, as people call themselves in a chat.

    Args:
        text: The story's.
        layout: Where its quotations stand.
        taken: Ids of others; theirs are added.
    """
    labels = (label for each in layout.paragraphs for _, label in _labels(text, each))
    names = Counter(label.name.of(text) for label in labels)
    for name, _ in names.most_common():
        if name[0].islower():
            yield Character(id=slug(name, taken), name=name, aliases=(name,))


def _labels(text: str, paragraph: Paragraph) -> Iterator[tuple[int, Label]]:
    gaps = paragraph.narration()
    for (_, number), gap in zip(paragraph.parts, gaps, strict=False):
        label = label_between(text, gap)
        if label:
            yield number, label


def _between(gap: Span, finder: CueFinder) -> Iterator[Tag]:
    """Yield the tags between two parts of a speech, or else who acts there first."""
    found = [*finder.after(gap.start, gap.end), *finder.before(gap.start, gap.end)]
    tags = [tag for tag in found if tag.verb]
    yield from tags or (replace(beat, between=True) for beat in found[:1])


def _share(text: str, gap: Span, contested: bool) -> tuple[Span, Span]:
    """Divide narration between the speech before it and the one after it."""
    if not contested:
        return gap, gap
    clauses = list(split_clauses(text, gap.start, gap.end))
    if len(clauses) > 1:
        cut = clauses[-1][0]
        return Span(gap.start, cut), Span(cut, gap.end)
    leads = gap.of(text).rstrip().endswith(_LEADS_IN)
    if leads and gap.of(text).split()[0] in SPEECH_VERBS:
        return gap, gap  # “Yes,” called Tom, while Ada said: “No.”
    empty = Span(gap.end, gap.end)
    return (empty, gap) if leads else (gap, empty)


def _lead_in(text: str, layout: Layout, paragraph: Paragraph) -> Span | None:
    """Return the paragraph before if it ends by announcing speech: *Ada said:*."""
    if paragraph.number == 0:
        return None
    before = layout.paragraphs[paragraph.number - 1]
    if before.kind is not BlockKind.PARAGRAPH:
        return None
    tail = before.narration()[-1]
    words = tail.of(text).strip()
    last = words.rstrip(".").rpartition(" ")[2].lower()
    short = not before.parts and (len(words) <= _SHORT_LEAD or last in SPEECH_VERBS)
    return tail if words and (short or words[-1] not in '.!?…;"”’') else None
