"""Stretches of AAC that were encoded apart, joined packet by packet.

Each begins where the timeline has it, to within half of a frame (21 ms): packets of silence at the
ends are left out as needed, so differences never add up.
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from fullcast.render.packages.audio import AAC_FRAME
from fullcast.render.packages.chapters import Piece
from fullcast.render.packages.mix import part_samples
from fullcast.render.packages.store import Store, key_of
from fullcast.render.timeline import RATE_HZ


def packet_counts(pieces: Sequence[Piece]) -> list[int]:
    """Say how many packets of each piece are taken, for the next to begin in time."""
    counts = []
    end = taken = 0
    for piece in pieces:
        end += part_samples(piece.part)
        counts.append(round(end / AAC_FRAME) - taken)
        taken += counts[-1]
    if counts:
        counts[-1] += 2  # the encoder is a frame late, and the end may be a part of one
    return counts


def add_stream(out: Any, pieces: Sequence[Piece]) -> Any:
    """Give a file the stream that the packets of all pieces belong to."""
    with av.open(str(pieces[0].path)) as first:
        return out.add_stream_from_template(first.streams.audio[0])


def append(out: Any, stream: Any, pieces: Sequence[Piece], counts: Sequence[int]) -> None:
    """Copy what is taken of each piece into a file that was begun."""
    at = -AAC_FRAME
    for piece, count in zip(pieces, counts, strict=True):
        at = _append(out, stream, piece.path, count, at)


def _append(out: Any, stream: Any, path: Path, count: int, at: int) -> int:
    """Copy the first packets of a piece; return where the next one begins."""
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


def joined(pieces: Sequence[Piece], store: Store) -> tuple[Path, int]:
    """Return one MP4 of some pieces and nothing else, and how many samples it holds."""
    counts = packet_counts(pieces)
    samples = (sum(counts) - 1) * AAC_FRAME
    if len(pieces) == 1:
        return pieces[0].path, samples

    def write(path: Path) -> None:
        with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out:
            stream = add_stream(out, pieces)
            out.start_encoding()
            append(out, stream, pieces, counts)

    key = key_of("joined", [piece.path.name for piece in pieces], counts)
    return store.made(key, ".m4a", write), samples
