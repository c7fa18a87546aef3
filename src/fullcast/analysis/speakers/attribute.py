"""Decide who speaks: tags that name settle it, the rest is weighed along the conversation."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from fullcast.analysis.lexicon import SPEAKER_WEIGHTS
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.speakers.chain import Link, marginals
from fullcast.analysis.speakers.evidence import NOBODY, Features, Weigher
from fullcast.analysis.speakers.links import Step, link_features
from fullcast.model import Attribution, Span

NAMED_PROBABILITY = 0.98
"""How often a speech verb with a name is right, on novels of PDNC's first release."""
_RATHER_NOBODY = 0.5
_MOST_ALTERNATIVES = 3
_LEAST_ALTERNATIVE = 0.01


def attribute(
    scene: Scene, steps: Sequence[Step], weights: Mapping[str, float] = SPEAKER_WEIGHTS
) -> list[Attribution]:
    """Return one judgement for each quotation of the scene, with its doubt and evidence.

    Args:
        scene: What the rules know of the book.
        steps: How its turns follow one another.
        weights: What each kind of evidence weighs, in log-odds.
    """
    named = [scene.named(t) for t in range(len(scene.quotations))]
    found = [
        tempered(shares, weights.get(f"temper: {reason(scene, t)}", 1.0))
        for t, shares in enumerate(weigh(scene, steps, weights))
    ]
    best = [_best(scene, t, shares) for t, shares in enumerate(found)]
    return [_judge(scene, t, found[t], named, best, steps) for t in range(len(named))]


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


def weigh(
    scene: Scene, steps: Sequence[Step], weights: Mapping[str, float]
) -> Iterator[dict[str, float]]:
    """Yield each quotation's probabilities over its candidates, as the chain has them."""
    weigher = Weigher(scene)
    scores: list[dict[str, float]] = []
    for t in range(len(scene.quotations)):
        name = scene.named(t)
        scores.append({name: 0.0} if name else _scores(weigher.candidates(t), weights))
    link = _linker(steps, weights)
    starts = [t for t, step in enumerate(steps) if step.gap == "start"]
    for start, stop in pairwise([*starts, len(steps)]):
        yield from marginals(scores[start:stop], partial(_shifted, link, start))


def _scores(candidates: Mapping[str, Features], weights: Mapping[str, float]) -> dict[str, float]:
    """Add up the evidence for each candidate."""
    return {
        character: sum(weights.get(name, 0.0) * value for name, value in features.items())
        for character, features in candidates.items()
    }


def _linker(steps: Sequence[Step], weights: Mapping[str, float]) -> Link:
    """Return what the links between turns weigh; there are few kinds, so each is added up once."""
    known: dict[tuple[Step | bool, ...], float] = {}

    def link(t: int, s: str, r: str, q: str) -> float:
        step, before = steps[t], steps[t - 1]
        key = (step, before, s == r, s == q, bool(r), bool(q), s == NOBODY)
        if key not in known:
            names = link_features(step, before, s, r, q)
            known[key] = sum(weights.get(name, 0.0) for name in names)
        return known[key]

    return link


def _shifted(link: Link, start: int, t: int, s: str, r: str, q: str) -> float:
    """Count places from the scene's first quotation."""
    return link(start + t, s, r, q)


def tempered(shares: Mapping[str, float], exponent: float) -> dict[str, float]:
    """Make probabilities as right as they say: the chain takes its evidence for independent."""
    powers = {character: share**exponent for character, share in shares.items()}
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
    if found.keys() == {NOBODY}:
        sure = 0.0  # Not that nobody speaks, but that nobody is known.
    others = sorted(((p, c) for c, p in found.items() if c != speaker), reverse=True)
    tag = scene.tag(t)
    return Attribution(
        quotation=scene.quotations[t].id,
        speaker=_or_none(speaker),
        probability=round(sure, 4),
        alternatives=tuple(
            (_or_none(c), round(p, 4))
            for p, c in others[:_MOST_ALTERNATIVES]
            if p >= _LEAST_ALTERNATIVE
        ),
        addressees=_addressees(scene, t, best, steps),
        evidence=tag.span if tag else _nearest_tag(scene, t, speaker, named),
        reason=reason(scene, t),
    )


def _or_none(speaker: str) -> str | None:
    return None if speaker == NOBODY else speaker


def reason(scene: Scene, t: int) -> str:
    """Name the kind of evidence a line has: a tag, a beat, or its place among the turns."""
    tag = scene.tag(t)
    if scene.named(t):
        return "named-by-tag" if tag and not tag.subject.first_person else "first-person-tag"
    if tag and tag.verb:
        return "shared-name" if tag.subject.characters else "pronoun-or-description"
    return "beat" if tag else "turn"


def _nearest_tag(scene: Scene, t: int, speaker: str, named: Sequence[str | None]) -> Span | None:
    """Return the nearest tag that names the speaker: what an untagged turn leans on."""
    for distance in range(1, 9):
        for other in (t - distance, t + distance):
            if 0 <= other < len(named) and named[other] == speaker:
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
        if near and best[other] not in (NOBODY, best[t]):
            return (best[other],)
    return ()
