"""What becomes of an engine's samples before they are kept: no edges, no silence, no clipping."""

from typing import TYPE_CHECKING

from fullcast.render.direction import Direction
from fullcast.render.timeline import RATE_HZ

if TYPE_CHECKING:
    from fullcast.render.engines.engine import Numbers, Samples

PEAK = 0.89
"""-1 dB: what is louder is turned down as a whole, never cut."""

QUIET = 0.003
"""Of the loudest sample: quieter edges are silence, and pauses are ours to set."""

MARGIN_S = 0.02
FADE_S = 0.008
CUT_S = 0.07
"""What is taken away of a voice that is cut short, beside its fading."""

LONGEST_SILENCE_S = 1.2
"""Inside a line; some engines think for long at a dash or an ellipsis."""


def finish(samples: "Samples", direction: Direction) -> "Samples":
    """Trim, shorten, level and round off the samples of one take."""
    import numpy as np

    loud = np.abs(samples) > QUIET * np.abs(samples).max(initial=0.0)
    where = np.flatnonzero(loud)
    if not len(where):
        return np.zeros(RATE_HZ // 10, np.float32)
    margin = round(MARGIN_S * RATE_HZ)
    first, last = max(where[0] - margin, 0), where[-1] + 1 + margin
    kept = _without_long_silences(samples, where)
    samples = samples[kept[(kept >= first) & (kept < last)]]
    if direction.cut:
        samples = samples[: max(len(samples) - round(CUT_S * RATE_HZ), RATE_HZ // 10)]
    samples = samples * np.float32(10 ** (direction.gain_db / 20))
    peak = float(np.abs(samples).max())
    if peak > PEAK:
        samples = samples * np.float32(PEAK / peak)
    return _faded(samples)


def _without_long_silences(samples: "Samples", loud: "Numbers") -> "Numbers":
    """Number the samples to keep."""
    import numpy as np

    most = round(LONGEST_SILENCE_S * RATE_HZ)
    keep = np.ones(len(samples), bool)
    for at in np.flatnonzero(np.diff(loud) > most):
        keep[loud[at] + most // 2 : loud[at + 1] - most // 2] = False
    return np.flatnonzero(keep)


def _faded(samples: "Samples") -> "Samples":
    import numpy as np

    length = min(round(FADE_S * RATE_HZ), len(samples) // 2)
    ramp = np.linspace(0, 1, length, dtype=np.float32)
    samples = samples.astype(np.float32)
    samples[:length] *= ramp
    samples[len(samples) - length :] *= ramp[::-1]
    return samples
