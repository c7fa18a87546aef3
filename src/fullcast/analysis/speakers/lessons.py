"""What a person's decision about one turn tells of others: the same words mean the same person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fullcast.analysis.scene.cues import Tag
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.speakers.links import Step


def teach(scene: Scene, steps: Sequence[Step], said: Mapping[int, str | None]) -> Scene:
    """Return the scene as a person's decisions have it.

    A description (*said the old man*) or a name that several bear means, as long as the scene
    lasts, whoever a person has named for it once, unless different people are named for it. Beyond
    the scene it may be somebody else, and a name that only one bears needs no such lesson.

    Args:
        scene: As the rules alone know it.
        steps: How its turns follow one another.
        said: Who speaks the turns that a person has settled, ``None`` for nobody in the cast.
    """
    meant: dict[tuple[range, str], set[str | None]] = defaultdict(set)
    for t, speaker in said.items():
        words = _open_words(scene, t)
        if words:
            meant[_around(steps, t), words].add(speaker)
    tags = list(scene.tags)
    for (turns, words), speakers in meant.items():
        speaker = next(iter(speakers))
        if len(speakers) > 1 or speaker is None:
            continue
        for t in turns:
            if t not in said and _open_words(scene, t) == words:
                surest, *others = scene.tags[t]
                tags[t] = [_explained(surest, speaker), *others]
    return replace(scene, tags=tags, said=dict(said))


def _open_words(scene: Scene, t: int) -> str:
    """Return the words of a turn's tag, folded, where they may mean one or another."""
    tag = scene.tag(t)
    if tag is None or tag.subject.first_person or len(tag.subject.characters) == 1:
        return ""
    if not (tag.subject.head or tag.subject.characters):
        return ""  # A pronoun's meaning changes with every line.
    return " ".join(tag.subject.span.of(scene.text).lower().split())


def _around(steps: Sequence[Step], t: int) -> range:
    """Return the turns of the scene that turn ``t`` belongs to."""
    start, stop = t, t + 1
    while start and steps[start].gap != "start":
        start -= 1
    while stop < len(steps) and steps[stop].gap != "start":
        stop += 1
    return range(start, stop)


def _explained(tag: Tag, speaker: str) -> Tag:
    return replace(tag, subject=replace(tag.subject, characters=(speaker,), taught=True))
