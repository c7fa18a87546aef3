"""What each line is felt with: from its words, how it is said, and what is told beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fullcast.analysis.lexicon import FEELINGS, stems
from fullcast.analysis.scene.layout import Paragraph
from fullcast.analysis.scene.scene import Scene
from fullcast.analysis.words import Words
from fullcast.infer.feelings import Cues, FeelingNetwork, Judged, Line, tokens
from fullcast.model import Emotion, Feeling, Manner, Quotation, Span

_REACH = 25
"""How many words of narration beside a line count."""
_BESIDE = 220
"""Characters of narration before a line, and behind it, that are read with it."""
_NOT = frozenset("not no never without nor neither hardly scarcely nothing n't".split())
_NEGATION_REACH = 3
_VALENCE = {
    Emotion.JOY: 1.0,
    Emotion.TRUST: 0.5,
    Emotion.ANTICIPATION: 0.1,
    Emotion.SURPRISE: -0.1,
    Emotion.DISGUST: -0.7,
    Emotion.FEAR: -0.7,
    Emotion.SADNESS: -0.7,
    Emotion.ANGER: -0.8,
}
"""How pleasant each is: set by hand, fitted to nothing."""
_TOLD = 0.5
"""What a word of the line adds in log-odds at least, where it is evidence."""
_MOST = 3
Token = tuple[str, Span]
"""A word or mark as the network reads it, and where it stands."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of narration that tells a feeling."""

    span: Span
    emotion: Emotion
    source: Cues
    """Where it stands."""


def find_feelings(
    scene: Scene, words: Words, manners: Sequence[Manner], network: FeelingNetwork
) -> tuple[Feeling, ...]:
    """Judge what each turn of a scene is felt with.

    Args:
        scene: The story's.
        words: All its words.
        manners: How each turn is said, in their order.
        network: Reads the lines.
    """
    cues = find_cues(scene, words, manners)
    said = [line_tokens(scene.text, quotation) for quotation in scene.quotations]
    judged = network.read(feeling_lines(scene, said, cues))
    return tuple(
        Feeling(
            quotation=quotation.id,
            emotions=found.emotions,
            valence=valence(found.emotions),
            warmth=found.warmth,
            evidence=tuple(_evidence(found, line, beside)),
        )
        for quotation, line, beside, found in zip(scene.quotations, said, cues, judged, strict=True)
    )


def feeling_lines(
    scene: Scene, said: Sequence[Sequence[Token]], cues: Sequence[Sequence[Cue]]
) -> list[Line]:
    """Return the turns of a scene as the network reads them.

    Args:
        scene: The story's.
        said: The words of each turn, as :func:`line_tokens` has them.
        cues: What narration tells of each, as :func:`find_cues` does.
    """
    text, spans = scene.text, [quotation.span for quotation in scene.quotations]
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    return [
        Line(
            words=[form for form, _ in line],
            before=_forms(text[max(ends[t], starts[t] - _BESIDE) : starts[t]]),
            behind=_forms(text[ends[t + 1] : min(starts[t + 1], ends[t + 1] + _BESIDE)]),
            cues=[(cue.source, cue.emotion) for cue in told],
        )
        for t, (line, told) in enumerate(zip(said, cues, strict=True))
    ]


def _forms(text: str) -> list[str]:
    return [form for form, _, _ in tokens(text)]


def valence(emotions: Iterable[tuple[Emotion, float]]) -> float:
    """Return how pleasant emotions with their probabilities are, from -1 to 1."""
    told = sum(_VALENCE.get(emotion, 0.0) * share for emotion, share in emotions)
    return round(told, 3) + 0.0  # there is no -0.0


def line_tokens(text: str, quotation: Quotation) -> list[Token]:
    """Return the words and marks of a quotation as the network reads them, with their places."""
    return [
        (form, Span(part.start + start, part.start + end))
        for part in quotation.spans
        for form, start, end in tokens(part.of(text))
    ]


def _evidence(found: Judged, line: Sequence[Token], cues: Sequence[Cue]) -> list[Span]:
    """Return the words that tell most for the likeliest emotion, in the order of the text."""
    emotion = found.emotions[0][0]
    if emotion is Emotion.NEUTRAL:
        return []
    shares = zip(line, found.parts, strict=True)
    inside = [(share, span) for (_, span), share in shares if share >= _TOLD]
    best = [span for _, span in sorted(inside, key=lambda each: -each[0])[:_MOST]]
    return sorted({*best, *(cue.span for cue in cues if cue.emotion is emotion)})


def find_cues(scene: Scene, words: Words, manners: Sequence[Manner]) -> list[list[Cue]]:
    """Find what narration tells of the feeling of each turn: in its tag, and beside it."""
    cues = [list(_in_tag(words, manner)) for manner in manners]
    for paragraph in scene.layout.paragraphs:
        for left, right, at in _beside(paragraph, words):
            emotion = _felt(words, at)
            span = Span(words.starts[at], words.ends[at])
            if emotion is None:
                continue
            for turn in {left, right} - {None}:
                if turn is not None and not any(span.overlaps(c.span) for c in cues[turn]):
                    cues[turn].append(Cue(span, emotion, Cues.BESIDE))
    return cues


def _in_tag(words: Words, manner: Manner) -> Iterator[Cue]:
    verbs = [(manner.verb, Cues.VERB)] if manner.verb else []
    for tag, source in [*((phrase.span, Cues.PHRASE) for phrase in manner.phrases), *verbs]:
        for at in words.between(tag.start, tag.end):
            emotion = _felt(words, at)
            if emotion is not None:
                yield Cue(Span(words.starts[at], words.ends[at]), emotion, source)


def _beside(paragraph: Paragraph, words: Words) -> Iterator[tuple[int | None, int | None, int]]:
    """Yield each word of narration near a line, with the turns that it stands beside."""
    if not paragraph.parts:
        return
    numbers = [number for _, number in paragraph.parts]
    for place, span in enumerate(paragraph.narration()):
        left = numbers[place - 1] if place else None
        right = numbers[place] if place < len(numbers) else None
        inside = words.between(span.start, span.end)
        for at in inside:
            near_left = left if at - inside.start < _REACH else None
            near_right = right if inside.stop - at <= _REACH else None
            if near_left is not None or near_right is not None:
                yield near_left, near_right, at


def _felt(words: Words, at: int) -> Emotion | None:
    """Return the emotion that a word tells, unless it is denied."""
    form = words.lower[at]
    found = FEELINGS.get(form) or next((FEELINGS[s] for s in stems(form) if s in FEELINGS), None)
    if found is None or not _NOT.isdisjoint(words.lower[max(0, at - _NEGATION_REACH) : at]):
        return None
    return Emotion(found)
