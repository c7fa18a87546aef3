"""From an engine's own rate to ours, exactly enough for speech."""

from functools import cache
from math import gcd
from typing import TYPE_CHECKING

from fullcast.render.timeline import RATE_HZ

if TYPE_CHECKING:
    from fullcast.render.engines.engine import Samples

ZEROS = 12
"""Of the windowed sinc on either side: some 70 dB against images."""


def resample(samples: "Samples", rate_hz: int) -> "Samples":
    """Return ``samples`` of ``rate_hz`` at :data:`RATE_HZ`, the same sound."""
    if rate_hz == RATE_HZ or not len(samples):
        return samples
    import numpy as np

    up = RATE_HZ // gcd(rate_hz, RATE_HZ)
    down = rate_hz // gcd(rate_hz, RATE_HZ)
    kernels = _kernels(up, down)
    half = kernels.shape[1] // 2
    length = len(samples) * up // down
    padded = np.pad(samples, (half, half + 1))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernels.shape[1])
    made = np.empty(length, np.float32)
    for phase in range(up):
        # Outputs of one phase use one kernel, and step evenly through the input.
        first = next(n for n in range(up) if n * down % up == phase)
        count = len(range(first, length, up))
        begin = first * down // up
        made[first::up] = windows[begin : begin + count * down : down][:count] @ kernels[phase]
    return made


@cache
def _kernels(up: int, down: int) -> "Samples":
    """Make a windowed sinc for each place between two samples."""
    import numpy as np

    cutoff = min(1.0, up / down)
    half = int(np.ceil(ZEROS / cutoff))
    at = np.arange(-half, half + 1)[None, :] - np.arange(up)[:, None] / up
    window = np.where(np.abs(at) <= half, np.cos(np.pi * at / (2 * half)) ** 2, 0.0)
    kernels = cutoff * np.sinc(cutoff * at) * window
    evened: Samples = (kernels / kernels.sum(axis=1, keepdims=True)).astype(np.float32)
    return evened
