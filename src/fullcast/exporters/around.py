"""What surrounds the talk, as entries of the script document."""

from fullcast.exporters.schema import (
    DeedEntry,
    EvidenceEntry,
    FeelingEntry,
    MannerEntry,
    MannerPhraseEntry,
    PresenceEntry,
    SceneEntry,
    SilenceEntry,
    ThoughtEntry,
)
from fullcast.model import Annotations, Presence, Span


def evidence(span: Span, text: str) -> EvidenceEntry:
    """Write words with their place."""
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def manners(text: str, annotations: Annotations) -> list[MannerEntry]:
    """Write how quotations are said."""
    return [
        {
            "quotation": manner.quotation,
            "verb": manner.verb.of(text) if manner.verb else None,
            "phrases": [
                MannerPhraseEntry(
                    text=phrase.span.of(text),
                    start=phrase.span.start,
                    end=phrase.span.end,
                    tells=str(phrase.tells),
                )
                for phrase in manner.phrases
            ],
            "voice": str(manner.voice) if manner.voice else None,
            "cut_off_by": manner.cut_off_by,
            "hesitates": manner.hesitates,
        }
        for manner in annotations.manners
    ]


def deeds(text: str, annotations: Annotations) -> list[DeedEntry]:
    """Write who does what to whom."""
    return [
        {
            "kind": str(deed.kind),
            "text": deed.span.of(text),
            "start": deed.span.start,
            "end": deed.span.end,
            "verb": deed.verb.of(text),
            "agent": evidence(deed.agent, text),
            "target": evidence(deed.target, text) if deed.target else None,
            "character": deed.character,
            "confidence": deed.probability,
            "target_character": deed.target_character,
            "target_confidence": deed.target_probability,
        }
        for deed in annotations.deeds
    ]


def thoughts(text: str, annotations: Annotations) -> list[ThoughtEntry]:
    """Write who is said to think or feel what."""
    return [
        {
            "kind": str(thought.kind),
            "text": thought.span.of(text),
            "start": thought.span.start,
            "end": thought.span.end,
            "verb": thought.verb.of(text),
            "subject": thought.subject.of(text),
            "character": thought.character,
            "confidence": thought.probability,
        }
        for thought in annotations.thoughts
    ]


def silences(text: str, annotations: Annotations) -> list[SilenceEntry]:
    """Write who says nothing."""
    return [
        {
            "text": silence.span.of(text),
            "start": silence.span.start,
            "end": silence.span.end,
            "character": silence.character,
            "confidence": silence.probability,
        }
        for silence in annotations.silences
    ]


def scenes(text: str, annotations: Annotations) -> list[SceneEntry]:
    """Write the scenes, and who is there."""
    return [
        {
            "id": scene.id,
            "start": scene.span.start,
            "end": scene.span.end,
            "begins": str(scene.start),
            "presences": [_presence(text, presence) for presence in scene.presences],
        }
        for scene in annotations.scenes
    ]


def feelings(text: str, annotations: Annotations) -> list[FeelingEntry]:
    """Write what quotations are felt with."""
    return [
        {
            "quotation": feeling.quotation,
            "emotions": {str(emotion): share for emotion, share in feeling.emotions},
            "valence": feeling.valence,
            "warmth": feeling.warmth,
            "evidence": [evidence(span, text) for span in feeling.evidence],
        }
        for feeling in annotations.feelings
    ]


def _presence(text: str, presence: Presence) -> PresenceEntry:
    return {
        "character": presence.character,
        "first": evidence(presence.first, text),
        "last": evidence(presence.last, text),
        "enters": evidence(presence.enters, text) if presence.enters else None,
        "leaves": evidence(presence.leaves, text) if presence.leaves else None,
        "confidence": presence.probability,
    }
