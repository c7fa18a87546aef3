"""Ren'Py: a label for each scene, one flowing into the next."""

import re
from collections.abc import Iterator

from fullcast.exporters.branches import AS_IT_WAS, WHAT_IF, Branches, find_branches
from fullcast.exporters.scenes import Line, handles_of, names_of, scenes_of, tags_of, title_of
from fullcast.exporters.schema import Script

_BACKSLASHED = re.compile(r'[\\"]|(?<=\s)\s')
_DOUBLED = re.compile(r"[\[{%【]")


def export(script: Script) -> bytes:
    """Write a script as a Ren'Py script; the game starts at the label ``start``."""
    names = names_of(script)
    variables = {who: f"who_{handle}" for who, handle in handles_of(names).items()}
    lines = [f"define config.name = {quoted(title_of(script))}"]
    lines += [f"define {variables[who]} = Character({quoted(names[who])})" for who in variables]
    scenes = scenes_of(script)
    branches = find_branches(script, scenes)
    lines += [f"default {variable} = 0" for variable in branches.variables]
    for number, scene in enumerate(scenes, 1):
        lines += ["", "label start:" if number == 1 else f"label scene_{number}:"]
        for line in scene.lines:
            lines += _played(line, variables, branches)
    lines += ["    return"]
    for number in branches.stubs.values():
        lines += ["", f"label what_if_{number}:", "    # Yours to write.", "    return"]
    return "\n".join([*lines, ""]).encode()


def _played(line: Line, variables: dict[str | None, str], branches: Branches) -> Iterator[str]:
    """Write a line, the choice before it, and how warm it leaves people."""
    id_ = line.segment["id"]
    if stub := branches.stubs.get(id_):
        yield "    menu:"
        yield f'        "{AS_IT_WAS}":\n            pass'
        yield f'        "{WHAT_IF}":\n            jump what_if_{stub}'
    yield f"    {_line(line, variables)}"
    for variable, warmth in branches.settings.get(id_, ()):
        yield f"    $ {variable} = {warmth}"


def quoted(text: str) -> str:
    r"""Write words as a string of Ren'Py's.

    >>> print(quoted('100% "[sure]"'))
    "100%% \"[[sure]\""
    """
    doubled = _DOUBLED.sub(r"\g<0>\g<0>", text)
    return f'"{_BACKSLASHED.sub(_backslashed, doubled)}"'


def _backslashed(mark: re.Match[str]) -> str:
    return f"\\{mark[0]}"


def _line(line: Line, variables: dict[str | None, str]) -> str:
    """Write a line: its id is the one that Ren'Py gives to translations and voices."""
    who = f"{variables.get(line.segment['speaker'], 'centered')} " if line.voiced else ""
    if line.kind in {"heading", "break"}:
        who = "centered "
    return "  # ".join([f"{who}{quoted(line.text)} id {line.segment['id']}", *_note(line)])


def _note(line: Line) -> Iterator[str]:
    tags = tags_of(line)
    told = [f"{tag}: {tags[tag]}" for tag in ("to", "manner", "kind", "sure") if tag in tags]
    if told:
        yield "; ".join(told)
