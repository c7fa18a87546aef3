"""What the narrator tells of minds, outside quotation marks: *he supposed she would go home*."""

from collections.abc import Iterator
from dataclasses import dataclass

from fullcast.analysis.lexicon import MANNERS, THOUGHTS
from fullcast.analysis.narration.clauses import Action, ClauseReader
from fullcast.analysis.scene.phrases import Subject
from fullcast.analysis.words import Words
from fullcast.model import Span, Thought, ThoughtKind

_IS = frozenset("was were is are am grew became".split())
_VERBS = frozenset(THOUGHTS) | _IS
_DEGREES = frozenset("very so too rather quite most more somewhat almost a little not all".split())


@dataclass(frozen=True, slots=True)
class FoundThought:
    """A thought before it is asked who is meant."""

    thought: Thought
    subject: Subject


class ThoughtReader:
    """Finds reported thoughts and feelings in narration."""

    def __init__(self, words: Words, clauses: ClauseReader) -> None:
        """Keep the text's words and the reader of its clauses."""
        self._words = words
        self._clauses = clauses

    def thoughts(self, start: int, end: int) -> Iterator[FoundThought]:
        """Yield what people think and feel in a stretch of narration, in order."""
        for action in self._clauses.actions(start, end, _VERBS):
            kind = self._kind(action)
            if kind is not None:
                yield FoundThought(self._thought(action, kind), action.agent)

    def _kind(self, action: Action) -> ThoughtKind | None:
        form = self._words.lower[action.verb]
        at = action.verb + 1
        if form not in _IS:
            by_hand = form.startswith("fe") and self._words.lower[at : at + 1] in (["for"], ["his"])
            return None if by_hand else ThoughtKind(THOUGHTS[form])
        while at < action.stop and self._words.lower[at] in _DEGREES:
            at += 1
        felt = at < action.stop and MANNERS.get(self._words.lower[at]) == "feeling"
        return ThoughtKind.FEELING if felt else None

    def _thought(self, action: Action, kind: ThoughtKind) -> Thought:
        words, subject = self._words, action.agent.span
        verb = Span(words.starts[action.verb], words.ends[action.verb])
        start = min(subject.start, verb.start)
        return Thought(
            span=Span(start, words.ends[action.stop - 1]), kind=kind, verb=verb, subject=subject
        )
