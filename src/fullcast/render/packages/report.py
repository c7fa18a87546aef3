"""What was made, and what was measured of it: for programs, and in a few lines for people."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fullcast.render.level import VOICE_LUFS, Level, gain_db

Progress = Callable[[str, float], None]
"""Called now and then with what is being done and how much of it, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A chapter as it was encoded, decoded again and measured."""

    title: str
    file: str
    duration_s: float
    level: Level
    problems: tuple[str, ...] = ()
    """What is outside the profile that the package keeps to."""

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "title": self.title,
            "file": self.file,
            "duration_s": round(self.duration_s, 3),
            **level_json(self.level),
            "problems": list(self.problems),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was made."""

    path: Path
    package: str
    duration_s: float
    chapters: tuple[Measured, ...] = ()
    voices: Mapping[str, float] = field(default_factory=dict)
    """The loudness of each voice, in LUFS, before it was levelled."""
    notes: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    """What could not be spoken and why; where there is any, the package is partial."""

    @property
    def level(self) -> Level:
        """Return the level of all chapters together."""
        return sum((chapter.level for chapter in self.chapters), Level())

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "schema": "fullcast.package/1",
            "path": str(self.path),
            "package": self.package,
            "duration_s": round(self.duration_s, 3),
            "partial": bool(self.failed),
            "failed": list(self.failed),
            "measured": level_json(self.level) if self.chapters else None,
            "voices": {
                voice: {"lufs": round(lufs, 2), "gain_db": gain_db(lufs)}
                for voice, lufs in sorted(self.voices.items())
            },
            "chapters": [chapter.as_json() for chapter in self.chapters],
            "notes": list(self.notes),
        }

    def write(self, path: Path) -> None:
        """Write it down beside what it tells of."""
        text = json.dumps(self.as_json(), ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8")

    def lines(self) -> list[str]:
        """Return the report in a few lines for people."""
        said = [f"{self.path}: {self.package}, {clock(self.duration_s)}"]
        if self.chapters:
            level = self.level
            said.append(
                f"Measured on the encoded sound: {level.lufs:.1f} LUFS, RMS {level.rms_db:.1f} dB, "
                f"peak {level.peak_db:.1f} dB, quietest half second {level.floor_db:.0f} dB."
            )
        if self.voices:
            said.append(
                f"{len(self.voices)} voices levelled to {VOICE_LUFS:.0f} LUFS, "
                "each by one gain throughout."
            )
        said += [
            f"{chapter.file}: {problem}"
            for chapter in self.chapters
            for problem in chapter.problems
        ]
        said += self.notes
        said += [f"Missing: {line}" for line in self.failed]
        return said


def level_json(level: Level) -> dict[str, float]:
    """Return what people look for in a level."""
    return {
        "lufs": round(level.lufs, 2),
        "rms_db": round(level.rms_db, 2),
        "peak_db": round(level.peak_db, 2),
        "noise_floor_db": round(level.floor_db, 2),
    }


def clock(seconds: float) -> str:
    """Return a time as ``1:02:03``."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def file_name(title: str) -> str:
    """Return a title as the name of a file on any machine."""
    plain = re.sub(r"""[\x00-\x1f<>:"/\\|?*]+""", " ", title)
    return " ".join(plain.split()).strip(". ")[:60].strip() or "untitled"
