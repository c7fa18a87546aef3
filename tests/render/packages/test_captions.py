"""Captions carry every spoken word, its time and its speaker."""

import re
from html import unescape
from pathlib import Path

from fullcast.render.packages import write_package
from fullcast.render.packages.captions import times_by_segment
from fullcast.render.timeline import Timeline

_TIME = r"(\d\d+):(\d\d):(\d\d)\.(\d{3})"


def seconds(groups: tuple[str, ...]) -> float:
    hours, minutes, whole, ms = map(int, groups)
    return 3600 * hours + 60 * minutes + whole + ms / 1000


def test_vtt_holds_all_that_is_said_and_who_says_it(timeline: Timeline, tmp_path: Path) -> None:
    write_package(timeline, tmp_path / "out.vtt")
    head, *cues = (tmp_path / "out.vtt").read_text(encoding="utf-8").split("\n\n")
    assert head == "WEBVTT"
    clips = [clip for part in timeline.parts for clip in part.clips]
    before = [0.0] * len(timeline.parts[0].clips) + [timeline.parts[0].duration_s] * 4
    assert len(cues) == len(clips)
    for cue, clip, before_s in zip(cues, clips, before, strict=True):
        _, times, *lines = cue.strip().split("\n")
        found = re.fullmatch(f"{_TIME} --> {_TIME}", times)
        assert found
        assert abs(seconds(found.groups()[:4]) - before_s - clip.start_s) < 0.002
        assert abs(seconds(found.groups()[4:]) - before_s - clip.start_s - clip.duration_s) < 0.002
        voice = re.fullmatch(r"<v ([^>]+)>([^<]*)</v>", "\n".join(lines))
        assert voice
        assert unescape(voice[1]) == clip.name
        assert unescape(voice[2]) == clip.text


def test_srt_names_who_speaks(timeline: Timeline, tmp_path: Path) -> None:
    write_package(timeline, tmp_path / "out.srt")
    cues = (tmp_path / "out.srt").read_text(encoding="utf-8").split("\n\n")
    assert cues[2].split("\n")[0] == "3"
    assert re.fullmatch(r"\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}", cues[2].split("\n")[1])
    assert cues[2].endswith("\nAda Finch: “Will he come?”")
    assert cues[0].endswith("\nI. The Landing")


def test_times_of_segments_go_through_the_book(timeline: Timeline) -> None:
    times = times_by_segment(timeline)
    clips = [clip for part in timeline.parts for clip in part.clips]
    assert list(times) == [clip.segment for clip in clips]
    assert list(times.values()) == sorted(times.values())
    assert times[clips[4].segment][0] > timeline.parts[0].duration_s
