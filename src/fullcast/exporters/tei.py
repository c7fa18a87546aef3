"""A story in TEI P5: ``said`` with who and to whom, the cast, chapters and paragraphs.

All characters inside ``text`` are the story's: nothing is added there, so joined they are its text.
What XML cannot hold (most control characters) stands as ``g`` and is declared in the header.
Follows the TEI Guidelines, P5 4.9, chapters 3.3 (said), 14 (persons) and 5 (characters).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from fullcast.exporters.schema import (
    ChapterEntry,
    MentionEntry,
    Script,
    SegmentEntry,
)
from fullcast.exporters.tei_header import Anchors, build_header, glyph, tag

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACE = " \t\r\n"
"""White space to XML; any other that Python knows must stay inside a paragraph."""
_UNWRITABLE = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff])")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_RESP = {"person": "#person", "opinion": "#llm"}


def export(script: Script) -> bytes:
    """Write one TEI document."""
    anchors = Anchors(script)
    root = etree.Element(tag("TEI"), nsmap={None: tag("")[1:-1]})  # type: ignore[dict-item]
    text = etree.Element(tag("text"))
    if _LANGUAGE.fullmatch(script["language"]):
        text.set(_LANG, script["language"])
    _Text(script, anchors).write(text)
    unwritable = _UNWRITABLE.findall("".join(each["text"] for each in script["segments"]))
    root.append(build_header(script, anchors, sorted(set(unwritable))))
    root.append(text)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


class _Text:
    """The story's own part of the document."""

    def __init__(self, script: Script, anchors: Anchors) -> None:
        self._script = script
        self._anchors = anchors
        self._breaks = {f"b{each['start']}" for each in script["breaks"]}
        self._rules = [each for each in script["breaks"] if each["start"] == each["end"]]
        self._mentions = [each for each in script["mentions"] if each["character"]]
        self._pieces: dict[str, list[str]] = {}
        for segment in script["segments"]:
            if segment["quotation"] is not None:
                self._pieces.setdefault(segment["quotation"], []).append(segment["id"])

    def write(self, text: etree._Element) -> None:
        """Fill ``text`` with front, body and back, as far as there is something in them."""
        blocks = [list(group) for _, group in groupby(self._script["segments"], _block)]
        first, last = _body(blocks)
        divisions = _Divisions(self._script["chapters"])
        for name, part in (
            ("front", blocks[:first]),
            ("body", blocks[first:last]),
            ("back", blocks[last:]),
        ):
            if part or name == "body":
                room = etree.SubElement(text, tag(name))
                for block in part:
                    self._write_block(divisions.at(room, block[0]), block, name)
                if not len(room):
                    etree.SubElement(room, tag("p"))

    def _write_block(
        self, parent: etree._Element, segments: Sequence[SegmentEntry], part: str
    ) -> None:
        while self._rules and self._rules[0]["start"] <= segments[0]["start"]:
            self._rules.pop(0)
            etree.SubElement(parent, tag("milestone"), unit="scene")
        words = "".join(segment["text"] for segment in segments)
        before = len(words) - len(words.lstrip(_SPACE))
        after = len(words.rstrip(_SPACE))
        _say(parent, words[:before])
        if before >= after:
            return
        element = self._block_element(parent, segments[0])
        if segments[0]["layer"] not in ("body", part):
            element.set("ana", f"#layer.{segments[0]['layer']}")
        start = segments[0]["start"]
        for segment in segments:
            self._write_segment(element, segment, start + before, start + after)
        _say(parent, words[after:])

    def _block_element(self, parent: etree._Element, first: SegmentEntry) -> etree._Element:
        if first["kind"] == "heading":
            fits = parent.tag == tag("div") and all(each.tag == tag("head") for each in parent)
            if fits:
                return etree.SubElement(parent, tag("head"))
            return etree.SubElement(parent, tag("ab"), type="heading")
        if first["block"] in self._breaks:
            return etree.SubElement(parent, tag("ab"), type="break")
        return etree.SubElement(parent, tag("p"))

    def _write_segment(
        self, parent: etree._Element, segment: SegmentEntry, first: int, last: int
    ) -> None:
        """Write what of a segment lies in the block's words, from ``first`` to ``last``."""
        start, end = max(segment["start"], first), min(segment["end"], last)
        words = segment["text"][start - segment["start"] : end - segment["start"]]
        room, after = parent, ""
        if segment["quotation"] is not None:
            room = self._quotation(parent, segment)
            after = words[len(words.rstrip(_SPACE)) :]
            words = words[: len(words) - len(after)]
        at = start
        for mention in self._mentioned(start, start + len(words)):
            _say(room, words[at - start : mention["start"] - start])
            inside = words[mention["start"] - start : mention["end"] - start]
            _say(self._mention(room, mention), inside)
            at = mention["end"]
        _say(room, words[at - start :])
        _say(parent, after)

    def _mentioned(self, start: int, end: int) -> Iterator[MentionEntry]:
        """Take the mentions that lie in a stretch; those before it are dropped."""
        while self._mentions and self._mentions[0]["start"] < end:
            mention = self._mentions.pop(0)
            if start <= mention["start"] < mention["end"] <= end:
                start = mention["end"]
                yield mention

    def _mention(self, parent: etree._Element, mention: MentionEntry) -> etree._Element:
        ref = f"#{self._anchors.of(mention['character'] or '')}"
        if mention["kind"] == "name":
            return etree.SubElement(parent, tag("persName"), ref=ref)
        return etree.SubElement(parent, tag("rs"), type=mention["kind"], ref=ref)

    def _quotation(self, parent: etree._Element, segment: SegmentEntry) -> etree._Element:
        if segment["kind"] == "writing":
            element = etree.SubElement(parent, tag("q"), type="written")
        else:
            aloud = "true" if segment["kind"] == "speech" else "false"
            element = etree.SubElement(parent, tag("said"), aloud=aloud, direct="true")
        element.set(_ID, segment["id"])
        for name, value in self._judged(segment):
            element.set(name, value)
        return element

    def _judged(self, segment: SegmentEntry) -> Iterator[tuple[str, str]]:
        """Yield the attributes that say who speaks, how, and how sure that is."""
        if segment["speaker"] is not None:
            yield "who", f"#{self._anchors.of(segment['speaker'])}"
        if segment["addressees"]:
            yield "toWhom", " ".join(f"#{self._anchors.of(id_)}" for id_ in segment["addressees"])
        if segment["confidence"] is not None:
            yield "cert", f"{segment['confidence']:.4g}"
            yield "resp", _RESP.get(segment["source"] or "", "#fullcast")
        manner = self._anchors.manner(segment)
        if manner:
            yield "ana", f"#{manner}"
        pieces = self._pieces[segment["quotation"] or ""]
        number = pieces.index(segment["id"])
        if number:
            yield "prev", f"#{pieces[number - 1]}"
        if number + 1 < len(pieces):
            yield "next", f"#{pieces[number + 1]}"


def _block(segment: SegmentEntry) -> str | None:
    return segment["block"]


def _body(blocks: Sequence[Sequence[SegmentEntry]]) -> tuple[int, int]:
    """Find where the body begins and ends, which front and back matter frame."""
    layers = [block[0]["layer"] for block in blocks]
    first = next((n for n, layer in enumerate(layers) if layer != "front"), 0)
    last = len(layers)
    while last > first and layers[last - 1] == "back":
        last -= 1
    return (first, last) if first < last else (0, len(layers))


class _Divisions:
    """The chapters that are open as the text goes on."""

    def __init__(self, chapters: Iterable[ChapterEntry]) -> None:
        self._coming = list(chapters)
        self._open: list[ChapterEntry] = []
        self._begun: set[str] = set()

    def at(self, room: etree._Element, segment: SegmentEntry) -> etree._Element:
        """Return the innermost division for what begins with ``segment``."""
        words = segment["text"]
        start = segment["start"] + len(words) - len(words.lstrip())
        while self._coming and self._coming[0]["start"] <= start:
            self._open.append(self._coming.pop(0))
        self._open = [chapter for chapter in self._open if start < chapter["end"]]
        for chapter in self._open:
            room = self._division(room, chapter)
        return room

    def _division(self, parent: etree._Element, chapter: ChapterEntry) -> etree._Element:
        """Return a chapter's division; a chapter that was left, as for back matter, is over."""
        last = parent[-1] if len(parent) else None
        if last is not None and last.get(_ID) == chapter["id"]:
            return last
        if chapter["id"] in self._begun:
            return parent
        self._begun.add(chapter["id"])
        return etree.SubElement(parent, tag("div"), {_ID: chapter["id"]}, type="chapter")


def _say(parent: etree._Element, words: str) -> None:
    """Append characters to what an element holds already."""
    for number, piece in enumerate(_UNWRITABLE.split(words)):
        if number % 2:
            etree.SubElement(parent, tag("g"), ref=f"#{glyph(piece)}")
        elif piece and len(parent):
            parent[-1].tail = (parent[-1].tail or "") + piece
        elif piece:
            parent.text = (parent.text or "") + piece
