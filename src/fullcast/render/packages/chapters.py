"""Every chapter encoded once, piece by piece, and measured as it was encoded."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from fullcast.render.level import Level, amplitude, level_from
from fullcast.render.loudness import Samples, limit
from fullcast.render.packages.audio import AAC_BITS_PER_S, AAC_FRAME, encode_aac, measure_file
from fullcast.render.packages.levels import gains, voice_levels
from fullcast.render.packages.mix import mix, part_samples
from fullcast.render.packages.pieces import cut
from fullcast.render.packages.report import Measured, Progress
from fullcast.render.packages.store import Store, clip_key, key_of
from fullcast.render.timeline import RATE_HZ, Part, Timeline

CEILING_DB = -2.0
"""No peak is above it before encoding, which can raise a peak by a decibel or so."""
_VERSION = 2
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a chapter as AAC in an MP4 file of its own."""

    part: Part
    path: Path
    level: Level


@dataclass(frozen=True, slots=True)
class Encoded:
    """A chapter as AAC, in one or more pieces."""

    part: Part
    pieces: tuple[Piece, ...]

    @property
    def level(self) -> Level:
        """Return the level of all pieces together."""
        return sum((piece.level for piece in self.pieces), Level())


def part_key(part: Part, factors: Mapping[str, float]) -> str:
    """Return the key of a chapter's sound."""
    return key_of(
        [
            (clip_key(clip), clip.start_s, clip.duration_s, factors.get(clip.voice))
            for clip in part.clips
        ],
        part.duration_s,
    )


def levelled(
    part: Part, factors: Mapping[str, float], ceiling_db: float = CEILING_DB
) -> Iterator[Samples]:
    """Yield a chapter with its voices levelled and its peaks held."""
    blocks = mix(part.clips, part_samples(part), factors)
    return limit(blocks, amplitude(ceiling_db), RATE_HZ)


def encode_chapters(
    timeline: Timeline, store: Store, progress: Progress | None
) -> tuple[list[Encoded], dict[str, float]]:
    """Return all chapters as AAC, and how loud each voice was before it was levelled."""
    levels = voice_levels(timeline, store)
    factors = gains(levels)

    def encode(_: int, part: Part) -> Piece:
        return _encoded(part, factors, store)

    cuts = [cut(part) for part in timeline.parts]
    pieces = iter(at_once(encode, [part for parts in cuts for part in parts], "encoding", progress))
    return [
        Encoded(part, tuple(islice(pieces, len(parts))))
        for part, parts in zip(timeline.parts, cuts, strict=True)
    ], levels


def aac_frames(part: Part) -> int:
    """Return how many frames hold a part: one more than it needs, for it to fade into."""
    return -(-part_samples(part) // AAC_FRAME) + 1


def _encoded(part: Part, factors: Mapping[str, float], store: Store) -> Piece:
    key = key_of("aac", _VERSION, AAC_BITS_PER_S, CEILING_DB, part_key(part, factors))
    frames = aac_frames(part)
    path = store.made(key, ".m4a", lambda made: encode_aac(levelled(part, factors), frames, made))
    level = level_from(store.noted(key, lambda: measure_file(path).as_json()))
    return Piece(part, path, level)


def at_once(
    work: Callable[[int, Part], _T], parts: Sequence[Part], what: str, progress: Progress | None
) -> list[_T]:
    """Do the same for all parts, as many at once as there are processors."""
    whole = sum(part.duration_s for part in parts) or 1.0
    done_s = 0.0
    pool = ThreadPoolExecutor(os.cpu_count() or 1)
    try:
        asked = {pool.submit(work, number, part): part for number, part in enumerate(parts)}
        for done in as_completed(asked):
            done.result()
            done_s += asked[done].duration_s
            if progress is not None:
                progress(what, done_s / whole)
    finally:
        pool.shutdown(cancel_futures=True)
    return [done.result() for done in asked]


def measured(encoded: Encoded, file: str) -> Measured:
    """Return what a report says of a chapter."""
    return Measured(
        title=encoded.part.title,
        file=file,
        duration_s=part_samples(encoded.part) / RATE_HZ,
        level=encoded.level,
    )
