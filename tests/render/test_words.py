import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullcast.model import SegmentKind
from fullcast.render.words import roman, spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("“Mr. Finch?” said Mrs. Lee.", "Mister Finch? said Missus Lee."),
        ("Dr. Who, etc.", "Doctor Who, et cetera."),
        ("born in 1815,", "born in eighteen fifteen,"),
        ("the 1920s", "the nineteen twenties"),
        ("May 5, or the 23rd", "May fifth, or the twenty-third"),
        ("at 7:15 or 6:05 a.m.", "at seven fifteen or six oh five A M."),
        ("$3.50, or £1", "three dollars and fifty cents, or one pound"),
        ("£1,200", "one thousand two hundred pounds"),
        ("No. 7 of 1,000,000", "number seven of one million"),
        ("3.14, 100%", "three point one four, one hundred percent"),
        ("Henry VIII and I", "Henry the eighth and I"),
        ("see Chapter IX", "see Chapter nine"),
        ("‘It’s O’Brien’s,’ she said", "It's O'Brien's, she said"),
        ("_Never_ [or *so*]", "Never (or so)"),
        ("9" * 30, " ".join(["nine"] * 30)),
    ],
)
def test_what_is_said(written: str, said: str) -> None:
    assert spoken(written, SegmentKind.NARRATION) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("IV", "four"),
        ("Chapter XII. The Ferry", "Chapter twelve. The Ferry"),
        ("IV\nThe Ferry", "four. The Ferry"),
        ("I Begin", "I Begin"),
        ("Mix it", "Mix it"),
        ("CHAPTER 7", "CHAPTER seven"),
    ],
)
def test_headings(written: str, said: str) -> None:
    assert spoken(written, SegmentKind.HEADING) == said


def test_other_languages_keep_their_numbers() -> None:
    assert spoken("«3 Dr. Ödön»", SegmentKind.SPEECH, "de-AT") == "3 Dr. Ödön"


def test_roman_numerals() -> None:
    assert [roman(numeral) for numeral in ("I", "IV", "IX", "XLIV", "MCMXC")] == [1, 4, 9, 44, 1990]


@given(st.text(), st.sampled_from(SegmentKind))
def test_any_text_can_be_said(text: str, kind: SegmentKind) -> None:
    assert "⟦" not in spoken(text, kind)
