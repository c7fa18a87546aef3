"""Make attributions of probabilities: choose, say how sure that is, and why."""

from collections.abc import Iterable, Mapping, Sequence

from fullcast.analysis.scene.phrases import Subject
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.speakers.evidence import PERSON, reason
from fullcast.analysis.speakers.links import Step
from fullcast.infer.story import NOBODY, Reading
from fullcast.model import Attribution, SourceKind, Span

NAMED_PROBABILITY = 0.98
"""How often a speech verb with a name is right, on novels of PDNC's first release."""
_RATHER_NOBODY = 0.5
_MOST_ALTERNATIVES = 3
_LEAST_ALTERNATIVE = 0.01
_NEAREST_TAG = 8
"""So many turns off a tag may be what an untagged turn leans on."""


class Judgements:
    """An attribution for each turn, made anew where what it rests on has changed."""

    def __init__(self, steps: Sequence[Step], network: str = "") -> None:
        """Judge nothing yet.

        Args:
            steps: How the turns follow one another.
            network: The name of the network that has a say.
        """
        self._steps = steps
        self._network = network
        self._readings: Sequence[Reading] = ()
        self._best = [NOBODY] * len(steps)
        self._made: dict[int, Attribution] = {}

    def revise(
        self,
        scene: Scene,
        shares: Sequence[Mapping[str, float]],
        readings: Sequence[Reading],
        changed: Iterable[int],
    ) -> list[Attribution]:
        """Return one judgement for each turn of the scene, with its doubt and evidence.

        Args:
            scene: As all corrections so far have it.
            shares: For each turn the final probabilities of its candidates.
            readings: What the network makes of each turn, if there is one.
            changed: The turns of which these, or the scene, say something else than before.
        """
        self._readings = readings
        near: set[int] = set()
        for t in changed:
            self._best[t] = _best(scene, t, shares[t])
            near.update(range(t - _NEAREST_TAG, t + _NEAREST_TAG + 1))
        for t in near.intersection(range(len(self._steps))):
            self._made[t] = self._judge(scene, t, shares[t])
        return [self._made[t] for t in range(len(self._steps))]

    def _judge(self, scene: Scene, t: int, shares: Mapping[str, float]) -> Attribution:
        speaker, tag = self._best[t], scene.tag(t)
        if t in scene.said:
            agreed = tag is not None and _agrees(scene, tag.subject, speaker)
            return Attribution(
                quotation=scene.quotations[t].id,
                speaker=_or_none(speaker),
                probability=1.0,
                addressees=self._addressees(scene, t),
                evidence=tag.span if tag and agreed else None,
                source=SourceKind.PERSON,
                reason=PERSON,
            )
        read = bool(self._network) and not scene.named(t)
        sure = NAMED_PROBABILITY if scene.named(t) else min(shares[speaker], NAMED_PROBABILITY)
        if shares.keys() == {NOBODY}:
            sure = 0.0  # Not that nobody speaks, but that nobody is known.
        return Attribution(
            quotation=scene.quotations[t].id,
            speaker=_or_none(speaker),
            probability=round(sure, 4),
            alternatives=_alternatives(shares, speaker),
            addressees=self._addressees(scene, t),
            evidence=tag.span if tag else _nearest_tag(scene, t, speaker),
            source=SourceKind.MODEL if read else SourceKind.RULE,
            reason=f"{reason(scene, t)}, {self._network}" if read else reason(scene, t),
        )

    def _addressees(self, scene: Scene, t: int) -> tuple[str, ...]:
        """Return who is spoken to: whoever is called by name, else the other side of the talk."""
        best, steps = self._best, self._steps
        called = sorted(scene.called[t] - {best[t]})
        if called:
            return tuple(called) if len(called) == 1 else ()
        read = self._readings[t].addressees if self._readings else {}
        others = [c for c in read if c not in (NOBODY, best[t])]
        if others:
            return (max(others, key=lambda c: (read[c], c)),)
        for other, later in ((t - 1, t), (t + 1, t + 1)):
            near = later < len(steps) and steps[later].gap in ("0", "1", "same")
            if near and best[other] not in (NOBODY, best[t]):
                return (best[other],)
        return ()


def _best(scene: Scene, t: int, shares: Mapping[str, float]) -> str:
    """Choose the likeliest of the cast; nobody only where words describe somebody else.

    Elsewhere *nobody* only takes its share of the probability: it is many people, and naming the
    likeliest one is right more often.
    """
    tag = scene.tag(t)
    described = tag is not None and bool(tag.subject.head) and not tag.subject.characters
    rather = described and shares.get(NOBODY, 0.0) >= _RATHER_NOBODY
    named = {c: p for c, p in shares.items() if c != NOBODY or rather} or shares
    return max(named, key=lambda c: (named[c], c))


def _agrees(scene: Scene, subject: Subject, speaker: str) -> bool:
    """Tell whether a tag's words can mean the speaker that a person has named."""
    if subject.first_person:
        return speaker == (scene.tellers.at(subject.span.start) or scene.narrator)
    if subject.characters:
        return speaker in subject.characters
    genders = {subject.gender, scene.genders.get(speaker, "x")}
    return len(genders - {"x"}) < 2


def _alternatives(
    shares: Mapping[str, float], speaker: str
) -> tuple[tuple[str | None, float], ...]:
    others = sorted(((p, c) for c, p in shares.items() if c != speaker), reverse=True)
    return tuple(
        (_or_none(c), round(p, 4))
        for p, c in others[:_MOST_ALTERNATIVES]
        if p >= _LEAST_ALTERNATIVE
    )


def _or_none(speaker: str) -> str | None:
    return None if speaker == NOBODY else speaker


def _nearest_tag(scene: Scene, t: int, speaker: str) -> Span | None:
    """Return the nearest tag that names the speaker: what an untagged turn leans on."""
    for distance in range(1, _NEAREST_TAG + 1):
        for other in (t - distance, t + distance):
            if 0 <= other < len(scene.quotations) and (
                scene.named(other) == scene.settled(other) == speaker
            ):
                tag = scene.tag(other)
                return tag.span if tag else None
    return None
