"""Corrections: they hold, they teach the lines around them, and only those are weighed anew."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import tell

from fullcast.analysis import Analysis, analyze
from fullcast.analysis.speakers.evidence import NEAR_QUOTATIONS, Weigher
from fullcast.errors import CorrectionError
from fullcast.model import Annotations, Attribution, Book, Character, SourceKind, SpeakerSet
from fullcast.readers import read_book

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
START = ("Mrs. Finch looked up.", "“Come in,” said Ada.", "“I will,” said Tom.")
TURNS = ("“Rain.”", "“And wind.”", "“And wind,” said Tom.", "“Sit down.”", "“Thanks.”")


def line(book: Book, words: str, speaker: str | None, *, count: int = 0) -> SpeakerSet:
    """Settle the line that holds ``words``."""
    place = -1
    for _ in range(count + 1):
        place = book.text.index(words, place + 1)
    found = [q for q in analyze(book).quotations if q.span.start <= place < q.span.end]
    return SpeakerSet(found[0].id, speaker)


def speakers(found: Annotations) -> list[str | None]:
    return [a.speaker for a in found.attributions]


def judged(found: Annotations, correction: SpeakerSet) -> Attribution:
    (attribution,) = (a for a in found.attributions if a.quotation == correction.quotation)
    return attribution


class TestTheLineItself:
    def test_a_person_is_believed(self) -> None:
        book = tell(*START, *TURNS)
        correction = line(book, "Rain", "mrs-finch")
        assert judged(analyze(book, [correction]), correction) == Attribution(
            quotation=correction.quotation,
            speaker="mrs-finch",
            probability=1.0,
            addressees=("tom",),
            source=SourceKind.PERSON,
            reason="person",
        )

    def test_also_against_a_tag(self) -> None:
        book = tell(*START, *TURNS)
        correction = line(book, "I will", "ada")
        found = judged(analyze(book, [correction]), correction)
        assert (found.speaker, found.probability, found.evidence) == ("ada", 1.0, None)

    @pytest.mark.parametrize(
        ("tag", "agrees"),
        [("said Tom", True), ("he said", True), ("she said", False), ("said the boy", True)],
    )
    def test_a_tag_that_agrees_is_kept(self, tag: str, agrees: bool) -> None:
        book = tell("“Come in,” said Ada. Tom rubbed his hands. He was wet.", f"“Rain,” {tag}.")
        correction = line(book, "Rain", "tom")
        evidence = judged(analyze(book, [correction]), correction).evidence
        assert (evidence.of(book.text) if evidence else "") == (tag if agrees else "")

    def test_nobody_in_the_cast(self) -> None:
        book = tell(*START, *TURNS)
        correction = line(book, "I will", None)
        found = judged(analyze(book, [correction]), correction)
        assert (found.speaker, found.probability, found.alternatives) == (None, 1.0, ())

    def test_the_last_word_holds(self) -> None:
        book = tell(*START, *TURNS)
        said = [line(book, "Rain", who) for who in ("tom", "mrs-finch", "ada")]
        assert analyze(book, said) == analyze(book, said[-1:])

    def test_the_cast_is_sorted_by_talk_as_corrected(self) -> None:
        book = tell(*START, "“Sit,” said Tom.", "“No.”")
        assert analyze(book).characters[0].id == "tom"
        said = [line(book, words, "mrs-finch") for words in ("I will", "Sit", "No")]
        assert analyze(book, said).characters[0].id == "mrs-finch"

    def test_what_is_no_turn(self) -> None:
        book = tell(*START, "On the gate Tom had written: “KEEP OUT”.")
        correction = line(book, "KEEP", "tom")
        assert correction.quotation not in {a.quotation for a in analyze(book).attributions}
        found = judged(analyze(book, [correction]), correction)
        assert (found.speaker, found.source) == ("tom", SourceKind.PERSON)


class TestRefusals:
    def test_an_unknown_quotation(self) -> None:
        with pytest.raises(CorrectionError, match="the book has no quotation 'q1'; take ids from"):
            analyze(tell(*START), [SpeakerSet("q1", "ada")])

    def test_an_unknown_character(self) -> None:
        book = tell(*START)
        correction = line(book, "Come in", "Ada")
        trouble = f"nobody in the cast is 'Ada', named for quotation '{correction.quotation}'"
        with pytest.raises(CorrectionError, match=trouble):
            analyze(book, [correction])

    def test_a_mention_is_no_line(self) -> None:
        book = tell(*START, "The “gate” was a rope.")
        with pytest.raises(CorrectionError, match="is a mention, which nobody says"):
            analyze(book, [line(book, "gate", "ada")])

    def test_the_book_is_named(self) -> None:
        with pytest.raises(CorrectionError, match=r"standby\.txt: the book has no quotation"):
            analyze(read_book(SAMPLES / "standby.txt"), [SpeakerSet("q1", None)])

    def test_a_refusal_changes_nothing(self) -> None:
        book = tell(*START, *TURNS)
        analysis = Analysis(book)
        with pytest.raises(CorrectionError):
            analysis.annotate([line(book, "Rain", "tom"), SpeakerSet("q1", None)])
        assert analysis.annotate() == analyze(book)


class TestLessons:
    def test_the_turns_around_learn(self) -> None:
        book = tell(*START, "“Rain.”", "“And wind.”", "“Sit down.”", "“Thanks.”")
        assert speakers(analyze(book))[2:] == ["ada", "tom", "ada", "tom"]
        found = analyze(book, [line(book, "Rain", "mrs-finch")])
        assert speakers(found)[2:] == ["mrs-finch", "tom", "mrs-finch", "tom"]
        assert {a.source for a in found.attributions[3:]} == {SourceKind.RULE}

    def test_a_description_means_the_same_while_the_scene_lasts(self) -> None:
        lines = ("“Late,” said the old man.", "“Never.”", "“Quite late,” said the old man.")
        book = tell(*START, *lines)
        found = analyze(book, [line(book, "Late", "tom")])
        first, _, third = found.attributions[2:]
        assert (first.reason, third.speaker, third.reason) == ("person", "tom", "tag-as-corrected")
        assert third.evidence is not None
        assert third.evidence.of(book.text) == "said the old man"

    def test_a_name_that_two_bear(self) -> None:
        cast = [
            Character(id=who.lower(), name=f"{who} Finch", aliases=(who, f"{who} Finch", "Finch"))
            for who in ("Ada", "Tom")
        ]
        start = "“Come in,” said Ada.", "“I will,” said Tom."
        book = tell(*start, "“Rain,” said Finch.", "“Wind.”", "“And hail,” said Finch.")
        for who in ("ada", "tom"):
            found = analyze(book, [line(book, "Rain", who)], cast=cast)
            assert found.attributions[-1].speaker == who
            assert found.attributions[-1].reason == "tag-as-corrected"

    def test_who_is_meant_twice_is_open_again(self) -> None:
        lines = [f"“{word},” said the old man." for word in ("Late", "Wet", "Cold")]
        book = tell(*START, *lines)
        said = [line(book, "Late", "tom"), line(book, "Wet", "ada")]
        assert "tag-as-corrected" not in {a.reason for a in analyze(book, said).attributions}

    def test_a_pronoun_means_somebody_else_each_time(self) -> None:
        book = tell(*START, "“Late,” he said.", "Mr. Finch came in.", "“Who is late?” he said.")
        found = analyze(book, [line(book, "Late", "tom")])
        assert found.attributions[-1].speaker == "mr-finch"

    def test_what_a_person_overruled_is_no_evidence(self) -> None:
        book = tell("“Come in,” said Ada.", "“Rain.”", "“Wind,” said Tom.")
        found = analyze(book, [line(book, "Come in", "tom"), line(book, "Wind", "ada")])
        assert [a.evidence for a in found.attributions] == [None] * 3


class TestOnlyWhatIsConcerned:
    @pytest.fixture
    def weighed(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """Count the turns whose evidence is gathered."""
        turns: list[int] = []
        plain = Weigher.candidates

        def counted(self: Weigher, t: int) -> object:
            turns.append(t)
            return plain(self, t)

        monkeypatch.setattr(Weigher, "candidates", counted)
        return turns

    def test_turns_far_off_are_not_weighed_again(self, weighed: list[int]) -> None:
        talk, tagged = ["“Rain.”", "“And wind.”"], ["“Rain,” said Ada.", "“Wind,” said Tom."]
        book = tell(*START, *talk * 5, *tagged * NEAR_QUOTATIONS, *talk * 100)
        analysis = Analysis(book)
        correction = line(book, "wind", "mrs-finch", count=2)
        weighed.clear()
        analysis.annotate([correction])
        assert 0 < max(weighed) < len(START) + len(talk) * 5 + len(tagged) * NEAR_QUOTATIONS

    def test_what_is_said_already_costs_nothing(self, weighed: list[int]) -> None:
        book = tell(*START, *TURNS)
        said = [line(book, "Rain", "mrs-finch")]
        analysis = Analysis(book)
        first = analysis.annotate(said)
        weighed.clear()
        assert analysis.annotate(said) == first
        assert weighed == []

    def test_a_correction_taken_back(self) -> None:
        book = tell(*START, *TURNS, "“Late,” said the old man.", "“Wet,” said the old man.")
        analysis = Analysis(book)
        analysis.annotate([line(book, "Rain", "mrs-finch"), line(book, "Late", None)])
        analysis.annotate([line(book, "Late", "tom")])
        assert analysis.annotate() == analyze(book)


STORIES = [read_book(path) for path in sorted(SAMPLES.glob("*.txt"))]
KNOWN = [analyze(book) for book in STORIES]
UNDERSTOOD = [Analysis(book) for book in STORIES]
"""Used by all examples alike: what was said in one must not be heard in the next."""


@st.composite
def corrected(draw: st.DrawFn) -> tuple[int, list[SpeakerSet]]:
    """Choose a sample and decide some of its lines, close to each other, some more than once."""
    story = draw(st.integers(0, len(STORIES) - 1))
    turns = [a.quotation for a in KNOWN[story].attributions]
    first = draw(st.integers(0, len(turns) - 1))
    lines = st.sampled_from(turns[first : first + 12])
    people = st.sampled_from([*(c.id for c in KNOWN[story].characters), None])
    return story, draw(st.lists(st.builds(SpeakerSet, lines, people), min_size=1, max_size=6))


@settings(max_examples=30)
@given(corrected())
def test_one_by_one_is_all_at_once(case: tuple[int, list[SpeakerSet]]) -> None:
    story, said = case
    analysis = UNDERSTOOD[story]
    for count in range(1, len(said) + 1):
        found = analysis.annotate(said[:count])
    assert found == analyze(STORIES[story], said)
    last = {correction.quotation: correction.speaker for correction in said}
    for attribution in found.attributions:
        if attribution.quotation in last:
            assert attribution.speaker == last[attribution.quotation]
            assert attribution.probability == 1.0
            assert attribution.source is SourceKind.PERSON
