"""Lines and deeds that show somebody warm or cold toward another."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import tanh

from fullcast.analysis.lexicon import TITLES
from fullcast.analysis.narration.narrate import Narrated
from fullcast.analysis.narration.steps import Step
from fullcast.analysis.relations.reasons import (
    AVERTED,
    averted,
    said,
    said_how,
)
from fullcast.analysis.relations.warmth import Dated
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.words import Words
from fullcast.model import (
    Attribution,
    DeedKind,
    Feeling,
    Manner,
    Move,
    QuotationKind,
    Reason,
    Silence,
    Span,
)

_ADDRESS = 0.3
"""What it weighs to call somebody otherwise than before: *Tom* after *Mr. Reed*."""
_SILENCE = -0.15
_USUAL_TONE = 0.1
"""People in fiction are a little warm to each other; less shows somebody cool."""
_UNUSUAL = 0.1
_LEAST = 0.05
_PARTNER = 0.7
"""How sure it is that a deed without a target is done toward whom the agent talks with."""
_BESIDE = 400
"""Characters from a deed to the talk that it belongs to."""


@dataclass(frozen=True, slots=True)
class _Between:
    source: str
    target: str
    probability: float


class MoveReader:
    """Reads once what the words of each turn tell; between whom it is, is asked each time."""

    def __init__(
        self,
        scene: Scene,
        words: Words,
        manners: Sequence[Manner],
        feelings: Sequence[Feeling],
    ) -> None:
        """Read each turn’s words, its manner, what it is felt with and what stands beside it."""
        self._scene = scene
        self._spans = [quotation.span for quotation in scene.quotations]
        self._starts = [span.start for span in self._spans]
        felt = {feeling.quotation: feeling for feeling in feelings}
        self._reasons = [
            self._told(t, words, manner, felt.get(scene.quotations[t].id))
            for t, manner in enumerate(manners)
        ]
        away = [r.span for told in self._reasons for r in told if r.name == AVERTED]
        self._averted = {place for span in away for place in range(span.start, span.end)}
        """Characters that tell with a line how it is said turned away; a step there is told."""
        self._forms = [self._form(t) for t in range(len(manners))]

    def moves(self, attributions: Sequence[Attribution], narrated: Narrated) -> list[Dated]:
        """Return all moves in the order of the text, their warmth left open."""
        between = [self._between(t, judged) for t, judged in enumerate(attributions)]
        found = [*self._said(between), *self._steps(narrated.steps, between)]
        found += self._silent(narrated.silences, between)
        found.sort(key=lambda move: (move.span.start, move.span.end))
        return list(self._dated(found, between))

    def _told(
        self, t: int, words: Words, manner: Manner, feeling: Feeling | None
    ) -> tuple[Reason, ...]:
        """Return what a turn tells, whoever says it."""
        text, quotation, tag = self._scene.text, self._scene.quotations[t], self._scene.tag(t)
        return (
            *said(text, words, quotation.spans),
            *said_how(text, manner),
            *(averted(text, tag) if tag else ()),
            *(_toned(feeling, self._spans[t]) if feeling else ()),
        )

    def _form(self, t: int) -> tuple[str, int, Span] | None:
        """Return who is called by name in a turn, how near that name is, and where it stands."""
        scene = self._scene
        if len(scene.called[t]) != 1:
            return None
        (who,) = scene.called[t]
        for naming in scene.named_in_speech[t]:
            words = naming.span.of(scene.text).lower().split()
            if who in naming.characters and " ".join(words) in scene.calls[t]:
                return who, self._nearness(who, words), naming.span
        return None

    def _nearness(self, who: str, words: Sequence[str]) -> int:
        """Tell how near a name is: a title’s 0, a bare family name’s 1, a given name’s 2."""
        if words[0].rstrip(".") in _TITLED:
            return 0
        return 1 if words[-1] in self._scene.families.get(who, ()) else 2

    def _between(self, t: int, judged: Attribution) -> _Between | None:
        """Say who speaks to whom, where that is one person."""
        speaks = self._scene.quotations[t].kind is QuotationKind.SPEECH
        form = self._forms[t]
        if not speaks or judged.speaker is None:
            return None
        addressees = (form[0],) if form and form[0] != judged.speaker else judged.addressees
        if len(addressees) != 1 or addressees[0] == judged.speaker:
            return None
        return _Between(judged.speaker, addressees[0], judged.probability)

    def _said(self, between: Sequence[_Between | None]) -> Iterator[Move]:
        called: dict[tuple[str, str], int] = {}
        for t, two in enumerate(between):
            if two is None:
                continue
            reasons = [*self._reasons[t], *self._called(t, two, called)]
            if not reasons:
                continue
            if move := _move(self._spans[t], two, reasons, self._scene.quotations[t].id):
                yield move

    def _called(
        self, t: int, two: _Between, called: dict[tuple[str, str], int]
    ) -> Iterator[Reason]:
        """Yield that somebody is called by a nearer name than before, or by one less near."""
        form = self._forms[t]
        if form is None or form[0] != two.target:
            return
        before = called.get((two.source, two.target), form[1])
        called[two.source, two.target] = form[1]
        if form[1] != before:
            nearer = form[1] > before
            name = "address: nearer" if nearer else "address: further"
            yield Reason(name=name, weight=_ADDRESS if nearer else -_ADDRESS, span=form[2])

    def _steps(self, steps: Sequence[Step], between: Sequence[_Between | None]) -> Iterator[Move]:
        for step in steps:
            if not self._averted.isdisjoint(range(step.span.start, step.span.end)):
                continue
            reason = Reason(name=f"deed: {step.name}", weight=step.weight, span=step.span)
            for two in self._toward(step, between):
                move = _move(step.span, two, [reason], kind=step.kind)
                if move:
                    yield move

    def _toward(self, step: Step, between: Sequence[_Between | None]) -> Iterator[_Between]:
        """Yield between whom a step is: for *they laughed* both ways."""
        if step.character is None:
            one, other = self._pair(step.span.start, between)
            if one and other:
                sure = round(step.probability * _PARTNER, 3)
                yield _Between(one, other, sure)
                yield _Between(other, one, sure)
        elif step.target is not None:
            yield _Between(step.character, step.target, step.probability)
        else:
            partner = self._partner(step.character, step.span.start, between)
            if partner:
                yield _Between(step.character, partner, round(step.probability * _PARTNER, 3))

    def _pair(
        self, place: int, between: Sequence[_Between | None]
    ) -> tuple[str | None, str | None]:
        """Return the two who talk beside a place."""
        for two in self._beside(place, between):
            return two.source, two.target
        return None, None

    def _beside(self, place: int, between: Sequence[_Between | None]) -> Iterator[_Between]:
        """Yield the lines beside a place, the nearest first."""
        after = bisect_left(self._starts, place)
        for t in (after - 1, after, after - 2, after + 1):
            if 0 <= t < len(between) and abs(self._starts[t] - place) <= _BESIDE:
                two = between[t]
                if two:
                    yield two

    def _partner(self, who: str, place: int, between: Sequence[_Between | None]) -> str | None:
        """Return with whom somebody talks in the lines beside a place."""
        for two in self._beside(place, between):
            if who in (two.source, two.target):
                return two.target if two.source == who else two.source
        return None

    def _silent(
        self, silences: Sequence[Silence], between: Sequence[_Between | None]
    ) -> Iterator[Move]:
        for silence in silences:
            if silence.character is None or silence.probability is None:
                continue
            partner = self._partner(silence.character, silence.span.start, between)
            if partner:
                sure = round(silence.probability * _PARTNER, 3)
                reason = Reason(name="silence", weight=_SILENCE, span=silence.span)
                move = _move(
                    silence.span,
                    _Between(silence.character, partner, sure),
                    [reason],
                    kind=DeedKind.WITHDRAWAL,
                )
                if move:
                    yield move

    def _dated(self, moves: Sequence[Move], between: Sequence[_Between | None]) -> Iterator[Dated]:
        """Count for each move how many lines of its two came before."""
        lines: Counter[frozenset[str]] = Counter()
        t = 0
        for move in moves:
            while t < len(between) and self._starts[t] < move.span.start:
                two = between[t]
                if two:
                    lines[frozenset((two.source, two.target))] += 1
                t += 1
            yield Dated(move, lines[frozenset((move.source, move.target))])


_TITLED = frozenset(title.lower() for title in TITLES)


def _toned(feeling: Feeling, span: Span) -> Iterator[Reason]:
    """Yield what a line’s tone tells, where it tells anything."""
    shown = round(feeling.warmth - _USUAL_TONE, 3)
    if abs(shown) >= _UNUSUAL:
        yield Reason(name=f"tone: {'warm' if shown > 0 else 'cold'}", weight=shown, span=span)


def _move(
    span: Span,
    two: _Between,
    reasons: Sequence[Reason],
    quotation: str | None = None,
    kind: DeedKind | None = None,
) -> Move | None:
    """Weigh what shows somebody warm or cold; ``None`` where that comes to nothing."""
    told = reasons
    kindly = any(reason.weight > 0 for reason in reasons if reason.name.startswith("says"))
    if kindly:  # Who says something kind turned away is shy.
        told = [reason for reason in reasons if reason.name != AVERTED]
    amount = round(tanh(sum(reason.weight for reason in told)), 3)
    bodily = any(reason.name == AVERTED for reason in reasons)
    if two.source == two.target or (abs(amount) < _LEAST and not bodily):
        return None
    return Move(
        span=span,
        quotation=quotation,
        kind=kind or (DeedKind.WITHDRAWAL if bodily else None),
        source=two.source,
        target=two.target,
        amount=amount,
        warmth=0.0,
        probability=two.probability,
        reasons=tuple(reasons),
    )
