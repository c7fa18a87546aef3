"""Corrections of the cast: merges, splits, renames, genders; and what is undone leaves no trace."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import tell
from test_corrections import KNOWN, STORIES, UNDERSTOOD

from fullcast.analysis import Analysis, analyze
from fullcast.errors import CorrectionError
from fullcast.model import (
    Annotations,
    CharacterRemoved,
    CharacterRenamed,
    CharactersMerged,
    CharacterSplit,
    Correction,
    Gender,
    GenderSet,
    NarratorSet,
    SpeakerSet,
)

BOOK = tell(
    "Ada Finch looked up. The wind was cold, and Ada Finch was tired.",
    "“Come in,” said Ada.",
    "“I will,” said Tom.",
    "“Sit down,” said Miss Finch.",
    "“Thanks,” said Sir Thomas.",
)
FIRST, SECOND, THIRD, FOURTH = (q.id for q in analyze(BOOK).quotations)
SPLIT = CharacterSplit("ada-finch", ("Miss Finch",), "Clara Finch")
MERGED = CharactersMerged("tom", "sir-thomas")


def speakers(*corrections: Correction) -> list[str | None]:
    return [a.speaker for a in analyze(BOOK, corrections).attributions]


def names(found: Annotations) -> dict[str, str]:
    return {c.id: c.name for c in found.characters}


def test_as_it_is_found() -> None:
    assert speakers() == ["ada-finch", "tom", "ada-finch", "sir-thomas"]


class TestMerges:
    def test_the_names_and_lines_are_the_others(self) -> None:
        found = analyze(BOOK, [MERGED])
        assert names(found) == {"ada-finch": "Ada Finch", "tom": "Tom"}
        assert found.character("tom").aliases == ("Tom", "Sir Thomas")
        assert speakers(MERGED) == ["ada-finch", "tom", "ada-finch", "tom"]
        assert {m.character for m in found.mentions} == {"ada-finch", "tom"}

    @pytest.mark.parametrize("late", [False, True])
    def test_what_was_said_of_the_merged_is_said_of_the_kept(self, late: bool) -> None:
        said = SpeakerSet(FIRST, "sir-thomas")
        assert speakers(*((said, MERGED) if late else (MERGED, said)))[0] == "tom"

    def test_one_after_another(self) -> None:
        all_one = [MERGED, CharactersMerged("ada-finch", "sir-thomas")]
        assert speakers(*all_one) == ["ada-finch"] * 4
        assert speakers(*all_one, CharactersMerged("tom", "ada-finch")) == ["ada-finch"] * 4


class TestSplits:
    def test_some_names_are_somebody_elses(self) -> None:
        found = analyze(BOOK, [SPLIT])
        assert speakers(SPLIT) == ["ada-finch", "tom", "clara-finch", "sir-thomas"]
        assert found.character("clara-finch").name == "Clara Finch"
        assert found.character("clara-finch").aliases == ("Miss Finch",)
        assert "Miss Finch" not in found.character("ada-finch").aliases

    def test_the_name_itself_may_go(self) -> None:
        split = CharacterSplit("ada-finch", ("Ada Finch",), "Another")
        assert analyze(BOOK, [split]).character("ada-finch").name == "Miss Finch"

    def test_a_part_of_a_full_name(self) -> None:
        book = tell("Ada Finch looked up.", "“Come in,” said Ada Finch.", "“Oh,” said Finch.")
        found = analyze(book, [CharacterSplit("ada-finch", ("Finch",), "Old Finch")])
        assert [a.speaker for a in found.attributions] == ["ada-finch", "old-finch"]

    def test_an_id_that_is_taken(self) -> None:
        split = CharacterSplit("ada-finch", ("Miss Finch",), "Tom")
        assert speakers(split)[2] == "tom-2"

    def test_split_and_merged_is_moved(self) -> None:
        moved = [SPLIT, CharactersMerged("tom", "clara-finch")]
        assert speakers(*moved) == ["ada-finch", "tom", "tom", "sir-thomas"]

    def test_what_was_said_stands(self) -> None:
        assert speakers(SpeakerSet(THIRD, "ada-finch"), SPLIT)[2] == "ada-finch"
        assert speakers(SpeakerSet(FIRST, "clara-finch"), SPLIT)[0] == "clara-finch"


class TestNamesAndGenders:
    def test_a_rename_changes_a_name_and_nothing_else(self) -> None:
        renamed = CharacterRenamed("tom", "Thomas Adler")
        found, plain = analyze(BOOK, [renamed]), analyze(BOOK)
        assert names(found) == {**names(plain), "tom": "Thomas Adler"}
        assert found.character("tom").aliases == ("Tom",)
        assert found.attributions == plain.attributions
        assert speakers(SpeakerSet(FIRST, "tom"), renamed)[0] == "tom"

    def test_the_last_name_holds(self) -> None:
        renamed = [CharacterRenamed("tom", name) for name in ("A", "B")]
        assert analyze(BOOK, renamed).character("tom").name == "B"

    def test_a_gender_is_believed(self) -> None:
        for gender in (Gender.FEMALE, Gender.OTHER, Gender.MALE):
            found = analyze(BOOK, [GenderSet("tom", gender)])
            assert found.character("tom").gender is gender

    def test_a_gender_teaches(self) -> None:
        book = tell("“Come in,” said Jo.", "“No,” said Sam.", "“Rain,” he said.")
        for he, she in (("jo", "sam"), ("sam", "jo")):
            found = analyze(book, [GenderSet(he, Gender.MALE), GenderSet(she, Gender.FEMALE)])
            assert found.attributions[2].speaker == he

    def test_the_nameless_narrator_gets_a_name(self) -> None:
        told = tell("I came home.", "“Who?” I said.", "“Me,” said Tom.", "“You!” I said. I sat.")
        found = analyze(told, [CharacterRenamed("narrator", "Ada Finch")])
        assert names(found) == {"narrator": "Ada Finch", "tom": "Tom"}
        merged = analyze(told, [CharactersMerged("tom", "narrator")])
        assert [(c.id, c.aliases, c.narrator) for c in merged.characters] == [
            ("tom", ("Tom",), True)
        ]
        assert {a.speaker for a in merged.attributions} == {"tom"}


class TestNobody:
    BOOK = tell(
        "Ada looked up. The wind was cold, and Ada was tired.",
        "“Come in,” said Ada.",
        "“I will,” said the innkeeper.",
        "“Sit down,” said Ada.",
    )

    def test_what_is_nobody_is_gone(self) -> None:
        assert set(names(analyze(self.BOOK))) == {"ada", "the-innkeeper"}
        found = analyze(self.BOOK, [CharacterRemoved("the-innkeeper")])
        assert set(names(found)) == {"ada"}
        assert found.attributions[1].speaker != "the-innkeeper"

    def test_a_line_given_to_it_is_nobodys(self) -> None:
        said = SpeakerSet(analyze(self.BOOK).quotations[2].id, "the-innkeeper")
        for late in (0, 1):
            corrections: list[Correction] = [CharacterRemoved("the-innkeeper")]
            corrections.insert(late, said)
            found = analyze(self.BOOK, corrections)
            assert found.attributions[2].speaker is None
            assert found.attributions[2].reason == "person"

    def test_whose_names_somebody_took_is_gone_with_them(self) -> None:
        merged = CharactersMerged("the-innkeeper", "ada")
        assert not analyze(self.BOOK, [merged, CharacterRemoved("ada")]).characters


class TestNarrators:
    BOOK = tell("I came home.", "“Who?” I said.", "“Me,” said Tom.", "“You!” I said. I sat.")

    def test_one_of_the_cast_tells(self) -> None:
        found = analyze(self.BOOK, [NarratorSet("tom")])
        assert [(c.id, c.narrator) for c in found.characters] == [("tom", True)]
        assert {a.speaker for a in found.attributions} == {"tom"}

    def test_nobody_tells(self) -> None:
        found = analyze(self.BOOK, [NarratorSet(None)])
        assert names(found) == {"tom": "Tom"}
        assert not found.character("tom").narrator

    def test_another_tells(self) -> None:
        found = analyze(BOOK, [NarratorSet("tom"), NarratorSet("ada-finch")])
        assert {c.id for c in found.characters if c.narrator} == {"ada-finch"}

    def test_a_line_of_the_nameless_narrator_stays(self) -> None:
        second = analyze(self.BOOK).quotations[1].id
        found = analyze(self.BOOK, [SpeakerSet(second, "narrator"), NarratorSet("tom")])
        assert found.attributions[1].speaker == "tom"


class TestReferences:
    def test_an_id_of_another_reading(self) -> None:
        assert speakers(SpeakerSet(SECOND, "ada"))[1] == "ada-finch"

    @pytest.mark.parametrize(
        ("correction", "trouble"),
        [
            (CharactersMerged("tom", "eve"), "nobody in the cast is 'eve', named in Characters"),
            (CharactersMerged("tom", "tom"), "'tom' cannot be merged with itself; name two"),
            (CharacterSplit("eve", ("Eve",), "E"), "nobody in the cast is 'eve'"),
            (CharacterSplit("tom", ("Tim",), "Tim"), "'tom' is not called 'Tim', as CharacterSp"),
            (CharacterSplit("tom", ("Tom",), "Tim"), "gives away all names of 'tom'; name some"),
            (CharacterSplit("tom", (), "Tim"), "gives away no name of 'tom'; name some of 'Tom'"),
            (CharacterSplit("ada-finch", ("Ada",), "-"), "'-' in CharacterSplit.* is no name"),
            (CharacterRenamed("eve", "Eve"), "nobody in the cast is 'eve'"),
            (CharacterRenamed("tom", " "), "' ' in CharacterRenamed.* is no name; give one"),
            (GenderSet("eve", Gender.MALE), "nobody in the cast is 'eve'"),
            (CharacterRemoved("eve"), "nobody in the cast is 'eve'"),
            (NarratorSet("eve"), "nobody in the cast is 'eve'"),
        ],
    )
    def test_refusals(self, correction: Correction, trouble: str) -> None:
        analysis = Analysis(BOOK)
        with pytest.raises(CorrectionError, match=trouble):
            analysis.annotate([correction])
        assert analysis.annotate() == analyze(BOOK)


@st.composite
def recast(draw: st.DrawFn) -> tuple[int, list[Correction]]:
    """Choose a sample and decide about its cast, and some lines, whether or not it can be."""
    story = draw(st.integers(0, len(STORIES) - 1))
    known = KNOWN[story]
    people = st.sampled_from([c.id for c in known.characters] + ["new"])
    aliases = st.sampled_from([a for c in known.characters for a in c.aliases])
    lines = st.sampled_from([a.quotation for a in known.attributions[:12]])
    corrections = st.one_of(
        st.builds(SpeakerSet, lines, people),
        st.builds(CharactersMerged, people, people),
        st.builds(CharacterSplit, people, st.tuples(aliases), st.just("New")),
        st.builds(CharacterRenamed, people, st.just("Other")),
        st.builds(GenderSet, people, st.sampled_from(Gender)),
        st.builds(CharacterRemoved, people),
        st.builds(NarratorSet, st.none() | people),
    )
    return story, draw(st.lists(corrections, min_size=1, max_size=5))


def outcome(analysis: Analysis, corrections: list[Correction]) -> Annotations | str:
    try:
        return analysis.annotate(corrections)
    except CorrectionError as error:
        return str(error)


@settings(max_examples=20)
@given(recast())
def test_what_is_undone_leaves_no_trace(case: tuple[int, list[Correction]]) -> None:
    story, corrections = case
    lasting = UNDERSTOOD[story]
    outcome(lasting, corrections)
    for number in range(len(corrections)):
        without = corrections[:number] + corrections[number + 1 :]
        assert outcome(lasting, without) == outcome(Analysis(STORIES[story]), without)
    assert lasting.annotate() == KNOWN[story]
