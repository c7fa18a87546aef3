"""The sound files, read back: lengths, chapters, tags, levels."""

import json
import resource
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from fullcast.errors import OutputError
from fullcast.render.level import VOICE_LUFS, Level, amplitude, decibels, level_from
from fullcast.render.loudness import Samples, limit, measure
from fullcast.render.packages import check_package, write_package
from fullcast.render.packages.audio import AAC_FRAME, decoded, encode_aac, measure_file
from fullcast.render.packages.mix import BLOCK, mix, part_samples
from fullcast.render.timeline import RATE_HZ, Timeline
from tests.render.packages.performing import VOICES, repeat


def tone(hz: float, loud: float, seconds: float, rate_hz: int = RATE_HZ) -> Samples:
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    return (loud * np.sin(2 * np.pi * hz * t)).astype(np.float32)


def picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + b"\x80\x20\x20" * 16 for _ in range(16))
    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, data)
        for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


def whole(path: Path) -> Samples:
    return np.concatenate(list(decoded(path)))


def peak_memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# -- measuring -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rate_hz", [24_000, 44_100, 48_000])
def test_a_tone_is_as_loud_as_the_standard_says(rate_hz: int) -> None:
    """A sine at -20 dB in one channel is -23 LUFS (EBU Tech 3341, case 1, has two)."""
    level = measure([tone(997, 0.1, 5, rate_hz)], rate_hz)
    assert level.lufs == pytest.approx(-23.0, abs=0.1)
    assert level.rms_db == pytest.approx(-23.01, abs=0.05)
    assert level.peak_db == pytest.approx(-20, abs=0.05)


def test_blocks_make_no_difference() -> None:
    sound = tone(300, 0.2, 4)
    parted, joined = measure(np.array_split(sound, 17), RATE_HZ), measure([sound], RATE_HZ)
    assert parted.momentary == joined.momentary
    assert parted.energy == pytest.approx(joined.energy)
    assert (parted.peak, parted.samples) == (joined.peak, joined.samples)


def test_silence_and_quiet_talk_do_not_count() -> None:
    loud, quiet = tone(997, 0.1, 6), np.zeros(6 * RATE_HZ, np.float32)
    level = measure([loud, quiet], RATE_HZ)
    assert level.lufs == pytest.approx(-23, abs=0.3)
    assert level.rms_db == pytest.approx(-26, abs=0.1)
    assert level.floor_db == -120
    assert measure([quiet], RATE_HZ).lufs == -120


def test_levels_add_up_and_are_kept() -> None:
    a, b = (measure([tone(997, loud, 5)], RATE_HZ) for loud in (0.1, 0.2))
    assert (a + b).samples == 10 * RATE_HZ
    assert (a + b).lufs == pytest.approx(-23 + decibels(np.sqrt(2.5)), abs=0.1)
    assert sum((a, b), Level()) == a + b
    assert level_from(json.loads(json.dumps((a + b).as_json()))) == a + b


def test_peaks_are_held_and_the_rest_is_left() -> None:
    sound = tone(200, 0.1, 30)
    sound[10 * RATE_HZ : 10 * RATE_HZ + 2400] *= 9
    blocks = [sound[at : at + BLOCK] for at in range(0, len(sound), BLOCK)]
    held = np.concatenate(list(limit(blocks, 0.5, RATE_HZ)))
    assert len(held) == len(sound)
    assert np.abs(held).max() <= 0.5 + 1e-6
    assert np.abs(held).max() > 0.45
    far = np.abs(np.arange(len(sound)) - 10 * RATE_HZ) > RATE_HZ // 4
    assert np.array_equal(held[far], sound[far])
    assert np.array_equal(np.concatenate(list(limit(blocks, 1.0, RATE_HZ))), sound)


# -- mixing --------------------------------------------------------------------------------------


def test_every_clip_is_where_the_timeline_has_it(timeline: Timeline) -> None:
    part = timeline.parts[0]
    mixed = np.concatenate(list(mix(part.clips, part_samples(part))))
    expected = np.zeros(part_samples(part), np.float32)
    for clip in part.clips:
        sound, _ = soundfile.read(clip.path, dtype="float32")
        start = round(clip.start_s * RATE_HZ)
        expected[start : start + len(sound)] += sound
    assert np.array_equal(mixed, expected)


def test_clips_may_overlap(timeline: Timeline) -> None:
    a, b = timeline.parts[0].clips[:2]
    both = (replace(a, start_s=0.0), replace(b, start_s=0.5))
    sounds = [soundfile.read(clip.path, dtype="float32")[0] for clip in both]
    mixed = np.concatenate(list(mix(both, 3 * BLOCK, {a.voice: 0.5})))
    at = RATE_HZ // 2 + 100
    assert mixed[at] == pytest.approx(0.5 * (sounds[0][at] + sounds[1][100]))


def test_a_clip_that_is_gone_is_named(timeline: Timeline, tmp_path: Path) -> None:
    part = timeline.parts[0]
    gone = replace(part.clips[0], path=tmp_path / "gone.flac")
    broken = replace(part.clips[0], path=tmp_path / "broken.flac")
    broken.path.write_bytes(b"fLaC")
    for clip in (gone, broken):
        there = replace(timeline, parts=(replace(part, clips=(clip,)),))
        with pytest.raises(OutputError, match=clip.path.name):
            write_package(there, tmp_path / "out.m4b")
    assert [path.name for path in tmp_path.iterdir()] == ["broken.flac"]


# -- M4B -----------------------------------------------------------------------------------------


def test_an_m4b_read_back(timeline: Timeline, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "cover.png").write_bytes(picture())
    target = tmp_path / "out.m4b"
    told: list[float] = []
    report = write_package(
        replace(timeline, series="The Rivers", series_part="2.5"),
        target,
        cover=tmp_path / "cover.png",
        cache=cache,
        progress=lambda _, share: told.append(share),
    )
    assert told[-1] == pytest.approx(1)
    with av.open(str(target)) as file:
        tags = file.metadata
        chapters = file.chapters()
        kinds = [stream.type for stream in file.streams]
        assert file.duration / 1e6 == pytest.approx(timeline.duration_s, abs=0.1)
    assert tags["title"] == tags["album"] == "The Ferry"
    assert tags["artist"] == tags["album_artist"] == "N. O. Body"
    assert tags["composer"] == timeline.narrator
    assert tags["genre"] == "Audiobook"
    assert (tags["show"], tags["episode_id"]) == ("The Rivers", "2.5")
    assert "video" in kinds
    assert [chapter["metadata"]["title"] for chapter in chapters] == [
        "I. The Landing",
        "II. The Owl",
    ]
    begins = [float(chapter["start"] * chapter["time_base"]) for chapter in chapters]
    assert begins == pytest.approx([0, timeline.parts[0].duration_s], abs=0.03)
    level = measure_file(target)
    assert level.lufs == pytest.approx(VOICE_LUFS, abs=1)
    assert report.level.lufs == pytest.approx(level.lufs, abs=0.3)
    assert level.peak_db < -1
    assert report.duration_s == pytest.approx(timeline.duration_s, abs=0.1)


def test_chapters_do_not_drift_nor_click(timeline: Timeline, cache: Path, tmp_path: Path) -> None:
    """Each chapter's sound begins when the timeline says, after any number of others."""
    many = replace(timeline, parts=timeline.parts * 10)
    write_package(many, tmp_path / "out.m4b", cache=cache)
    heard = np.abs(whole(tmp_path / "out.m4b"))
    assert len(heard) / RATE_HZ == pytest.approx(many.duration_s, abs=0.1)
    begin = 0.0
    for part in many.parts:
        first = part.clips[0].start_s
        at = round((begin + first - 0.1) * RATE_HZ)
        onset = np.argmax(heard[at:] > 0.01) / RATE_HZ - 0.1
        assert onset == pytest.approx(0, abs=0.04)
        silent = heard[round((begin + part.duration_s - 0.5) * RATE_HZ) :][: RATE_HZ // 2]
        assert silent.max() < 0.001
        begin += part.duration_s


def test_voices_are_levelled(timeline: Timeline, cache: Path, tmp_path: Path) -> None:
    report = write_package(timeline, tmp_path / "out.m4b", cache=cache)
    before = [report.voices[f"tone:{voice}"] for voice in VOICES]
    assert max(before) - min(before) > 15
    sound = whole(tmp_path / "out.m4b")
    for clip in timeline.parts[0].clips:
        start = round(clip.start_s * RATE_HZ)
        spoken = sound[start : start + round(clip.duration_s * RATE_HZ)]
        assert measure([spoken], RATE_HZ).lufs == pytest.approx(VOICE_LUFS, abs=1)


def test_only_what_changed_is_encoded_again(timeline: Timeline, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    write_package(timeline, tmp_path / "one.m4b", cache=cache)
    before = {path.name for path in cache.glob("*.m4a")}
    first, second = timeline.parts
    clips = (first.clips[0], replace(first.clips[1], start_s=first.clips[1].start_s + 0.1))
    other = replace(timeline, parts=(replace(first, clips=clips + first.clips[2:]), second))
    write_package(other, tmp_path / "two.m4b", cache=cache)
    assert len({path.name for path in cache.glob("*.m4a")} - before) == 1
    write_package(timeline, tmp_path / "three.m4b", cache=cache)
    assert (tmp_path / "three.m4b").read_bytes() == (tmp_path / "one.m4b").read_bytes()


# -- MP3 -----------------------------------------------------------------------------------------


def test_mp3s_keep_to_the_profile(timeline: Timeline, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "cover.png").write_bytes(picture())
    target = tmp_path / "mp3"
    loud = repeat(timeline, 3)
    report = write_package(loud, target, cache=cache, cover=tmp_path / "cover.png")
    names = sorted(path.name for path in target.iterdir())
    assert names == ["1 I. The Landing.mp3", "2 II. The Owl.mp3", "acx.json"]
    for name, part, number in zip(names, loud.parts, "12", strict=False):
        with av.open(str(target / name)) as file:
            stream = file.streams.audio[0]
            assert (stream.rate, stream.layout.name) == (44_100, "mono")
            assert file.metadata["track"] == f"{number}/2"
            assert file.metadata["album"] == "The Ferry"
            sizes = {packet.size for packet in file.demux(audio=0) if packet.size}
        assert max(sizes) - min(sizes) <= 1  # constant: 192 kbit/s, padded to whole bytes
        level = measure_file(target / name)
        assert -23 <= level.rms_db <= -18
        assert level.peak_db <= -3
        assert -90 < level.floor_db <= -60
        assert level.samples / 44_100 == pytest.approx(part.duration_s + 3.25, abs=0.15)
    entry = json.loads((target / "acx.json").read_text(encoding="utf-8"))
    assert entry == report.as_json()
    assert [chapter["problems"] for chapter in entry["chapters"]] == [[], []]
    assert any("does not take synthetic narration" in line for line in report.lines())


def test_a_folder_of_other_things_is_left_alone(timeline: Timeline, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="holds other things"):
        write_package(timeline, tmp_path)


# -- stems and what there is ---------------------------------------------------------------------


def test_stems_are_of_one_length_and_add_up(
    timeline: Timeline, cache: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.stems"
    write_package(timeline, target, cache=cache)
    write_package(timeline, target, cache=cache)  # what is ours may be replaced
    tracks = sorted(target.glob("*.flac"))
    assert [path.stem for path in tracks] == ["01 Narrator", "02 Ada Finch", "03 Tom & Co"]
    sounds = [soundfile.read(path, dtype="float32")[0] for path in tracks]
    assert {len(sound) for sound in sounds} == {sum(map(part_samples, timeline.parts))}
    write_package(timeline, tmp_path / "out.m4b", cache=cache)
    first = part_samples(timeline.parts[0])  # later chapters lie on a grid of AAC frames
    mixed = whole(tmp_path / "out.m4b")[:first]
    assert np.corrcoef(mixed, sum(sounds)[:first])[0, 1] > 0.98


def test_an_unknown_suffix_says_what_there_is(timeline: Timeline, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.ogg.*\.m4b.*\.epub.*\.vtt.*\.srt.*\.stems.*MP3s"):
        write_package(timeline, tmp_path / "out.ogg")
    with pytest.raises(OutputError, match="no directory"):
        check_package(tmp_path / "nowhere" / "out.m4b")
    silent = replace(timeline, parts=())
    with pytest.raises(OutputError, match="nothing was spoken"):
        write_package(silent, tmp_path / "out.m4b")


def test_a_cover_that_is_none(timeline: Timeline, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "cover.png").write_bytes(b"GIF89a")
    with pytest.raises(OutputError, match=r"cover\.png.*neither"):
        write_package(timeline, tmp_path / "out.m4b", cover=tmp_path / "cover.png", cache=cache)


def test_a_full_disk(
    timeline: Timeline, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.m4b"
    write_package(timeline, target, cache=cache)
    before = target.read_bytes()

    def full(path: Path, *_: object) -> None:
        raise av.error.OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("fullcast.render.packages.m4b._join", lambda _, __, path, *___: full(path))
    with pytest.raises(OutputError, match=r"out\.m4b.*no space left.*nothing was changed"):
        write_package(timeline, target, cache=cache)
    monkeypatch.setattr("fullcast.render.packages.chapters.encode_aac", lambda *all_: full(all_[2]))
    with pytest.raises(OutputError, match=r"out\.m4b.*no space left.*nothing was changed"):
        write_package(timeline, target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.m4b"]


# -- length --------------------------------------------------------------------------------------


def test_ten_hours_are_mixed_in_little_memory(timeline: Timeline) -> None:
    sparse = replace(timeline, parts=(replace(timeline.parts[0], duration_s=36.0),))
    part = repeat(sparse, 1001).parts[0]
    assert part.duration_s > 10 * 3600
    before = peak_memory_mb()
    samples = sum(len(block) for block in mix(part.clips, part_samples(part)))
    assert samples == part_samples(part)
    assert peak_memory_mb() - before < 20


def test_encoding_takes_as_it_goes(tmp_path: Path) -> None:
    def minutes() -> Iterator[Samples]:
        block = tone(200, 0.1, 2)
        for _ in range(150):
            yield block

    before = peak_memory_mb()
    encode_aac(
        limit(minutes(), amplitude(-2), RATE_HZ), 150 * BLOCK // AAC_FRAME, tmp_path / "x.m4a"
    )
    assert peak_memory_mb() - before < 40
