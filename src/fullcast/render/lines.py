"""A script's segments, cut into what one voice speaks in one breath: a sentence or so."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from fullcast.model import Layer, SegmentKind, Voice

Document = Mapping[str, Any]
"""A script document, ``fullcast.script/1``, or an entry of it."""

MOST_CHARACTERS = 400
"""Of a line: engines lose their breath, and a kill loses a line."""

FEWEST_CHARACTERS = 16
"""*No.* is spoken with what follows, as a person would."""


class Gap(StrEnum):
    """What stands between a line and the one before it."""

    SENTENCE = "sentence"
    BEAT = "beat"
    """From speech to narration or back, inside a paragraph."""
    TURN = "turn"
    """Another speaks, in a new paragraph."""
    PARAGRAPH = "paragraph"
    SCENE = "scene"
    HEADING = "heading"
    """A heading came before."""
    CHAPTER = "chapter"
    """The line is the first of its chapter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A stretch of the text for one voice."""

    segment: str
    start: int
    end: int
    text: str
    """The characters of the text, quotation marks included."""
    kind: SegmentKind
    speaker: str | None
    chapter: int
    gap: Gap
    voice: Voice | None = None
    """How it sounds, where the narrator says so."""
    cut: bool = False
    """Somebody else cuts it short."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is to be performed: the lines in order, and the titles of their chapters."""

    lines: tuple[Line, ...]
    titles: tuple[str, ...]


def plan(
    script: Document,
    *,
    skip_tags: bool = False,
    layers: Collection[str] = (Layer.BODY,),
) -> Scenario:
    """Find what is spoken of a script, in order, and what stands between.

    Args:
        script: A script document.
        skip_tags: Leave out what only says who speaks: *he said*.
        layers: The layers of the book that are spoken.
    """
    tags = _tags(script["segments"]) if skip_tags else []
    titles: list[str] = []
    lines: list[Line] = []
    chapter_titles = {chapter["id"]: chapter["title"] for chapter in script["chapters"]}
    breaks = [(entry["start"], entry["end"]) for entry in script["breaks"]]
    voices = {entry["quotation"]: entry["voice"] for entry in script.get("manners", ())}
    walk = _Walk(breaks)
    for segment in script["segments"]:
        if segment["layer"] not in layers or not has_words(segment["text"]):
            continue
        if walk.is_break(segment):
            continue
        if walk.enters_chapter(segment):
            title = chapter_titles.get(segment["chapter"]) or script["title"]
            titles.append(str(title or f"Chapter {len(titles) + 1}"))
        elif walk.joins_chapter(segment):
            titles[-1] = f"{titles[-1]}: {chapter_titles.get(segment['chapter'], '')}"
        gap = walk.gap(segment)
        for start, end in sentences(segment["text"]):
            at = segment["start"] + start
            text = segment["text"][start:end]
            if _is_tag(at, text, tags):
                continue
            line = _line(segment, at, text, len(titles) - 1, gap)
            voice = voices.get(segment["quotation"])
            lines.append(replace(line, voice=Voice(voice)) if voice else line)
            gap = Gap.SENTENCE
    return Scenario(tuple(_interruptions(lines)), tuple(titles))


def has_words(text: str) -> bool:
    """Tell whether there is anything to say."""
    return any(character.isalnum() for character in text)


class _Walk:
    """Where one is in the book, going through its segments."""

    def __init__(self, breaks: Sequence[tuple[int, int]]) -> None:
        self._breaks = breaks
        self._at_break = 0
        self._before: Document | None = None
        self._only_headings = True
        self._entered = False

    def is_break(self, segment: Document) -> bool:
        """Tell whether a segment is a line of asterisks, or the like."""
        return any(
            segment["start"] <= start < end <= segment["end"]
            and not has_words(segment["text"].replace(segment["text"][start:end], ""))
            for start, end in self._breaks
        )

    def enters_chapter(self, segment: Document) -> bool:
        """Tell whether a chapter begins here. Headings alone make none: *Part One*."""
        before = self._before
        changed = before is None or before["chapter"] != segment["chapter"]
        self._entered = before is None or (changed and not self._only_headings)
        return self._entered

    def joins_chapter(self, segment: Document) -> bool:
        """Tell whether a chapter follows a bare heading, so that the two are one."""
        before = self._before
        return before is not None and not self._entered and before["chapter"] != segment["chapter"]

    def gap(self, segment: Document) -> Gap:
        """Say what stands before a segment, and step on."""
        before, self._before = self._before, segment
        heading = segment["kind"] == SegmentKind.HEADING
        self._only_headings = heading and (self._entered or self._only_headings)
        scene = self._passes_break(segment)
        if self._entered or before is None:
            return Gap.CHAPTER
        if before["kind"] == SegmentKind.HEADING:
            return Gap.HEADING
        if scene or heading:
            return Gap.SCENE
        if before["block"] == segment["block"]:
            return Gap.BEAT
        turns = before["speaker"] and segment["speaker"]
        return Gap.TURN if turns else Gap.PARAGRAPH

    def _passes_break(self, segment: Document) -> bool:
        passed = self._at_break
        while passed < len(self._breaks) and self._breaks[passed][0] <= segment["start"]:
            passed += 1
        crossed = passed > self._at_break
        self._at_break = passed
        return crossed


def _line(segment: Document, at: int, text: str, chapter: int, gap: Gap) -> Line:
    return Line(
        segment=segment["id"],
        start=at,
        end=at + len(text),
        text=text,
        kind=SegmentKind(segment["kind"]),
        speaker=segment["speaker"],
        chapter=chapter,
        gap=gap,
    )


_CUT = re.compile(r"(?:—|―|–|--)[^\w—―–-]*$")


def _interruptions(lines: Sequence[Line]) -> Iterator[Line]:
    """Mark the lines that somebody else cuts short."""
    following: Sequence[Line | None] = [*lines[1:], None][: len(lines)]
    for line, after in zip(lines, following, strict=True):
        cut = (
            after is not None
            and line.kind == after.kind == SegmentKind.SPEECH
            and after.gap is Gap.TURN
            and line.speaker != after.speaker
            and _CUT.search(line.text) is not None
        )
        yield replace(line, cut=True) if cut else line


# Where a sentence may end: its mark, closing quotation marks, white space, and no small letter.
_END = re.compile(r"[.!?…]+[\"”’»›)\]_*']*(?=\s+[\"“‘«‹(\[_*'—–-]*[^\Wa-z_])")

_NO_END = re.compile(
    r"(?:^|[\s\W])(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|Capt|Col|Gen|Lt|Sgt|Hon|Messrs|Mme|Mlle|vs|No|"
    r"[A-Z])\.$"
)

_WORD_ENDS = re.compile(r"\s+")
_SEAM = re.compile(r"[;:,—–][\"”’»_*]*\s*")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text into sentences, short ones joined, long ones cut again; none is white space.

    >>> text = "No. Mr. Finch waited by the ferry. It was late! "
    >>> [text[start:end] for start, end in sentences(text)]
    ['No. Mr. Finch waited by the ferry.', 'It was late!']
    """
    begun = 0
    for end in _ends(text):
        follows = has_words(text[end:])
        if has_words(text[begun:end]) and (end - begun >= FEWEST_CHARACTERS or not follows):
            yield from _short(text, begun, end if follows else len(text.rstrip()))
            if not follows:
                return
            begun = end


def _ends(text: str) -> Iterator[int]:
    for found in _END.finditer(text):
        if not _NO_END.search(text[max(found.end() - 12, 0) : found.end()]):
            yield found.end()
    yield len(text)


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long at the seam nearest to its middle."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start <= MOST_CHARACTERS:
        yield start, end
        return
    middle = (start + end) // 2
    seams = [found.end() for found in _SEAM.finditer(text, start + 20, end - 20)]
    seams = seams or [
        found.end() for found in re.finditer(r"\s+", text[:end]) if found.end() > start
    ]
    good = [seam for seam in seams if has_words(text[start:seam]) and has_words(text[seam:end])]
    if not good:
        yield start, end
        return
    seam = min(good, key=lambda place: abs(place - middle))
    yield from _short(text, start, seam)
    yield from _short(text, seam, end)


Tag = tuple[int, int]


def _tags(segments: Sequence[Document]) -> list[Tag]:
    """Find the tags that tell nothing but who speaks."""
    return sorted(
        {
            (segment["cue"]["start"], segment["cue"]["end"])
            for segment in segments
            if segment["cue"] is not None and _tells_nothing_else(segment["cue"])
        }
    )


def _tells_nothing_else(cue: Document) -> bool:
    if cue["kind"] == "beat" or not cue["verb"]:
        return False
    told = f"{cue['subject']} {cue['verb']}".lower()
    return sorted(re.findall(r"\w+", cue["text"].lower())) == sorted(re.findall(r"\w+", told))


def _is_tag(at: int, text: str, tags: Sequence[Tag]) -> bool:
    words = [found.span() for found in re.finditer(r"\w+", text)]
    first, last = at + words[0][0], at + words[-1][1]
    nearest = bisect_right(tags, (first, len(text) + last)) - 1
    return nearest >= 0 and last <= tags[nearest][1]
