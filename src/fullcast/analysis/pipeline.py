"""From a book to what is known of it. Pure: no files, no clock, no chance."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from fullcast.analysis.lexicon import SPEAKER_WEIGHTS
from fullcast.analysis.people.find import find_cast
from fullcast.analysis.quotations.find import find_quotations
from fullcast.analysis.scene.cues import Tag
from fullcast.analysis.scene.identify import identify
from fullcast.analysis.scene.layout import Layout, lay_out
from fullcast.analysis.scene.scene import Scene, Speech, set_scene
from fullcast.analysis.speakers.attribute import attribute
from fullcast.analysis.speakers.links import find_steps
from fullcast.analysis.words import Words, split_words
from fullcast.model import (
    Annotations,
    Attribution,
    Book,
    Character,
    Cue,
    CueKind,
    Layer,
    Mention,
    MentionKind,
    Notice,
    Quotation,
    QuotationKind,
)

Progress = Callable[[str, float], None]
"""``progress(stage, done)``: the stage that begins, and the share done, in [0, 1]."""
_TURNS = frozenset({QuotationKind.SPEECH, QuotationKind.THOUGHT})
"""Kinds that somebody in the story utters; the others have no speaker."""


def analyze(
    book: Book,
    *,
    quotations: Sequence[Quotation] | None = None,
    cast: Sequence[Character] | None = None,
    weights: Mapping[str, float] = SPEAKER_WEIGHTS,
    progress: Progress | None = None,
) -> Annotations:
    """Find who says what in ``book``.

    Args:
        book: The story.
        quotations: Its quotations where they are known already; found otherwise.
        cast: Its characters with their aliases where they are known; found otherwise.
        weights: What each kind of evidence for a speaker weighs, in log-odds.
        progress: Called as each stage begins.

    Raises:
        ValueError: where a given quotation does not lie in the book's text.
    """
    report = progress or (lambda stage, done: None)
    report("quotations", 0.0)
    notices: tuple[Notice, ...] = ()
    if quotations is None:
        quotations, notices = find_quotations(book)
    quotations = sorted(quotations, key=lambda q: q.spans)
    if quotations and max(q.span.end for q in quotations) > len(book.text):
        raise ValueError(f"a quotation ends past the text's {len(book.text)} characters")
    turns = [q for q in quotations if q.kind in _TURNS and _in_story(book, q)]
    written = [q for q in quotations if q.kind is QuotationKind.WRITING]
    report("cast", 0.3)
    words = split_words(book.text)
    layout = lay_out(book, turns)
    if cast is None:
        cast = _find_people(book.text, words, layout, turns, written)
    report("speakers", 0.6)
    scene = set_scene(book.text, words, turns, layout, cast, written=written)
    attributions = attribute(scene, find_steps(book.text, layout, turns), weights)
    report("done", 1.0)
    if turns and not cast:
        notices += (Notice(code="C001", message="Nobody in the story has a name."),)
    return Annotations(
        quotations=tuple(quotations),
        characters=_by_talk(cast, attributions, scene),
        mentions=_mentions(scene),
        cues=_cues(scene),
        attributions=tuple(attributions),
        notices=notices,
    )


def _in_story(book: Book, quotation: Quotation) -> bool:
    """Tell whether a quotation stands in a block of the story, and not in a preface, say."""
    place = bisect_right(book.blocks, quotation.spans[0].start, key=lambda b: b.span.start) - 1
    return place >= 0 and book.blocks[place].layer is Layer.BODY


def _find_people(
    text: str,
    words: Words,
    layout: Layout,
    turns: Sequence[Quotation],
    written: Sequence[Quotation],
) -> list[Character]:
    """Find the cast: who is named, then who is who by what tags and calls say of them."""
    speech = Speech([*turns, *written])
    cast = find_cast(text, words, layout.tells, speech.covers)
    scene = set_scene(text, words, turns, layout, cast, written=written)
    return identify(
        text, words, cast, scene, lambda place: layout.tells(place) and not speech.covers(place)
    )


def _by_talk(
    cast: Iterable[Character], attributions: Iterable[Attribution], scene: Scene
) -> tuple[Character, ...]:
    """Sort the cast by number of quotations; give genders that only pronouns tell."""
    lines = Counter(a.speaker for a in attributions)
    told = [replace(c, gender=scene.gender(c)) for c in cast]
    return tuple(sorted(told, key=lambda c: (-lines[c.id], -scene.prominence[c.id], c.id)))


def _mentions(scene: Scene) -> tuple[Mention, ...]:
    namings = [*scene.narrated, *(n for inside in scene.named_in_speech for n in inside)]
    namings.sort(key=lambda n: n.start)
    return tuple(
        Mention(
            span=naming.span,
            kind=MentionKind.DESCRIPTION if naming.common else MentionKind.NAME,
            character=naming.characters[0] if len(naming.characters) == 1 else None,
        )
        for naming in namings
    )


def _cues(scene: Scene) -> tuple[Cue, ...]:
    return tuple(
        _cue(quotation, tags[0])
        for quotation, tags in zip(scene.quotations, scene.tags, strict=True)
        if tags
    )


def _cue(quotation: Quotation, tag: Tag) -> Cue:
    return Cue(
        quotation=quotation.id,
        span=tag.span,
        kind=tag.subject.kind if tag.verb else CueKind.BEAT,
        subject=tag.subject.span,
        verb=tag.verb,
        manner=tag.manner,
    )
