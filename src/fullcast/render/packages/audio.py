"""Sound to files and back: AAC in MP4, MP3, and what a file really holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from fullcast.errors import OutputError
from fullcast.render.level import Level
from fullcast.render.loudness import Samples, measure
from fullcast.render.timeline import RATE_HZ

AAC_FRAME = 1024
AAC_BITS_PER_S = 64_000
MP3_FRAME = 1152
MP3_RATE_HZ = 44_100
MP3_BITS_PER_S = 192_000
_IMAGES = {b"\xff\xd8\xff": "mjpeg", b"\x89PNG": "png"}


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture that stands for the book."""

    data: bytes
    codec: str
    """As FFmpeg calls it: ``mjpeg`` or ``png``."""
    width: int
    height: int

    @property
    def media_type(self) -> str:
        """Return its type as the web names it."""
        return "image/png" if self.codec == "png" else "image/jpeg"


def read_cover(path: Path | None) -> Cover | None:
    """Read a cover, if there is one.

    Raises:
        OutputError: It cannot be read, or is neither JPEG nor PNG.
    """
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OutputError(f"{path}: the cover cannot be read ({error.strerror})") from None
    codec = next((codec for mark, codec in _IMAGES.items() if data.startswith(mark)), None)
    if codec is None:
        raise OutputError(f"{path}: a cover is a JPEG or PNG picture, and this is neither")
    try:
        with av.open(str(path)) as picture:
            context = picture.streams.video[0].codec_context
            return Cover(data, codec, context.width, context.height)
    except (av.error.FFmpegError, IndexError) as error:
        raise OutputError(f"{path}: the cover is damaged ({error})") from None


def encode_aac(blocks: Iterable[Samples], frames: int, path: Path) -> None:
    """Write ``frames`` frames of AAC, with silence where there is no more sound."""
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out:
        # Of FFmpeg's coders this one is the better and by far the faster at so many bits.
        coder = {"aac_coder": "fast"}
        stream = out.add_stream("aac", rate=RATE_HZ, options=coder, layout="mono", format="fltp")
        stream.bit_rate = AAC_BITS_PER_S
        at = 0
        for samples in _cut(blocks, AAC_FRAME, frames):
            out.mux(stream.encode(_frame(samples, RATE_HZ, at)))
            at += AAC_FRAME
        out.mux(stream.encode(None))


def encode_mp3(
    blocks: Iterable[Samples], path: Path, tags: dict[str, str], cover: Cover | None
) -> None:
    """Write an MP3 of constant bit rate, as Audible wants it."""
    resampler = av.AudioResampler(
        format="fltp", layout="mono", rate=MP3_RATE_HZ, frame_size=MP3_FRAME
    )
    with av.open(str(path), "w", format="mp3", options={"id3v2_version": "3"}) as out:
        out.metadata.update(tags)
        stream = out.add_stream("libmp3lame", rate=MP3_RATE_HZ, layout="mono", format="fltp")
        stream.bit_rate = MP3_BITS_PER_S
        add_cover(out, cover)
        at = 0
        for block in blocks:
            for frame in resampler.resample(_frame(block, RATE_HZ, at)):
                out.mux(stream.encode(frame))
            at += len(block)
        for frame in resampler.resample(None):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def add_cover(out: Any, cover: Cover | None) -> None:
    """Give a file that has all its other streams a cover, and begin it."""
    if cover is None:
        out.start_encoding()
        return
    stream = out.add_mux_stream(cover.codec, width=cover.width, height=cover.height)
    stream.disposition = av.stream.Disposition.attached_pic
    out.start_encoding()
    packet = av.Packet(cover.data)
    packet.stream = stream
    packet.pts = packet.dts = 0
    packet.time_base = Fraction(1, 90_000)
    out.mux(packet)


def decoded(path: Path) -> Iterator[Samples]:
    """Yield what is heard when a file is played, a second or so at a time."""
    with av.open(str(path)) as file:
        held: list[Samples] = []
        for frame in file.decode(audio=0):
            held.append(frame.to_ndarray()[0])
            if sum(map(len, held)) >= frame.sample_rate:
                yield np.concatenate(held)
                held = []
        if held:
            yield np.concatenate(held)


def measure_file(path: Path) -> Level:
    """Measure a file as it is heard."""
    with av.open(str(path)) as file:
        rate_hz = file.streams.audio[0].rate
    return measure(decoded(path), rate_hz)


def _frame(samples: Samples, rate_hz: int, at: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(
        np.ascontiguousarray(samples)[np.newaxis], format="fltp", layout="mono"
    )
    frame.sample_rate = rate_hz
    frame.time_base = Fraction(1, rate_hz)
    frame.pts = at
    return frame


def _cut(blocks: Iterable[Samples], size: int, count: int) -> Iterator[Samples]:
    """Cut sound into ``count`` pieces of ``size`` samples."""
    rest = np.zeros(0, np.float32)
    cut = 0
    for block in blocks:
        rest = np.concatenate((rest, block))
        for start in range(0, len(rest) - size + 1, size):
            if cut == count:
                return
            yield rest[start : start + size]
            cut += 1
        rest = rest[len(rest) // size * size :]
    if cut < count:
        yield np.pad(rest, (0, size - len(rest)))
    for _ in range(cut + 1, count):
        yield np.zeros(size, np.float32)
