"""Blocks of text out of HTML and XHTML, as a browser would show them, with their places."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from fullcast.formats.css import Selector, find_italics, is_hidden, italic
from fullcast.formats.markup import Element, is_element, local_name, words_of

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol "
    "p pre section summary table tbody td tfoot th thead tr ul"
)
_SKIPPED_NAMES = (
    "head script style template noscript title select option button input textarea datalist iframe "
    "object embed audio video canvas svg map rp rt"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_ITALIC = frozenset({"em", "i", "cite", "dfn", "var", "strong", "b"})
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One block: its text with white space as shown, and what its markup says of it."""

    text: str
    path: str
    element: Element
    level: int = 0
    """Of a heading, 1 to 6; 0 for anything else."""
    rule: bool = False
    """An ``<hr>``; it has no text."""
    linked: bool = False
    emphasis: tuple[tuple[int, int], ...] = ()
    around: tuple[Element, ...] = ()
    """The elements it stands in, outermost first."""


@dataclass(frozen=True, slots=True)
class Page:
    """The passages of a document, and which of them each id leads to."""

    passages: tuple[Passage, ...]
    anchors: Mapping[str, int]


@dataclass(slots=True)
class _Frame:
    """What holds inside an element that is open."""

    element: Element
    step: str
    block: bool
    italic: bool
    pre: bool
    link: bool
    level: int
    seen: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] | None = None


def style_sheets(root: Element) -> list[str]:
    """Return the style sheets written into a document."""
    return [words_of(e) for e in root.iter() if local_name(e) == "style"]


def find_passages(root: Element, sheets: Iterable[str] = ()) -> Page:
    """Return the blocks of a document in order.

    Args:
        root: Of the whole document.
        sheets: Style sheets that belong to it beside its own.
    """
    walk = _Walk(find_italics([*sheets, *style_sheets(root)]))
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:
        if event == "start":
            if is_skipped(element):
                walk.skip(element)
                events.skip_subtree()
            else:
                walk.start(element)
        elif event == "end":
            walk.end(element, is_root=element is root)
        elif element.getparent() is not None:
            walk.add(element.tail)
    walk.flush()
    return Page(tuple(walk.passages), walk.anchors)


def is_skipped(element: Element) -> bool:
    """Tell whether a browser shows nothing of an element that is story."""
    if local_name(element) in _SKIPPED or element.get("hidden") is not None:
        return True
    return is_hidden(element.get("style", ""))


class _Walk:
    """A walk over a document, gathering the text of one block at a time."""

    def __init__(self, italics: Mapping[Selector, bool]) -> None:
        self.passages: list[Passage] = []
        self.anchors: dict[str, int] = {}
        self._italics = italics
        self._frames: list[_Frame] = []
        self._skipped: Element | None = None
        self._quotes = 0
        self._reset()

    def _reset(self) -> None:
        self._chars: list[str] = []
        self._length = 0
        self._last = ""
        self._breaks = 0
        self._linked = 0
        self._inked = 0
        self._emphasis: list[tuple[int, int]] = []
        self._owner: list[_Frame] = []

    # -- elements ------------------------------------------------------------------------------

    def skip(self, element: Element) -> None:
        """Pass over an element and all in it."""
        self._mark(element)
        self._skipped = element
        self._count(element)

    def start(self, element: Element) -> None:
        """Enter an element."""
        name = local_name(element)
        block = name in _BLOCKS
        if block or name == "hr":
            self.flush()
        self._mark(element)
        above = self._frames[-1] if self._frames else None
        frame = _Frame(
            element=element,
            step=self._count(element),
            block=block,
            italic=self._is_italic(element, name, inherited=above is not None and above.italic),
            pre=name == "pre" or (above is not None and above.pre),
            link=(name == "a" and "href" in element.attrib) or (above is not None and above.link),
            level=_level(name) or (above.level if above else 0),
        )
        self._frames.append(frame)
        self._enter(element, name)

    def _enter(self, element: Element, name: str) -> None:
        if name == "br":
            self._break()
        elif name == "hr":
            self._rule(element)
        elif name == "q":
            self._put("“" if self._quotes % 2 == 0 else "‘")
            self._quotes += 1
        elif name == "img" and len(alt := element.get("alt", "")) == 1 and alt.isalpha():
            self._put(alt)  # an initial that is drawn
        self.add(element.text)

    def end(self, element: Element, *, is_root: bool) -> None:
        """Leave an element; what follows it belongs to its parent."""
        if self._skipped is element:
            self._skipped = None
        else:
            if local_name(element) == "q":
                self._quotes -= 1
                self._put("”" if self._quotes % 2 == 0 else "’")
            if self._frames[-1].block:
                self.flush()
            self._frames.pop()
        if not is_root:
            self.add(element.tail)

    def _mark(self, element: Element) -> None:
        for name in ("id", "name"):
            if value := element.get(name):
                self.anchors.setdefault(value, len(self.passages))

    def _count(self, element: Element) -> str:
        """Return the element's step of an XPath, as lxml's ``getpath`` writes it."""
        name = _step_name(element)
        if not self._frames:
            return name
        above = self._frames[-1]
        above.seen[name] += 1
        if above.totals is None:
            above.totals = Counter(_step_name(e) for e in above.element if is_element(e))
        return f"{name}[{above.seen[name]}]" if above.totals[name] > 1 else name

    def _is_italic(self, element: Element, name: str, inherited: bool) -> bool:
        own = italic(element.get("style", ""))
        if own is not None:
            return own
        for cls in reversed(element.get("class", "").split()):
            for selector in ((name, cls), ("", cls)):
                if selector in self._italics:
                    return self._italics[selector]
        if (name, "") in self._italics:
            return self._italics[name, ""]
        return name in _ITALIC or inherited

    # -- text ----------------------------------------------------------------------------------

    def add(self, raw: str | None) -> None:
        """Add text as it stands in the file."""
        if not raw or not self._frames:
            return
        if self._frames[-1].pre:
            self._add_lines(raw)
            return
        shown = _SPACES.sub(" ", raw)
        if shown[0] == " " and (self._last in {"", " ", "\n"}):
            shown = shown[1:]
        if shown:
            self._put(shown)

    def _add_lines(self, raw: str) -> None:
        """Add text whose line ends count; a blank line parts blocks."""
        for index, part in enumerate(_BLANK_LINE.split(raw.replace("\r\n", "\n"))):
            if index:
                self.flush()
            if part.strip() or self._chars:
                self._put(part)

    def _put(self, shown: str) -> None:
        ink = len(shown) - shown.count(" ")
        if shown.strip():
            self._breaks = 0
            if not self._owner:
                self._owner = list(self._frames)
        frame = self._frames[-1]
        if frame.italic:
            self._emphasis.append((self._length, self._length + len(shown)))
        self._linked += ink if frame.link else 0
        self._inked += ink
        self._chars.append(shown)
        self._length += len(shown)
        self._last = shown[-1]

    def _break(self) -> None:
        """Take a ``<br>``: a line end, or with another one the end of the block."""
        self._breaks += 1
        if self._breaks > 1:
            self.flush()
            self._breaks = 2
        elif self._owner:
            if self._last == " ":
                self._chars[-1] = self._chars[-1][:-1]
                self._length -= 1
            self._chars.append("\n")
            self._length += 1
            self._last = "\n"

    def _rule(self, element: Element) -> None:
        self.passages.append(
            Passage(
                text="",
                path=_path(self._frames),
                element=element,
                rule=True,
                around=tuple(frame.element for frame in self._frames),
            )
        )

    def flush(self) -> None:
        """End the block, if there is any text in it."""
        frames = self._owner
        text, lead = _trimmed("".join(self._chars))
        if frames and text:
            inner = max(index for index, frame in enumerate(frames) if frame.block or not index)
            self.passages.append(
                Passage(
                    text=text,
                    path=_path(frames[: inner + 1]),
                    element=frames[inner].element,
                    level=frames[inner].level,
                    linked=self._linked == self._inked,
                    emphasis=_runs(text, lead, self._emphasis),
                    around=tuple(frame.element for frame in frames),
                )
            )
        self._reset()


def _level(name: str) -> int:
    return int(name[1]) if len(name) == 2 and name[0] == "h" and name[1] in "123456" else 0


def _step_name(element: Element) -> str:
    tag = str(element.tag)
    if not tag.startswith("{"):
        return tag
    return f"{element.prefix}:{local_name(element)}" if element.prefix else "*"


def _path(frames: list[_Frame]) -> str:
    return "".join(f"/{frame.step}" for frame in frames)


def _trimmed(raw: str) -> tuple[str, int]:
    """Return a block's text without blank ends, and how many characters its start lost.

    No-break spaces at the ends stay, for they show; but not on a line of their own.
    """
    ink = raw.rstrip()
    tail = raw[len(ink) :].partition("\n")[0].rstrip(" \t\r\f")
    text = (ink + tail).lstrip(" \t\r\n\f") if ink else ""
    return text, len(ink) + len(tail) - len(text)


def _runs(text: str, lead: int, spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Move spans of the raw text onto the trimmed one; join those that touch."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        first, last = max(0, start - lead), min(len(text), end - lead)
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        elif first < last:
            joined.append((first, last))
    trimmed = []
    for first, last in joined:
        inked = text[first:last].strip()
        if inked:
            begin = first + len(text[first:last]) - len(text[first:last].lstrip())
            trimmed.append((begin, begin + len(inked)))
    return tuple(trimmed)
