"""What lines are felt with: what narration tells of it, and how it comes out."""

import pytest
from telling import tell, understood

from fullcast.analysis.narration.feelings import find_cues
from fullcast.analysis.narration.narrate import find_manners
from fullcast.analysis.pipeline import Analysis, prepare
from fullcast.analysis.words import split_words
from fullcast.model import Emotion, SpeakerSet

CAST = "Ada Finch met Tom Reed. “Well?” said Ada. “Well,” said Tom. She knew him. He knew her."


def cues(words: str) -> list[str]:
    book = tell(words, "“Go,” said Tom.")
    scene, every = prepare(book).scene, split_words(book.text)
    found = find_cues(scene, every, find_manners(scene, every))
    return [f"{c.span.of(book.text)}: {c.emotion} {c.source.name.lower()}" for c in found[0]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("“Sit,” said Ada.", []),
        ("“Sit,” said Ada angrily.", ["angrily: anger phrase"]),
        ("“Sit,” said Ada gaily.", ["gaily: joy phrase"]),
        ("“Sit,” said Ada, without anger.", []),
        ("“Sit,” sobbed Ada.", ["sobbed: sadness verb"]),
        ("Ada smiled. “Sit.”", ["smiled: joy beside"]),
        ("Ada shuddered at the rain. “Sit.”", ["shuddered: fear beside"]),
        ("Ada did not smile. “Sit.”", []),
        ("“Sit,” said Ada. Her eyes were full of fear.", ["fear: fear beside"]),
        ("“Sit,” said Ada. " + "She walked on. " * 9 + "Her eyes were full of fear.", []),
    ],
)
def test_what_narration_tells(words: str, told: list[str]) -> None:
    assert cues(words) == told


def test_every_line_that_is_uttered_has_a_feeling() -> None:
    book, found = understood("“Sit,” said Ada. The sign said “Open”.", "*Why?* thought Tom. “No.”")
    uttered = [a.quotation for a in found.attributions]
    assert [feeling.quotation for feeling in found.feelings] == uttered
    for feeling in found.feelings:
        assert {emotion for emotion, _ in feeling.emotions} == set(Emotion)
        assert sum(share for _, share in feeling.emotions) == pytest.approx(1)
        assert -1 <= feeling.valence <= 1
        assert all(span.of(book.text).strip() for span in feeling.evidence)


@pytest.mark.parametrize(
    ("words", "emotion", "sign"),
    [
        ("“I hate you, you filthy liar!” said Ada furiously.", Emotion.ANGER, -1),
        ("“How wonderful! I am so happy,” said Ada, laughing.", Emotion.JOY, 1),
        ("“I am so afraid of the dark,” said Ada, trembling with terror.", Emotion.FEAR, -1),
        ("“He is dead, and I shall never see him again,” sobbed Ada.", Emotion.SADNESS, -1),
    ],
)
def test_plain_feelings(words: str, emotion: Emotion, sign: int) -> None:
    _, found = understood(words, "“Go,” said Tom.")
    feeling = found.feelings[0]
    assert feeling.emotions[0][0] is emotion
    assert feeling.valence * sign > 0
    assert feeling.evidence


def test_feelings_do_not_hang_on_who_speaks() -> None:
    book = tell(CAST, "“Sit,” said Ada angrily.", "“No!”", "“Yes.”")
    analysis = Analysis(book)
    first = analysis.annotate()
    quotation = first.attributions[-1].quotation
    corrected = analysis.annotate([SpeakerSet(quotation, first.characters[-1].id)])
    assert corrected.feelings is first.feelings or corrected.feelings == first.feelings
