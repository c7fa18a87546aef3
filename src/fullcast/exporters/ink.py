"""Ink, inkle's language for interactive stories: the scene as it was, played line by line."""

import re
from collections.abc import Iterator

from fullcast.exporters.branches import AS_IT_WAS, WHAT_IF, Branches, find_branches
from fullcast.exporters.scenes import Line, names_of, one_line, scenes_of, tags_of, title_of
from fullcast.exporters.schema import Script

_MARKS = re.compile(r"[\\#{}\[\]|~<>/\-*+=]")
_WORDS = re.compile(r"(?=(?:TODO|INCLUDE|VAR|LIST|CONST|EXTERNAL|else)\b)")


def export(script: Script) -> bytes:
    """Write a script as an ink story: a knot for each scene, one flowing into the next."""
    return "\n".join([*_head(script), *_knots(script), ""]).encode()


def escape(text: str) -> str:
    r"""Keep ink from taking the story's characters for its own.

    >>> escape("TODO: -> [go]")
    '\\TODO: \\-\\> \\[go\\]'
    """
    return _WORDS.sub(r"\\", _MARKS.sub(r"\\\g<0>", text), count=1) if text else ""


def _head(script: Script) -> Iterator[str]:
    """Say what holds for the whole story: its title, and the names behind the ids."""
    yield f"# title: {escape(title_of(script))}"
    if author := one_line(script["author"]):
        yield f"# author: {escape(author)}"
    for speaker, name in names_of(script).items():
        if speaker is not None:
            yield f"# character: {escape(speaker)} {escape(name)}"


def _knots(script: Script) -> Iterator[str]:
    scenes = scenes_of(script)
    branches = find_branches(script, scenes)
    targets = [f"scene_{number}" for number in range(1, len(scenes) + 1)] + ["END"]
    yield from (f"VAR {variable} = 0" for variable in branches.variables)
    yield f"-> {targets[0]}"
    for number, scene in enumerate(scenes):
        yield f"\n=== {targets[number]} ==="
        for line in scene.lines:
            yield from _played(line, branches)
        yield f"-> {targets[number + 1]}"
    for number in branches.stubs.values():
        yield f"\n=== what_if_{number} ===\n// Yours to write.\n-> END"


def _played(line: Line, branches: Branches) -> Iterator[str]:
    """Write a line, the choice before it, and how warm it leaves people."""
    id_ = line.segment["id"]
    if stub := branches.stubs.get(id_):
        yield f"* [{AS_IT_WAS}]\n* [{WHAT_IF}] -> what_if_{stub}\n-"
    yield _line(line)
    for variable, warmth in branches.settings.get(id_, ()):
        yield f"~ {variable} = {warmth}"


def _line(line: Line) -> str:
    tags = "".join(f" # {escape(f'{tag}:{value}')}" for tag, value in tags_of(line).items())
    return f"{escape(line.text)}{tags}"
