"""A folder of MP3s, one a chapter, in the technical profile of ACX (Audible)."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from fullcast.formats.files import whole_folder
from fullcast.render.level import Level, amplitude, level_from
from fullcast.render.loudness import Samples, limit, measure
from fullcast.render.packages.audio import Cover, encode_mp3, measure_file, read_cover
from fullcast.render.packages.chapters import at_once, part_key
from fullcast.render.packages.levels import gains, voice_levels
from fullcast.render.packages.m4b import book_tags
from fullcast.render.packages.mix import mix, part_samples
from fullcast.render.packages.order import Order
from fullcast.render.packages.pieces import split
from fullcast.render.packages.report import Measured, Progress, Report, file_name
from fullcast.render.packages.store import Store, key_of
from fullcast.render.timeline import RATE_HZ, Part, Timeline

MARK = "acx.json"
"""The report, and the file by which a folder of MP3s is known."""

RMS_DB = (-23.0, -18.0)
PEAK_DB = -3.0
FLOOR_DB = -60.0
LONGEST_S = 120 * 60.0
HEAD_S = 0.75
TAIL_S = 2.5
ROOM_TONE_DB = -72.0
NOTES = (
    "The technical profile of ACX: 44.1 kHz, mono, 192 kbit/s constant; "
    f"{HEAD_S} s of room tone before each chapter and {TAIL_S} s after it.",
    "ACX itself does not take synthetic narration that it has not authorised: "
    "these files are for other shops, and for yourself.",
)
_WANTED_RMS_DB = -20.5
_SAFE_DB = 1.5
_CEILING_DB = -3.6
_TRIES = 4
_VERSION = 1


@dataclass(frozen=True, slots=True)
class _Pressed:
    """A chapter as an MP3."""

    part: Part
    path: Path
    level: Level


def write(order: Order) -> Report:
    """Write a folder with an MP3 for each chapter, and a report of what was measured of them."""
    store, progress = order.store, order.progress
    timeline = _in_files(order.timeline)
    cover = read_cover(order.cover)
    levels = voice_levels(timeline, store)
    louder = _gains_db(timeline, gains(levels), store, progress)

    def press(number: int, part: Part) -> _Pressed:
        tags = _tags(timeline, number)
        return _press(part, gains(levels, louder[number]), tags, cover, store)

    pressed = at_once(press, timeline.parts, "encoding", progress)
    names = [
        f"{number:0{len(str(len(pressed)))}} {file_name(chapter.part.title)}.mp3"
        for number, chapter in enumerate(pressed, 1)
    ]
    report = Report(
        path=order.target,
        package="MP3",
        duration_s=sum(map(_duration_s, pressed)),
        chapters=tuple(map(_measured, pressed, names)),
        voices=levels,
        notes=NOTES,
        failed=timeline.failed,
    )
    with whole_folder(order.target, MARK) as folder:
        for chapter, name in zip(pressed, names, strict=True):
            shutil.copyfile(chapter.path, folder / name)
        report.write(folder / MARK)
    return report


def _in_files(timeline: Timeline) -> Timeline:
    """Return it with a part for each file: a chapter that is too long makes several."""
    most_s = LONGEST_S - HEAD_S - TAIL_S
    files = chain.from_iterable(split(part, most_s) for part in timeline.parts)
    return replace(timeline, parts=tuple(files))


def _gains_db(
    timeline: Timeline, factors: Mapping[str, float], store: Store, progress: Progress | None
) -> list[float]:
    """Return the gain of each chapter: the book's, unless that takes it out of the profile."""

    def level(_: int, part: Part) -> Level:
        key = key_of("mixed", _VERSION, part_key(part, factors))
        return level_from(store.noted(key, lambda: _mixed(part, factors).as_json()))

    levels = at_once(level, timeline.parts, "measuring", progress)
    # In steps, so that one line changed does not move every chapter by nothing to speak of.
    book_db = round(2 * (_WANTED_RMS_DB - sum(levels, Level()).rms_db)) / 2
    lowest, highest = RMS_DB[0] + _SAFE_DB, RMS_DB[1] - _SAFE_DB
    return [
        book_db + min(0.0, highest - rms_db) + max(0.0, lowest - rms_db)
        for rms_db in (level.rms_db + book_db for level in levels)
    ]


def _mixed(part: Part, factors: Mapping[str, float]) -> Level:
    return measure(_in_room(mix(part.clips, part_samples(part), factors)), RATE_HZ)


def _press(
    part: Part,
    factors: Mapping[str, float],
    tags: dict[str, str],
    cover: Cover | None,
    store: Store,
) -> _Pressed:
    """Encode a chapter, and again with more room where encoding raised a peak too far."""
    ceiling_db = _CEILING_DB
    for _ in range(_TRIES):
        key = key_of("mp3", _VERSION, ceiling_db, part_key(part, factors), tags, cover)

        def encode(path: Path, ceiling_db: float = ceiling_db) -> None:
            blocks = _in_room(mix(part.clips, part_samples(part), factors))
            encode_mp3(limit(blocks, amplitude(ceiling_db), RATE_HZ), path, tags, cover)

        path = store.made(key, ".mp3", encode)
        level = level_from(store.noted(key, partial(_measured_file, path)))
        if level.peak_db <= PEAK_DB:
            break
        ceiling_db = round(ceiling_db - (level.peak_db - PEAK_DB) - 0.1, 2)
    return _Pressed(part, path, level)


def _measured_file(path: Path) -> dict[str, Any]:
    return measure_file(path).as_json()


def _in_room(blocks: Iterator[Samples]) -> Iterator[Samples]:
    """Add room tone: before, under and after."""
    tone = np.random.default_rng(0).standard_normal(RATE_HZ).astype(np.float32)
    tone *= np.float32(amplitude(ROOM_TONE_DB))
    head, tail = (np.zeros(round(s * RATE_HZ), np.float32) for s in (HEAD_S, TAIL_S))
    for block in chain((head,), _even(blocks), (tail,)):
        yield block + np.resize(tone, len(block))


def _even(blocks: Iterator[Samples]) -> Iterator[Samples]:
    """Fill the last block up to whole steps of the limiter, for more follows."""
    for block in blocks:
        yield np.pad(block, (0, -len(block) % (RATE_HZ // 10)))


def _tags(timeline: Timeline, number: int) -> dict[str, str]:
    series = {"series": timeline.series, "series-part": timeline.series_part}
    return {
        **book_tags(timeline),
        **{name: value for name, value in series.items() if value},
        "title": timeline.parts[number].title or f"{number + 1}",
        "track": f"{number + 1}/{len(timeline.parts)}",
    }


def _duration_s(pressed: _Pressed) -> float:
    return HEAD_S + part_samples(pressed.part) / RATE_HZ + TAIL_S


def _measured(pressed: _Pressed, name: str) -> Measured:
    level, duration_s = pressed.level, _duration_s(pressed)
    tests = {
        f"RMS {level.rms_db:.1f} dB is not between {RMS_DB[0]:.0f} and {RMS_DB[1]:.0f}": RMS_DB[0]
        <= level.rms_db
        <= RMS_DB[1],
        f"peak {level.peak_db:.1f} dB is above {PEAK_DB:.0f}": level.peak_db <= PEAK_DB,
        f"noise floor {level.floor_db:.1f} dB is above {FLOOR_DB:.0f}": level.floor_db <= FLOOR_DB,
        f"{duration_s / 60:.0f} minutes are more than {LONGEST_S / 60:.0f}": duration_s
        <= LONGEST_S,
    }
    return Measured(
        title=pressed.part.title,
        file=name,
        duration_s=duration_s,
        level=level,
        problems=tuple(said for said, holds in tests.items() if not holds),
    )
