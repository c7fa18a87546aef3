"""What people are to each other, and how that moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import tell, understood

from fullcast.analysis.narration.narrate import find_manners
from fullcast.analysis.pipeline import Analysis
from fullcast.analysis.relations.relate import Relations
from fullcast.analysis.relations.warmth import Dated, Warmth
from fullcast.analysis.words import split_words
from fullcast.model import DeedKind, Emotion, Feeling, Move, Span, SpeakerSet

CAST = (
    "Ada Finch met Tom Reed and Harry Reed. “Well?” said Ada. “Well,” said Tom. “So,” said Harry."
    " She knew him. He knew her. Mrs. Lee smiled. “Yes,” said Mrs. Lee. Mr. Lee laughed."
    " “Yes,” said Mr. Lee."
)


def ties(*paragraphs: str) -> list[tuple[str, str, str, bool]]:
    """Return each tie as who, word, of whom, past."""
    _, found = understood(*paragraphs)
    names = {character.id: character.name for character in found.characters}
    return [(names.get(t.character or "", "-"), t.word, names[t.of], t.past) for t in found.ties]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Tom’s brother Harry came in.", [("Harry Reed", "brother", "Tom Reed", False)]),
        ("Harry, Tom’s brother, came in.", [("Harry Reed", "brother", "Tom Reed", False)]),
        ("Tom was Ada’s late husband.", [("Tom Reed", "husband", "Ada Finch", True)]),
        ("Tom had been Ada’s husband.", [("Tom Reed", "husband", "Ada Finch", True)]),
        ("Ada came with her cousin Tom.", [("Tom Reed", "cousin", "Ada Finch", False)]),
        ("Mr. and Mrs. Lee came in.", [("Mrs. Lee", "wife", "Mr. Lee", False)]),
        ("“My brother Harry came,” said Tom.", [("Harry Reed", "brother", "Tom Reed", False)]),
        ("“My dead sister came,” said Tom.", [("-", "sister", "Tom Reed", True)]),
        ("Tom’s brother, Harry thought, was ill.", []),
        ("Tom’s sister Harry came in.", []),
        ("“My brother,” said Tom, “come in.”", []),
        ("Tom’s future wife Ada came in.", []),
        ("“I had sisters,” said Tom.", [("-", "sister", "Tom Reed", True)]),
        ("“I’ve a cousin with a boat,” said Tom.", [("-", "cousin", "Tom Reed", False)]),
        ("“She was my teacher,” said Tom.", [("-", "teacher", "Tom Reed", True)]),
        ("“My gran knits. My gran sings,” said Tom.", [("-", "gran", "Tom Reed", False)]),
        ("“I had dinner with his boss,” said Tom.", []),
    ],
)
def test_ties(words: str, told: list[tuple[str, str, str, bool]]) -> None:
    assert ties(CAST, words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("My brother was late.", [("-", "brother", "Narrator", False)]),
        ("My mother used to sing.", [("-", "mother", "Narrator", True)]),
        ("“Sit,” my partner said.", [("-", "partner", "Narrator", False)]),
        ("I went out with Mum.", [("-", "mum", "Narrator", False)]),
        ("Mother’s day it was.", []),
    ],
)
def test_ties_of_who_tells_the_story(words: str, told: list[tuple[str, str, str, bool]]) -> None:
    lead = "I knew the house. I sat down. I took my time, and I drank."
    assert ties(lead, words)[: len(told) + 1] == told


def test_a_wife_who_speaks_is_the_wife_of_whom_she_answers() -> None:
    told = ties(
        "Ada Finch knew Tom Reed. He knew her.",
        "“Well?” said Tom.",
        "“Well,” said Ada.",
        "“Go, Ada,” said Tom.",
        "“No, Tom,” said his wife.",
    )
    assert ("Ada Finch", "wife", "Tom Reed", False) in told


def moves(*paragraphs: str) -> list[tuple[str, str, list[str]]]:
    """Return each move as source, target and the names of its reasons, tones left out."""
    _, found = understood("Ada Finch knew Tom Reed. He knew her.", *paragraphs)
    names = {character.id: character.name.split()[0] for character in found.characters}
    told = [
        [reason.name for reason in move.reasons if not reason.name.startswith("tone")]
        for move in found.moves
    ]
    pairs = [(names[move.source], names[move.target]) for move in found.moves]
    return [(*two, reasons) for two, reasons in zip(pairs, told, strict=True) if reasons]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("“Thank you, Tom,” said Ada.", [("Ada", "Tom", ["says: thanks"])]),
        ("“Go, Tom,” said Ada coldly.", [("Ada", "Tom", ["manner: cold"])]),
        ("“Go, Tom,” said Ada, without anger.", []),
        ("“Go, Tom,” said Ada to the ceiling.", [("Ada", "Tom", ["manner: turned away"])]),
        ("“Go, Tom,” said Ada to the company.", []),
        ("“No, Tom.” She did not laugh.", [("Ada", "Tom", ["deed: not done"])]),
        ("Ada kissed Tom. “Well, Tom?” she said.", [("Ada", "Tom", ["deed: tender"])]),
        ("Ada slapped Tom. “Well, Tom?” she said.", [("Ada", "Tom", ["deed: hurt"])]),
        ("“You fool, Tom!” said Ada.", [("Ada", "Tom", ["says: insult"])]),
        ("“I am no fool, Tom,” said Ada.", []),
    ],
)
def test_what_shows_warmth(words: str, told: list[tuple[str, str, list[str]]]) -> None:
    assert moves(words) == told


def test_a_nearer_name_is_a_move_and_so_is_one_further_off() -> None:
    told = moves(
        "“Well, Mr. Reed?” said Ada.",
        "“Well,” said Tom.",
        "“Well, Tom?” said Ada.",
        "“Well,” said Tom.",
        "“Well, Mr. Reed?” said Ada.",
    )
    assert told == [("Ada", "Tom", ["address: nearer"]), ("Ada", "Tom", ["address: further"])]


def test_who_says_something_kind_turned_away_is_shy() -> None:
    _, found = understood(
        "Ada Finch knew Tom Reed. He knew her.",
        "“Thank you, Tom,” said Ada to the ceiling.",
    )
    (move,) = found.moves
    assert move.amount > 0
    assert move.kind is DeedKind.WITHDRAWAL


COLD = ("“Go, Tom,” said Ada coldly.", "“Well,” said Tom.")
WARM = ("“Thank you, Tom,” said Ada warmly.", "“Well,” said Tom.")


def test_a_turning_point_stands_where_what_follows_is_other_than_what_was() -> None:
    book, found = understood("Ada Finch knew Tom Reed. He knew her.", *3 * COLD, *3 * WARM)
    (turn,) = found.turning_points
    assert turn.span.start == book.text.index("“Thank you")
    assert turn.before < 0 < turn.after
    assert all(book.text[span.start] == "“" for span in turn.evidence)


def test_a_single_kind_word_is_no_turning_point() -> None:
    _, found = understood("Ada Finch knew Tom Reed. He knew her.", *3 * COLD, *WARM)
    assert found.turning_points == ()


def test_an_embrace_after_cold_words_is_a_turning_point_by_itself() -> None:
    book, found = understood(
        "Ada Finch knew Tom Reed. He knew her.", *3 * COLD, "Ada took hold of Tom’s hand."
    )
    (turn,) = found.turning_points
    assert turn.span.of(book.text) == "Ada took hold of Tom’s hand"
    assert turn.before < 0


def test_a_correction_moves_what_is_between_two() -> None:
    book = tell("Ada Finch knew Tom Reed. He knew her.", *COLD, *WARM)
    analysis = Analysis(book)
    before = analysis.annotate()
    first = before.attributions[0]
    corrected = analysis.annotate([SpeakerSet(first.quotation, "tom-reed")])
    assert [move.source for move in corrected.moves] != [move.source for move in before.moves]
    assert analysis.annotate() == before


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0, 1), st.integers(0, 9)), max_size=40))
def test_warmth_stays_in_bounds(told: list[tuple[float, float, int]]) -> None:
    dated, line = [], 0
    for number, (amount, sure, lines) in enumerate(told):
        line += lines
        span = Span(number, number + 1)
        move = Move(
            span=span,
            source="ada",
            target="tom",
            amount=amount,
            warmth=0.0,
            probability=sure,
            reasons=(),
        )
        dated.append(Dated(move, line))
    moves, turns = Warmth().told(dated)
    assert [move.amount for move in moves] == [amount for amount, _, _ in told]
    assert all(-1 <= move.warmth <= 1 for move in moves)
    spans = {move.span for move in moves}
    assert all(
        {turn.span, *turn.evidence} <= spans and 0 <= turn.probability <= 1 for turn in turns
    )


@pytest.mark.parametrize(
    ("warmth", "told"), [(-0.4, ["tone: cold"]), (0.4, ["tone: warm"]), (0.05, [])]
)
def test_the_tone_of_a_line_is_one_more_reason(warmth: float, told: list[str]) -> None:
    analysis = Analysis(tell("Ada Finch knew Tom Reed. He knew her.", "“Go, Tom,” said Ada."))
    understanding = analysis._last
    judged = understanding.judge({})
    emotions = ((Emotion.NEUTRAL, 1.0),)
    feeling = Feeling(quotation=judged[0].quotation, emotions=emotions, valence=0.0, warmth=warmth)
    narrated, scene = understanding.narrated(judged), analysis._found.scene
    manners = find_manners(scene, split_words(scene.text))
    relations = Relations(scene, split_words(scene.text), manners, [feeling])
    moves = relations.told(judged, narrated).moves
    assert [reason.name for move in moves for reason in move.reasons] == told
