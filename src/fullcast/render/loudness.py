"""Sound measured block by block, and its peaks held."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain

import av
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from fullcast.render.level import SILENCE_DB, Level

Samples = NDArray[np.float32]

_WINDOW_S = 0.5
_STEPS_PER_S = 200
_REACH = 8


def measure(blocks: Iterable[Samples], rate_hz: int) -> Level:
    """Measure mono sound, block by block."""
    ebur128 = _Ebur128(rate_hz)
    window = int(rate_hz * _WINDOW_S)
    rest = np.zeros(0, np.float32)
    samples, energy, peak, quietest = 0, 0.0, 0.0, 1.0
    for block in blocks:
        if not len(block):
            continue
        samples += len(block)
        energy += float(np.square(block).sum(dtype=np.float64))
        peak = max(peak, float(np.abs(block).max()))
        rest = np.concatenate((rest, block))
        whole = len(rest) // window * window
        if whole:
            powers = np.square(rest[:whole].reshape(-1, window)).mean(axis=1)
            quietest = min(quietest, float(powers.min()))
            rest = rest[whole:]
        ebur128.feed(block)
    return Level(
        samples=samples,
        energy=energy,
        peak=peak,
        quietest=quietest,
        momentary=ebur128.momentary(),
    )


class _Ebur128:
    """FFmpeg's own meter: one momentary loudness every 100 ms."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._at = 0
        self._met: Counter[int] = Counter()
        graph = av.filter.Graph()
        self._source = graph.add_abuffer(
            sample_rate=rate_hz, format="fltp", layout="mono", time_base=Fraction(1, rate_hz)
        )
        meter = graph.add("ebur128", "metadata=1:framelog=quiet")
        self._sink = graph.add("abuffersink")
        self._source.link_to(meter)
        meter.link_to(self._sink)
        graph.configure()
        self._graph = graph

    def feed(self, block: Samples) -> None:
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(block)[np.newaxis], format="fltp", layout="mono"
        )
        frame.sample_rate = self._rate_hz
        frame.pts = self._at
        self._at += len(block)
        self._source.push(frame)
        self._drain()

    def momentary(self) -> Counter[int]:
        self._source.push(None)
        self._drain()
        return self._met

    def _drain(self) -> None:
        while True:
            try:
                frame = self._sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            loudness = frame.metadata.get("lavfi.r128.M")  # the last frame may be too short
            if loudness is not None and float(loudness) > SILENCE_DB:
                self._met[round(10 * float(loudness))] += 1


def limit(blocks: Iterable[Samples], ceiling: float, rate_hz: int) -> Iterator[Samples]:
    """Keep peaks at ``ceiling`` or below; what is far from a peak is not touched.

    The gain is the same for ever but for some hundredth of a second around a peak: nothing is
    compressed. Blocks must hold whole steps of 5 ms, and at least 20 of them, but for the last.
    """
    step = rate_hz // _STEPS_PER_S
    before = np.ones(2 * _REACH + 1)
    held: Samples | None = None
    needed = before
    for block in chain(blocks, (None,)):
        following = np.ones(2 * _REACH + 1) if block is None else _needed(block, ceiling, step)
        if held is not None:
            yield _limited(held, before, needed, following, step)
            before = needed
        held, needed = block, following


def _needed(block: Samples, ceiling: float, step: int) -> NDArray[np.float64]:
    """Return the gain that each step of a block needs."""
    padded = np.abs(np.pad(block, (0, -len(block) % step)))
    peaks = padded.reshape(-1, step).max(axis=1)
    return np.asarray(np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9)), np.float64)


def _limited(
    block: Samples,
    before: NDArray[np.float64],
    needed: NDArray[np.float64],
    following: NDArray[np.float64],
    step: int,
) -> Samples:
    """Apply a gain that is nowhere above the needed one and moves without corners.

    The mean of minima over the same stretch is never above what its middle needs.
    """
    around = np.concatenate((before, needed, following))
    if around.min() >= 1.0:
        return block
    lowest = sliding_window_view(np.pad(around, _REACH, mode="edge"), 2 * _REACH + 1).min(axis=1)
    smooth = sliding_window_view(np.pad(lowest, _REACH, mode="edge"), 2 * _REACH + 1).mean(axis=1)
    first = len(before)
    nodes = np.minimum(
        smooth[first - 1 : first + len(needed)], np.append(smooth[first:], 1.0)[: len(needed) + 1]
    )
    places = np.arange(len(needed) + 1) * step
    gain = np.interp(np.arange(len(block)), places, nodes)
    return np.asarray(block * gain, np.float32)
