"""A script as scenes of single lines: what is common to all that is played, staged or drawn up.

Only the story itself, the layer *body*, is told. A line is a segment on one line: where the text
breaks a line a space stands, white space at the ends is left out, and nothing else is changed.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from fullcast.exporters.schema import ChapterEntry, Script, SegmentEntry

DOUBT = 0.6
"""Lines less sure than this are marked as doubtful."""
UNKNOWN = "Unknown"
"""Who speaks where nobody in the cast does."""

_LINE_ENDS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_NAME = re.compile(r"\W+")
_SPOKEN = frozenset({"speech", "thought", "writing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A segment of the story, ready to be put on a line of its own."""

    segment: SegmentEntry
    kind: str
    """The segment's, but ``break`` for a row of asterisks."""
    text: str
    """Never empty, without line ends, and without white space at its ends."""
    spaced: bool
    """Whether white space stands before it, in the text."""

    @property
    def voiced(self) -> bool:
        """Whether somebody says it: a sign on a wall is written by nobody in particular."""
        unsaid = self.kind == "writing" and self.segment["speaker"] is None
        return self.kind in _SPOKEN and not unsaid


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What stands between two headings or scene breaks."""

    lines: tuple[Line, ...]
    parted: bool
    """Whether a break without characters of its own, such as a rule, stands before it."""

    @property
    def paragraphs(self) -> Iterator[tuple[Line, ...]]:
        """The lines of each block."""
        for _, lines in groupby(self.lines, key=lambda line: line.segment["block"]):
            yield tuple(lines)


def scenes_of(script: Script) -> list[Scene]:
    """Cut the story into scenes, at its headings and its breaks."""
    rows = {f"b{place['start']}" for place in script["breaks"] if place["start"] < place["end"]}
    rules = [place["start"] for place in script["breaks"] if place["start"] == place["end"]]
    scenes: list[Scene] = []
    lines: list[Line] = []
    passed, parted = 0, False
    for line in _joined(_lines(script, rows)):
        last, passed = passed, bisect_right(rules, line.segment["start"])
        if lines and (passed > last or _opens(line, lines)):
            scenes.append(Scene(lines=tuple(lines), parted=parted))
            lines, parted = [], passed > last
        lines.append(line)
    return [*scenes, Scene(lines=tuple(lines), parted=parted)] if lines else scenes


def _lines(script: Script, rows: set[str]) -> Iterator[Line]:
    """Put each segment on one line that is of the story and more than white space."""
    spaced = False
    for segment in script["segments"]:
        words, text = segment["text"], one_line(segment["text"])
        if segment["layer"] == "body" and text:
            at_break = segment["kind"] == "narration" and segment["block"] in rows
            kind = "break" if at_break else segment["kind"]
            own = spaced or words[:1].isspace()
            yield Line(segment=segment, kind=kind, text=text, spaced=own)
        spaced = words[-1:].isspace()


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Leave what nobody says, such as a sign that is read, in the narration around it."""
    last: Line | None = None
    for line in lines:
        if last and _goes_on(last, line):
            last = replace(last, text=f"{last.text}{' ' if line.spaced else ''}{line.text}")
            continue
        if last:
            yield last
        last = line
    if last:
        yield last


def _goes_on(last: Line, line: Line) -> bool:
    told = {"narration", "writing"}
    unsaid = not (last.voiced or line.voiced)
    together = last.segment["block"] == line.segment["block"]
    return unsaid and together and {last.kind, line.kind} <= told


def _opens(line: Line, before: list[Line]) -> bool:
    """Tell whether a scene begins with a line: a heading, but not after another, or a break."""
    if line.kind == "heading":
        return any(each.kind != "heading" for each in before)
    return line.kind == "break"


def one_line(text: str) -> str:
    r"""Put a text on one line.

    >>> one_line("or must\n we  swim? ")
    'or must we  swim?'
    """
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _LINE_ENDS.sub(" ", text).strip())


def xml_text(text: str) -> str:
    """Show as U+FFFD what XML cannot hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def name_of(who: str | None, names: Mapping[str | None, str]) -> str:
    """Return what somebody is called; an id that no name is known for stands for itself."""
    return names.get(who, str(who))


def names_of(script: Script) -> dict[str | None, str]:
    """Give every speaker's name, on one line, by their id; that of nobody too."""
    names: dict[str | None, str] = {None: UNKNOWN}
    for character in script["characters"]:
        names[character["id"]] = one_line(character["name"]) or character["id"]
    return names


def handles_of(names: dict[str | None, str]) -> dict[str | None, str]:
    """Give every speaker an identifier of letters, digits and ``_``, each their own.

    >>> handles_of({None: "Unknown", "ada": "Ada Finch", "2": "Ada-Finch"})
    {None: 'Unknown', 'ada': 'Ada_Finch', '2': 'Ada_Finch_2'}
    """
    handles: dict[str | None, str] = {}
    taken: set[str] = set()
    for speaker, name in names.items():
        stem = _NO_NAME.sub("_", name).strip("_") or "somebody"
        handle, number = stem, 2
        while handle.casefold() in taken:
            handle, number = f"{stem}_{number}", number + 1
        taken.add(handle.casefold())
        handles[speaker] = handle
    return handles


def title_of(script: Script) -> str:
    """Name a story, if only by its file."""
    stem = re.split(r"[/\\]", script["source"]["path"])[-1].rpartition(".")
    return one_line(script["title"]) or one_line(stem[0] or stem[2]) or "Untitled"


def heading_level(line: Line, chapters: Iterable[ChapterEntry]) -> int:
    """Tell how deep the chapter is that a heading opens: 1 for the outermost."""
    return next((each["level"] for each in chapters if each["id"] == line.segment["chapter"]), 1)


def tags_of(line: Line) -> dict[str, str]:
    """Say of a line what an engine may want to know: who says it to whom, how, and its id.

    Its kind stands there where it is neither speech nor narration, and how sure its speaker is
    where that is in doubt.
    """
    segment = line.segment
    cue = segment["cue"]
    tags = {
        "speaker": segment["speaker"] if line.voiced else None,
        "to": ",".join(segment["addressees"]) if line.voiced else None,
        "manner": one_line(cue["manner"] or "") if cue and line.voiced else None,
        "kind": None if line.kind in {"speech", "narration"} else line.kind,
        "sure": f"{segment['confidence']:.2f}" if is_doubtful(line) else None,
        "line": segment["id"],
    }
    return {tag: value for tag, value in tags.items() if value}


def is_doubtful(line: Line) -> bool:
    """Tell whether it is in doubt who says a line."""
    confidence = line.segment["confidence"]
    return line.voiced and confidence is not None and confidence < DOUBT


def doubt_of(line: Line, names: dict[str | None, str]) -> str:
    """Say in a sentence or two how far a doubtful line is in doubt, and why; else nothing."""
    segment = line.segment
    if not is_doubtful(line) or segment["confidence"] is None:
        return ""
    others = [
        f"{_who(names, other['speaker'])} ({other['confidence']:.0%})"
        for other in segment["alternatives"]
    ]
    said = f"In doubt: {_who(names, segment['speaker'])} ({segment['confidence']:.0%})"
    parts = [", or ".join([said, *others]) + "."]
    if segment["reason"]:
        parts.append(f"Judged by: {segment['reason']}.")
    if segment["evidence"]:
        parts.append(f"Evidence: {one_line(segment['evidence']['text'])}")
    return one_line(" ".join(parts))


def _who(names: dict[str | None, str], speaker: str | None) -> str:
    return "nobody in the cast" if speaker is None else names.get(speaker, speaker)
