"""How a line is to be said, from the words of the story, and how long a pause is before it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from fullcast.model import SegmentKind, Voice
from fullcast.render.lines import Gap, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """What an engine is told beside the words."""

    pace: float = 1.0
    """1.2 is a fifth faster than the voice's own."""
    pitch_st: float = 0.0
    """Semitones above the voice's own pitch."""
    gain_db: float = 0.0
    whisper: bool = False
    cut: bool = False
    """It breaks off: no pause after it, nor a falling end."""

    def then(self, other: "Direction") -> "Direction":
        """Add another direction to this one."""
        return Direction(
            pace=round(self.pace * other.pace, 3),
            pitch_st=self.pitch_st + other.pitch_st,
            gain_db=self.gain_db + other.gain_db,
            whisper=self.whisper or other.whisper,
            cut=self.cut or other.cut,
        )


PLAIN = Direction()

VOICES: Mapping[Voice, Direction] = MappingProxyType(
    {
        Voice.WHISPER: Direction(whisper=True, pace=0.95),
        Voice.SOFT: Direction(gain_db=-4, pace=0.96),
        Voice.MUTTER: Direction(gain_db=-5, pitch_st=-1, pace=1.06),
        Voice.LOUD: Direction(gain_db=3, pitch_st=1.5),
        Voice.SHOUT: Direction(gain_db=5, pitch_st=3, pace=1.04),
        Voice.BREATHLESS: Direction(gain_db=-2, pitch_st=1, pace=1.15),
        Voice.FAST: Direction(pace=1.15),
        Voice.SLOW: Direction(pace=0.86),
        Voice.DEEP: Direction(pitch_st=-1.5),
        Voice.HOARSE: Direction(pitch_st=-1.5),
        Voice.SHRILL: Direction(pitch_st=2),
        Voice.BROKEN: Direction(gain_db=-2, pace=0.93),
    }
)
"""How a voice sounds, as an engine is told. Feelings (*coldly*) would only be acted badly."""

THOUGHT = Direction(gain_db=-2, pace=0.97)
HESITATION = Direction(pace=0.92)

_HESITATES = re.compile(r"…|\.\s?\.\s?\.")


def direct(line: Line) -> Direction:
    """Read from the text how a line is to be said."""
    direction = THOUGHT if line.kind is SegmentKind.THOUGHT else PLAIN
    if line.kind is not SegmentKind.NARRATION:
        direction = direction.then(VOICES[line.voice] if line.voice else PLAIN)
        if _HESITATES.search(line.text):
            direction = direction.then(HESITATION)
    return replace(direction, cut=True) if line.cut else direction


PAUSES_S: Mapping[Gap, float] = MappingProxyType(
    {
        Gap.SENTENCE: 0.30,
        Gap.BEAT: 0.22,
        Gap.TURN: 0.45,
        Gap.PARAGRAPH: 0.60,
        Gap.SCENE: 1.80,
        Gap.HEADING: 1.20,
        Gap.CHAPTER: 0.75,
    }
)
"""Before a line, by what stands there. ACX wants half a second to one of quiet at the beginning."""

CUT_IN_S = -0.12
"""Who cuts in begins before the other has ended."""

TAIL_S = 2.0
"""After the last line of a chapter."""


def pause_s(line: Line, before: Line | None) -> float:
    """Say how long it is quiet before a line; less than nothing where it cuts in."""
    if before is not None and before.cut and before.chapter == line.chapter:
        return CUT_IN_S
    return PAUSES_S[line.gap]
