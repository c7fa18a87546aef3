"""How people stand to each other, as entries of the script document."""

from fullcast.exporters.around import evidence
from fullcast.exporters.schema import MoveEntry, ReasonEntry, TieEntry, TurningPointEntry
from fullcast.model import Annotations, Reason


def ties(text: str, annotations: Annotations) -> list[TieEntry]:
    """Write who is what to whom."""
    return [
        {
            "text": tie.span.of(text),
            "start": tie.span.start,
            "end": tie.span.end,
            "word": tie.word,
            "character": tie.character,
            "of": tie.of,
            "past": tie.past,
            "confidence": tie.probability,
        }
        for tie in annotations.ties
    ]


def moves(text: str, annotations: Annotations) -> list[MoveEntry]:
    """Write what shows people warm or cold toward each other."""
    return [
        {
            "start": move.span.start,
            "end": move.span.end,
            "quotation": move.quotation,
            "kind": str(move.kind) if move.kind else None,
            "source": move.source,
            "target": move.target,
            "amount": move.amount,
            "warmth": move.warmth,
            "confidence": move.probability,
            "reasons": [_reason(reason, text) for reason in move.reasons],
        }
        for move in annotations.moves
    ]


def _reason(reason: Reason, text: str) -> ReasonEntry:
    return {
        "name": reason.name,
        "weight": reason.weight,
        "text": reason.span.of(text),
        "start": reason.span.start,
        "end": reason.span.end,
    }


def turning_points(text: str, annotations: Annotations) -> list[TurningPointEntry]:
    """Write where that turns."""
    return [
        {
            "start": turn.span.start,
            "end": turn.span.end,
            "quotation": turn.quotation,
            "source": turn.source,
            "target": turn.target,
            "before": turn.before,
            "after": turn.after,
            "confidence": turn.probability,
            "evidence": [evidence(span, text) for span in turn.evidence],
        }
        for turn in annotations.turning_points
    ]
