"""Plain text and Markdown. The text of the book IS the file, mark for mark."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from fullcast.errors import SourceEmpty
from fullcast.model import Book, Layer, Origin, Place, Span
from fullcast.readers.chapters import structure
from fullcast.readers.decode import decode
from fullcast.readers.draft import Draft
from fullcast.readers.emphasis import find_emphasis
from fullcast.readers.headings import find_heading, is_break, is_subtitle
from fullcast.readers.layout import Layout, Line, Parting, find_layout, groups, paragraphs

_ATX = re.compile(r"(?P<marks>#{1,6})[ \t]+\S")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_MARKDOWN = re.compile(r"^#{1,6}[ \t]+\S|(?<![*\w])\*\*\w[^*\n]{0,200}\*\*(?!\*)", re.M)
_ITEM = re.compile(r"(?:[-*+]|(?P<number>\d{1,3})[.)])[ \t]+\S")
_FENCE = re.compile(r"(?P<marks>`{3,})(?P<rest>[^`]*)")
_FIELD = re.compile(r"^(title|author|lang(?:uage)?)[ \t]*:[ \t]*(\S.*)$", re.I | re.M)
_LONGEST_FRONT_MATTER = 60
_LONGEST_HEADING = 120
_LONGEST_BEFORE_PROSE = 60


def read_plain(data: bytes, path: Path, encoding: str | None = None) -> Book:
    """Read a text file.

    Raises:
        SourceEmpty: It holds white space alone.
        SourceUndecodable: Its bytes fit no encoding.
    """
    decoded = decode(data, path, encoding)
    text = decoded.text
    if not text.strip().strip("\ufeff").strip():
        raise SourceEmpty(f"{path}: there is no text in it; give a file that holds a story.")
    markdown = _is_markdown(text, path)
    drafts = find_drafts(text, markdown=markdown)
    fields = _fields(drafts)
    found = structure(text, drafts)
    return Book(
        text=text,
        blocks=tuple(draft.block() for draft in drafts),
        chapters=found.chapters,
        emphasis=tuple(find_emphasis(drafts)),
        title=fields.get("title") or found.title,
        author=fields.get("author") or found.author,
        language=fields.get("lang") or fields.get("language") or found.language,
        origin=Origin(
            path=str(path),
            format="md" if markdown else "txt",
            sha256=sha256(data).hexdigest(),
            encoding=decoded.encoding,
        ),
        notices=decoded.notices(),
    )


def _is_markdown(text: str, path: Path) -> bool:
    return path.suffix.lower() in {".md", ".markdown"} or _MARKDOWN.search(text) is not None


def find_drafts(text: str, *, markdown: bool) -> list[Draft]:
    """Cut a plain text into blocks; headings by marks alone are settled here."""
    runs = groups(text)
    drafts = []
    if markdown and (front := _front_matter(runs)):
        drafts.append(_draft(text, front, 0, Layer.FRONT))
        last = front[-1].number
        runs = [rest for run in runs if (rest := [line for line in run if line.number > last])]
    atoms = list(_all_atoms(runs, markdown=markdown))
    layout = find_layout([atom.lines for atom in atoms if not atom.fixed])
    if markdown and layout.parting is Parting.LINES and len(atoms) * 5 > sum(map(len, runs)):
        layout = Layout(Parting.BLANK_LINES)  # one line for each sentence
    for atom in atoms:
        if atom.fixed:
            drafts.append(_draft(text, atom.lines, atom.level, atom.layer))
            continue
        for part in paragraphs(atom.lines, layout):
            drafts.extend(_draft(text, piece) for piece in _without_heading(part))
    return drafts


def _front_matter(runs: list[list[Line]]) -> list[Line]:
    """Return the lines of a YAML block at the very top."""
    lines = [line for run in runs[:_LONGEST_FRONT_MATTER] for line in run][:_LONGEST_FRONT_MATTER]
    if len(lines) < 3 or lines[0].words != "---" or ":" not in lines[1].words:
        return []
    for index, line in enumerate(lines[1:], 2):
        if line.words in {"---", "..."}:
            return lines[:index]
    return []


class _Atom(NamedTuple):
    """Lines that no layout joins with what is around them."""

    lines: list[Line]
    fixed: bool = False
    """Whether they are one block whatever the layout."""
    level: int = 0
    """The heading's level, or 0."""
    layer: Layer | None = None


def _all_atoms(runs: list[list[Line]], *, markdown: bool) -> Iterator[_Atom]:
    """Cut the runs into atoms; fenced code is a note, whatever it holds."""
    fences = _fences(runs) if markdown else {}
    fence: list[Line] = []
    end = 0
    for run in runs:
        loose: list[Line] = []
        for line in run:
            if line.number in fences:
                yield from _atoms(loose, markdown=markdown)
                loose, end = [], fences[line.number]
            (fence if line.number <= end else loose).append(line)
            if line.number == end:
                yield _Atom(fence, fixed=True, layer=Layer.NOTE)
                fence = []
        yield from _atoms(loose, markdown=markdown)


def _fences(runs: list[list[Line]]) -> dict[int, int]:
    """Return the line each fenced code block begins with, and its last; one left open is none."""
    found: dict[int, int] = {}
    marks, first = "", 0
    for line in (line for run in runs for line in run):
        fence = _FENCE.fullmatch(line.words)
        if fence is None:
            continue
        if not marks:
            marks, first = fence["marks"], line.number
        elif fence["marks"].startswith(marks) and not fence["rest"]:
            found[first] = line.number
            marks = ""
    return found


def _atoms(run: list[Line], *, markdown: bool) -> Iterator[_Atom]:
    """Cut out what is a block whatever the layout: headings by marks, and scene breaks.

    In Markdown the item of a list begins anew.
    """
    loose: list[Line] = []
    for line in run:
        atx = _ATX.match(line.words)
        level = _underline_level(loose, line, markdown=markdown)
        fixed: list[Line] = []
        if level:
            fixed, loose = [*loose, line], []
        elif atx or is_break(line.words):
            fixed, level = [line], len(atx["marks"]) if atx else 0
        if loose and (fixed or (markdown and _begins_item(loose, line))):
            yield _Atom(loose)
            loose = []
        if fixed:
            yield _Atom(fixed, fixed=True, level=level)
        else:
            loose.append(line)
    if loose:
        yield _Atom(loose)


def _begins_item(above: list[Line], line: Line) -> bool:
    """Tell an item of a list from a wrapped line that happens to begin with a number."""
    item = _ITEM.match(line.words)
    if item is None:
        return False
    return item["number"] in {None, "1"} or _ITEM.match(above[0].words) is not None


def _underline_level(above: list[Line], line: Line, *, markdown: bool) -> int:
    """Return the level of the heading that ``line`` underlines, or 0."""
    if len(above) != 1 or len(above[0].words) > _LONGEST_HEADING:
        return 0
    if not _UNDERLINE.fullmatch(line.words):
        return 0
    if line.words[0] == "=":
        return 1
    # A rule below a sentence is a scene break with its blank line forgotten.
    return 2 if markdown and not above[0].finished else 0


def _without_heading(lines: list[Line]) -> Iterator[list[Line]]:
    """Part a heading from prose that follows it with no blank line between."""
    if len(lines) > 1 and find_heading(lines[0].words):
        rest = lines[1:]
        numbered = any(find_heading(line.words) for line in rest)
        tail = "\n".join(line.words for line in rest)
        runs_on = rest[0].continues or len(lines[0].words) > _LONGEST_BEFORE_PROSE
        if not numbered and not runs_on and not is_subtitle(tail, close=True):
            yield lines[:1]
            lines = rest
    yield lines


def _draft(text: str, lines: list[Line], level: int = 0, layer: Layer | None = None) -> Draft:
    span = Span(lines[0].start, lines[-1].end)
    return Draft(
        span=span,
        words=span.of(text),
        place=Place(line=lines[0].number),
        level=level,
        layer=layer,
    )


def _fields(drafts: list[Draft]) -> dict[str, str]:
    """Return what a YAML block at the top says of the book."""
    if not drafts or drafts[0].layer is not Layer.FRONT:
        return {}
    found = _FIELD.findall(drafts[0].words)
    return {name.lower(): value.strip().strip("\"'") for name, value in found}
