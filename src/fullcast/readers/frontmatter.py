"""What stands before a story: its title page and its table of contents."""

import re
from itertools import takewhile

from fullcast.model import BlockKind, Layer
from fullcast.readers.draft import Draft, TitlePage, following
from fullcast.readers.headings import (
    find_heading,
    find_numeral,
    is_break,
    is_capitals,
    is_subtitle,
    one_line,
    unwrapped,
)
from fullcast.readers.layers import is_note, is_preamble

_CONTENTS = re.compile(
    r"(?:table of )?contents(?: of .{1,40})?|list of (?:chapters|illustrations)|illustrations",
    re.I,
)
_PAGE = re.compile(r"[\s.·…]*\b\d{1,4}$")
_QUOTES = '"“”„«»‘'
_LONGEST_ENTRY = 110
_FEWEST_ENTRIES = 3
_AHEAD = 5
_Key = tuple[str, int, str]


def mark_contents(drafts: list[Draft]) -> None:
    """Put tables of contents to the front."""
    last = _last_headings(drafts)
    index = 0
    while index < len(drafts):
        end = index
        if drafts[index].layer is None:
            end = _contents_end(drafts, index, last)
        for draft in drafts[index:end]:
            draft.layer, draft.heading = Layer.FRONT, None
            draft.kind = BlockKind.PARAGRAPH
        if end > index and _is_caption(drafts[index]):
            drafts[index].kind = BlockKind.HEADING
        index = max(end, index + 1)


def _contents_end(drafts: list[Draft], start: int, last: dict[_Key, int]) -> int:
    """Return where a table of contents that begins at ``start`` ends; ``start`` if none does."""
    first = drafts[start]
    if _is_caption(first):
        return _captioned_end(drafts, start)
    if first.linked:
        links = sum(1 for _ in takewhile(_is_linked, following(drafts, start)))
        return start + (links if links >= _FEWEST_ENTRIES else 0)
    if first.heading is not None:
        return _uncaptioned_end(drafts, start, last)
    return start


def _is_linked(draft: Draft) -> bool:
    return draft.linked and draft.layer is None


def _is_caption(draft: Draft) -> bool:
    return (
        len(draft.words) < 60
        and _CONTENTS.fullmatch(unwrapped(draft.words).rstrip(".:")) is not None
    )


def _captioned_end(drafts: list[Draft], start: int) -> int:
    seen: set[_Key] = set()
    at = start + 1
    while at < len(drafts) and drafts[at].layer is None and not _is_prose(drafts[at]):
        if _is_caption(drafts[at]):
            return at
        keys = [_key(line) for line in drafts[at].lines]
        if keys and keys[0] in seen and _prose_near(drafts, at):
            return at
        seen.update(keys)
        at += 1
    # The last headings before prose open the story, though the contents did not list them.
    while at > start + 1 and (drafts[at - 1].heading or _follows_heading(drafts, at - 1)):
        at -= 1
        if drafts[at].heading and not drafts[at - 1].heading:
            break
    return at if at > start + 1 else start


def _follows_heading(drafts: list[Draft], at: int) -> bool:
    return at > 0 and drafts[at - 1].heading is not None and is_subtitle(drafts[at].words)


def _prose_near(drafts: list[Draft], at: int) -> bool:
    return any(_is_prose(draft) for draft in drafts[at : at + _AHEAD])


def _uncaptioned_end(drafts: list[Draft], start: int, last: dict[_Key, int]) -> int:
    """Find three or more headings with nothing between them that all come again."""
    lines = drafts[start].lines
    if len(lines) >= _FEWEST_ENTRIES:
        again = sum(last.get(_key(line), start) > start for line in lines)
        return start + 1 if again >= _FEWEST_ENTRIES else start
    end = start
    while end < len(drafts) and drafts[end].layer is None and drafts[end].heading is not None:
        if last.get(_key(drafts[end].lines[0]), end) <= end:
            break
        end += 1
    return end if end - start >= _FEWEST_ENTRIES else start


def _last_headings(drafts: list[Draft]) -> dict[_Key, int]:
    """Return where each heading stands for the last time."""
    return {
        _key(draft.lines[0]): index
        for index, draft in enumerate(drafts)
        if draft.heading is not None and draft.lines
    }


def _key(line: str) -> _Key:
    """Return what is the same in an entry and in the heading it leads to."""
    plain = _PAGE.sub("", unwrapped(line)) or line
    heading = find_heading(plain) or find_numeral(plain)
    if heading is not None:
        return heading.style, heading.number or 0, "" if heading.number else plain.casefold()
    return "", 0, "".join(filter(str.isalnum, plain.casefold()))


def _is_prose(draft: Draft) -> bool:
    lines = draft.lines
    if not lines:
        return False
    if any(len(line) > _LONGEST_ENTRY for line in lines):
        return True
    if draft.words[0] in _QUOTES:
        return True
    if len(lines) > 1:
        return sum(line[0].islower() for line in lines) > 0.3 * len(lines)
    words = draft.words.split()
    small = sum(word[0].islower() for word in words)
    return draft.words[-1] in '.!?…"”' and len(words) > 5 and small > 0.5 * len(words)


_BYLINE = re.compile(r"[\W_]*(?:written\s+)?by(?:\s*:)?[\W_]+(?P<name>[^\W\d_].{1,80})", re.I)
_CREDIT = re.compile(
    r"[\W_]*(?:translated|illustrated|edited|adapted|with (?:illustrations|an introduction))\b"
    r".{0,20}\b(?:by|from)\b|[\W_]*(?:copyright|©|first published|all rights reserved"
    r"|published by)\b"
    r"|[(\[]?\d{4}[)\]]?$|[\W_]*(?:a novel|an? \w+ novel|a romance|a story)\W*$",
    re.I,
)
_DEDICATION = re.compile(r"[\W_]*(?:to|for|dedicated to|in memory of|this book is)\b", re.I)
_ATTRIBUTION = re.compile(r"(?:--|[-–—―])\s?[_“\"]?[A-Z][^.!?]{1,90}\.?_?$")
_FIELD = re.compile(r"^\W*(title|author)\W*:\W*?\s*(\S.*?)[*_]*$", re.I | re.M)
_LONGEST_ZONE = 40


def mark_title(drafts: list[Draft]) -> TitlePage:
    """Put the lines of a title page to the front; return the title and author they name."""
    zone, to_heading = _zone(drafts)
    title = author = ""
    if zone and not is_preamble(zone[0]) and _is_title(zone, drafts):
        title = one_line(unwrapped(zone[0].words))
        _to_front(zone[0], BlockKind.HEADING)
        zone = zone[1:]
    if title or to_heading:
        author = _mark_credits(zone, to_heading=to_heading and bool(title))
    _mark_preamble(zone)
    fields = {
        name.lower(): value
        for draft in zone
        if draft.layer is Layer.FRONT
        for name, value in _FIELD.findall(draft.words[:2000])
    }
    return TitlePage(title=fields.get("title", title), author=fields.get("author", author))


def _zone(drafts: list[Draft]) -> tuple[list[Draft], bool]:
    """Return the undecided blocks before the first chapter, and whether there is a chapter."""
    zone: list[Draft] = []
    for index, draft in enumerate(drafts):
        if draft.layer is not None or draft.kind is BlockKind.BREAK or is_break(draft.words):
            continue
        if draft.heading is not None and _is_byline(draft) and zone:
            draft.heading, draft.kind = None, BlockKind.PARAGRAPH
        if draft.heading is not None and not (not zone and _is_outermost(drafts, index)):
            return zone, True
        zone.append(draft)
        if len(zone) > _LONGEST_ZONE:
            break
    return zone, False


def _is_byline(draft: Draft) -> bool:
    """Tell a line of credit that its markup calls a heading."""
    if draft.heading is None or draft.heading.style != "markup":
        return False
    return bool(_BYLINE.match(draft.words) or _CREDIT.match(draft.words)) or _is_bare_by(draft)


def _is_bare_by(draft: Draft) -> bool:
    return unwrapped(draft.words).lower() in {"by", "written by"}


def _is_outermost(drafts: list[Draft], index: int) -> bool:
    """Tell whether a first heading stands above all others, and so is the book's title."""
    draft = drafts[index]
    if draft.heading is None or draft.heading.style != "markup":
        return False
    others = [other for other in drafts[index + 1 :] if other.heading is not None]
    if any(_BYLINE.match(other.words) for other in drafts[index + 1 : index + 2]):
        return True
    return all(
        other.level > draft.level or (other.heading and other.heading.style != "markup")
        for other in others
    )


def _is_title(zone: list[Draft], drafts: list[Draft]) -> bool:
    first = zone[0]
    if first.heading is not None:
        return True
    if first.kind is not BlockKind.PARAGRAPH or is_note(first) or _BYLINE.match(first.words):
        return False
    if not is_subtitle(first.words) or drafts[-1] is first:
        return False
    return any(_is_prose(draft) or draft.heading for draft in drafts)


def _to_front(draft: Draft, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
    draft.layer, draft.kind, draft.heading = Layer.FRONT, kind, None


def _mark_credits(zone: list[Draft], *, to_heading: bool) -> str:
    """Mark bylines, dates, dedications and epigraphs; return the author.

    Args:
        zone: Undecided blocks before the first chapter.
        to_heading: Whether a chapter begins after them; if none does, they end with the first
            that is no credit.
    """
    author = ""
    by = False
    for index, draft in enumerate(zone):
        byline = _BYLINE.match(draft.words) if len(draft.words) < 120 else None
        bare = _is_bare_by(draft)
        if byline or by:
            author = author or one_line(unwrapped(byline["name"] if byline else draft.words))
        elif to_heading and _ATTRIBUTION.match(draft.words):
            _mark_epigraph(zone, index)
        elif not (bare or _is_credit(draft, to_heading=to_heading)):
            if not to_heading:
                break
            continue
        by = bare
        _to_front(draft)
    return author


def _is_credit(draft: Draft, *, to_heading: bool) -> bool:
    words = draft.words
    if to_heading and _is_verse(draft):
        return True
    if len(words) > 160 or words[0] in _QUOTES:
        return False
    if _CREDIT.match(words):
        return True
    if not to_heading:
        return False
    if is_capitals(words):
        return True
    return is_subtitle(words) or _DEDICATION.match(words) is not None


def _is_verse(draft: Draft) -> bool:
    lines = draft.lines
    return len(lines) > 3 and all(line.lstrip(_QUOTES + "'_")[:1].isupper() for line in lines)


def _mark_epigraph(zone: list[Draft], index: int) -> None:
    """Mark the words that ``--SOMEBODY`` is named for."""
    _to_front(zone[index])
    if index and zone[index - 1].layer is None:
        _to_front(zone[index - 1])


def _mark_preamble(zone: list[Draft]) -> None:
    """Mark the lines ``Rating: …`` that stand before all story."""
    for draft in zone:
        if draft.layer is not None or is_note(draft):
            continue
        if not is_preamble(draft):
            break
        _to_front(draft)
