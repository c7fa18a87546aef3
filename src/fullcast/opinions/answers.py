"""What a model answers: read, checked, and merged as the opinions that they are. Pure."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from fullcast.model import Annotations, Attribution, Character, SourceKind
from fullcast.opinions.passages import Passage
from fullcast.opinions.prompt import NOBODY

MOST_OBJECTS = 500
"""Places in an answer where an object may begin, before it is given up."""

Speaker = str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model said of one passage."""

    speakers: Mapping[str, Speaker]
    """By quotation, only those asked about; ``None`` for nobody in the cast."""
    strangers: int = 0
    """Lines given to somebody who is not in the cast."""
    unasked: int = 0
    """Lines that nobody asked about."""


def read_answer(words: str, passage: Passage) -> Answer:
    """Find the labels in an answer, whatever stands around them, and check each.

    Raises:
        ValueError: There is no JSON object in it.
    """
    asked = {line.id for line in passage.lines}
    labels = _labels(words, asked)
    people = _people(passage.cast)
    speakers = {
        line: people[_folded(said)]
        for line, said in labels.items()
        if line in asked and _folded(said) in people
    }
    return Answer(
        speakers=speakers,
        strangers=len((labels.keys() & asked) - speakers.keys()),
        unasked=len(labels.keys() - asked),
    )


def _labels(words: str, asked: Collection[str]) -> Mapping[str, object]:
    """Find the first object that answers for a line asked about; else the first of all."""
    first: dict[str, object] | None = None
    for found in _objects(words.rpartition("</think>")[2]):
        if not found.keys().isdisjoint(asked):
            return found
        first = found if first is None else first
    if first is None:
        raise ValueError("there is no JSON object in the answer")
    return first


def _objects(words: str) -> Iterator[dict[str, object]]:
    """Yield every JSON object in ``words``, those inside others too."""
    decoder = json.JSONDecoder()
    at = words.find("{")
    for _ in range(MOST_OBJECTS):
        if at < 0:
            return
        try:
            found, _ = decoder.raw_decode(words, at)
        except (ValueError, RecursionError):
            pass  # a brace of the prose; the next may be it
        else:
            yield found
        at = words.find("{", at + 1)


def _people(cast: Collection[Character]) -> dict[str, Speaker]:
    """Map what may stand for somebody to their id: the id, or a name that only they have."""
    names = Counter(_folded(who.name) for who in cast)
    people: dict[str, Speaker] = {NOBODY: None, "": None, "null": None, "none": None}
    people |= {_folded(who.name): who.id for who in cast if names[_folded(who.name)] == 1}
    return people | {_folded(who.id): who.id for who in cast}


def _folded(said: object) -> str:
    """Fold a label; what is neither text nor null can be nobody's name.

    >>> _folded(" Ada-Finch "), _folded(None), _folded(["tom"])
    ('ada-finch', '', '[]')
    """
    if said is None:
        return ""
    return said.strip().casefold() if isinstance(said, str) else "[]"


def merge(annotations: Annotations, speakers: Mapping[str, Speaker], model: str) -> Annotations:
    """Let opinions change the speakers of lines.

    A line on which the model agrees stays as it is, and so does one that a person decided.
    """
    attributions = tuple(
        _changed(judged, speakers[judged.quotation], model)
        if judged.quotation in speakers
        and judged.speaker != speakers[judged.quotation]
        and judged.source is not SourceKind.PERSON
        else judged
        for judged in annotations.attributions
    )
    if attributions == annotations.attributions:
        return annotations
    lines = Counter(judged.speaker for judged in attributions)
    characters = sorted(annotations.characters, key=lambda who: -lines[who.id])
    return replace(annotations, attributions=attributions, characters=tuple(characters))


def _changed(judged: Attribution, speaker: Speaker, model: str) -> Attribution:
    """Name another speaker, and share what both had by the rules equally between the two.

    How often a model is right against the rules was never measured, so neither is held the
    likelier: the sum stays, and an opinion is never surer than one half.
    """
    others = dict(judged.alternatives)
    each = round((judged.probability + others.pop(speaker, 0.0)) / 2, 4)
    rest = sorted(others.items(), key=lambda pair: -pair[1])
    alternatives = sorted([(judged.speaker, each), *rest], key=lambda pair: -pair[1])
    return replace(
        judged,
        speaker=speaker,
        probability=each,
        alternatives=tuple(alternatives),
        addressees=tuple(who for who in judged.addressees if who != speaker),
        evidence=None,
        source=SourceKind.OPINION,
        reason=f"llm: {model}",
    )
