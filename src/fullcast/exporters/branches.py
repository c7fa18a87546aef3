"""Where a story to be played may be left, and how warm people stand as it goes on.

At each turning point stands a choice: the story as it was, or an empty stub for what else might
have been. Warmth is told as variables, one for each who shows another enough.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fullcast.exporters.scenes import Scene
from fullcast.exporters.schema import Script
from fullcast.exporters.standing import FEWEST_SHOWN

AS_IT_WAS = "As it was"
WHAT_IF = "What if …"

_NO_ASCII_NAME = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Branches:
    """What is to be played besides the lines, by the ids of their segments."""

    variables: tuple[str, ...]
    """All of them begin at 0."""
    settings: Mapping[str, Sequence[tuple[str, int]]]
    """What a variable is once a line is passed, from -100 to 100: no engine fails at integers."""
    stubs: Mapping[str, int]
    """The number of the choice that stands before a line."""


def find_branches(script: Script, scenes: Sequence[Scene]) -> Branches:
    """Find the line that each move and each turning point stands in."""
    lines = [line.segment for scene in scenes for line in scene.lines]
    starts = [segment["start"] for segment in lines]
    ways = Counter((move["source"], move["target"]) for move in script["moves"])
    handles = _handles(script)
    names = {
        way: f"warmth__{handles[way[0]]}__{handles[way[1]]}"
        for way, count in ways.items()
        if count >= FEWEST_SHOWN and way[0] in handles and way[1] in handles
    }
    settings: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for move in script["moves"]:
        place = bisect_right(starts, move["start"]) - 1
        if name := names.get((move["source"], move["target"])):
            settings[lines[max(place, 0)]["id"]].append((name, round(100 * move["warmth"])))
    turned = sorted(
        {bisect_right(starts, turn["start"]) - 1 for turn in script["turning_points"]} - {-1}
    )
    stubs = {lines[place]["id"]: number for number, place in enumerate(turned, 1)}
    return Branches(tuple(names.values()), settings if lines else {}, stubs)


def _handles(script: Script) -> dict[str, str]:
    """Give each character a name of letters that every engine takes, their own."""
    handles: dict[str, str] = {}
    for number, character in enumerate(script["characters"], 1):
        handle = _NO_ASCII_NAME.sub("_", character["id"]).strip("_") or f"c{number}"
        taken = {each.casefold() for each in handles.values()}
        handles[character["id"]] = f"{handle}_{number}" if handle.casefold() in taken else handle
    return handles
