"""Yarn, for Yarn Spinner 2 and 3: a node for each scene, jumping to the next."""

import re
from collections.abc import Iterator

from fullcast.exporters.branches import AS_IT_WAS, WHAT_IF, Branches, find_branches
from fullcast.exporters.scenes import Line, handles_of, names_of, scenes_of, tags_of
from fullcast.exporters.schema import Script

_MARKS = re.compile(r"[\\#{}\[\]<>/]")
_TAG_ENDS = re.compile(r"[\s#$<\\/{}\[\]>]+")
_LABEL = re.compile(r"\S+:(?=\s|$)")
_SHIELD = "[plain/]"
_OPENINGS = ("->", "=>", "===", "---")


def export(script: Script) -> bytes:
    """Write a script as a Yarn file; the story starts at the node ``Scene_1``."""
    handles = handles_of(names_of(script))
    scenes = scenes_of(script)
    branches = find_branches(script, scenes)
    nodes = []
    for number, scene in enumerate(scenes, 1):
        lines = [f"title: Scene_{number}", "---"]
        if number == 1:
            lines += [f"<<declare ${variable} = 0>>" for variable in branches.variables]
        for line in scene.lines:
            lines += _played(line, handles, branches)
        lines += [f"<<jump Scene_{number + 1}>>"] if number < len(scenes) else []
        nodes.append("\n".join([*lines, "===", ""]))
    for number in branches.stubs.values():
        nodes.append(f"title: What_if_{number}\n---\n// Yours to write.\n===\n")
    return "".join(nodes).encode()


def escape(text: str) -> str:
    r"""Keep Yarn from taking the story's characters for its own.

    >>> escape("go -> [there] #now")
    'go -\\> \\[there\\] \\#now'
    """
    return _MARKS.sub(r"\\\g<0>", text)


def _played(line: Line, handles: dict[str | None, str], branches: Branches) -> Iterator[str]:
    """Write a line, the choice before it, and how warm it leaves people."""
    id_ = line.segment["id"]
    if stub := branches.stubs.get(id_):
        yield f"-> {AS_IT_WAS}\n-> {WHAT_IF}\n    <<jump What_if_{stub}>>"
    yield _line(line, handles)
    for variable, warmth in branches.settings.get(id_, ()):
        yield f"<<set ${variable} to {warmth}>>"


def _line(line: Line, handles: dict[str | None, str]) -> str:
    speaker = line.segment["speaker"]
    if line.voiced:
        text = f"{handles.get(speaker, speaker)}: {escape(line.text)}"
    else:
        text = _narration(line.text)
    return " ".join([text, *_hashtags(line)])


def _narration(text: str) -> str:
    r"""Write narration so that no arrow begins it, and nobody says what follows a colon.

    Yarn Spinner 3 heeds the escape of a colon. Older engines do not, but no longer see a speaker
    where an empty tag of the markup stands between the colon and the space; and arrows have none.

    >>> print(_narration("Sign: CLOSED"))
    Sign\:[plain/] CLOSED
    """
    shield = _SHIELD if text.startswith(_OPENINGS) else ""
    escaped = shield + escape(text).replace(":", r"\:")
    label = _LABEL.match(escaped)
    end = label.end() if label else 0
    return escaped[:end] + (_SHIELD if label else "") + escaped[end:]


def _hashtags(line: Line) -> Iterator[str]:
    for tag, value in tags_of(line).items():
        if word := _TAG_ENDS.sub("_", value).strip("_"):
            yield f"#{tag}:{word}"
