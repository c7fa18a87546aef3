"""Stems: a track for each character, all as long as the whole, to be mixed by hand."""

from collections.abc import Mapping
from contextlib import ExitStack

import soundfile

from fullcast.formats.files import whole_folder
from fullcast.render.level import amplitude
from fullcast.render.loudness import limit
from fullcast.render.packages.levels import gains, voice_levels
from fullcast.render.packages.mix import mix, part_samples
from fullcast.render.packages.order import Order
from fullcast.render.packages.report import Report, file_name
from fullcast.render.timeline import RATE_HZ, Part, Timeline

MARK = "stems.json"
"""The file by which a folder of stems is known."""
_CEILING_DB = -0.1


def write(order: Order) -> Report:
    """Write a folder with a FLAC track for each character and one for the narrator."""
    timeline, target = order.timeline, order.target
    levels = voice_levels(timeline, order.store)
    report = Report(
        path=target,
        package="stems",
        duration_s=timeline.duration_s,
        voices=levels,
        failed=timeline.failed,
    )
    names = _names(timeline)
    factors = gains(levels)
    with whole_folder(target, MARK) as folder:
        with ExitStack() as tracks:
            files = {
                speaker: tracks.enter_context(
                    soundfile.SoundFile(folder / f"{name}.flac", "w", RATE_HZ, 1, subtype="PCM_24")
                )
                for speaker, name in names.items()
            }
            for number, part in enumerate(timeline.parts):
                for speaker, file in files.items():
                    _write(part, speaker, factors, file)
                if order.progress is not None:
                    order.progress("stems", (number + 1) / len(timeline.parts))
        report.write(folder / MARK)
    return report


def _write(
    part: Part, speaker: str | None, factors: Mapping[str, float], file: soundfile.SoundFile
) -> None:
    clips = [clip for clip in part.clips if clip.speaker == speaker]
    blocks = mix(clips, part_samples(part), factors)
    for block in limit(blocks, amplitude(_CEILING_DB), RATE_HZ):
        file.write(block)


def _names(timeline: Timeline) -> dict[str | None, str]:
    """Name the tracks: by number in the order of appearance, and by who is heard."""
    heard = {clip.speaker: clip.name for part in timeline.parts for clip in part.clips}
    return {
        speaker: f"{number:02} {file_name(name)}"
        for number, (speaker, name) in enumerate(heard.items(), 1)
    }
