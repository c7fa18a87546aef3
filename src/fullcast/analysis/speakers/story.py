"""Tell the reading network what the rules know of a story."""

import re
from collections.abc import Iterable

from fullcast.analysis.scene.scene import Scene
from fullcast.infer.story import Name, Person, Story
from fullcast.model import Span

_PRONOUN = re.compile(
    r"\b(?:he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves|themself)\b",
    re.IGNORECASE,
)


def tell(scene: Scene) -> Story:
    """Return the story of a scene, with nothing of what the rules believe."""
    told = (*scene.narrated, *scene.selves)
    names = [Name(naming.span, naming.characters) for naming in told]
    names += [
        Name(naming.span, naming.characters)
        for inside in scene.named_in_speech
        for naming in inside
    ]
    names.sort(key=lambda name: name.span)
    paragraphs = [paragraph.span for paragraph in scene.layout.paragraphs]
    return Story(
        text=scene.text,
        paragraphs=paragraphs,
        lines=[quotation.spans for quotation in scene.quotations],
        names=names,
        mentions=sorted({*_pronouns(scene.text, paragraphs), *_descriptions(scene)}),
        people={
            character: Person(
                _seen_as(gender), character == scene.narrator, scene.prominence[character]
            )
            for character, gender in scene.genders.items()
        },
    )


def _seen_as(gender: str) -> str:
    """Return a gender as the network has learnt it; no *they* was among its people."""
    return "x" if gender == "t" else gender


def _pronouns(text: str, paragraphs: Iterable[Span]) -> Iterable[Span]:
    for paragraph in paragraphs:
        for found in _PRONOUN.finditer(text, paragraph.start, paragraph.end):
            yield Span(*found.span())


def _descriptions(scene: Scene) -> Iterable[Span]:
    for tags in scene.tags:
        for tag in tags:
            if tag.subject.head and not tag.subject.characters:
                yield tag.subject.span
