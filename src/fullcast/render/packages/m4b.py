"""M4B: one file, with chapters, cover, and the tags that audiobook shelves read.

Pieces of chapters are encoded apart and their packets joined, so that a line changed costs some
minutes of sound, however long the book.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av

from fullcast.formats.files import whole_file
from fullcast.render.packages.audio import AAC_FRAME, Cover, add_cover, read_cover
from fullcast.render.packages.chapters import Encoded, encode_chapters, measured
from fullcast.render.packages.join import add_stream, append, packet_counts
from fullcast.render.packages.order import Order
from fullcast.render.packages.report import Report
from fullcast.render.timeline import RATE_HZ, Timeline

_OPTIONS = {"movflags": "+faststart", "brand": "M4B "}


def write(order: Order) -> Report:
    """Write one M4B of the whole performance."""
    timeline, target = order.timeline, order.target
    cover = read_cover(order.cover)
    chapters, levels = encode_chapters(timeline, order.store, order.progress)
    counts = packet_counts([piece for chapter in chapters for piece in chapter.pieces])
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
    """Return the tags as Audiobookshelf and players read them.

    The composer is the narrator. MP4 has no field for a series of books; one of television (show,
    and the episode's id) is read for it.
    """
    tags = {
        "title": timeline.title,
        "album": timeline.title,
        "artist": timeline.author,
        "album_artist": timeline.author,
        "composer": timeline.narrator,
        "genre": "Audiobook",
        "comment": "Performed by synthetic voices.",
        "language": timeline.language,
        "show": timeline.series,
        "episode_id": timeline.series_part,
    }
    return {name: value for name, value in tags.items() if value}


def _join(
    chapters: Sequence[Encoded],
    counts: Sequence[int],
    path: Path,
    tags: dict[str, str],
    cover: Cover | None,
) -> None:
    pieces = [piece for chapter in chapters for piece in chapter.pieces]
    with av.open(str(path), "w", format="mp4", options=_OPTIONS) as out:
        out.metadata.update(tags)
        stream = add_stream(out, pieces)
        out.set_chapters(_marks(chapters, counts))
        add_cover(out, cover)
        append(out, stream, pieces, counts)


def _marks(chapters: Sequence[Encoded], counts: Sequence[int]) -> list[Any]:
    marks, at = [], 0
    taken = iter(counts)
    for number, chapter in enumerate(chapters):
        end = at + sum(islice(taken, len(chapter.pieces))) * AAC_FRAME
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
