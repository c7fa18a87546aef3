"""A colour for each of the cast."""

from itertools import cycle, product
from typing import NamedTuple

from fullcast.exporters import Script

COLORS = ("#2f86d6", "#d55e00", "#009e73", "#c86aa0", "#b37a00")
"""Hues that Okabe and Ito chose for colour-blind people, as light as reads on black and white."""

WAYS = ("bold", "bold underline", "bold italic")


class Ink(NamedTuple):
    """How one of the cast is written, in Rich's words."""

    name: str
    speech: str


NOBODY = Ink("dim", "")


def inks_of(script: Script) -> dict[str, Ink]:
    """Give every character an ink by their place in the cast: the same in every run.

    The first five, who speak most, differ in colour; the names of the next in line or slant as
    well. Names always stand beside the colours, so it does no harm that they come again.
    """
    inks = cycle(Ink(f"{way} {color}", color) for way, color in product(WAYS, COLORS))
    return {character["id"]: next(inks) for character in script["characters"]}
