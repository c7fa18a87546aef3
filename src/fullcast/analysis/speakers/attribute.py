"""Decide who speaks: tags that name settle it, the rest is weighed along the conversation."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from fullcast.analysis.lexicon import SPEAKER_WEIGHTS
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.speakers.chain import marginals
from fullcast.analysis.speakers.evidence import Features, Weigher
from fullcast.analysis.speakers.links import Step, link_features
from fullcast.model import Attribution, Span

NAMED_PROBABILITY = 0.98
"""How often a speech verb with a name is right, on novels of PDNC's first release."""
_TEMPER = 0.75
"""Exponent that makes the chain's probabilities as right as they say, on the same novels."""
_MOST_ALTERNATIVES = 3
_LEAST_ALTERNATIVE = 0.01
_NOBODY = ""


def attribute(scene: Scene, steps: Sequence[Step]) -> list[Attribution]:
    """Return one judgement for each quotation of the scene, with its doubt and evidence."""
    weigher = Weigher(scene)
    named = [scene.named(t) for t in range(len(scene.quotations))]
    scores = [
        {name: 0.0} if name else _score(weigher.candidates(t)) for t, name in enumerate(named)
    ]
    found = [_tempered(shares) for shares in _weigh_scenes(scores, steps)]
    best = [max(p, key=lambda c: (p[c], c)) for p in found]
    return [_judge(scene, t, found[t], named, best, steps) for t in range(len(named))]


def _score(candidates: Mapping[str, Features]) -> dict[str, float]:
    """Add up the evidence for each candidate; nobody stands in where there is none."""
    if not candidates:
        return {_NOBODY: 0.0}
    return {
        character: sum(SPEAKER_WEIGHTS.get(name, 0.0) * value for name, value in features.items())
        for character, features in candidates.items()
    }


def _weigh_scenes(
    scores: Sequence[dict[str, float]], steps: Sequence[Step]
) -> Iterator[dict[str, float]]:
    """Yield each quotation's probabilities, scene by scene."""
    links: dict[tuple[Step, Step, bool, bool, bool], float] = {}

    def link(t: int, s: str, r: str, q: str) -> float:
        step, before = steps[t], steps[t - 1]
        key = (step, before, s == r, s == q, bool(q))
        if key not in links:
            names = link_features(step, before, s, r, q)
            links[key] = sum(SPEAKER_WEIGHTS.get(name, 0.0) for name in names)
        return links[key]

    starts = [t for t, step in enumerate(steps) if step.gap == "start"]
    for start, stop in pairwise([*starts, len(steps)]):
        yield from marginals(scores[start:stop], lambda t, s, r, q, at=start: link(at + t, s, r, q))


def _tempered(shares: Mapping[str, float]) -> dict[str, float]:
    """Take the chain's overconfidence out: its evidence is not as independent as it assumes."""
    powers = {character: share**_TEMPER for character, share in shares.items()}
    total = sum(powers.values())
    return {character: power / total for character, power in powers.items()}


def _judge(
    scene: Scene,
    t: int,
    found: Mapping[str, float],
    named: Sequence[str | None],
    best: Sequence[str],
    steps: Sequence[Step],
) -> Attribution:
    speaker = best[t]
    sure = NAMED_PROBABILITY if named[t] else min(found[speaker], NAMED_PROBABILITY)
    others = sorted(((p, c) for c, p in found.items() if c != speaker), reverse=True)
    tag = scene.tag(t)
    return Attribution(
        quotation=scene.quotations[t].id,
        speaker=speaker or None,
        probability=round(sure if speaker else 0.0, 4),
        alternatives=tuple(
            (c or None, round(p, 4))
            for p, c in others[:_MOST_ALTERNATIVES]
            if p >= _LEAST_ALTERNATIVE
        ),
        addressees=_addressees(scene, t, best, steps),
        evidence=tag.span if tag else _nearest_tag(scene, t, speaker, named),
        reason=_reason(scene, t, named, speaker),
    )


def _reason(scene: Scene, t: int, named: Sequence[str | None], speaker: str) -> str:
    """Name the rule that weighed most."""
    tag = scene.tag(t)
    if not speaker:
        return "nobody-in-sight"
    if named[t]:
        return "named-by-tag" if tag and not tag.subject.first_person else "first-person-tag"
    if tag and tag.verb:
        return "shared-name" if tag.subject.characters else "pronoun-or-description"
    return "beat" if tag else "turn"


def _nearest_tag(scene: Scene, t: int, speaker: str, named: Sequence[str | None]) -> Span | None:
    """Return the nearest tag that names the speaker: what an untagged turn leans on."""
    for distance in range(1, 9):
        for other in (t - distance, t + distance):
            if 0 <= other < len(named) and speaker and named[other] == speaker:
                tag = scene.tag(other)
                return tag.span if tag else None
    return None


def _addressees(
    scene: Scene, t: int, best: Sequence[str], steps: Sequence[Step]
) -> tuple[str, ...]:
    """Return who is spoken to: whoever is called by name, else the other side of the talk."""
    called = sorted(scene.called[t] - {best[t]})
    if called:
        return tuple(called) if len(called) == 1 else ()
    for other, later in ((t - 1, t), (t + 1, t + 1)):
        near = later < len(steps) and steps[later].gap in ("0", "1", "same")
        if near and best[other] not in ("", best[t]):
            return (best[other],)
    return ()
