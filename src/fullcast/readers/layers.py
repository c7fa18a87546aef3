"""What stands around and within a story and is not story: licences, authors' notes, ends.

In doubt a block keeps its open layer and so stays story; talk is never put away.
"""

import re
from itertools import islice, takewhile

from fullcast.model import BlockKind, Layer
from fullcast.readers.draft import Draft, TitlePage, following
from fullcast.readers.headings import is_break, unwrapped

_START = re.compile(
    r"\*{3}\s*START\s+OF\s+(?:THE|THIS)\s+PROJECT\s+GUTENBERG|\*\s?END\s?\*\s?THE\s+SMALL\s+PRINT"
    r"|\*END\s+THE\s+SMALL\s+PRINT",
    re.I,
)
_END = re.compile(
    r"\*{3}\s*END\s+OF\s+(?:THE|THIS)\s+PROJECT\s+GUTENBERG"
    r"|(?:this\s+is\s+the\s+)?end\s+of\s+(?:the\s+|this\s+)?project\s+gutenberg",
    re.I,
)
_PRODUCED = re.compile(
    r"(?:produced|transcribed|prepared|scanned|e-?text\s+prepared|this\s+e-?(?:text|book)\s+was)\b"
    r".{0,200}\b(?:by|from)\b",
    re.I | re.S,
)
_HEADER = 300
"""No licence header has more blocks than this."""
_HEADER_FIELD = re.compile(r"^(title|author|language)\s*:\s*(\S.*)$", re.I | re.M)
_LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it",
    "portuguese": "pt", "dutch": "nl", "russian": "ru", "swedish": "sv", "finnish": "fi",
}  # fmt: skip


def mark_gutenberg(drafts: list[Draft]) -> TitlePage:
    """Put Project Gutenberg's header to the front and its licence to the back."""
    start = max(
        (i for i, d in enumerate(drafts[:_HEADER]) if _START.search(d.words[:200])), default=-1
    )
    last = next(
        (i for i, d in enumerate(drafts) if i > start and _END.match(d.words[:200])), len(drafts)
    )
    for draft in drafts[: start + 1]:
        draft.layer = Layer.FRONT
    for draft in drafts[last:]:
        draft.layer = Layer.BACK
    if start < 0:
        return TitlePage()
    for draft in drafts[start + 1 : start + 8]:
        if draft.layer is None and _PRODUCED.match(draft.words):
            draft.layer = Layer.FRONT
    found = _HEADER_FIELD.findall("\n".join(d.words for d in drafts[: start + 1]))
    fields = {name.lower(): value.strip() for name, value in reversed(found)}
    return TitlePage(
        title=fields.get("title", ""),
        author=fields.get("author", ""),
        language=_LANGUAGES.get(fields.get("language", "").lower(), ""),
    )


_LABEL = re.compile(
    r"[\s*_#~\-–—=(\[{]*(?:(?:(?:pre-?|end\s|chapter\s)?a\s?/\s?n|t/n|e/n"
    r"|(?:author|authors|author['’]s|authors['’]|author['’]s?\s+end|translator['’]s|editor['’]s"
    r"|transcriber['’]?s?['’]?|beta['’]s)\s+notes?)(?![\w/])|AN(?=\s*[:;–—-])"
    r"|(?:(?:chapter\s+)?(?:end\s+|beginning\s+)?|chapter\s+)notes?(?=\s*:?[\s*_]*$))",
    re.I,
)
_UPPER_LABEL = re.compile(r"[\s*_#~\-–—=(\[{]*[Aa][Nn]\b")
_PREAMBLE = re.compile(
    r"[\s*_#~\-–—(\[]*(?:disclaimers?|summary|rating|rated|pairings?|fandom|(?:content |trigger )?"
    r"warnings?|genre|category|spoilers?|archive warnings?|relationships?|tags|word count|words"
    r"|title|author|published|updated|status|series|beta(?:'d by|ed by)?|characters?|language"
    r"|timeline|feedback|archive|notes?|author'?s? notes?|stats|chapters|cw|tw)\s*\**\s*:",
    re.I,
)
# Within a story fewer words will do: a sign may say "Warning:", and a letter "Notes:".
_DISCLAIMER = re.compile(
    r"[\s*_#~\-–—(\[]*(?:disclaimers?|rating|rated|pairings?|fandom|spoilers?"
    r"|(?:content |trigger )warnings?|word count)\s*\**\s*:",
    re.I,
)
_ASIDE = re.compile(
    r"\[\s*(?:illustration|frontispiece|footnote|transcriber|sidenote|note)\b[^\]]*\]?", re.I
)
_FOOTNOTE = re.compile(r"\[(?:\d{1,3}|\*)\]\s+\S")
_TO_READERS = re.compile(
    r"\b(?:review(?:s|ed|ers?)?|chapters?|story|fics?|thanks?|readers?|updated?s?|hope you|enjoy"
    r"|comments?|kudos|beta|disclaimer|own|characters|guys|favou?rites?|follow(?:s|ed)?|write|writing|wrote|posted?|posting|prompt)\b",
    re.I,
)
_TALK = re.compile(r"[\"“”«»]")
_LONGEST_NOTE = 5
"""Blocks that may follow a note's first and still belong to it."""


def is_preamble(draft: Draft) -> bool:
    """Tell a line of the kind ``Rating: …`` that stands before a story."""
    return _PREAMBLE.match(draft.words[:60]) is not None


def is_note(draft: Draft) -> bool:
    """Tell a block that says it is a note: ``A/N: …``, ``[Footnote 3: …]``."""
    head = draft.words[:80]
    if _ASIDE.match(head):
        return draft.words[-1] == "]"
    label = _LABEL.match(head)
    if label is None or (_UPPER_LABEL.match(head) and "AN" not in label[0]):
        return False
    return not _story_follows(draft.words)


def _story_follows(words: str) -> bool:
    """Tell whether the note is a bracket that closes before its block ends."""
    opening = words.lstrip("*_ ")[:1]
    if opening not in {"(", "["}:
        return False
    close = words.find(")" if opening == "(" else "]")
    return close > 0 and len(words[close + 1 :].strip(" *_.)]")) > 15


def mark_notes(drafts: list[Draft]) -> None:
    """Mark authors' notes, footnotes and captions."""
    since_heading = 0
    for index, draft in enumerate(drafts):
        since_heading = 0 if draft.kind is BlockKind.HEADING else since_heading + 1
        if draft.layer in {Layer.FRONT, Layer.NOTE}:
            since_heading = 0
        if draft.layer is not None or draft.kind is BlockKind.BREAK or draft.heading:
            continue
        if is_note(draft):
            _mark_note(drafts, index)
        elif since_heading <= 2 and _is_disclaimer(draft):
            draft.layer = Layer.NOTE
    _mark_footnotes(drafts)


def _is_disclaimer(draft: Draft) -> bool:
    return _DISCLAIMER.match(draft.words[:60]) is not None and not _TALK.search(draft.words)


def _mark_note(drafts: list[Draft], index: int) -> None:
    """Mark a note, and what follows it up to a break if all of that speaks to the readers."""
    drafts[index].layer = Layer.NOTE
    if _ASIDE.match(drafts[index].words):
        return
    more = list(islice(takewhile(_goes_on, following(drafts, index + 1)), _LONGEST_NOTE + 1))
    end = index + 1 + len(more)
    label = _LABEL.match(drafts[index].words)
    label_alone = label is not None and not unwrapped(drafts[index].words[label.end() :]).strip(":")
    if label_alone and more and not _TALK.search(more[0].words):
        more[0].layer = Layer.NOTE
    if not _stands_apart(drafts, index, end) or len(more) > _LONGEST_NOTE:
        return
    if all(_TO_READERS.search(d.words) and not _TALK.search(d.words) for d in more):
        for draft in more:
            draft.layer = Layer.NOTE


def _goes_on(draft: Draft) -> bool:
    return draft.open and not _ends(draft)


def _ends(draft: Draft) -> bool:
    return draft.kind is not BlockKind.PARAGRAPH or is_break(draft.words)


def _stands_apart(drafts: list[Draft], start: int, end: int) -> bool:
    """Tell whether a stretch is set off from the story on the sides where there is story."""
    before = start == 0 or _ends(drafts[start - 1]) or drafts[start - 1].layer is not None
    return before and (end == len(drafts) or drafts[end].layer is not None or _ends(drafts[end]))


def _mark_footnotes(drafts: list[Draft]) -> None:
    """Mark ``[1] …`` where two or more stand together."""
    notes = [draft.open and bool(_FOOTNOTE.match(draft.words)) for draft in drafts]
    for index, draft in enumerate(drafts):
        if notes[index] and (
            notes[index - 1 : index] == [True] or notes[index + 1 : index + 2] == [True]
        ):
            draft.layer = Layer.NOTE


_NOTES_CAPTION = re.compile(r"(?:foot|end)?\s?notes|(?:foot|end)notes?", re.I)
_BACK_CAPTION = re.compile(
    r"about the (?:author|publisher|translator)|also by(?: .{0,40})?|acknowledge?ments?|colophon"
    r"|advertisements?|transcriber['’]?s?['’]? notes?|other books by .{0,40}|copyright|index"
    r"|by the same author|bibliography|discussion questions|credits",
    re.I,
)
_BACK_SHARE = 0.15


def mark_end(drafts: list[Draft]) -> None:
    """Put what follows the story to the back, and sections of notes to the notes."""
    if not drafts:
        return
    late = (1 - _BACK_SHARE) * drafts[-1].span.end
    last_chapter = max(
        (i for i, d in enumerate(drafts) if d.heading and d.heading.style in _CHAPTERS), default=0
    )
    for index, draft in enumerate(drafts):
        if draft.layer is not None or draft.kind is BlockKind.BREAK or len(draft.words) > 80:
            continue
        caption = unwrapped(draft.words)
        if _NOTES_CAPTION.fullmatch(caption) and (draft.level or caption.isupper()):
            _mark_section(drafts, index, Layer.NOTE)
        elif index > last_chapter and _BACK_CAPTION.fullmatch(caption) and draft.span.start > late:
            _mark_section(drafts, index, Layer.BACK)


_CHAPTERS = {"part", "chapter", "roman", "digit", "word", "named"}


def _is_undecided(draft: Draft) -> bool:
    return draft.heading is None and draft.layer is None


def _mark_section(drafts: list[Draft], start: int, layer: Layer) -> None:
    """Give a section to a layer, from its caption to the next heading."""
    drafts[start].kind, drafts[start].heading = BlockKind.HEADING, None
    drafts[start].layer = layer
    for draft in takewhile(_is_undecided, following(drafts, start + 1)):
        draft.layer = layer
