"""Fountain: the story as a screenplay in plain text (fountain.io/syntax).

Speech is dialogue, all else action, chapters are sections, and doubts are notes. Scene headings
are not invented: a story seldom says INT. or EXT.
"""

import re
from collections.abc import Iterator

from fullcast.exporters.scenes import (
    Line,
    Scene,
    doubt_of,
    heading_level,
    name_of,
    names_of,
    one_line,
    scenes_of,
    title_of,
)
from fullcast.exporters.schema import Script

# Emphasis, notes and comments; and backslashes that would now escape what follows them.
_MARKS = re.compile(r"[*_]|(?<=\[)\[|\\(?=\W|_|$)")
_ESCAPED = re.compile(r"\\(\W|_)")
_BRACKETS = re.compile(r"(?<=\[)(?=\[)|(?<=\])(?=\])|(?<=\*)(?=/)|(?<=/)(?=\*)|(?<=\])$")
_FORCED = frozenset(".@!>~#=[")
_HEADING = re.compile(r"(?:int|ext|est|i)[./ ]", re.I)
_NO_NAME = re.compile(r"[()^\s]+")


def export(script: Script) -> bytes:
    """Write a script as a Fountain screenplay."""
    return "\n\n".join([_title_page(script), *_elements(script), ""]).encode()


def escape(text: str) -> str:
    r"""Keep Fountain from taking the story's characters for its own.

    >>> escape("a *star*, [[no note]]")
    'a \\*star\\*, [\\[no note]]'
    """
    return _MARKS.sub(r"\\\g<0>", text)


def unescape(text: str) -> str:
    """Take back what :func:`escape` did."""
    return _ESCAPED.sub(r"\1", text)


def cue_name(name: str) -> str:
    """Return a name as it can stand over a speech: ``( ) ^`` mean something else there."""
    return _NO_NAME.sub(" ", name).strip() or "-"


def _title_page(script: Script) -> str:
    lines = [f"Title: {escape(title_of(script))}"]
    if author := one_line(script["author"]):
        lines.append(f"Author: {escape(author)}")
    return "\n".join(lines)


def _elements(script: Script) -> Iterator[str]:
    names = names_of(script)
    for scene in scenes_of(script):
        yield from _scene(scene, script, names)


def _scene(scene: Scene, script: Script, names: dict[str | None, str]) -> Iterator[str]:
    if scene.parted:
        yield "==="
    for line in scene.lines:
        if line.voiced:
            yield _dialogue(line, names)
        elif line.kind == "heading":
            yield f"{'#' * min(heading_level(line, script['chapters']), 6)} {escape(line.text)}"
        elif line.kind == "break" and not re.search("[<>]", line.text):
            yield f"> {escape(line.text)} <"
        else:
            yield _action(line.text)
        if doubt := doubt_of(line, names):
            yield f"[[{_BRACKETS.sub(' ', doubt)}]]"


def _dialogue(line: Line, names: dict[str | None, str]) -> str:
    speaker = line.segment["speaker"]
    name = escape(cue_name(name_of(speaker, names)))
    unheard = " (V.O.)" if line.kind in {"thought", "writing"} else ""
    lyric = "\\" if line.text.startswith("~") else ""
    return f"@{name}{unheard}\n{lyric}{escape(line.text)}"


def _action(text: str) -> str:
    """Mark as action what might be taken for anything else."""
    doubtful = text[0] in _FORCED or text == text.upper() or _HEADING.match(text)
    return f"{'!' if doubtful else ''}{escape(text)}"
