"""The header of a TEI document: the work, its cast, and the words that its body points to."""

import re
from collections.abc import Iterable

from lxml import etree

from fullcast.exporters.schema import CharacterEntry, Script, SegmentEntry

_TEI = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NAME = re.compile(r"[^\W\d][\w.-]*")
_OURS = re.compile(r"[scu][.-]?[0-9a-f]+|fullcast|person|llm|(manner|layer).*")
"""Ids of segments, chapters, glyphs and of what the header declares."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LAYERS = {
    "front": "front matter: title page, licence, contents",
    "note": "a note of the author's or an editor's",
    "back": "back matter: licence, advertisements",
}


def tag(name: str) -> str:
    """Return an element's full name."""
    return f"{{{_TEI}}}{name}"


def glyph(character: str) -> str:
    """Return the id of a character that XML cannot hold."""
    return f"u-{ord(character):04x}"


class Anchors:
    """What the body points to: characters and manners, by ids that XML allows."""

    def __init__(self, script: Script) -> None:
        """Give each character an id: its own, wherever that can be."""
        self._characters: dict[str, str] = {}
        for character in script["characters"]:
            self._characters[character["id"]] = self._free(character["id"])
        self.manners: dict[str, str] = {}
        for segment in script["segments"]:
            if segment["cue"] and segment["cue"]["manner"]:
                words = " ".join(segment["cue"]["manner"].split()).lower()
                self.manners.setdefault(_manner_id(words), words)

    def _free(self, id_: str) -> str:
        name = id_
        if not _NAME.fullmatch(name) or _OURS.fullmatch(name):
            name = "c." + re.sub(r"[^\w.-]", "-", name)
        while name in self._characters.values():
            name += "-"
        return name

    def of(self, character: str) -> str:
        """Return the id of a character."""
        return self._characters.get(character, character)

    def manner(self, segment: SegmentEntry) -> str:
        """Return the id of how something is said, or nothing."""
        cue = segment["cue"]
        if not (cue and cue["manner"]):
            return ""
        return _manner_id(" ".join(cue["manner"].split()).lower())


def _manner_id(words: str) -> str:
    return "manner." + re.sub(r"\W+", "-", words).strip("-")


def build_header(script: Script, anchors: Anchors, unwritable: Iterable[str]) -> etree._Element:
    """Build the ``teiHeader``."""
    header = etree.Element(tag("teiHeader"))
    _add_file(header, script)
    _add_encoding(header, script, anchors, list(unwritable))
    if script["characters"]:
        described = _under(header, "profileDesc", "particDesc")
        cast = _under(described, "listPerson")
        for character in script["characters"]:
            _add_person(cast, character, anchors)
        _add_relations(cast, script, anchors)
    return header


def _add_file(header: etree._Element, script: Script) -> None:
    file = etree.SubElement(header, tag("fileDesc"))
    titles = etree.SubElement(file, tag("titleStmt"))
    _tell(titles, "title", script["title"] or "Untitled")
    if script.get("author"):
        _tell(titles, "author", script["author"])
    if any(segment["source"] == "person" for segment in script["segments"]):
        who = etree.SubElement(titles, tag("respStmt"), {_ID: "person"})
        _tell(who, "resp", "said who speaks, by hand")
        _tell(who, "name", "a reader")
    _tell(_under(file, "publicationStmt"), "p", "Not published.")
    source = script["source"]
    told = f"{source['path']} ({source['format']}), SHA-256 {source['sha256']}"
    _tell(_under(file, "sourceDesc"), "p", told)


def _add_encoding(
    header: etree._Element, script: Script, anchors: Anchors, unwritable: list[str]
) -> None:
    encoding = etree.SubElement(header, tag("encodingDesc"))
    applications = etree.SubElement(encoding, tag("appInfo"))
    _add_application(applications, "fullcast", "Fullcast", "0.1")
    if any(segment["source"] == "opinion" for segment in script["segments"]):
        _add_application(applications, "llm", "A language model, asked for its opinion", "0")
    classes = etree.SubElement(encoding, tag("classDecl"))
    _add_taxonomy(classes, "layer", {f"layer.{key}": told for key, told in _LAYERS.items()})
    if anchors.manners:
        _add_taxonomy(classes, "manner", anchors.manners)
    if unwritable:
        characters = etree.SubElement(encoding, tag("charDecl"))
        for each in unwritable:
            declared = etree.SubElement(characters, tag("char"), {_ID: glyph(each)})
            value = f"U+{ord(each):04X}"
            etree.SubElement(declared, tag("localProp"), name="codepoint", value=value)


def _add_application(parent: etree._Element, id_: str, label: str, version: str) -> None:
    made = etree.SubElement(parent, tag("application"), {_ID: id_})
    made.set("ident", id_)
    made.set("version", version)
    _tell(made, "label", label)


def _add_taxonomy(parent: etree._Element, id_: str, categories: dict[str, str]) -> None:
    taxonomy = etree.SubElement(parent, tag("taxonomy"), {_ID: id_})
    for key, told in categories.items():
        _tell(etree.SubElement(taxonomy, tag("category"), {_ID: key}), "catDesc", told)


def _add_person(parent: etree._Element, character: CharacterEntry, anchors: Anchors) -> None:
    kind, name = ("personGrp", "name") if character.get("group") else ("person", "persName")
    person = etree.SubElement(parent, tag(kind), {_ID: anchors.of(character["id"])})
    if character["gender"] != "unknown":
        person.set("sex", character["gender"])
    if character["narrator"]:
        person.set("role", "narrator")
    _tell(person, name, character["name"]).set("type", "main")
    for alias in character["aliases"]:
        if alias != character["name"]:
            _tell(person, name, alias).set("type", "alias")


def _add_relations(parent: etree._Element, script: Script, anchors: Anchors) -> None:
    """Write each relation that the text states between two of the cast, once."""
    told = dict.fromkeys(
        (tie["word"], tie["character"], tie["of"], tie["past"])
        for tie in script["ties"]
        if tie["character"] is not None
    )
    relations = _under(parent, "listRelation") if told else parent
    for word, character, of, past in told:
        relation = etree.SubElement(relations, tag("relation"), name=word)
        relation.set("active", f"#{anchors.of(character)}")
        relation.set("passive", f"#{anchors.of(of)}")
        if past:
            relation.set("type", "past")


def _under(parent: etree._Element, *names: str) -> etree._Element:
    for name in names:
        parent = etree.SubElement(parent, tag(name))
    return parent


def _tell(parent: etree._Element, name: str, words: str) -> etree._Element:
    element = etree.SubElement(parent, tag(name))
    element.text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", words)
    return element
