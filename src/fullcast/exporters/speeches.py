"""What each character says, a text file each: what stylometry starts from."""

import re
from collections.abc import Container

from fullcast.exporters.quoted import quoted
from fullcast.exporters.registry import Content
from fullcast.exporters.schema import Script


def export(script: Script) -> Content:
    """Write the speeches of each character who has some, a speech a line.

    White space in a speech becomes one space; its words and marks stay as they are.
    """
    said: dict[str, list[str]] = {}
    for quotation in quoted(script["segments"]):
        if quotation.first["kind"] == "speech" and quotation.first["speaker"] is not None:
            words = " ".join(quotation.text.split())
            said.setdefault(quotation.first["speaker"], []).append(words + "\n")
    files: dict[str, bytes] = {}
    for speaker, lines in said.items():
        files[_free(speaker, files)] = "".join(lines).encode("utf-8", "replace")
    return files


def _free(speaker: str, files: Container[str]) -> str:
    """Name a file, inside the folder whatever an edited script calls people."""
    name = re.sub(r"[^\w-]", "-", speaker)
    while f"{name}.txt" in files:
        name += "-"
    return f"{name}.txt"
