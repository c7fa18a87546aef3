"""Performances for tests: tones and noise in place of voices."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

soundfile = pytest.importorskip("soundfile")
pytest.importorskip("av")

from fullcast.model import SegmentKind  # noqa: E402
from fullcast.render.timeline import RATE_HZ, Clip, Part, Timeline  # noqa: E402

VOICES = {"narrator": (110.0, 0.3), "ada": (220.0, 0.05), "tom": (330.0, 0.8)}
"""Pitch and loudness: far apart, so that levelling them is heard."""
NAMES = {"narrator": "Narrator", "ada": "Ada Finch", "tom": "Tom & Co"}
PAUSE_S = 0.4
END_S = 1.2

STORY = (
    ("I. The Landing", "narrator", "I. The Landing"),
    ("I. The Landing", "narrator", "The river was high."),
    ("I. The Landing", "ada", "“Will he come?”"),
    ("I. The Landing", "tom", "“He is <never> late!”"),
    ("II. The Owl", "narrator", "II. The Owl"),
    ("II. The Owl", "ada", "“That was an owl.”"),
    ("II. The Owl", "tom", "“It was not.”"),
    ("II. The Owl", "narrator", "Nobody\nspoke."),
)
"""Chapter, voice and words."""
TEXT = "\n\n".join(words for _, _, words in STORY) + "\n"


def say(path: Path, hz: float, loud: float, seconds: float) -> Path:
    """Write something like speech: syllables of a tone with some breath."""
    n = round(seconds * RATE_HZ)
    t = np.arange(n) / RATE_HZ
    breath = np.random.default_rng(round(hz)).standard_normal(n)
    tone = np.sin(2 * np.pi * hz * t) + 0.3 * np.sin(4 * np.pi * hz * t) + 0.05 * breath
    sound = loud * tone * (0.4 + 0.6 * np.abs(np.sin(2 * np.pi * 2 * t)))
    soundfile.write(path, np.clip(sound, -0.99, 0.99), RATE_HZ)
    return path


def perform(folder: Path, story: tuple[tuple[str, str, str], ...] = STORY) -> Timeline:
    """Perform a story in which every line is a paragraph of :data:`TEXT`."""
    folder.mkdir(exist_ok=True)
    parts: dict[str, list[Clip]] = {}
    at, now_s = 0, 0.0
    for number, (title, voice, words) in enumerate(story):
        if title not in parts:
            now_s = 0.25
        seconds = 1.0 + 0.07 * len(words)
        path = say(folder / f"{number:03}.flac", *VOICES[voice], seconds)
        clip = Clip(
            segment=f"s{at}",
            start=at,
            end=at + len(words),
            text=words,
            kind=SegmentKind.NARRATION if voice == "narrator" else SegmentKind.SPEECH,
            chapter=len(parts),
            speaker=None if voice == "narrator" else voice,
            name=NAMES[voice],
            voice=f"tone:{voice}",
            path=path,
            start_s=now_s,
            duration_s=soundfile.info(path).frames / RATE_HZ,
        )
        parts.setdefault(title, []).append(clip)
        now_s += clip.duration_s + PAUSE_S
        at += len(words) + 2
    return Timeline(
        title="The Ferry",
        author="N. O. Body",
        language="en",
        parts=tuple(
            Part(
                title=title,
                clips=tuple(clips),
                duration_s=clips[-1].start_s + clips[-1].duration_s + END_S,
            )
            for title, clips in parts.items()
        ),
    )


def repeat(timeline: Timeline, times: int) -> Timeline:
    """Make a long performance of a short one: each chapter's clips over and over."""
    return replace(
        timeline,
        parts=tuple(
            Part(
                title=part.title,
                clips=tuple(
                    replace(clip, start_s=clip.start_s + n * part.duration_s)
                    for n in range(times)
                    for clip in part.clips
                ),
                duration_s=part.duration_s * times,
            )
            for part in timeline.parts
        ),
    )
