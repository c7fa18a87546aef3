"""M4B: one file, with chapters, cover, and the tags that audiobook shelves read.

Chapters are encoded apart and their packets joined, so that a line changed costs one chapter. A
chapter begins where the timeline has it, to within half of an AAC frame (21 ms): packets of
silence at its end are left out as needed, so differences never add up.
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from fullcast.formats.files import whole_file
from fullcast.render.packages.audio import AAC_FRAME, Cover, add_cover, read_cover
from fullcast.render.packages.chapters import Encoded, encode_chapters, measured
from fullcast.render.packages.mix import part_samples
from fullcast.render.packages.order import Order
from fullcast.render.packages.report import Report
from fullcast.render.timeline import RATE_HZ, Timeline

_OPTIONS = {"movflags": "+faststart", "brand": "M4B "}


def write(order: Order) -> Report:
    """Write one M4B of the whole performance."""
    timeline, target = order.timeline, order.target
    cover = read_cover(order.cover)
    chapters, levels = encode_chapters(timeline, order.store, order.progress)
    counts = _packet_counts(chapters)
    with whole_file(target) as path:
        _join(chapters, counts, path, book_tags(timeline), cover)
    return Report(
        path=target,
        package="M4B",
        duration_s=(sum(counts) - 1) * AAC_FRAME / RATE_HZ,
        chapters=tuple(measured(chapter, target.name) for chapter in chapters),
        voices=levels,
        failed=timeline.failed,
    )


def book_tags(timeline: Timeline) -> dict[str, str]:
    """Return the tags as Audiobookshelf and players read them: the composer is the narrator."""
    tags = {
        "title": timeline.title,
        "album": timeline.title,
        "artist": timeline.author,
        "album_artist": timeline.author,
        "composer": timeline.narrator,
        "genre": "Audiobook",
        "comment": "Performed by synthetic voices.",
        "language": timeline.language,
    }
    return {name: value for name, value in tags.items() if value}


def _packet_counts(chapters: Sequence[Encoded]) -> list[int]:
    """Say how many packets of each chapter are taken, for the next to begin in time."""
    counts = []
    end = taken = 0
    for chapter in chapters:
        end += part_samples(chapter.part)
        counts.append(round(end / AAC_FRAME) - taken)
        taken += counts[-1]
    if counts:
        counts[-1] += 2  # the encoder is a frame late, and the end may be a part of one
    return counts


def _join(
    chapters: Sequence[Encoded],
    counts: Sequence[int],
    path: Path,
    tags: dict[str, str],
    cover: Cover | None,
) -> None:
    with av.open(str(path), "w", format="mp4", options=_OPTIONS) as out:
        out.metadata.update(tags)
        with av.open(str(chapters[0].path)) as first:
            stream = out.add_stream_from_template(first.streams.audio[0])
        out.set_chapters(_marks(chapters, counts))
        add_cover(out, cover)
        at = -AAC_FRAME
        for chapter, count in zip(chapters, counts, strict=True):
            at = _append(out, stream, chapter.path, count, at)


def _marks(chapters: Sequence[Encoded], counts: Sequence[int]) -> list[Any]:
    marks, at = [], 0
    for number, (chapter, count) in enumerate(zip(chapters, counts, strict=True)):
        end = at + count * AAC_FRAME
        marks.append(
            {
                "id": number,
                "start": at,
                "end": end,
                "time_base": Fraction(1, RATE_HZ),
                "metadata": {"title": chapter.part.title},
            }
        )
        at = end
    return marks


def _append(out: Any, stream: Any, path: Path, count: int, at: int) -> int:
    """Copy the first packets of a chapter; return where the next one begins."""
    with av.open(str(path)) as file:
        for packet in file.demux(audio=0):
            if not count or not packet.size:
                break
            packet.stream = stream
            packet.time_base = Fraction(1, RATE_HZ)
            packet.pts = packet.dts = at
            packet.duration = AAC_FRAME
            out.mux(packet)
            at += AAC_FRAME
            count -= 1
    return at
