"""What a story is: frozen dataclasses, standard library only."""

from fullcast.model.annotations import Annotations
from fullcast.model.attribution import Attribution, SourceKind
from fullcast.model.book import Block, BlockKind, Book, Chapter, Layer, Origin, Place
from fullcast.model.cast import (
    Alias,
    Character,
    Gender,
    KnownCast,
    KnownCharacter,
    Mention,
    MentionKind,
)
from fullcast.model.correction import (
    CastCorrection,
    CharacterRemoved,
    CharacterRenamed,
    CharactersMerged,
    CharacterSplit,
    Correction,
    GenderSet,
    NarratorSet,
    SpeakerSet,
)
from fullcast.model.deed import Deed, DeedKind, Thought, ThoughtKind
from fullcast.model.feeling import Emotion, Feeling
from fullcast.model.manner import Manner, MannerPhrase, Silence, Tells, Voice
from fullcast.model.notice import Notice
from fullcast.model.presence import Presence, SceneStart, StoryScene
from fullcast.model.relation import Move, Reason, Tie, TurningPoint
from fullcast.model.segment import Segment, SegmentKind, tile
from fullcast.model.span import Span
from fullcast.model.speech import Cue, CueKind, Quotation, QuotationKind

__all__ = [
    "Alias",
    "Annotations",
    "Attribution",
    "Block",
    "BlockKind",
    "Book",
    "CastCorrection",
    "Chapter",
    "Character",
    "CharacterRemoved",
    "CharacterRenamed",
    "CharacterSplit",
    "CharactersMerged",
    "Correction",
    "Cue",
    "CueKind",
    "Deed",
    "DeedKind",
    "Emotion",
    "Feeling",
    "Gender",
    "GenderSet",
    "KnownCast",
    "KnownCharacter",
    "Layer",
    "Manner",
    "MannerPhrase",
    "Mention",
    "MentionKind",
    "Move",
    "NarratorSet",
    "Notice",
    "Origin",
    "Place",
    "Presence",
    "Quotation",
    "QuotationKind",
    "Reason",
    "SceneStart",
    "Segment",
    "SegmentKind",
    "Silence",
    "SourceKind",
    "Span",
    "SpeakerSet",
    "StoryScene",
    "Tells",
    "Thought",
    "ThoughtKind",
    "Tie",
    "TurningPoint",
    "Voice",
    "tile",
]
