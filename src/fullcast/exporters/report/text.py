"""The report's script: the whole text, every character in its place, with its lines marked."""

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import PurePath

from fullcast.exporters.figures import Figures, confidence
from fullcast.exporters.quoted import Quoted
from fullcast.exporters.report.markup import Html, el, escape, join
from fullcast.exporters.report.people import Person
from fullcast.exporters.schema import Script, SegmentEntry

DOUBT = 0.6
"""Lines that are less sure are marked, as ``fullcast read`` marks them."""

_LONGEST_EVIDENCE = 120
_WRAPPED = 50
"""Lines that are longer on average were broken by a page's width, and not by an author."""

_REASONS = {
    "turn": "the turns of the conversation",
    "named-by-tag": "named in the tag",
    "pronoun-or-description": "a pronoun or description in the tag",
    "beat": "action beside it",
    "person": "a person’s decision",
}


class Lines:
    """The lines by number: what links to them, and what is told of them."""

    def __init__(self, script: Script, figures: Figures, people: Mapping[str, Person]) -> None:
        self._figures = figures
        self._people = people
        self._source = script["source"]
        self._names = [character["name"] for character in script["characters"]]
        self._at = {each["id"]: number for number, each in enumerate(script["characters"])}
        self._numbers = {line.id: number for number, line in enumerate(figures.lines)}
        self._begun: set[str] = set()

    def link(self, line: Quoted) -> Html:
        """Link to a line by its first words."""
        words = line.text.split()
        told = " ".join(words[:10]) + (" …" if len(words) > 10 else "")
        return el("a", told[:_LONGEST_EVIDENCE], href=self.address(line))

    def address(self, line: Quoted) -> str:
        """Return where a line stands on the page."""
        return f"#l{self._numbers[line.id]}"

    def marked(self, segment: SegmentEntry) -> Html:
        """Mark a stretch of the text, if it is a line; the white space after it stays outside."""
        number = self._numbers.get(segment["quotation"] or "")
        text = segment["text"]
        if number is None or segment["quotation"] is None:
            return escape(text)
        shown = text.rstrip()
        first = segment["quotation"] not in self._begun
        self._begun.add(segment["quotation"])
        place = {"id": f"l{number}"} if first else {"data_l": number}
        classes = " ".join(self._classes(segment))
        return Html(el("span", shown, class_=classes, **place) + escape(text[len(shown) :]))

    def _classes(self, segment: SegmentEntry) -> Iterator[str]:
        yield "q"
        speaker = self._people.get(segment["speaker"] or "")
        yield f"p{speaker.number} {speaker.style}" if speaker else "nobody"
        if segment["kind"] != "speech":
            yield segment["kind"]
        if segment["confidence"] is not None and segment["confidence"] < DOUBT:
            yield "doubt"

    def initials(self) -> str:
        """Write the rules of CSS that set initials before lines: they are no part of the text."""
        return "\n".join(
            f'.p{person.number}::before{{content:"{_css(person.initials)}"}}'
            for person in self._people.values()
        )

    def told(self) -> str:
        """Write what is known of each line, as JSON in which nothing ends a script."""
        reasons: dict[str, int] = {}
        lines = [self._line(line, reasons) for line in self._figures.lines]
        told = {
            "file": PurePath(self._source["path"]).name or "story",
            "sha256": self._source["sha256"],
            "ids": [*self._at],
            "names": self._names,
            "marks": [self._mark(each) for each in self._at],
            "reasons": [*reasons],
            "lines": lines,
            "decided": [
                number
                for number, line in enumerate(self._figures.lines)
                if line.first["reason"] == "person"
            ],
        }
        return json.dumps(told, separators=(",", ":")).replace("<", "\\u003c")

    def _mark(self, character: str) -> tuple[str, str]:
        """Return the initials and the colour of one of the cast; who says nothing has few."""
        person = self._people.get(character)
        if person:
            return person.initials, person.style
        return self._names[self._at[character]][:2], "nobody"

    def _line(self, line: Quoted, reasons: dict[str, int]) -> list[object]:
        first = line.first
        reason = reasons.setdefault(_reason(first), len(reasons))
        others = [
            [self._who(other["speaker"]), round(100 * other["confidence"])]
            for other in first["alternatives"]
            if other["confidence"] >= 0.01
        ]
        return [
            line.id,
            self._who(first["speaker"]),
            round(100 * confidence(line)),
            list(map(self._who, first["addressees"])),
            others,
            reason,
            _evidence(first),
        ]

    def _who(self, character: str | None) -> int:
        return -1 if character is None else self._at.get(character, -1)


def _css(text: str) -> str:
    return "".join(f"\\{ord(letter):x} " if not letter.isalnum() else letter for letter in text)


def _reason(segment: SegmentEntry) -> str:
    rule, _, network = (segment["reason"] or "").partition(", ")
    told = _REASONS.get(rule, rule)
    return f"{told}, by the reading network" if network else told


def _evidence(segment: SegmentEntry) -> str:
    """Give the words that decided; those of the tag where there are none."""
    found = segment["evidence"] or segment["cue"]
    return " ".join(found["text"].split())[:_LONGEST_EVIDENCE] if found else ""


def script_section(script: Script, lines: Lines) -> Html:
    """Show the text, a chapter at a time; the first that has lines is open."""
    titles = {each["id"]: each["title"] for each in script["chapters"]}
    groups = [
        (chapter, list(segments))
        for chapter, segments in groupby(script["segments"], key=lambda each: each["chapter"])
    ]
    spoken = [any(each["speaker"] for each in segments) for _, segments in groups]
    first = spoken.index(True) if True in spoken else 0
    wrapped = " wrapped" if _is_wrapped(script) else ""
    return join(
        [
            _chapter(
                _title(titles, chapter, script, number), segments, lines, number == first, wrapped
            )
            for number, (chapter, segments) in enumerate(groups)
        ]
    )


def _title(titles: Mapping[str, str], chapter: str | None, script: Script, number: int) -> str:
    if chapter is None:
        return (
            "The text" if not titles else "Before the first chapter" if not number else "After it"
        )
    return titles.get(chapter) or f"Chapter {number + 1}"


def _chapter(
    title: str, segments: list[SegmentEntry], lines: Lines, is_open: bool, wrapped: str
) -> Html:
    said = len({each["quotation"] for each in segments} - {None})
    paragraphs = [
        _paragraph(list(pieces), lines)
        for _, pieces in groupby(segments, key=lambda each: each["block"])
    ]
    counted = el("small", f"{said:,} line{'' if said == 1 else 's'}") if said else None
    return el(
        "details",
        el("summary", title, " ", counted),
        el("div", join(paragraphs), class_=f"text{wrapped}"),
        open=is_open,
    )


def _paragraph(segments: list[SegmentEntry], lines: Lines) -> Html:
    """Make a paragraph. The blank lines after it stand between paragraphs, where none is seen."""
    heading = "heading" if segments[0]["kind"] == "heading" else None
    marked = join([lines.marked(each) for each in segments])
    inside = marked.rstrip("\n")
    return Html(el("p", Html(inside), class_=heading) + marked[len(inside) :])


def _is_wrapped(script: Script) -> bool:
    """Tell whether lines end where a page was full, as in plain text of 72 columns."""
    broken = [
        len(line)
        for segment in script["segments"]
        for line in segment["text"].strip().split("\n")[:-1]
        if line.strip()
    ]
    return bool(broken) and sum(broken) / len(broken) > _WRAPPED
