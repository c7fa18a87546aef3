"""The sample story performed, and listened to by measuring."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

import fullcast
from fullcast.render.engines.espeak_voices import VOICES
from fullcast.render.loudness import Samples
from fullcast.render.packages.audio import decoded
from fullcast.render.packages.captions import heard
from fullcast.render.timeline import RATE_HZ, Clip

SAMPLE = Path(__file__).parents[2] / "samples" / "standby.txt"


@pytest.fixture(scope="module")
def performed(tmp_path_factory: pytest.TempPathFactory) -> fullcast.Performance:
    folder = tmp_path_factory.mktemp("performed")
    return fullcast.perform(SAMPLE, folder / "standby.m4b", lanes=2)


@pytest.fixture(scope="module")
def sound(performed: fullcast.Performance) -> Samples:
    """What is heard of the M4B."""
    return np.concatenate(list(decoded(performed.report.path)))


def pitch_hz(stretches: list[Samples]) -> float:
    """Find the median pitch of what is voiced, by autocorrelation."""
    found = []
    for samples in stretches:
        for start in range(0, len(samples) - 1100, 1100):
            window = samples[start : start + 1100]
            power = np.fft.irfft(np.abs(np.fft.rfft(window - window.mean(), 4096)) ** 2)
            lag = RATE_HZ // 450 + int(power[RATE_HZ // 450 : RATE_HZ // 60].argmax())
            if power[0] > 0.2 and power[lag] > 0.4 * power[0]:
                found.append(RATE_HZ / lag)
    return float(np.median(found))


def test_the_leads_are_told_apart(performed: fullcast.Performance, sound: Samples) -> None:
    by_name: dict[str, list[Clip]] = {}
    stretches: dict[str, list[Samples]] = {}
    for clip, start_s, end_s in heard(performed.timeline):
        by_name.setdefault(clip.name, []).append(clip)
        stretch = sound[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]
        stretches.setdefault(clip.name, []).append(stretch)
    assert set(by_name) == {"Narrator", "Ishbel Mowat", "Nevin Strachan"}
    assert all(len({clip.voice for clip in clips}) == 1 for clips in by_name.values())
    pitches = sorted(pitch_hz(stretches[name][:12]) for name in by_name)
    assert all(12 * np.log2(high / low) >= 3 for low, high in pairwise(pitches))


def test_the_encoded_file_neither_clips_nor_falls_silent(
    performed: fullcast.Performance, sound: Samples
) -> None:
    assert len(sound) / RATE_HZ == pytest.approx(performed.timeline.duration_s, abs=0.1)
    assert np.abs(sound).max() < 0.95
    end = 0
    for part in performed.timeline.parts:
        begin, end = end, end + round(part.duration_s * RATE_HZ)
        loud = np.flatnonzero(np.abs(sound[begin:end]) > 1e-3)
        quiet = np.diff(np.concatenate(([0], loud, [end - begin])))
        assert quiet.max() / RATE_HZ < 3


def test_nothing_clips_and_no_silence_is_long(performed: fullcast.Performance) -> None:
    assert performed.failed == ()
    for part in performed.timeline.parts:
        for clip, after in pairwise(part.clips):
            assert -0.2 < after.start_s - clip.start_s - clip.duration_s < 2
        for clip in part.clips:
            samples, rate_hz = soundfile.read(clip.path)
            assert rate_hz == RATE_HZ
            assert np.abs(samples).max() < 0.95
            loud = np.flatnonzero(np.abs(samples) > 1e-3)
            assert np.diff(loud).max() / RATE_HZ < 1.5


def test_the_words_are_the_story(performed: fullcast.Performance) -> None:
    clips = [clip for part in performed.timeline.parts for clip in part.clips]
    story = SAMPLE.read_text("utf-8").partition("\n")[2]
    spoken = "".join("".join(clip.text for clip in clips).split())
    assert spoken == "".join(story.split())


def test_your_own_engine_may_speak(tmp_path: Path) -> None:
    class Hum:
        name, version, lanes, settings = "hum", "1", 1, None

        def voices(self) -> tuple:
            return VOICES[:3]

        def voice(self, name: str) -> object:
            return next(voice for voice in VOICES if voice.id == name)

        def speak(self, text: str, *_: object) -> np.ndarray:
            return np.sin(np.arange(RATE_HZ // 10 * (1 + len(text) // 40)) / 9).astype(np.float32)

    story = tmp_path / "tale.txt"
    story.write_text("“Go,” said Ada.\n\n“No,” said Tom.\n", "utf-8")
    done = fullcast.perform(story, tmp_path / "tale.srt", engine=Hum(), skip_tags=True)
    assert (done.clips, done.made, done.casting.engine) == (2, 2, "hum")
    assert [clip.text for clip in done.timeline.parts[0].clips] == ["“Go,”", "“No,”"]


def test_what_no_performance_needs_any_more_is_removed(tmp_path: Path) -> None:
    casting = tmp_path / "tale.casting.toml"
    story = tmp_path / "tale.txt"
    story.write_text("“Go,” said Ada.\n\n“No,” said Tom.\n", "utf-8")
    seen = []
    for pace in ("1", "1.1", "1.2", "1.3", "1.4"):
        if casting.exists():
            casting.write_text(re.sub(r"pace = .*", f"pace = {pace}", casting.read_text("utf-8")))
        fullcast.perform(story, tmp_path / "tale.m4b", engine="silent")
        takes = tmp_path / "tale.takes"
        seen.append((len(list(takes.glob("??/*.flac"))), len(list(takes.glob("packed/*.m4a")))))
    assert seen == [(4, 1), (8, 2), (12, 3), (12, 3), (12, 3)]
