"""Long chapters in pieces: what is heard is the same, and a line changed costs one piece."""

import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from fullcast.readers import read_book
from fullcast.render.loudness import Samples
from fullcast.render.packages import write_package
from fullcast.render.packages.audio import AAC_FRAME, decoded
from fullcast.render.packages.chapters import levelled, part_key
from fullcast.render.packages.mix import mix, part_samples
from fullcast.render.packages.pieces import CLIPS, QUIET_S, cut, split
from fullcast.render.timeline import RATE_HZ, Part, Timeline
from tests.render.packages.performing import TEXT, repeat


@pytest.fixture(scope="module")
def long(timeline: Timeline) -> Timeline:
    return repeat(timeline, 25)


def heard(part: Part) -> Samples:
    return np.concatenate(list(mix(part.clips, part_samples(part))))


def test_pieces_are_the_chapter(long: Timeline) -> None:
    for part in long.parts:
        pieces = cut(part)
        assert [len(piece.clips) for piece in pieces] == [CLIPS, CLIPS, 20]
        assert sum(map(part_samples, pieces)) == part_samples(part)
        assert np.array_equal(np.concatenate([heard(piece) for piece in pieces]), heard(part))
        held = np.concatenate([block for piece in pieces for block in levelled(piece, {})])
        assert np.array_equal(held, np.concatenate(list(levelled(part, {}))))


def test_nobody_is_cut_in_two(timeline: Timeline) -> None:
    part = repeat(timeline, 25).parts[0]
    clips = list(part.clips)
    for number in range(CLIPS, CLIPS + 3):  # who cuts in begins before the other has ended
        before = clips[number - 1]
        clips[number] = replace(clips[number], start_s=before.start_s + before.duration_s - 0.1)
    pieces = cut(replace(part, clips=tuple(clips)))
    assert [len(piece.clips) for piece in pieces] == [CLIPS + 3, CLIPS, 17]
    for piece, after in pairwise(pieces):
        last = max(clip.start_s + clip.duration_s for clip in piece.clips)
        assert piece.duration_s - last + after.clips[0].start_s >= QUIET_S - 1 / RATE_HZ
        assert after.clips[0].start_s == QUIET_S / 2


def test_a_line_that_grew_changes_one_piece(long: Timeline) -> None:
    part = long.parts[0]
    later = 4321 / RATE_HZ
    moved = [replace(clip, start_s=clip.start_s + later) for clip in part.clips[2:]]
    grown = replace(part, clips=part.clips[:2] + tuple(moved), duration_s=part.duration_s + later)
    before, after = ([part_key(piece, {}) for piece in cut(one)] for one in (part, grown))
    assert before[0] != after[0]
    assert before[1:] == after[1:]


def test_an_empty_chapter_is_one_piece() -> None:
    empty = Part(title="", clips=(), duration_s=2.0)
    assert cut(empty) == (empty,)


def test_what_is_joined_is_where_the_timeline_has_it(
    long: Timeline, cache: Path, tmp_path: Path
) -> None:
    report = write_package(long, tmp_path / "out.m4b", cache=cache)
    sound = np.abs(np.concatenate(list(decoded(tmp_path / "out.m4b"))))
    assert len(sound) / RATE_HZ == pytest.approx(long.duration_s, abs=0.1)
    assert [chapter.duration_s for chapter in report.chapters] == [
        part_samples(part) / RATE_HZ for part in long.parts
    ]
    begin_s = 0.0
    for part in long.parts:
        for clip in part.clips:
            at = round((begin_s + clip.start_s - 0.1) * RATE_HZ)
            assert sound[at : at + RATE_HZ // 20].max() < 0.001  # nothing is heard of a cut
            onset_s = np.argmax(sound[at:] > 0.01) / RATE_HZ - 0.1
            assert onset_s == pytest.approx(0, abs=0.04)
        begin_s += part.duration_s
    with av.open(str(tmp_path / "out.m4b")) as file:
        ends = [chapter["end"] * chapter["time_base"] for chapter in file.chapters()]
        assert len(ends) == 2
        assert float(ends[0]) == pytest.approx(long.parts[0].duration_s, abs=0.03)


def test_an_epub_has_one_file_a_chapter(long: Timeline, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(TEXT, encoding="utf-8")
    target = tmp_path / "out.epub"
    write_package(long, target, source=read_book(tmp_path / "ferry.txt"), cache=cache)
    with zipfile.ZipFile(target) as epub:
        names = [name for name in epub.namelist() if name.endswith(".m4a")]
        for name, part in zip(names, long.parts, strict=True):
            (tmp_path / "one.m4a").write_bytes(epub.read(name))
            samples = sum(map(len, decoded(tmp_path / "one.m4a")))
            assert 0 <= samples - part_samples(part) < 2 * AAC_FRAME


def test_a_chapter_too_long_makes_parts_of_one_length(timeline: Timeline) -> None:
    part = repeat(timeline, 1800).parts[0]
    assert part.duration_s > 4.5 * 3600
    parts = split(part, 7200)
    assert [one.title for one in parts] == [f"I. The Landing ({n} of 3)" for n in (1, 2, 3)]
    assert sum(map(part_samples, parts)) == part_samples(part)
    assert [clip.text for one in parts for clip in one.clips] == [clip.text for clip in part.clips]
    lengths = [one.duration_s for one in parts]
    assert max(lengths) <= 7200
    assert max(lengths) - min(lengths) < 30
    assert split(part, part.duration_s) == (part,)


def test_mp3s_are_not_too_long(
    timeline: Timeline, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fullcast.render.packages.mp3.LONGEST_S", 40.0)
    monkeypatch.setattr("fullcast.render.packages.pieces._SLACK_S", 5.0)
    long = repeat(timeline, 5)
    named = replace(long, series="The Rivers", series_part="2")
    report = write_package(named, tmp_path / "mp3", cache=cache)
    titles = [chapter.title for chapter in report.chapters]
    assert titles[:2] == ["I. The Landing (1 of 2)", "I. The Landing (2 of 2)"]
    assert all(chapter.duration_s <= 40 and not chapter.problems for chapter in report.chapters)
    with av.open(str(tmp_path / "mp3" / report.chapters[1].file)) as file:
        assert file.metadata["track"] == f"2/{len(titles)}"
        assert (file.metadata["series"], file.metadata["series-part"]) == ("The Rivers", "2")
