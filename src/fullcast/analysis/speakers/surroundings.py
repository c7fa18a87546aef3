"""What a turn stands among: what is believed of the turns around it, as named numbers.

The chain looks two turns back. What speaks for a candidate here looks at six either way, all
that was believed of them included, and leaves it to the re-ranker what that is worth.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log, log1p

from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.speakers.evidence import reason
from fullcast.analysis.speakers.links import Step
from fullcast.infer.scorer import Features
from fullcast.infer.story import NOBODY, Beliefs

REACH = 6
"""Turns either way that a turn's surroundings take in."""
_CALLED = 3
_SETTLED = 2
_GAPS = range(-2, 4)
_NEAR = range(-3, 4)
_VOICES = 4
_LEAST = 0.001
_LONG_LOG = 5.0


class Surroundings:
    """Describes turns and their candidates by what is around them."""

    def __init__(self, scene: Scene, steps: Sequence[Step], beliefs: Sequence[Beliefs]) -> None:
        """Look at talk as it is believed to go, now and when these beliefs are others."""
        self._steps = steps
        self._beliefs = beliefs
        self._lengths = [
            log1p(sum(len(span.of(scene.text).split()) for span in quotation.spans)) / _LONG_LOG
            for quotation in scene.quotations
        ]

    def describe(self, scene: Scene, t: int) -> tuple[Features, dict[str, Features]]:
        """Return what is around turn ``t``, and what of it tells for each of its candidates."""
        talk = self._talk(t)
        top = max(self._beliefs[t].values())
        candidates = {
            c: self._candidate(scene, t, c, belief) | {"talk": talk[c], "lag": top - belief}
            for c, belief in self._beliefs[t].items()
        }
        return self._turn(scene, t, talk), candidates

    def _talk(self, t: int) -> Mapping[str, float]:
        """Return how many of the turns around everybody is believed to speak, in this scene."""
        talk = defaultdict[str, float](float)
        for u in range(max(0, t - REACH), min(len(self._steps), t + REACH + 1)):
            if u > t and self._steps[u].gap == "start":
                break
            for character, share in self._beliefs[u].items():
                talk[character] += share
        return talk

    def _turn(self, scene: Scene, t: int, talk: Mapping[str, float]) -> Features:
        steps, count = self._steps, len(self._steps)
        found: Features = {f"reason: {reason(scene, t)}": 1.0}
        for u in _within(t, _GAPS, count):
            found[f"gap {u - t:+d}: {steps[u].gap}"] = 1.0
        for u in _within(t, range(2), count):
            found[f"after {u - t:+d}: {steps[u].after}"] = 1.0
        for u in _within(t, _NEAR, count):
            found[f"length {u - t:+d}"] = self._lengths[u]
            found[f"settled {u - t:+d}"] = float(scene.settled(u) is not None)
            found[f"tagged {u - t:+d}"] = float(bool(scene.tags[u]))
        voices = sorted(talk.values(), reverse=True)
        for number, voice in enumerate(voices[:_VOICES]):
            found[f"voice {number}"] = voice
        found["voices beyond two"] = sum(voices[2:])
        return found

    def _candidate(self, scene: Scene, t: int, character: str, belief: float) -> Features:
        count = len(self._steps)
        found: Features = {
            "belief": belief,
            "log belief": log(belief + _LEAST),
            f"gender {scene.genders.get(character, 'x')}": 1.0,
        }
        if character == NOBODY:
            return found
        for u in _within(t, range(-REACH, REACH + 1), count):
            if u != t:
                found[f"belief {u - t:+d}"] = self._beliefs[u].get(character, 0.0)
        for u in _within(t, range(-_CALLED, _CALLED + 1), count):
            found[f"called {u - t:+d}"] = float(character in scene.called[u])
        for u in _within(t, range(-_SETTLED, _SETTLED + 1), count):
            found[f"speaks {u - t:+d}"] = float(scene.settled(u) == character)
        return found


def _within(t: int, offsets: range, count: int) -> range:
    """Return the turns at these offsets from ``t`` that there are."""
    return range(max(0, t + offsets.start), min(count, t + offsets.stop))
