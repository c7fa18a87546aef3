"""Who says what, and how sure that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import judged, people, speakers, understood

from fullcast.model import Attribution

START = ("“Come in,” said Ada.", "“I will,” said Tom.")


def test_turns_alternate() -> None:
    rest = ("“Are you cold?”", "“A little.”", "“Then sit.”", "“Thanks.”")
    assert speakers(*START, *rest)[2:] == ["Ada", "Tom", "Ada", "Tom"]


def test_a_turn_cut_off_goes_on() -> None:
    rest = ("“I thought that you—”", "“Never.”", "“—had gone.”")
    assert speakers(*START, *rest)[2:] == ["Ada", "Tom", "Ada"]


def test_one_speech_over_paragraphs_has_one_speaker() -> None:
    rest = ("“One thing,” said Ada. “The boat.", "“Another thing. The oars.”", "“Yes.”")
    assert speakers(*START, *rest)[2:] == ["Ada", "Tom"]


def test_a_pronoun_chooses_by_gender() -> None:
    rest = ("Ada looked at Tom.", "“Rain again,” he said.", "“Always,” she said.")
    assert speakers(*START, *rest)[2:] == ["Tom", "Ada"]


def test_mr_and_mrs_speak_apart() -> None:
    story = (
        "“More rain,” said Mr. Finch.",
        "“More rain,” said Mrs. Finch.",
        "“Is there toast?” he asked.",
        "“There is,” she said.",
    )
    assert speakers(*story) == ["Mr. Finch", "Mrs. Finch"] * 2


def test_a_group_speaks() -> None:
    assert speakers(*START, "“Wait for us!” cried the girls.")[2:] == ["The girls"]


def test_thoughts_have_thinkers() -> None:
    assert speakers(*START, "“Late again,” thought Ada.")[2:] == ["Ada"]


def test_writing_and_mentions_have_no_speaker() -> None:
    book, found = understood(*START, "The gate said “KEEP OUT”. The “gate” was a rope.")
    kinds = {q.id: q.kind.value for q in found.quotations}
    assert sorted(kinds.values()) == ["mention", "speech", "speech", "writing"]
    assert {kinds[a.quotation] for a in found.attributions} == {"speech"}
    assert len(book.blocks) == 3


def test_a_named_tag_settles_it() -> None:
    (first, second) = judged(*START)
    assert first.reason == second.reason == "named-by-tag"
    assert first.probability > 0.9
    assert first.alternatives == ()
    assert (first.addressees, second.addressees) == (("tom",), ("ada",))


def test_no_tag_leaves_more_doubt_than_a_tag() -> None:
    found = judged(*START, "“Rain.”", "“Rain.”", "The rain fell.", "“Rain.”")
    assert found[4].probability < found[0].probability
    assert found[4].alternatives


def test_the_cast_is_sorted_by_talk() -> None:
    _, found = understood(*START, "“Sit,” said Tom.", "“No,” said Ada.", "“Sit!” said Tom.")
    assert [c.name for c in found.characters] == ["Tom", "Ada"]


def sound(found: Attribution, cast: set[str]) -> None:
    """Check what holds for every judgement."""
    others = [speaker for speaker, _ in found.alternatives]
    shares = [share for _, share in found.alternatives]
    assert 0 <= found.probability <= 1
    assert found.reason
    assert {found.speaker, *others} <= cast | {None}
    assert found.speaker not in others
    assert len(set(others)) == len(others)
    assert found.speaker not in found.addressees
    assert set(found.addressees) <= cast
    assert all(0 <= share <= 1 for share in shares)
    assert shares == sorted(shares, reverse=True)
    assert found.probability + sum(shares) <= 1.0003  # each is rounded


PIECES = st.sampled_from(
    [
        "“Come in,” said Ada.",
        "“I will,” said Tom.",
        "“Rain,” he said.",
        "“Rain,” she said, “and wind.”",
        "“Rain.”",
        "“Are you there, Tom?”",
        "“Ask her, Ada,” I said.",
        "“No,” said the landlord.",
        "“Yes!” cried the girls.",
        "“I am lost",
        "“Late again,” he thought.",
        "Ada, I thought, was late. I ran.",
        "Mr. Finch nodded. “Mrs. Finch is out.”",
        "“Miss Finch!”",
        "The rain fell.",
        "The “boat” was a raft.",
        "“So it was Lizzy?” said Elizabeth Vane. “Or Miss Vane?”",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=12).map(lambda rest: ["“Come in,” said Ada.", *rest]))
def test_every_judgement_is_sound(paragraphs: list[str]) -> None:
    _, found = understood(*paragraphs)
    cast = {c.id for c in found.characters}
    assert len(cast) == len(found.characters)
    for attribution in found.attributions:
        sound(attribution, cast)
    turns = [q.id for q in found.quotations if q.kind.value in {"speech", "thought"}]
    assert [a.quotation for a in found.attributions] == turns


@pytest.mark.parametrize("words", ["“Sit.”", "“Sit,” said the man.", "“Sit,” said both."])
def test_nobody_is_made_up(words: str) -> None:
    (found,) = judged(words)
    assert found.speaker is None
    assert found.probability == 0
    assert people(words) == {}


def test_a_pronoun_is_none_of_those_named_behind_it() -> None:
    story = (
        "“Wait,” said Ada.",
        "“What for?” said Jane.",
        "“Look,” said Ada.",
        "Jane looked.",
        "“It is cold.” She put her coat round Ada.",
    )
    assert speakers(*story)[-1] == "Jane"
