"""What a story is: frozen dataclasses, standard library only."""

from fullcast.model.annotations import Annotations
from fullcast.model.attribution import Attribution, SourceKind
from fullcast.model.book import Block, BlockKind, Book, Chapter, Layer, Origin, Place
from fullcast.model.cast import (
    Character,
    Gender,
    KnownCast,
    KnownCharacter,
    Mention,
    MentionKind,
)
from fullcast.model.correction import (
    CastCorrection,
    CharacterRenamed,
    CharactersMerged,
    CharacterSplit,
    Correction,
    GenderSet,
    SpeakerSet,
)
from fullcast.model.notice import Notice
from fullcast.model.segment import Segment, SegmentKind, tile
from fullcast.model.span import Span
from fullcast.model.speech import Cue, CueKind, Quotation, QuotationKind

__all__ = [
    "Annotations",
    "Attribution",
    "Block",
    "BlockKind",
    "Book",
    "CastCorrection",
    "Chapter",
    "Character",
    "CharacterRenamed",
    "CharacterSplit",
    "CharactersMerged",
    "Correction",
    "Cue",
    "CueKind",
    "Gender",
    "GenderSet",
    "KnownCast",
    "KnownCharacter",
    "Layer",
    "Mention",
    "MentionKind",
    "Notice",
    "Origin",
    "Place",
    "Quotation",
    "QuotationKind",
    "Segment",
    "SegmentKind",
    "SourceKind",
    "Span",
    "SpeakerSet",
    "tile",
]
