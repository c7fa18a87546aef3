"""Who speaks with which voice: chosen by what the story tells, kept in a file, edited by hand."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fullcast.errors import CastingError
from fullcast.render.engines.engine import Engine
from fullcast.render.lines import Document
from fullcast.render.voices import Voice

NARRATOR = "narrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A voice, and how somebody uses it."""

    name: str
    voice: str
    pitch_st: float = 0.0
    pace: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Casting:
    """Everybody's role, by the character's id."""

    engine: str
    narrator: Role
    roles: Mapping[str, Role]

    def role(self, speaker: str | None) -> Role:
        """Find whose voice speaks; the narrator's where nobody is known."""
        return self.narrator if speaker is None else self.roles.get(speaker, self.narrator)


def cast(
    script: Document,
    engine: Engine,
    *,
    chosen: Mapping[str, Role] = MappingProxyType({}),
    earlier: Sequence[Mapping[str, Role]] = (),
) -> Casting:
    """Give everybody in a script a voice.

    Args:
        script: A script document.
        engine: Whose voices there are.
        chosen: Roles that are settled, by id; ``narrator`` among them.
        earlier: Roles of other books of the series; who has their name keeps their voice.
    """
    voices = engine.voices()
    people = sorted(script["characters"], key=lambda one: (not one["narrator"], -one["words"]))
    settled = dict(chosen)
    for one in people:
        if one["id"] not in settled and (known := _known(one, earlier)) is not None:
            settled[one["id"]] = known
    teller = next((one["id"] for one in people if one["narrator"]), None)
    narrator = settled.pop(NARRATOR, None) or (None if teller else _earlier_narrator(earlier))
    if narrator is None and teller is None:
        narrator = Role(name="Narrator", voice=voices[0].id)
    choice = _Choice(engine, [*settled.values(), *([narrator] if narrator else [])])
    for one in people:
        if one["id"] not in settled:
            settled[one["id"]] = Role(name=one["name"], voice=choice.voice(one).id)
    if narrator is None:
        narrator = settled[str(teller)]
    ids = [one["id"] for one in script["characters"]]
    return Casting(engine=engine.name, narrator=narrator, roles={key: settled[key] for key in ids})


def _known(one: Document, earlier: Sequence[Mapping[str, Role]]) -> Role | None:
    names = {name.casefold() for name in (one["name"], *one["aliases"])}
    for roles in earlier:
        for role in roles.values():
            if role.name.casefold() in names:
                return Role(
                    name=one["name"], voice=role.voice, pitch_st=role.pitch_st, pace=role.pace
                )
    return None


def _earlier_narrator(earlier: Sequence[Mapping[str, Role]]) -> Role | None:
    return next((roles[NARRATOR] for roles in earlier if NARRATOR in roles), None)


LEADS = 5
"""The narrator and the largest roles: nobody shares their voices if it can be helped."""


class _Choice:
    """Voices are given out: the largest roles first, each as far from the others as may be."""

    def __init__(self, engine: Engine, taken: Iterable[Role]) -> None:
        self._voices = engine.voices()
        self._taken = [engine.voice(role.voice) for role in taken]
        self._words: dict[str, int] = {voice.id: 1 << 30 for voice in self._taken}

    def voice(self, one: Document) -> Voice:
        fitting = _fitting(self._voices, one)
        free = [voice for voice in fitting if voice.id not in self._words]
        if free:
            best = max(free, key=lambda voice: min(self._distances(voice), default=0.0))
            self._taken.append(best)
            if len(self._taken) <= LEADS:
                self._words[best.id] = 1 << 20
        else:  # the smallest roles share
            best = min(fitting, key=lambda voice: self._words.get(voice.id, 0))
        self._words[best.id] = self._words.get(best.id, 0) + one["words"] + 1
        return best

    def _distances(self, voice: Voice) -> list[float]:
        return [distance(voice, other) for other in self._taken]


def _fitting(voices: Sequence[Voice], one: Document) -> list[Voice]:
    """Find the voices of somebody's gender and age; where there are none, age matters less."""
    of_gender = [voice for voice in voices if voice.gender == one["gender"]] or list(voices)
    age = age_of([one["name"], *one["aliases"]])
    return (
        [voice for voice in of_gender if voice.age == age]
        or [voice for voice in of_gender if voice.age == "adult"]
        or of_gender
    )


_CHILD = re.compile(r"\b(?:boy|girl|child|baby|kid|little|lad|toddler)\b", re.IGNORECASE)
_OLD = re.compile(
    r"\b(?:old|aged|elderly|grand(?:father|mother|pa|ma)|gran|granny|nana)\b", re.IGNORECASE
)


def age_of(names: Iterable[str]) -> str:
    """Tell an age from what somebody is called.

    >>> age_of(["the old man"]), age_of(["Little Em'ly"]), age_of(["Ada"])
    ('old', 'child', 'adult')
    """
    called = " ".join(names)
    if _OLD.search(called):
        return "old"
    return "child" if _CHILD.search(called) else "adult"


MOST_SEMITONES = 7.0
"""Voices further apart than that are not told apart any better."""


def distance(one: Voice, other: Voice) -> float:
    """Say how easily two voices are told apart, in semitones or what is as good as those."""
    apart = 0.0 if one.id != other.id else -MOST_SEMITONES
    if one.pitch_hz and other.pitch_hz:
        apart += min(abs(12 * log2(one.pitch_hz / other.pitch_hz)), MOST_SEMITONES)
    return apart + 1.5 * (one.accent != other.accent) + 2.0 * (one.gender != other.gender)


HEAD = """\
# Who speaks with which voice. Edit it and perform again: only what changes is spoken again.
# Voices: fullcast voices list. pitch is in semitones, pace 1.1 is a tenth faster.

engine = {engine}
"""


def write_casting(casting: Casting) -> str:
    """Write a casting as TOML."""
    entries = [_entry(NARRATOR, casting.narrator, named=False)]
    entries += [_entry(f"cast.{_key(one)}", role) for one, role in casting.roles.items()]
    return HEAD.format(engine=_string(casting.engine)) + "".join(entries)


def more_roles(casting: Casting, known: Iterable[str]) -> str:
    """Write the roles that a file lacks, to be added at its end."""
    absent = casting.roles.keys() - set(known)
    return "".join(
        _entry(f"cast.{_key(one)}", role) for one, role in casting.roles.items() if one in absent
    )


def _entry(table: str, role: Role, *, named: bool = True) -> str:
    name = f"name = {_string(role.name)}\n" if named else ""
    return (
        f"\n[{table}]\n{name}voice = {_string(role.voice)}\n"
        f"pitch = {role.pitch_st:g}\npace = {role.pace:g}\n"
    )


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _string(name)


def _string(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


@dataclass(frozen=True, slots=True)
class CastingFile:
    """What a casting file says."""

    path: Path
    engine: str
    roles: Mapping[str, Role]
    """By the names of its tables; ``narrator`` among them."""


def read_casting(path: Path) -> CastingFile:
    """Read a casting file.

    Raises:
        CastingError: It cannot be read, or is no casting.
    """
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise CastingError(f"{path}: the casting cannot be read ({reason})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CastingError(f"{path}: this is no TOML ({error}); mend it, or delete it") from error
    entries = found.get("cast", {})
    if not isinstance(entries, dict):
        raise CastingError(f"{path}: cast should be tables, like [cast.ada-finch]")
    roles = {key: _role(path, f"cast.{key}", entry) for key, entry in entries.items()}
    if NARRATOR in found:
        roles[NARRATOR] = _role(path, NARRATOR, found[NARRATOR])
    return CastingFile(path, str(found.get("engine", "")), roles)


def _role(path: Path, table: str, entry: Any) -> Role:
    if not isinstance(entry, dict) or not isinstance(entry.get("voice"), str):
        raise CastingError(f'{path}: [{table}] has no voice; write voice = "…" under it')
    pitch, pace = entry.get("pitch", 0), entry.get("pace", 1)
    if not isinstance(pitch, int | float) or not -12 <= pitch <= 12:
        raise CastingError(f"{path}: [{table}] pitch is semitones, from -12 to 12, not {pitch!r}")
    if not isinstance(pace, int | float) or not 0.5 <= pace <= 2:
        raise CastingError(f"{path}: [{table}] pace is a factor, from 0.5 to 2, not {pace!r}")
    name = str(entry.get("name", table.partition(".")[2] or "Narrator"))
    return Role(name=name, voice=entry["voice"], pitch_st=float(pitch), pace=float(pace))


def settle(file: CastingFile, script: Document, engine: Engine) -> dict[str, Role]:
    """Find whom a file's roles are for, and check their voices.

    Raises:
        CastingError: It is for another engine, or names people who are not in the story.
        EngineError: A voice is unknown.
    """
    if file.engine and file.engine != engine.name:
        raise CastingError(
            f"{file.path}: its voices are {file.engine}'s, not {engine.name}'s; choose that engine "
            "or another file"
        )
    ids = {one["id"]: one["id"] for one in reversed(script["characters"])}
    for one in reversed(script["characters"]):
        for name in (*one["aliases"], one["name"]):
            ids.setdefault(name.casefold(), one["id"])
    found = {NARRATOR: NARRATOR} | ids
    strangers = [key for key in file.roles if key not in found and key.casefold() not in found]
    if strangers:
        cast_list = ", ".join(one["id"] for one in script["characters"]) or "nobody"
        raise CastingError(
            f"{file.path}: not in this story: {', '.join(strangers)}. In it are: {cast_list}. "
            "Take them out, or give another book's casting as --series"
        )
    for role in file.roles.values():
        engine.voice(role.voice)
    return {found.get(key) or found[key.casefold()]: role for key, role in file.roles.items()}
