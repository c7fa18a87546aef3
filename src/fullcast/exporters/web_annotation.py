"""The W3C's Web Annotations: who says each line, pointing into the text from outside it."""

import json
from collections.abc import Iterator
from urllib.parse import quote

from fullcast.exporters.scenes import (
    Line,
    doubt_of,
    name_of,
    names_of,
    one_line,
    scenes_of,
    title_of,
)
from fullcast.exporters.schema import Script

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Characters of the text before and after a quotation, by which a tool finds it again."""


def export(script: Script) -> bytes:
    """Write an annotation for each line that somebody says, on one page."""
    text = "".join(segment["text"] for segment in script["segments"])
    names = names_of(script)
    base = f"urn:fullcast:{script['source']['sha256'] or 'story'}"
    source = quote(script["source"]["path"].replace("\\", "/").rpartition("/")[2]) or base
    page = {
        "@context": _CONTEXT,
        "id": f"{base}:lines",
        "type": "AnnotationPage",
        "label": title_of(script),
        "items": [
            {
                "id": f"{base}:{lines[0].segment['quotation']}",
                "type": "Annotation",
                "motivation": "identifying",
                "body": list(_bodies(lines[0], names, base)),
                "target": [_target(line, text, source) for line in lines],
            }
            for lines in _quotations(script)
        ],
    }
    return (json.dumps(page, ensure_ascii=True, indent=1) + "\n").encode()


def _quotations(script: Script) -> Iterator[list[Line]]:
    """Gather the parts of each quotation, in the order of their beginnings."""
    voiced = (line for scene in scenes_of(script) for line in scene.lines if line.voiced)
    found: dict[str | None, list[Line]] = {}
    for line in voiced:
        found.setdefault(line.segment["quotation"], []).append(line)
    yield from found.values()


def _bodies(line: Line, names: dict[str | None, str], base: str) -> Iterator[dict[str, str]]:
    segment = line.segment
    speaker = segment["speaker"]
    yield {"type": "TextualBody", "purpose": "classifying", "value": line.kind}
    yield {
        "type": "TextualBody",
        "purpose": "tagging",
        "value": one_line(name_of(speaker, names)),
    }
    if speaker is not None:
        yield _resource("identifying", base, speaker)
    for addressee in segment["addressees"]:
        yield _resource("linking", base, addressee)
    if doubt := doubt_of(line, names):
        yield {"type": "TextualBody", "purpose": "commenting", "value": doubt}


def _resource(purpose: str, base: str, character: str) -> dict[str, str]:
    """Point at a character: the one who speaks, or one who is spoken to."""
    source = f"{base}:character:{quote(character)}"
    return {"type": "SpecificResource", "purpose": purpose, "source": source}


def _target(line: Line, text: str, source: str) -> dict[str, object]:
    """Say where a part of a quotation stands, in characters (code points) of the text."""
    start = line.segment["start"]
    words = line.segment["text"]
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    return {
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
        ],
    }
