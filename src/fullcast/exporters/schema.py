"""The shape of a script document, version 1: its keys, in the order they are written.

Keys may be added after the ones that are here; none goes away or changes its meaning before
version 2. ``docs/reference.md`` says what each one holds.
"""

from typing import TypedDict

SCHEMA = "fullcast.script/1"


class SourceEntry(TypedDict):
    """The file the story came from."""

    path: str
    format: str
    sha256: str


class GroundEntry(TypedDict):
    """Why an alias is a character's."""

    alias: str
    reason: str
    start: int | None
    end: int | None


class CharacterEntry(TypedDict):
    """One of the cast."""

    id: str
    name: str
    aliases: list[str]
    gender: str
    narrator: bool
    quotations: int
    group: bool
    words: int
    grounds: list[GroundEntry]


class CueEntry(TypedDict):
    """The words that tag a quotation."""

    kind: str
    text: str
    start: int
    end: int
    verb: str | None
    manner: str | None
    subject: str


class AlternativeEntry(TypedDict):
    """Who else may speak."""

    speaker: str | None
    confidence: float


class EvidenceEntry(TypedDict):
    """The words that decided."""

    start: int
    end: int
    text: str


class SegmentEntry(TypedDict):
    """A stretch of the text."""

    id: str
    kind: str
    start: int
    end: int
    text: str
    chapter: str | None
    quotation: str | None
    speaker: str | None
    addressees: list[str]
    confidence: float | None
    cue: CueEntry | None
    layer: str
    block: str | None
    alternatives: list[AlternativeEntry]
    evidence: EvidenceEntry | None
    source: str | None
    reason: str | None


class NoticeEntry(TypedDict):
    """A doubt about the book."""

    code: str
    message: str
    hint: str
    start: int | None
    end: int | None


class ChapterEntry(TypedDict):
    """A chapter."""

    id: str
    title: str
    start: int
    end: int
    level: int


class BreakEntry(TypedDict):
    """A scene break; ``start`` equals ``end`` where it has no characters of its own."""

    start: int
    end: int


class MentionEntry(TypedDict):
    """A place where the text refers to somebody."""

    start: int
    end: int
    kind: str
    character: str | None


class MannerPhraseEntry(TypedDict):
    """Words that tell how something is said."""

    text: str
    start: int
    end: int
    tells: str


class MannerEntry(TypedDict):
    """How a quotation is said."""

    quotation: str
    verb: str | None
    phrases: list[MannerPhraseEntry]
    voice: str | None
    cut_off_by: str | None
    hesitates: bool


class DeedEntry(TypedDict):
    """What somebody does, perhaps to somebody."""

    kind: str
    text: str
    start: int
    end: int
    verb: str
    agent: EvidenceEntry
    target: EvidenceEntry | None
    character: str | None
    confidence: float | None
    target_character: str | None
    target_confidence: float | None


class ThoughtEntry(TypedDict):
    """What narration tells that somebody thinks or feels."""

    kind: str
    text: str
    start: int
    end: int
    verb: str
    subject: str
    character: str | None
    confidence: float | None


class SilenceEntry(TypedDict):
    """Somebody says nothing, or nobody says anything."""

    text: str
    start: int
    end: int
    character: str | None
    confidence: float | None


class PresenceEntry(TypedDict):
    """Somebody who is there in a scene."""

    character: str
    first: EvidenceEntry
    last: EvidenceEntry
    enters: EvidenceEntry | None
    leaves: EvidenceEntry | None
    confidence: float


class SceneEntry(TypedDict):
    """A stretch in one place and time."""

    id: str
    start: int
    end: int
    begins: str
    presences: list[PresenceEntry]


class FeelingEntry(TypedDict):
    """What a quotation is felt with."""

    quotation: str
    emotions: dict[str, float]
    valence: float
    warmth: float
    evidence: list[EvidenceEntry]


class TieEntry(TypedDict):
    """A relation that the text states."""

    text: str
    start: int
    end: int
    word: str
    character: str | None
    of: str
    past: bool
    confidence: float


class ReasonEntry(TypedDict):
    """One thing that tells how warm a line or deed is."""

    name: str
    weight: float
    text: str
    start: int
    end: int


class MoveEntry(TypedDict):
    """A line or deed that shows somebody warm or cold toward another."""

    start: int
    end: int
    quotation: str | None
    kind: str | None
    source: str
    target: str
    amount: float
    warmth: float
    confidence: float
    reasons: list[ReasonEntry]


class TurningPointEntry(TypedDict):
    """Where what somebody shows another is no longer what it was."""

    start: int
    end: int
    quotation: str | None
    source: str
    target: str
    before: float
    after: float
    confidence: float
    evidence: list[EvidenceEntry]


class Header(TypedDict):
    """A script but for its segments: the first line of the JSON lines form."""

    schema: str
    source: SourceEntry
    characters: list[CharacterEntry]
    notices: list[NoticeEntry]
    title: str
    author: str
    language: str
    chapters: list[ChapterEntry]
    breaks: list[BreakEntry]
    mentions: list[MentionEntry]
    manners: list[MannerEntry]
    deeds: list[DeedEntry]
    thoughts: list[ThoughtEntry]
    silences: list[SilenceEntry]
    scenes: list[SceneEntry]
    feelings: list[FeelingEntry]
    ties: list[TieEntry]
    moves: list[MoveEntry]
    turning_points: list[TurningPointEntry]


class Script(Header):
    """The whole document. Its segments are written after its characters."""

    segments: list[SegmentEntry]
