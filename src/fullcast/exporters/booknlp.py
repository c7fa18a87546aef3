"""A story in the files that BookNLP writes, for programs and notebooks that read those.

What Fullcast does not look for (parts of speech, dependencies, events, who does what) is filled
with values that mean "not known", so that columns stay where readers expect them.
"""

import html
import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from fullcast.exporters.quoted import names_of, text_of
from fullcast.exporters.registry import Content
from fullcast.exporters.schema import MentionEntry, Script, SegmentEntry

TOKEN_COLUMNS = (
    *("paragraph_ID", "sentence_ID", "token_ID_within_sentence", "token_ID_within_document"),
    *("word", "lemma", "byte_onset", "byte_offset", "POS_tag", "fine_POS_tag"),
    *("dependency_relation", "syntactic_head_ID", "event"),
)
ENTITY_COLUMNS = ("COREF", "start_token", "end_token", "prop", "cat", "text")
QUOTE_COLUMNS = (
    *("quote_start", "quote_end", "mention_start", "mention_end"),
    *("mention_phrase", "char_id", "quote"),
)
NOBODY = -1
_TOKEN = re.compile(r"\w+(?:[’'-]\w+)*|[^\w\s]")
_SENTENCE_END = re.compile(r"[.!?…]")
_CLOSING = "”’\"')]»"
_PROP = {"name": "PROP", "description": "NOM", "pronoun": "PRON"}
_GROUP = {"PROP": "proper", "NOM": "common", "PRON": "pronoun"}
_PRONOUNS = {"female": "she/her", "male": "he/him/his", "other": "they/them/their"}


def export(script: Script, *, text: bool = True) -> Content:
    """Write the files of one book; without its words only those that need none."""
    name = PurePath(script["source"]["path"]).stem or "book"
    story = _Tokens(script)
    ids = {character["id"]: number for number, character in enumerate(script["characters"])}
    entities = list(_entities(script, story, ids))
    files = {
        f"{name}.entities": _page(ENTITY_COLUMNS, entities, text),
        f"{name}.quotes": _page(QUOTE_COLUMNS, _quotes(script, story, ids), text),
        f"{name}.book": _book(script, entities, text),
    }
    if text:
        files[f"{name}.tokens"] = _page(TOKEN_COLUMNS, story.rows(), text)
        files[f"{name}.book.html"] = _html(script)
    return files


def _page(columns: tuple[str, ...], rows: Iterable[tuple[object, ...]], text: bool) -> bytes:
    """Write tab-separated rows; their words only where ``text`` is true."""
    lines = ["\t".join(columns)]
    for row in rows:
        lines.append("\t".join(str(c) if text or isinstance(c, int) else "" for c in row))
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


class _Tokens:
    """The words and marks of the whole text, numbered."""

    def __init__(self, script: Script) -> None:
        self._text = text_of(script)
        found = [match.span() for match in _TOKEN.finditer(self._text)]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]
        self._paragraphs = list(_paragraph_starts(script["segments"]))

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and the last token of a stretch; ``None`` where it has none."""
        first = bisect_left(self.ends, start + 1)
        last = bisect_left(self.starts, end) - 1
        return (first, last) if first <= last else None

    def words(self, first: int, last: int) -> str:
        """Return tokens joined by spaces, as BookNLP writes them."""
        return " ".join(self._text[self.starts[n] : self.ends[n]] for n in range(first, last + 1))

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Yield the rows of ``.tokens``."""
        paragraph = sentence = place = 0
        ended = False
        for number, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            word = self._text[start:end]
            opened = False
            while (
                paragraph + 1 < len(self._paragraphs) and start >= self._paragraphs[paragraph + 1]
            ):
                paragraph, opened = paragraph + 1, True
            if number and (opened or (ended and word not in _CLOSING)):
                sentence, place = sentence + 1, 0
            yield (
                *(paragraph, sentence, place, number, word, word.lower(), start, end),
                *("X", "XX", "dep", number, "O"),
            )
            place += 1
            ended = bool(_SENTENCE_END.fullmatch(word)) or (ended and word in _CLOSING)


def _paragraph_starts(segments: Iterable[SegmentEntry]) -> Iterator[int]:
    block: str | None = ""
    for segment in segments:
        if segment["block"] != block:
            block = segment["block"]
            yield segment["start"]


def _entities(
    script: Script, story: _Tokens, ids: dict[str, int]
) -> Iterator[tuple[int, int, int, str, str, str]]:
    """Yield the rows of ``.entities``; whom nobody was found for is each somebody else."""
    unknown = len(ids)
    for mention in script["mentions"]:
        tokens = story.span(mention["start"], mention["end"])
        if tokens is None:
            continue
        who = ids.get(mention["character"] or "", unknown)
        unknown += who == unknown
        yield who, *tokens, _PROP[mention["kind"]], "PER", story.words(*tokens)


def _quotes(
    script: Script, story: _Tokens, ids: dict[str, int]
) -> Iterator[tuple[int, int, int, int, str, int, str]]:
    """Yield the rows of ``.quotes``: each piece of a speech is one."""
    mentions = defaultdict(list)
    for mention in script["mentions"]:
        mentions[mention["character"]].append(mention)
    for segment in script["segments"]:
        tokens = story.span(segment["start"], segment["end"])
        if segment["kind"] != "speech" or tokens is None:
            continue
        place = story.span(*_named(segment, mentions[segment["speaker"]]))
        first, last, phrase = (NOBODY, NOBODY, "")
        if place is not None and segment["speaker"] is not None:
            first, last, phrase = *place, story.words(*place)
        speaker = ids.get(segment["speaker"] or "", NOBODY)
        yield *tokens, first, last, phrase, speaker, story.words(*tokens)


def _named(segment: SegmentEntry, mentions: list[MentionEntry]) -> tuple[int, int]:
    """Find where the speaker is named: in the tag, else nearest to the line; else nowhere."""
    cue = segment["cue"]
    if cue is not None and cue["subject"] in cue["text"]:
        start = cue["start"] + cue["text"].index(cue["subject"])
        return start, start + len(cue["subject"])
    if not mentions:
        return 0, 0
    at = bisect_left(mentions, segment["start"], key=lambda mention: mention["start"])
    near = mentions[max(0, at - 1) : at + 1]
    nearest = min(near, key=lambda mention: abs(mention["start"] - segment["start"]))
    return nearest["start"], nearest["end"]


def _book(script: Script, entities: list[tuple[int, int, int, str, str, str]], text: bool) -> bytes:
    forms: dict[int, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for who, _, _, prop, _, words in entities:
        forms[who][_GROUP[prop]][words] += 1
    characters: list[dict[str, object]] = []
    for number, character in enumerate(script["characters"]):
        counts = forms[number]
        pronoun = _PRONOUNS.get(character["gender"])
        total = counts["pronoun"].total()
        characters.append(
            {
                **{role: [] for role in ("agent", "patient", "mod", "poss")},
                "id": number,
                "g": pronoun
                and {"inference": {pronoun: 1.0}, "argmax": pronoun, "max": 1.0, "total": total},
                "count": sum(counter.total() for counter in counts.values()),
                "mentions": {
                    kind: [
                        {"c": count, "n": words if text else ""}
                        for words, count in counts[kind].most_common()
                    ]
                    for kind in ("proper", "common", "pronoun")
                },
            }
        )
    return json.dumps({"characters": characters}, ensure_ascii=True).encode()


def _html(script: Script) -> bytes:
    """Write the text with each line's speaker, under a list of who speaks."""
    names = names_of(script)
    cast = "".join(
        f"<li>{html.escape(each['name'])}: {each['quotations']}</li>"
        for each in script["characters"]
    )
    told = []
    for segment in script["segments"]:
        words = html.escape(segment["text"])
        if segment["quotation"] is not None:
            speaker = html.escape(names.get(segment["speaker"] or "", "?"))
            words = f'<b title="{speaker}">{words}</b><sub>{speaker}</sub>'
        told.append(words)
    title = html.escape(script["title"] or "Untitled")
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head><body>\n'
        f"<h1>{title}</h1>\n<ul>{cast}</ul>\n"
        f'<div style="white-space: pre-wrap">{"".join(told)}</div>\n'
        "</body></html>\n"
    ).encode("utf-8", "replace")
