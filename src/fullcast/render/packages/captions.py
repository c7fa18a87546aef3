"""WebVTT and SRT: who says what, and when."""

from collections.abc import Iterator
from pathlib import Path

from fullcast.formats.files import write_atomically
from fullcast.model import SegmentKind
from fullcast.render.packages.order import Order
from fullcast.render.packages.report import Report
from fullcast.render.timeline import Clip, Timeline

_NARRATED = {SegmentKind.NARRATION, SegmentKind.HEADING}


def write(order: Order) -> Report:
    """Write captions of the kind that the target's suffix asks for."""
    kind = write_vtt if order.target.suffix.lower() == ".vtt" else write_srt
    return kind(order.timeline, order.target)


def write_vtt(timeline: Timeline, target: Path) -> Report:
    """Write WebVTT; every cue names its speaker in a voice span."""
    cues = [
        f"{clip.segment}-{clip.start}\n{_stamp(start, '.')} --> {_stamp(end, '.')}\n"
        f"<v {_escaped(_flat(clip.name))}>{_escaped(_lines(clip.text))}</v>\n"
        for clip, start, end in heard(timeline)
    ]
    write_atomically(target, "\n".join(["WEBVTT\n", *cues]).encode("utf-8", "replace"))
    return Report(
        path=target, package="WebVTT", duration_s=timeline.duration_s, failed=timeline.failed
    )


def write_srt(timeline: Timeline, target: Path) -> Report:
    """Write SRT; it has no voice spans, so the speaker of a line stands before it."""
    cues = []
    for number, (clip, start, end) in enumerate(heard(timeline), 1):
        said = "" if clip.kind in _NARRATED else f"{_flat(clip.name)}: "
        cues.append(
            f"{number}\n{_stamp(start, ',')} --> {_stamp(end, ',')}\n{said}{_lines(clip.text)}\n"
        )
    write_atomically(target, "\n".join(cues).encode("utf-8", "replace"))
    return Report(
        path=target, package="SRT", duration_s=timeline.duration_s, failed=timeline.failed
    )


def heard(timeline: Timeline) -> Iterator[tuple[Clip, float, float]]:
    """Yield every clip with its beginning and end in seconds of the whole performance."""
    before_s = 0.0
    for part in timeline.parts:
        for clip in sorted(part.clips, key=lambda clip: clip.start_s):
            start_s = before_s + clip.start_s
            yield clip, start_s, start_s + clip.duration_s
        before_s += part.duration_s


def times_by_segment(timeline: Timeline) -> dict[str, tuple[float, float]]:
    """Return when each segment of the script is heard, in seconds of the whole performance.

    A segment that is not spoken is not there. This is what a script document needs to tell times.
    """
    times: dict[str, tuple[float, float]] = {}
    for clip, start_s, end_s in heard(timeline):
        first, last = times.get(clip.segment, (start_s, end_s))
        times[clip.segment] = (round(min(first, start_s), 3), round(max(last, end_s), 3))
    return times


def _stamp(seconds: float, point: str) -> str:
    ms = round(seconds * 1000)
    minutes, ms = divmod(ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{ms // 1000:02}{point}{ms % 1000:03}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> str:
    """Return a text without blank lines, which would end a cue."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
