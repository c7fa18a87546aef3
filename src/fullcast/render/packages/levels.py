"""Voices levelled to each other: one gain for each voice, from beginning to end."""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256

from fullcast.render.level import amplitude, gain_db
from fullcast.render.loudness import Samples, measure
from fullcast.render.packages.mix import BLOCK, open_clip
from fullcast.render.packages.store import Store, clip_key, key_of
from fullcast.render.timeline import RATE_HZ, Clip, Timeline

_SAMPLE_S = 60.0
_SAME_DB = 1.0


def voice_levels(timeline: Timeline, store: Store) -> dict[str, float]:
    """Return the loudness of each voice before it is levelled.

    A voice is judged by a minute of its clips. It keeps its level while a new one would be within
    1 dB of it: otherwise one line changed would move every line of that voice a hair's breadth,
    and the whole book would have to be encoded again.
    """
    known = store.read("levels") or {}
    found = {}
    for voice, clips in _samples(timeline).items():
        key = key_of([clip_key(clip) for clip in clips])
        before = known.get(voice)
        if before is None or before["sample"] != key:
            lufs = measure(_joined(clips), RATE_HZ).lufs
            if before is None or abs(before["lufs"] - lufs) > _SAME_DB:
                before = {"lufs": lufs}
        found[voice] = {"sample": key, "lufs": before["lufs"]}
    if found != known:
        store.write("levels", known | found)
    return {voice: entry["lufs"] for voice, entry in found.items()}


def gains(levels: dict[str, float], more_db: float = 0.0) -> dict[str, float]:
    """Return the factor of each voice."""
    return {voice: amplitude(gain_db(lufs) + more_db) for voice, lufs in levels.items()}


def _samples(timeline: Timeline) -> dict[str, list[Clip]]:
    """Choose clips of each voice from all over the book, the same ones every time."""
    by_voice: dict[str, dict[str, Clip]] = defaultdict(dict)
    for part in timeline.parts:
        for clip in part.clips:
            by_voice[clip.voice][sha256(clip.path.name.encode()).hexdigest()] = clip
    chosen: dict[str, list[Clip]] = {}
    for voice, clips in by_voice.items():
        chosen[voice] = []
        length_s = 0.0
        for _, clip in sorted(clips.items()):
            if length_s >= _SAMPLE_S:
                break
            chosen[voice].append(clip)
            length_s += clip.duration_s
    return chosen


def _joined(clips: list[Clip]) -> Iterator[Samples]:
    for clip in clips:
        with open_clip(clip) as sound:
            yield from sound.blocks(BLOCK, dtype="float32")
