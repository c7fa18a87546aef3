"""Scenes, and who is there in each."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fullcast.analysis.scene.layout import Layout
from fullcast.model import BlockKind, DeedKind, Presence, SceneStart, Span, StoryScene

_UNITS = r"(?:minutes?|hours?|days?|weeks?|months?|years?|mornings?|evenings?|nights?)"
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|some|several|a few|many|half an)"
_TIME = re.compile(
    rf"(?:The|On the|Early the|Late the|By the|In the) (?:next|following)"
    rf" (?:{_UNITS}|afternoon|day)\b"
    r"|(?:That|The same|One) (?:very )?(?:night|evening|afternoon|morning|day)\b"
    rf"|(?:About |Nearly |Some )?{_COUNT} {_UNITS} (?:later|afterwards?|after|passed|went by)\b"
    r"|(?:Next|Early next) (?:morning|day|evening|week)\b|(?:Meanwhile|Meantime|In the meantime)\b"
    r"|It was (?:\w+ ){0,3}(?:morning|evening|night|noon|midnight|afternoon) when\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:When|As soon as|After) [^.;\n]{1,40}? (?:had )?(?:reached|arrived|got (?:home|back|to)|"
    r"returned (?:to|home)|come (?:home|back)|came (?:home|back))\b"
)
_ENTERING = frozenset((DeedKind.ENTRANCE,))
_LEAVING = frozenset((DeedKind.EXIT,))


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that shows somebody to be there."""

    character: str
    span: Span
    probability: float
    deed: DeedKind | None = None


def find_scenes(text: str, layout: Layout) -> list[StoryScene]:
    """Cut a story into scenes: at headings, breaks, and where narration changes time or place."""
    starts: list[tuple[int, SceneStart]] = []
    pending: SceneStart | None = SceneStart.CHAPTER
    for paragraph in layout.paragraphs:
        if paragraph.kind is BlockKind.HEADING:
            pending = SceneStart.CHAPTER
        elif paragraph.kind is BlockKind.BREAK:
            pending = pending or SceneStart.BREAK
        else:
            begins = pending or _told(text, paragraph.span)
            if begins:
                starts.append((paragraph.span.start, begins))
            pending = None
    edges = [start for start, _ in starts] + [p.span.end for p in layout.paragraphs[-1:]]
    return [
        StoryScene(span=Span(start, end), start=why)
        for (start, why), end in zip(starts, edges[1:], strict=True)
    ]


def _told(text: str, paragraph: Span) -> SceneStart | None:
    if _TIME.match(text, paragraph.start, paragraph.end):
        return SceneStart.TIME
    if _PLACE.match(text, paragraph.start, paragraph.end):
        return SceneStart.PLACE
    return None


def people_scenes(
    scenes: Sequence[StoryScene], sightings: Iterable[Sighting]
) -> Iterator[StoryScene]:
    """Say for each scene who is there."""
    starts = [scene.span.start for scene in scenes]
    seen: list[dict[str, list[Sighting]]] = [defaultdict(list) for _ in scenes]
    for sighting in sorted(sightings, key=lambda each: each.span):
        place = bisect_right(starts, sighting.span.start) - 1
        if place >= 0:
            seen[place][sighting.character].append(sighting)
    for scene, people in zip(scenes, seen, strict=True):
        yield StoryScene(
            span=scene.span,
            start=scene.start,
            presences=tuple(_presence(found) for found in people.values()),
        )


def _presence(found: Sequence[Sighting]) -> Presence:
    first, last = found[0], found[-1]
    absent = 1.0
    for sighting in found:
        absent *= 1 - sighting.probability
    return Presence(
        character=first.character,
        first=first.span,
        last=last.span,
        enters=first.span if first.deed in _ENTERING else None,
        leaves=last.span if last.deed in _LEAVING else None,
        probability=round(min(1 - absent, 0.99), 3),
    )
