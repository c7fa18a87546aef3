"""Long chapters cut where nobody speaks, so that a line changed costs a piece of one only."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fullcast.render.packages.mix import part_samples
from fullcast.render.timeline import RATE_HZ, Clip, Part

CLIPS = 40
"""In a piece, at least. Counted, not timed: another voice is slower, and moves no cut."""

QUIET_S = 0.2
"""Nobody speaks for so long at a cut; two frames of AAC at either side are silence."""


def cut(part: Part) -> tuple[Part, ...]:
    """Cut a chapter into pieces, each with times of its own; as long together as it is.

    Times within a piece do not depend on those before it, to the sample. So a piece that stays as
    it was is known again, wherever what changed before it has moved it to.
    """
    pieces = []
    begin = 0
    for clips, end in _runs(part):
        moved = tuple(
            replace(clip, start_s=(round(clip.start_s * RATE_HZ) - begin) / RATE_HZ)
            for clip in clips
        )
        pieces.append(Part(title=part.title, clips=moved, duration_s=(end - begin) / RATE_HZ))
        begin = end
    return tuple(pieces)


def _runs(part: Part) -> Iterator[tuple[Sequence[Clip], int]]:
    """Yield the clips of each piece, and where it ends, in samples of the chapter."""
    quiet = round(QUIET_S * RATE_HZ)
    run: list[Clip] = []
    end = 0
    for clip in sorted(part.clips, key=lambda clip: clip.start_s):
        start = round(clip.start_s * RATE_HZ)
        if len(run) >= CLIPS and start - end >= quiet:
            yield run, start - quiet // 2
            run = []
        run.append(clip)
        end = max(end, start + round(clip.duration_s * RATE_HZ))
    yield run, part_samples(part)
