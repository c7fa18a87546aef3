"""A script cut into the rows of a page: what stands side by side, before any colour or width.

A row is a paragraph, or a part of one where a second speaker begins in it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import NamedTuple

from fullcast.cli.text import one_line
from fullcast.exporters.schema import AlternativeEntry, Script, SegmentEntry

UNKNOWN = "(unknown)"

SPOKEN = frozenset({"speech", "thought", "writing"})

APART = frozenset({"break", "heading"})

_LAYERS = {"front": "front matter", "note": "note", "back": "back matter"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is shown together."""

    kind: str
    """``paragraph``, ``heading``, ``break``, or ``aside`` for what is told in a line only."""
    parts: tuple[tuple[str, str], ...]
    """Pieces of text on one line, each with its segment's kind; ``sign`` for unspoken writing."""
    speaker: str | None = None
    """The character's id; ``None`` also for a speaker who is not known."""
    label: str = ""
    """What stands beside the text: a name, ``(unknown)`` or nothing."""
    doubt: str = ""
    """How sure a doubtful line is, and who else it may be; empty where it is sure enough."""
    goes_on: bool = False
    """Belongs to the paragraph of the row before."""


def names_of(script: Script) -> dict[str, str]:
    """Give every character's name, by their id."""
    return {character["id"]: one_line(character["name"]) for character in script["characters"]}


def find_rows(script: Script, *, doubt: float) -> Iterator[Row]:
    """Cut the whole script into rows; lines less sure than ``doubt`` say so."""
    names = names_of(script)
    breaks = _breaks(script)
    for layer, segments in groupby(script["segments"], key=lambda segment: segment["layer"]):
        if layer in _LAYERS:
            yield _aside(_LAYERS[layer], segments)
            continue
        for _, block in groupby(segments, key=lambda segment: segment["block"]):
            paragraph = list(block)
            if paragraph[0]["start"] in breaks.before:
                yield Row(kind="break", parts=(("narration", "* * *"),))
            kind = "break" if paragraph[0]["start"] in breaks.at else paragraph[0]["kind"]
            for number, run in enumerate(_runs(paragraph)):
                row = _row(run, names, doubt)
                yield replace(row, kind=kind if kind in APART else "paragraph", goes_on=number > 0)


class _Breaks(NamedTuple):
    """Scene breaks, by the starts of segments."""

    at: set[int]
    """The segment is the break: a row of asterisks."""
    before: set[int]
    """The break has no characters; the segment is what follows it."""


def _breaks(script: Script) -> _Breaks:
    starts = [segment["start"] for segment in script["segments"]]
    breaks = _Breaks(set(), set())
    for place in script["breaks"]:
        if place["start"] < place["end"]:
            breaks.at.add(starts[bisect_right(starts, place["start"]) - 1])
        elif (following := bisect_left(starts, place["start"])) < len(starts):
            breaks.before.add(starts[following])
    return breaks


def _aside(name: str, segments: Iterable[SegmentEntry]) -> Row:
    length = sum(segment["end"] - segment["start"] for segment in segments)
    return Row(kind="aside", parts=(("narration", f"[{name}: {length:,} characters]"),))


def _runs(paragraph: list[SegmentEntry]) -> Iterator[list[SegmentEntry]]:
    """Cut a paragraph where a line begins that is not its first speaker's."""
    run: list[SegmentEntry] = []
    voice: tuple[str, str | None] | None = None
    for segment in paragraph:
        if _has_voice(segment):
            own = (segment["kind"], segment["speaker"])
            if voice is not None and own != voice:
                yield run
                run = []
            voice = own
        run.append(segment)
    yield run


def _has_voice(segment: SegmentEntry) -> bool:
    """Tell a line from narration, and from what is only written on a wall."""
    if segment["kind"] == "writing":
        return segment["speaker"] is not None
    return segment["kind"] in SPOKEN


def _row(run: list[SegmentEntry], names: dict[str, str], doubt: float) -> Row:
    lines = [segment for segment in run if segment["kind"] in SPOKEN]
    lines.sort(key=_has_voice, reverse=True)
    return Row(
        kind="paragraph",
        parts=tuple((_part_kind(segment), one_line(segment["text"])) for segment in run),
        speaker=lines[0]["speaker"] if lines else None,
        label=label(lines[0], names) if lines else "",
        doubt=_doubt(lines, names, doubt),
    )


def _part_kind(segment: SegmentEntry) -> str:
    return segment["kind"] if _has_voice(segment) or segment["kind"] != "writing" else "sign"


def label(line: SegmentEntry, names: dict[str, str]) -> str:
    """Name who says a line, and how if it is not aloud."""
    if line["speaker"] is None:
        return "(writing)" if line["kind"] == "writing" else UNKNOWN
    name = names.get(line["speaker"], line["speaker"])
    return f"{name} (thinks)" if line["kind"] == "thought" else name


def _doubt(lines: list[SegmentEntry], names: dict[str, str], doubt: float) -> str:
    """Say how sure the least sure of ``lines`` is, if that is too little."""
    judged = [(line["confidence"], line) for line in lines if line["confidence"] is not None]
    if not judged:
        return ""
    confidence, line = min(judged, key=lambda pair: pair[0])
    if confidence >= doubt:
        return ""
    return ", or ".join(
        [f"{confidence:.0%}", *map(partial(_other, names), line["alternatives"][:1])]
    )


def _other(names: dict[str, str], other: AlternativeEntry) -> str:
    speaker = other["speaker"]
    name = "nobody named" if speaker is None else names.get(speaker, speaker)
    return f"{name} {other['confidence']:.0%}"
