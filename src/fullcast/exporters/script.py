"""A book and what was found in it, as one plain document.

Pure: the same book and annotations give the same document.
"""

from bisect import bisect_right
from collections import Counter

from fullcast.exporters.around import (
    deeds,
    evidence,
    feelings,
    manners,
    scenes,
    silences,
    thoughts,
)
from fullcast.exporters.relations import moves, ties, turning_points
from fullcast.exporters.schema import (
    SCHEMA,
    AlternativeEntry,
    CharacterEntry,
    CueEntry,
    GroundEntry,
    NoticeEntry,
    Script,
    SegmentEntry,
)
from fullcast.model import (
    Alias,
    Annotations,
    Attribution,
    BlockKind,
    Book,
    Chapter,
    Cue,
    CueKind,
    Notice,
    QuotationKind,
    Segment,
    tile,
)

__all__ = ["Script", "build_script"]

_CUE_RANK = {CueKind.EXPLICIT: 0, CueKind.ANAPHORIC: 1, CueKind.BEAT: 2}


def build_script(book: Book, annotations: Annotations) -> Script:
    """Say for every stretch of ``book`` what it is, and who speaks it to whom."""
    notices = dict.fromkeys((*book.notices, *annotations.notices))
    return {
        "schema": SCHEMA,
        "source": {
            "path": book.origin.path,
            "format": book.origin.format,
            "sha256": book.origin.sha256,
        },
        "characters": _characters(book, annotations),
        "segments": _segments(book, annotations),
        "notices": [_notice(notice) for notice in notices],
        "title": book.title,
        "author": book.author,
        "language": book.language,
        "chapters": [
            {
                "id": chapter.id,
                "title": chapter.title,
                "start": chapter.span.start,
                "end": chapter.span.end,
                "level": chapter.level,
            }
            for chapter in book.chapters
        ],
        "breaks": [
            {"start": block.span.start, "end": block.span.end}
            for block in book.blocks
            if block.kind is BlockKind.BREAK
        ],
        "mentions": [
            {
                "start": mention.span.start,
                "end": mention.span.end,
                "kind": str(mention.kind),
                "character": mention.character,
            }
            for mention in annotations.mentions
        ],
        "manners": manners(book.text, annotations),
        "deeds": deeds(book.text, annotations),
        "thoughts": thoughts(book.text, annotations),
        "silences": silences(book.text, annotations),
        "scenes": scenes(book.text, annotations),
        "feelings": feelings(book.text, annotations),
        "ties": ties(book.text, annotations),
        "moves": moves(book.text, annotations),
        "turning_points": turning_points(book.text, annotations),
    }


def _characters(book: Book, annotations: Annotations) -> list[CharacterEntry]:
    speakers = {judged.quotation: judged.speaker for judged in annotations.attributions}
    quotations: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for quotation in annotations.quotations:
        speaker = speakers.get(quotation.id)
        if speaker is not None and quotation.kind is not QuotationKind.MENTION:
            quotations[speaker] += 1
            words[speaker] += sum(len(span.of(book.text).split()) for span in quotation.spans)
    return [
        {
            "id": character.id,
            "name": character.name,
            "aliases": list(character.aliases),
            "gender": str(character.gender),
            "narrator": character.narrator,
            "quotations": quotations[character.id],
            "group": character.group,
            "words": words[character.id],
            "grounds": [_ground(alias) for alias in character.grounds],
        }
        for character in annotations.characters
    ]


def _ground(alias: Alias) -> GroundEntry:
    place = alias.evidence
    return {
        "alias": alias.name,
        "reason": alias.reason,
        "start": place.start if place else None,
        "end": place.end if place else None,
    }


def _segments(book: Book, annotations: Annotations) -> list[SegmentEntry]:
    judgements = {judged.quotation: judged for judged in annotations.attributions}
    cues = _best_cues(annotations)
    blocks = [block.span.start for block in book.blocks if len(block.span)]
    entries = []
    for segment in tile(book, annotations.quotations):
        entry = _plain(book, segment, blocks)
        if segment.quotation is not None:
            entry["quotation"] = segment.quotation
            _add_cue(entry, book.text, cues.get(segment.quotation))
            _add_judgement(entry, book.text, judgements.get(segment.quotation))
        entries.append(entry)
    return entries


def _best_cues(annotations: Annotations) -> dict[str, Cue]:
    """Choose one cue for each quotation: the plainest kind, then the first."""
    best: dict[str, Cue] = {}
    for cue in annotations.cues:
        known = best.get(cue.quotation)
        if known is None or _CUE_RANK[cue.kind] < _CUE_RANK[known.kind]:
            best[cue.quotation] = cue
    return best


def _plain(book: Book, segment: Segment, blocks: list[int]) -> SegmentEntry:
    """Make the entry of a segment nobody speaks."""
    text = segment.span.of(book.text)
    at = segment.span.start + len(text) - len(text.lstrip())
    block = bisect_right(blocks, at) - 1
    chapter = _chapter_at(book.chapters, at)
    return {
        "id": segment.id,
        "kind": str(segment.kind),
        "start": segment.span.start,
        "end": segment.span.end,
        "text": text,
        "chapter": chapter.id if chapter else None,
        "quotation": None,
        "speaker": None,
        "addressees": [],
        "confidence": None,
        "cue": None,
        "layer": str(segment.layer),
        "block": f"b{blocks[block]}" if block >= 0 else None,
        "alternatives": [],
        "evidence": None,
        "source": None,
        "reason": None,
    }


def _chapter_at(chapters: tuple[Chapter, ...], at: int) -> Chapter | None:
    """Find the innermost chapter that holds the character at ``at``."""
    last = bisect_right(chapters, at, key=lambda chapter: chapter.span.start)
    for chapter in reversed(chapters[:last]):
        if at < chapter.span.end:
            return chapter
    return None


def _add_cue(entry: SegmentEntry, text: str, cue: Cue | None) -> None:
    if cue is None:
        return
    found: CueEntry = {
        "kind": str(cue.kind),
        "text": cue.span.of(text),
        "start": cue.span.start,
        "end": cue.span.end,
        "verb": cue.verb.of(text) if cue.verb else None,
        "manner": cue.manner.of(text) if cue.manner else None,
        "subject": cue.subject.of(text),
    }
    entry["cue"] = found


def _add_judgement(entry: SegmentEntry, text: str, judged: Attribution | None) -> None:
    if judged is None:
        return
    entry["speaker"] = judged.speaker
    entry["addressees"] = list(judged.addressees)
    entry["confidence"] = judged.probability
    entry["alternatives"] = [
        AlternativeEntry(speaker=speaker, confidence=probability)
        for speaker, probability in judged.alternatives
    ]
    entry["evidence"] = evidence(judged.evidence, text) if judged.evidence else None
    entry["source"] = str(judged.source)
    entry["reason"] = judged.reason


def _notice(notice: Notice) -> NoticeEntry:
    return {
        "code": notice.code,
        "message": notice.message,
        "hint": notice.hint,
        "start": notice.span.start if notice.span else None,
        "end": notice.span.end if notice.span else None,
    }
