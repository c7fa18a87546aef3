"""A paragraph is cut at its marks, and apostrophes are told apart from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullcast.analysis.quotations.conventions import DOUBLE, GUILLEMETS, LOW_DOUBLE, MARKED, SINGLE
from fullcast.analysis.quotations.marks import cut


def pieces(text: str, convention: object = DOUBLE) -> list[str]:
    return [text[p.start : p.end] for p in cut(text, convention)]  # type: ignore[arg-type]


def straight(text: str) -> str:
    return text.replace("‘", "'").replace("’", "'")


SINGLES = [
    ("‘Don’t go,’ said Ada.", ["‘Don’t go,’"]),
    ("‘Come,’ said Ada, ‘I don’t mind.’", ["‘Come,’", "‘I don’t mind.’"]),
    ("‘I’ve told ’em,’ said Tom.", ["‘I’ve told ’em,’"]),
    ("‘’Tis late,’ said Ada.", ["‘’Tis late,’"]),
    ("‘Goin’ out,’ said Tom.", ["‘Goin’ out,’"]),
    ("‘Nothin’,’ said Tom, goin’ out. ‘Sittin’ an’ thinkin’.’",
     ["‘Nothin’,’", "‘Sittin’ an’ thinkin’.’"]),
    ("‘The sisters’ hats,’ said Tom.", ["‘The sisters’ hats,’"]),
    ("‘The sisters’ hats and the boys’ coats are wet,’ said Tom.",
     ["‘The sisters’ hats and the boys’ coats are wet,’"]),
    ("‘It’s from the ’90s,’ said Tom.", ["‘It’s from the ’90s,’"]),
    ("‘It’s five o’clock,’ said Tom.", ["‘It’s five o’clock,’"]),
    ("The sisters’ hats hung in Tom’s hall. ‘Whose?’ said Ada.", ["‘Whose?’"]),
    ("Tom’s hat. ‘Whose?’ said Ada. The boys’ coats hung there.", ["‘Whose?’"]),
    ("‘Who?’—‘Tom.’", ["‘Who?’", "‘Tom.’"]),
    ("(‘Who?’ said Ada.)", ["‘Who?’"]),
    ("‘I said “don’t,” and she didn’t,’ said Tom.", ["‘I said “don’t,” and she didn’t,’"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), SINGLES)
def test_curly_single_marks(text: str, parts: list[str]) -> None:
    assert pieces(text, SINGLE) == parts


@pytest.mark.parametrize(("text", "parts"), SINGLES)
def test_straight_single_marks(text: str, parts: list[str]) -> None:
    assert pieces(straight(text), SINGLE) == [straight(part) for part in parts]


@pytest.mark.parametrize("shape", [str, straight])
def test_rock_and_roll(shape: type[str]) -> None:
    text = shape("‘Rock ’n’ roll is dead,’ said Tom.")
    assert pieces(text, SINGLE) == [shape("‘Rock ’n’ roll is dead,’")]


def test_marks_are_paired() -> None:
    assert pieces("“No,” she said, “never.”") == ["“No,”", "“never.”"]
    assert pieces('"No," she said, "never."') == ['"No,"', '"never."']
    assert pieces("«Нет» и «да».", GUILLEMETS) == ["«Нет»", "«да»"]
    assert pieces("„Nein“, sagte sie, „nie.“", LOW_DOUBLE) == ["„Nein“", "„nie.“"]


def test_marks_of_both_shapes_may_pair() -> None:
    assert pieces('“Come in," said Ada. "Sit.”') == ['“Come in,"', '"Sit.”']


def test_inner_marks_stay_inside() -> None:
    assert pieces("“He said ‘no,’ and left,” said Ada.") == ["“He said ‘no,’ and left,”"]


def test_an_open_part_runs_to_the_end_of_its_paragraph() -> None:
    (part,) = cut("She said, “I am lost. \n", DOUBLE)
    assert (part.start, part.end, part.closed) == (10, 21, False)


def test_a_lost_mark_ends_where_the_next_speech_begins() -> None:
    parts = cut("“Come in, said Ada. “Sit down.”", DOUBLE)
    assert [(p.start, p.end, p.closed) for p in parts] == [(0, 19, False), (20, 31, True)]


def test_a_mark_turned_the_wrong_way_still_serves() -> None:
    assert pieces("”Come in,“ said Ada.") == ["”Come in,“"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“Leave it -“ said Ngozi.", ["“Leave it -“"]),
        ("“Leave it—“ said Ngozi. “Now.“", ["“Leave it—“", "“Now.“"]),
        ("“Leave it “ said Ngozi.", ["“Leave it “"]),
        ("“Leave it, said Ngozi. “Now.”", ["“Leave it, said Ngozi.", "“Now.”"]),
    ],
)
def test_an_opening_mark_before_white_space_closes(text: str, parts: list[str]) -> None:
    assert pieces(text) == parts


def test_a_single_opening_mark_before_white_space_closes() -> None:
    assert pieces("‘Leave it -‘ said Ngozi.", SINGLE) == ["‘Leave it -‘"]


def test_inches_and_stray_marks_open_nothing() -> None:
    assert pieces('A board of 6" by 4" lay there.') == []


@given(st.text("“”\"‘’'«»‹›„‚「」『』— ,.aem\n"), st.sampled_from(MARKED))
def test_parts_are_in_order_and_inside(text: str, convention: object) -> None:
    parts = cut(text, convention)  # type: ignore[arg-type]
    edges = [edge for part in parts for edge in (part.start, part.end)]
    assert edges == sorted(edges)
    assert all(0 <= p.start < p.end <= len(text) for p in parts)
    assert all(text[p.start : p.end].strip() for p in parts)
