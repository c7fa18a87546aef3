"""One chapter's clips as a stream of sound: however long it is, memory stays flat."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import soundfile

from fullcast.errors import OutputError
from fullcast.render.loudness import Samples
from fullcast.render.timeline import RATE_HZ, Clip, Part

BLOCK = 2 * RATE_HZ
"""Samples in a block."""


def part_samples(part: Part) -> int:
    """Return how many samples a chapter has: none of its clips is cut."""
    last = max((clip.start_s + clip.duration_s for clip in part.clips), default=0.0)
    return round(max(part.duration_s, last) * RATE_HZ)


def mix(
    clips: Iterable[Clip], samples: int, gains: Mapping[str, float] | None = None
) -> Iterator[Samples]:
    """Yield the blocks of a chapter; the last one may be shorter.

    Args:
        clips: They may overlap, where somebody is cut off.
        samples: The length of it all.
        gains: A factor for each voice.

    Raises:
        OutputError: A clip is missing or damaged.
    """
    waiting = sorted(clips, key=lambda clip: clip.start_s, reverse=True)
    heard: list[_Playing] = []
    try:
        for at in range(0, samples, BLOCK):
            block = np.zeros(min(BLOCK, samples - at), np.float32)
            while waiting and round(waiting[-1].start_s * RATE_HZ) < at + len(block):
                heard.append(_play(waiting.pop(), gains or {}))
            for playing in heard:
                playing.add(block, at)
            for playing in [playing for playing in heard if not playing.left]:
                playing.sound.close()
                heard.remove(playing)
            yield block
    finally:
        for playing in heard:
            playing.sound.close()


@dataclass(slots=True)
class _Playing:
    """A clip while it is heard."""

    sound: soundfile.SoundFile
    start: int
    left: int
    gain: float

    def add(self, block: Samples, at: int) -> None:
        first = max(0, self.start - at)
        wanted = min(self.left, len(block) - first)
        try:
            spoken = self.sound.read(wanted, dtype="float32")
        except soundfile.SoundFileError as error:
            raise damaged(self.sound.name, error) from None
        block[first : first + len(spoken)] += spoken * np.float32(self.gain)
        self.left = self.left - wanted if len(spoken) == wanted else 0


def open_clip(clip: Clip) -> soundfile.SoundFile:
    """Open a clip's file.

    Raises:
        OutputError: It is missing or damaged.
    """
    try:
        sound = soundfile.SoundFile(clip.path)
    except (OSError, soundfile.SoundFileError) as error:
        raise damaged(clip.path, error) from None
    if (sound.samplerate, sound.channels) != (RATE_HZ, 1):
        raise damaged(clip.path, f"{sound.samplerate} Hz, {sound.channels} channels")
    return sound


def damaged(path: object, why: object) -> OutputError:
    """Say that a clip cannot be heard."""
    return OutputError(f"{path}: this clip cannot be read ({why}); remove it and perform again")


def _play(clip: Clip, gains: Mapping[str, float]) -> _Playing:
    sound = open_clip(clip)
    return _Playing(
        sound=sound,
        start=round(clip.start_s * RATE_HZ),
        left=min(sound.frames, round(clip.duration_s * RATE_HZ)),
        gain=gains.get(clip.voice, 1.0),
    )
