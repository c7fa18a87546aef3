"""Yarn, for Yarn Spinner 2 and 3: a node for each scene, jumping to the next."""

import re
from collections.abc import Iterator

from fullcast.exporters.scenes import Line, handles_of, names_of, scenes_of, tags_of
from fullcast.exporters.schema import Script

_MARKS = re.compile(r"[\\#{}\[\]<>/]")
_TAG_ENDS = re.compile(r"[\s#$<\\/{}\[\]>]+")
_OPENINGS = ("->", "=>", "===", "---")


def export(script: Script) -> bytes:
    """Write a script as a Yarn file; the story starts at the node ``Scene_1``."""
    handles = handles_of(names_of(script))
    scenes = scenes_of(script)
    nodes = []
    for number, scene in enumerate(scenes, 1):
        lines = [f"title: Scene_{number}", "---"]
        lines += [_line(line, handles) for line in scene.lines]
        lines += [f"<<jump Scene_{number + 1}>>"] if number < len(scenes) else []
        nodes.append("\n".join([*lines, "===", ""]))
    return "".join(nodes).encode()


def escape(text: str) -> str:
    r"""Keep Yarn from taking the story's characters for its own.

    >>> escape("go -> [there] #now")
    'go -\\> \\[there\\] \\#now'
    """
    return _MARKS.sub(r"\\\g<0>", text)


def _line(line: Line, handles: dict[str | None, str]) -> str:
    """Write a line; narration must not look as if what stands before a colon said it."""
    speaker = line.segment["speaker"]
    if line.voiced:
        text = f"{handles.get(speaker, speaker)}: {escape(line.text)}"
    else:
        # There is no escape for an arrow: an empty tag of the markup keeps it from the beginning.
        shield = "[beat/]" if line.text.startswith(_OPENINGS) else ""
        text = shield + escape(line.text).replace(":", r"\:")
    return " ".join([text, *_hashtags(line)])


def _hashtags(line: Line) -> Iterator[str]:
    for tag, value in tags_of(line).items():
        if word := _TAG_ENDS.sub("_", value).strip("_"):
            yield f"#{tag}:{word}"
