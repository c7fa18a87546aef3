"""Long chapters cut where nobody speaks, so that a line changed costs a piece of one only."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import ceil

from fullcast.render.packages.mix import part_samples
from fullcast.render.timeline import RATE_HZ, Clip, Part

CLIPS = 40
"""In a piece, at least. Counted, not timed: another voice is slower, and moves no cut."""

QUIET_S = 0.2
"""Nobody speaks for so long at a cut; two frames of AAC at either side are silence."""

_SLACK_S = 60.0
"""A part may be longer than its share until somebody stops speaking."""


def cut(part: Part) -> tuple[Part, ...]:
    """Cut a chapter into pieces, each with times of its own; as long together as it is.

    Times within a piece do not depend on those before it, to the sample. So a piece that stays as
    it was is known again, wherever what changed before it has moved it to.
    """
    return _pieces(part, lambda clips, _: clips >= CLIPS)


def split(part: Part, most_s: float) -> tuple[Part, ...]:
    """Cut a chapter that is too long into as few parts as can be, of about one length."""
    if part.duration_s <= most_s:
        return (part,)
    count = ceil(part.duration_s / (most_s - _SLACK_S))
    share = part_samples(part) // count
    parts = _pieces(part, lambda _, samples: samples >= share)
    return tuple(
        replace(one, title=f"{part.title} ({number} of {len(parts)})".strip())
        for number, one in enumerate(parts, 1)
    )


def _pieces(part: Part, is_enough: Callable[[int, int], bool]) -> tuple[Part, ...]:
    """Cut where a piece has enough clips, or samples."""
    pieces = []
    begin = 0
    for clips, end in _runs(part, is_enough):
        moved = tuple(
            replace(clip, start_s=(round(clip.start_s * RATE_HZ) - begin) / RATE_HZ)
            for clip in clips
        )
        pieces.append(Part(title=part.title, clips=moved, duration_s=(end - begin) / RATE_HZ))
        begin = end
    return tuple(pieces)


def _runs(
    part: Part, is_enough: Callable[[int, int], bool]
) -> Iterator[tuple[Sequence[Clip], int]]:
    """Yield the clips of each piece, and where it ends, in samples of the chapter."""
    quiet = round(QUIET_S * RATE_HZ)
    run: list[Clip] = []
    begin = end = 0
    for clip in sorted(part.clips, key=lambda clip: clip.start_s):
        start = round(clip.start_s * RATE_HZ)
        if run and start - end >= quiet and is_enough(len(run), end - begin):
            begin = start - quiet // 2
            yield run, begin
            run = []
        run.append(clip)
        end = max(end, start + round(clip.duration_s * RATE_HZ))
    yield run, part_samples(part)
