"""From drafts to a book's structure: which blocks are headings, breaks, front matter and notes.

Every reader uses these rules, so the same story gives the same blocks whatever file it came in.
The drafts are settled in place. In doubt a block stays story.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

from fullcast.model import BlockKind, Chapter, Layer, Span
from fullcast.readers import frontmatter, layers
from fullcast.readers.draft import Draft, Heading
from fullcast.readers.headings import (
    find_heading,
    find_numeral,
    is_break,
    is_capitals,
    is_subtitle,
    markup_heading,
    one_line,
    unwrapped,
)

_LIST_GAP = 1500
"""Numbered titles closer than this are the items of a list, not chapters."""
_MOST_SUBTITLES = 2
_APART = 4
"""Line ends before a line that stands far apart."""
_FEWEST_CAPITALS = 3
_CHAPTER_RANK = 5
_OUTERMOST = (0, 0)
_UNMARKED = 9
_EMPHASIS = re.compile(r"(?<!\w)[_*]+|[_*]+(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What was found beside the drafts' own kinds and layers."""

    chapters: tuple[Chapter, ...]
    title: str = ""
    author: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """An entry of a book's own table of contents: where it leads, and how deep it stands."""

    title: str
    start: int
    level: int = 1


def structure(text: str, drafts: list[Draft], anchors: tuple[Anchor, ...] = ()) -> Structure:
    """Settle the kind and layer of every draft, and find the chapters.

    Args:
        text: The book's text.
        drafts: Its blocks, in order; changed in place.
        anchors: Where the book's own contents say that chapters begin; else headings do.
    """
    header = layers.mark_gutenberg(drafts)
    _mark_headings(drafts)
    _mark_capitals(text, drafts)
    frontmatter.mark_contents(drafts)
    _mark_numerals(drafts)
    _mark_breaks(drafts)
    title = frontmatter.mark_title(drafts)
    layers.mark_notes(drafts)
    _mark_subtitles(drafts)
    layers.mark_end(drafts)
    chapters = _from_headings(drafts)
    listed = _from_anchors(drafts, anchors)
    # A list of one entry is no list, only the place where the story begins.
    if len(listed) > 1 or len(chapters) < 2:
        chapters = listed or chapters
    return Structure(
        chapters=_closed(chapters, _end_of_story(drafts)),
        title=header.title or title.title,
        author=header.author or title.author,
        language=header.language,
    )


def _mark_headings(drafts: list[Draft]) -> None:
    """Mark the headings that their own words or markup tell."""
    for draft in drafts:
        if draft.kind is BlockKind.BREAK or draft.layer not in {None, Layer.BODY}:
            continue
        heading = find_heading(draft.words)
        if draft.level and not is_break(draft.words):
            heading = heading or markup_heading(draft.words, draft.level)
        if heading is not None:
            draft.heading = heading
            draft.kind = BlockKind.HEADING
    for before, draft in pairwise(drafts):
        named = draft.heading is not None and draft.heading.style == "named"
        if named and before.heading and before.heading.number and not before.heading.title:
            draft.heading = None  # CHAPTER TEN / THE EPILOGUE is one chapter


def _mark_capitals(text: str, drafts: list[Draft]) -> None:
    """Mark lines of capitals far apart from the rest, where a book has no other headings."""
    if any(draft.heading is not None for draft in drafts):
        return
    apart = [
        draft
        for before, draft in pairwise(drafts)
        if draft.layer is None
        and is_capitals(draft.words)
        and is_subtitle(draft.words)
        and not is_break(draft.words)
        and text.count("\n", before.span.end, draft.span.start) >= _APART
    ]
    if len(apart) < _FEWEST_CAPITALS or any(find_numeral(draft.words) for draft in drafts):
        return
    for draft in apart:
        draft.heading = Heading(style="capitals", rank=_CHAPTER_RANK, title=draft.words)
        draft.kind = BlockKind.HEADING


def _mark_numerals(drafts: list[Draft]) -> None:
    """Mark lines that are a number, alone or with a title, where they count on."""
    styles: defaultdict[tuple[str, bool], list[tuple[int, Heading]]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        if draft.layer is not None or (draft.heading and draft.heading.style != "markup"):
            continue
        numeral = find_numeral(draft.words)
        if numeral is not None and draft.kind is not BlockKind.BREAK:
            styles[numeral.style, bool(numeral.title)].append((index, numeral))
    for (style, titled), run in styles.items():
        if style == "digit" and not titled and _are_page_numbers(drafts, run):
            continue
        for place, (index, numeral) in enumerate(run):
            draft = drafts[index]
            if draft.level or _counts(drafts, run, place):
                draft.heading = numeral
                draft.kind = BlockKind.HEADING


def _are_page_numbers(drafts: list[Draft], run: list[tuple[int, Heading]]) -> bool:
    """Tell whether the numbers stand amid sentences."""
    before = [drafts[index - 1] for index, _ in run if index]
    amid = [
        draft
        for draft in before
        if draft.kind is BlockKind.PARAGRAPH and draft.words[-1].isalpha() and len(draft.words) > 60
    ]
    return len(amid) * 5 > len(before)


def _counts(drafts: list[Draft], run: list[tuple[int, Heading]], place: int) -> bool:
    """Tell whether the number follows on, is followed, or opens a part of the book."""
    index, numeral = run[place]
    number = numeral.number or 0
    for near in (place - 1, place + 1):
        if not 0 <= near < len(run):
            continue
        other, neighbour = run[near]
        if abs(index - other) == 1:
            continue  # somebody counts
        step = (number - (neighbour.number or 0)) * (1 if near < place else -1)
        gap = abs(drafts[index].span.start - drafts[other].span.start)
        if step == 1 and (not numeral.title or gap > _LIST_GAP):
            return True
    first = number == 1 and not numeral.title
    return first and (index == 0 or drafts[index - 1].kind is BlockKind.HEADING)


def _mark_breaks(drafts: list[Draft]) -> None:
    for draft in drafts:
        if draft.kind is not BlockKind.HEADING and is_break(draft.words):
            draft.kind = BlockKind.BREAK


def _mark_subtitles(drafts: list[Draft]) -> None:
    """Mark the short lines right after a heading that go on with it."""
    _mark_following(drafts, close=False)
    # Where most chapters have a subtitle, a line that might be one is one.
    heads = [i for i, d in enumerate(drafts[:-1]) if d.heading and d.heading.style != "markup"]
    subtitled = [i for i in heads if drafts[i + 1].kind is BlockKind.HEADING]
    if len(heads) > 4 and len(subtitled) > 0.6 * len(heads):
        _mark_following(drafts, close=True)


def _mark_following(drafts: list[Draft], *, close: bool) -> None:
    since = _MOST_SUBTITLES
    for draft, following in pairwise(drafts):
        if draft.heading is not None and draft.layer in {None, Layer.BODY}:
            since = 0
        elif close:
            since = _MOST_SUBTITLES
        if (
            since >= _MOST_SUBTITLES
            or not following.open
            or not is_subtitle(following.words, close=close)
        ):
            since = _MOST_SUBTITLES if following.heading is None else since
            continue
        following.kind = BlockKind.HEADING
        since += 1


def _from_headings(drafts: list[Draft]) -> list[Chapter]:
    """Return the chapters that headings open, a part with all that is in it."""
    story = [
        draft
        for draft in drafts
        if draft.kind is BlockKind.HEADING and draft.layer in {None, Layer.BODY}
    ]
    marked = any(draft.level and draft.heading for draft in story)
    found: list[tuple[str, int, tuple[int, int]]] = []
    for draft in story:
        if draft.heading is not None:
            rank = _rank(draft, draft.heading, marked=marked)
            found.append((_title(draft), draft.span.start, rank))
        elif found:
            title, start, rank = found[-1]
            found[-1] = (joined(title, _title(draft)), start, rank)
    ranks = sorted({rank for *_, rank in found} - {_OUTERMOST})
    levels = {_OUTERMOST: 1} | {rank: level for level, rank in enumerate(ranks, 1)}
    return [
        Chapter(title=title, span=Span(start, start), level=levels[rank])
        for title, start, rank in found
    ]


def _rank(draft: Draft, heading: Heading, *, marked: bool) -> tuple[int, int]:
    """Return how far out a heading stands: by its markup first, where there is any."""
    if heading.style == "named":
        return _OUTERMOST
    if not marked:
        return 0, heading.rank
    # Many pages give parts and chapters the same mark; beyond that the marks know best.
    return draft.level or _UNMARKED, min(heading.rank, _CHAPTER_RANK)


def _title(draft: Draft) -> str:
    """Return a heading's words as one line, without the marks of emphasis."""
    first, *rest = _EMPHASIS.sub("", unwrapped(draft.words)).splitlines() or [draft.words]
    heading = find_heading(first) or find_numeral(first)
    if rest and heading is not None and not heading.title:
        return joined(unwrapped(first), one_line(" ".join(rest)))
    return one_line(" ".join([first, *rest]))


def joined(title: str, subtitle: str) -> str:
    """Return a heading and its subtitle as one line.

    >>> joined("Chapter I", "In Chancery"), joined("II.", "The Mill")
    ('Chapter I: In Chancery', 'II. The Mill')
    """
    return f"{title}{' ' if title[-1:] in '.:!?—-' else ': '}{subtitle}"


def _from_anchors(drafts: list[Draft], anchors: tuple[Anchor, ...]) -> list[Chapter]:
    """Return the chapters that the book's own contents list; front and back matter is none."""
    begins = [draft.span.start for draft in drafts]
    story = []
    for anchor in anchors:
        at = bisect_left(begins, anchor.start)
        if at < len(drafts) and drafts[at].layer in {None, Layer.BODY}:
            story.append(anchor)
    outer = min((anchor.level for anchor in story), default=1)
    return [
        Chapter(
            title=one_line(anchor.title),
            span=Span(anchor.start, anchor.start),
            level=anchor.level - outer + 1,
        )
        for anchor in sorted(story, key=lambda anchor: (anchor.start, anchor.level))
    ]


def _end_of_story(drafts: list[Draft]) -> int:
    """Return where the last block ends that is not back matter."""
    return max((draft.span.end for draft in drafts if draft.layer is not Layer.BACK), default=0)


def _closed(chapters: list[Chapter], end: int) -> tuple[Chapter, ...]:
    """Give every chapter its end: where the next of its level or an outer one begins."""
    closed: list[Chapter] = []
    ends: dict[int, int] = {}
    for chapter in reversed(chapters):
        following = min(
            (start for level, start in ends.items() if level <= chapter.level), default=end
        )
        start = chapter.span.start
        ends = {level: at for level, at in ends.items() if level < chapter.level}
        ends[chapter.level] = start
        closed.append(replace(chapter, span=Span(start, max(start, following))))
    return tuple(reversed(closed))
