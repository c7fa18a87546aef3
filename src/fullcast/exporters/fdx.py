"""Final Draft's FDX: the story as a screenplay in XML.

There is no public schema; the form is what Final Draft writes: paragraphs with a type, and notes
inside the paragraph that they belong to.
"""

from lxml import etree

from fullcast.exporters.scenes import (
    Line,
    Scene,
    doubt_of,
    name_of,
    names_of,
    one_line,
    scenes_of,
    title_of,
    xml_text,
)
from fullcast.exporters.schema import Script

_Element = etree._Element


def export(script: Script) -> bytes:
    """Write a script as a Final Draft document."""
    root = etree.Element("FinalDraft", DocumentType="Script", Template="No", Version="5")
    content = etree.SubElement(root, "Content")
    names = names_of(script)
    for scene in scenes_of(script):
        _add_scene(content, scene, names)
    page = etree.SubElement(etree.SubElement(root, "TitlePage"), "Content")
    for words in (title_of(script), one_line(script["author"])):
        if words:
            _add(page, "General", words).set("Alignment", "Center")
    return etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, standalone=False, pretty_print=True
    )


def _add_scene(content: _Element, scene: Scene, names: dict[str | None, str]) -> None:
    if scene.parted:
        _add(content, "General", "")
    for line in scene.lines:
        if line.voiced:
            _add_dialogue(content, line, names)
        elif line.kind == "heading":
            _add(content, "Scene Heading", line.text)
        elif line.kind == "break":
            _add(content, "General", line.text).set("Alignment", "Center")
        else:
            _add(content, "Action", line.text)


def _add_dialogue(content: _Element, line: Line, names: dict[str | None, str]) -> None:
    speaker = line.segment["speaker"]
    unheard = " (V.O.)" if line.kind in {"thought", "writing"} else ""
    _add(content, "Character", name_of(speaker, names) + unheard)
    dialogue = _add(content, "Dialogue", line.text)
    if doubt := doubt_of(line, names):
        note = etree.Element("ScriptNote", ID=line.segment["id"][1:])
        _add(note, "General", doubt)
        dialogue.insert(0, note)


def _add(parent: _Element, kind: str, words: str) -> _Element:
    paragraph = etree.SubElement(parent, "Paragraph", Type=kind)
    etree.SubElement(paragraph, "Text").text = xml_text(words)
    return paragraph
