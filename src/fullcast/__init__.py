"""Fullcast reads a story and tells who says every line of it.

>>> import fullcast
>>> book = fullcast.read("story.epub")                   # doctest: +SKIP
>>> annotations = fullcast.analyze(book)                 # doctest: +SKIP
>>> fullcast.script("story.epub", "story.json")          # doctest: +SKIP
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
        Annotations,
        Attribution,
        Block,
        BlockKind,
        Book,
        CastCorrection,
        Chapter,
        Character,
        CharacterRenamed,
        CharactersMerged,
        CharacterSplit,
        Correction,
        Cue,
        CueKind,
        Gender,
        GenderSet,
        KnownCast,
        KnownCharacter,
        Layer,
        Mention,
        MentionKind,
        Notice,
        Origin,
        Place,
        Quotation,
        QuotationKind,
        Segment,
        SegmentKind,
        SourceKind,
        Span,
        SpeakerSet,
        tile,
    )
    from fullcast.opinions import Llm
    from fullcast.workspace.performing import Performance, perform
    from fullcast.workspace.stories import (
        analyze,
        mentions,
        read,
        read_cast,
        script,
        write_cast,
    )

__version__ = "0.1.0"

__all__ = [
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
    "CharacterRenamed",
    "CharacterSplit",
    "CharactersMerged",
    "Correction",
    "CorrectionError",
    "Cue",
    "CueKind",
    "EngineError",
    "FullcastError",
    "Gender",
    "GenderSet",
    "KnownCast",
    "KnownCharacter",
    "Layer",
    "Llm",
    "Mention",
    "MentionKind",
    "NetworkError",
    "Notice",
    "OpinionError",
    "Origin",
    "OutputError",
    "Performance",
    "Place",
    "PronunciationError",
    "Quotation",
    "QuotationKind",
    "Segment",
    "SegmentKind",
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
    "__version__",
    "analyze",
    "mentions",
    "perform",
    "read",
    "read_cast",
    "script",
    "tile",
    "write_cast",
]


_HOMES = (
    "fullcast.model",
    "fullcast.errors",
    "fullcast.opinions",
    "fullcast.workspace.stories",
    "fullcast.workspace.performing",
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
