"""SSML 1.1: the story for a speech engine, with a voice for each speaker."""

from lxml import etree

from fullcast.exporters.scenes import Line, Scene, scenes_of, xml_text
from fullcast.exporters.schema import Script

_SPACE = "http://www.w3.org/2001/10/synthesis"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_GENDERS = {"female": "female", "male": "male", "other": "neutral"}
_Element = etree._Element


def export(script: Script) -> bytes:
    """Write a script as one SSML document; a voice is named as its character's id is."""
    spaces = {None: _SPACE}
    root = etree.Element(
        f"{{{_SPACE}}}speak",
        nsmap=spaces,  # type: ignore[arg-type]  # the stubs know no default namespace
        version="1.1",
    )
    root.set(_LANGUAGE, script["language"] or "en")
    genders = {each["id"]: _GENDERS.get(each["gender"]) for each in script["characters"]}
    for number, scene in enumerate(scenes_of(script)):
        if number:
            _add(root, "break").set("strength", "x-strong")
        _add_scene(root, scene, genders)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _add_scene(root: _Element, scene: Scene, genders: dict[str, str | None]) -> None:
    for lines in scene.paragraphs:
        if lines[0].kind == "break":
            continue  # nobody reads asterisks aloud
        paragraph = _add(root, "p")
        for line in lines:
            if line.spaced and len(paragraph):
                paragraph[-1].tail = f"{paragraph[-1].tail or ''} "
            mark = _add(_voice(paragraph, line, genders), "mark")
            mark.set("name", line.segment["id"])
            mark.tail = xml_text(line.text)
        paragraph.tail = "\n"


def _voice(paragraph: _Element, line: Line, genders: dict[str, str | None]) -> _Element:
    """Return what speaks a line: its speaker's voice, or the paragraph for who narrates."""
    speaker = line.segment["speaker"]
    if not line.voiced or speaker is None:
        return paragraph
    voice = _add(paragraph, "voice")
    voice.set("name", speaker)
    if gender := genders.get(speaker):
        voice.set("gender", gender)
    return voice


def _add(parent: _Element, name: str) -> _Element:
    return etree.SubElement(parent, f"{{{_SPACE}}}{name}")
