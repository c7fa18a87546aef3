from dataclasses import replace

import pytest

from fullcast.model import SegmentKind, Voice
from fullcast.render.direction import CUT_IN_S, PAUSES_S, PLAIN, VOICES, Direction, direct, pause_s
from fullcast.render.lines import Gap, Line

LINE = Line(
    segment="s0",
    start=0,
    end=6,
    text="“Go.”",
    kind=SegmentKind.SPEECH,
    speaker="ada",
    chapter=0,
    gap=Gap.TURN,
)


@pytest.mark.parametrize(
    ("voice", "heard"),
    [("whisper", "whisper"), ("shout", "gain_db"), ("mutter", "pitch_st"), ("slow", "pace")],
)
def test_what_can_be_heard(voice: str, heard: str) -> None:
    found = direct(replace(LINE, voice=Voice(voice)))
    assert getattr(found, heard) != getattr(PLAIN, heard)


def test_every_voice_is_heard() -> None:
    assert VOICES.keys() == set(Voice)
    assert PLAIN not in VOICES.values()


def test_narration_is_not_whispered() -> None:
    line = replace(LINE, kind=SegmentKind.NARRATION, voice=Voice.WHISPER)
    assert direct(line) == PLAIN


def test_hesitation_is_slower_and_a_cut_is_a_cut() -> None:
    assert direct(replace(LINE, text="“I … no.”")).pace < 1
    assert direct(replace(LINE, cut=True)).cut


def test_directions_add_up() -> None:
    role, told = Direction(pace=1.1, pitch_st=2), Direction(pace=0.9, gain_db=-4, whisper=True)
    both = Direction(pace=0.99, pitch_st=2, gain_db=-4, whisper=True)
    assert role.then(told) == told.then(role) == both


def test_who_cuts_in_begins_early() -> None:
    assert pause_s(LINE, None) == PAUSES_S[Gap.TURN]
    assert pause_s(LINE, replace(LINE, cut=True)) == CUT_IN_S
    assert pause_s(LINE, replace(LINE, cut=True, chapter=1)) == PAUSES_S[Gap.TURN]


def test_no_pause_inside_a_chapter_is_long() -> None:
    assert max(PAUSES_S.values()) < 2.5
