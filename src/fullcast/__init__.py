"""Fullcast reads a story and tells who says every line of it.

>>> import fullcast
>>> book = fullcast.read("story.epub")                   # doctest: +SKIP
>>> annotations = fullcast.analyze(book)                 # doctest: +SKIP
>>> fullcast.script("story.epub", "story.json")          # doctest: +SKIP
>>> fullcast.export("story.epub", "story.xml", to="tei") # doctest: +SKIP
>>> fullcast.perform("story.epub", "story.m4b")          # doctest: +SKIP

Names load when they are first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fullcast.errors import (
        CastError,
        CastingError,
        CorrectionError,
        EngineError,
        FullcastError,
        NetworkError,
        OpinionError,
        OutputError,
        PronunciationError,
        SourceDamaged,
        SourceEmpty,
        SourceError,
        SourceNotFound,
        SourceProtected,
        SourceUndecodable,
        SourceUnsafe,
        SourceUnsupported,
    )
    from fullcast.model import (
        Alias,
        Annotations,
        Attribution,
        Block,
        BlockKind,
        Book,
        CastCorrection,
        Chapter,
        Character,
        CharacterRemoved,
        CharacterRenamed,
        CharactersMerged,
        CharacterSplit,
        Correction,
        Cue,
        CueKind,
        Deed,
        DeedKind,
        Emotion,
        Feeling,
        Gender,
        GenderSet,
        KnownCast,
        KnownCharacter,
        Layer,
        Manner,
        MannerPhrase,
        Mention,
        MentionKind,
        Move,
        NarratorSet,
        Notice,
        Origin,
        Place,
        Presence,
        Quotation,
        QuotationKind,
        Reason,
        SceneStart,
        Segment,
        SegmentKind,
        Silence,
        SourceKind,
        Span,
        SpeakerSet,
        StoryScene,
        Tells,
        Thought,
        ThoughtKind,
        Tie,
        TurningPoint,
        Voice,
        tile,
    )
    from fullcast.opinions import Llm
    from fullcast.workspace.exporting import export
    from fullcast.workspace.performing import Performance, perform
    from fullcast.workspace.reporting import plot, report
    from fullcast.workspace.stories import (
        analyze,
        mentions,
        read,
        read_cast,
        read_corrections,
        script,
        write_cast,
    )

__version__ = "0.1.0"

__all__ = [
    "Alias",
    "Annotations",
    "Attribution",
    "Block",
    "BlockKind",
    "Book",
    "CastCorrection",
    "CastError",
    "CastingError",
    "Chapter",
    "Character",
    "CharacterRemoved",
    "CharacterRenamed",
    "CharacterSplit",
    "CharactersMerged",
    "Correction",
    "CorrectionError",
    "Cue",
    "CueKind",
    "Deed",
    "DeedKind",
    "Emotion",
    "EngineError",
    "Feeling",
    "FullcastError",
    "Gender",
    "GenderSet",
    "KnownCast",
    "KnownCharacter",
    "Layer",
    "Llm",
    "Manner",
    "MannerPhrase",
    "Mention",
    "MentionKind",
    "Move",
    "NarratorSet",
    "NetworkError",
    "Notice",
    "OpinionError",
    "Origin",
    "OutputError",
    "Performance",
    "Place",
    "Presence",
    "PronunciationError",
    "Quotation",
    "QuotationKind",
    "Reason",
    "SceneStart",
    "Segment",
    "SegmentKind",
    "Silence",
    "SourceDamaged",
    "SourceEmpty",
    "SourceError",
    "SourceKind",
    "SourceNotFound",
    "SourceProtected",
    "SourceUndecodable",
    "SourceUnsafe",
    "SourceUnsupported",
    "Span",
    "SpeakerSet",
    "StoryScene",
    "Tells",
    "Thought",
    "ThoughtKind",
    "Tie",
    "TurningPoint",
    "Voice",
    "__version__",
    "analyze",
    "export",
    "mentions",
    "perform",
    "plot",
    "read",
    "read_cast",
    "read_corrections",
    "report",
    "script",
    "tile",
    "write_cast",
]


_HOMES = (
    "fullcast.model",
    "fullcast.errors",
    "fullcast.opinions",
    "fullcast.workspace.stories",
    "fullcast.workspace.exporting",
    "fullcast.workspace.performing",
    "fullcast.workspace.reporting",
)


def __getattr__(name: str) -> object:
    if name in __all__:
        for home in map(import_module, _HOMES):
            if hasattr(home, name):
                value: object = getattr(home, name)
                globals()[name] = value
                return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
