"""Twee 3, the plain form of a Twine story: a passage for each scene, and a link to the next.

The text is HTML in which every character that any story format gives a meaning to is written as
a number (``&#42;``), so that it reads the same in Harlowe, SugarCube, Chapbook and Snowman.
"""

import json
import re
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from fullcast.exporters.branches import AS_IT_WAS, WHAT_IF, Branches, find_branches
from fullcast.exporters.scenes import Line, Scene, one_line, scenes_of, tags_of, title_of
from fullcast.exporters.schema import Script

_MARKS = re.compile(
    r"""[&<>\[\]{}$_*/\\`~^\#=@|%+"]"""  # always
    r"""|(?<=')'|(?<=-)-"""  # as doubles
    r"""|\((?=[^\s()]+:)|\?(?=\w)"""  # a macro or hook of Harlowe
    r"""|^[!:;-]|(?<=\w):(?=//)|\.(?=\.)"""
)
_IN_NAMES = re.compile(r"[\\\[\]{}]")


def export(script: Script) -> bytes:
    """Write a script as a Twee 3 story."""
    scenes = scenes_of(script)
    names = [f"Scene {number}" for number in range(1, len(scenes) + 1)]
    head = {
        "ifid": str(uuid5(NAMESPACE_URL, script["source"]["sha256"] or title_of(script))).upper(),
        "format": "Harlowe",
        "format-version": "3.3.9",
        "start": names[0] if names else "Scene 1",
    }
    parts = [f":: StoryTitle\n{title_of(script)}", f":: StoryData\n{json.dumps(head, indent=1)}"]
    branches = find_branches(script, scenes)
    for number, (name, scene) in enumerate(zip(names, scenes, strict=True)):
        following = f"[[{names[number + 1]}]]" if number + 1 < len(names) else ""
        parts += _passages(name, scene, following, branches)
    parts += [
        f":: What if {number}\n<!-- Yours to write. -->" for number in branches.stubs.values()
    ]
    return ("\n\n\n".join(parts) + "\n").encode()


def _passages(name: str, scene: Scene, following: str, branches: Branches) -> Iterator[str]:
    """Write a scene as a passage, and another from each choice on."""
    lines: list[Line] = []
    parted = scene.parted
    for line in scene.lines:
        stub = branches.stubs.get(line.segment["id"])
        if stub is not None:
            onward = f"Turning point {stub}"
            links = f"[[{AS_IT_WAS}->{onward}]]\n[[{WHAT_IF}->What if {stub}]]"
            yield _passage(name, Scene(lines=tuple(lines), parted=parted), links, branches)
            name, lines, parted = onward, [], False
        lines.append(line)
    yield _passage(name, Scene(lines=tuple(lines), parted=parted), following, branches)


def _passage(name: str, scene: Scene, links: str, branches: Branches) -> str:
    return "\n".join([f":: {name}", *_paragraphs(scene, branches), links]).rstrip()


def escape(text: str) -> str:
    """Write as numbers the characters that mean something to Twine or to HTML.

    >>> escape("a [[link]]")
    'a &#91;&#91;link&#93;&#93;'
    """
    return _MARKS.sub(lambda mark: f"&#{ord(mark[0])};", text)


def _paragraphs(scene: Scene, branches: Branches) -> Iterator[str]:
    if scene.parted:
        yield "<hr>"
    for lines in scene.paragraphs:
        tag = "h2" if lines[0].kind == "heading" else "p"
        spans = "".join((" " if line.spaced else "") + _span(line, branches) for line in lines)
        yield f"<{tag}>{spans.lstrip()}</{tag}>"


def _span(line: Line, branches: Branches) -> str:
    tags = "".join(
        f' data-{tag}="{escape(one_line(value))}"' for tag, value in tags_of(line).items()
    )
    for variable, warmth in branches.settings.get(line.segment["id"], ()):
        tags += f' data-{variable.replace("_", "-").lower()}="{warmth}"'
    return f"<span{tags}>{escape(line.text)}</span>"
