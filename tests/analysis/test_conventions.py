"""Each way to mark speech is found by counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullcast.analysis.quotations.conventions import APOSTROPHE_FIRST, MARKED, find_conventions

STORIES = [
    pytest.param("double", "“Come in,” said Ada.", "“I will,” said Tom.", id="curly double"),
    pytest.param("double", '"Come in," said Ada.', '"I will," said Tom.', id="straight double"),
    pytest.param("double", "“Come in,” said Ada.", '"I will," said Tom.', id="mixed double"),
    pytest.param("single", "‘Come in,’ said Ada.", "‘I will,’ said Tom.", id="curly single"),
    pytest.param("single", "'Come in,' said Ada.", "'I will,' said Tom.", id="straight single"),
    pytest.param("single", "‘Come in,’ said Ada.", "'I will,' said Tom.", id="mixed single"),
    pytest.param("guillemets", "«Нет», — сказала Ада.", "«Да», — сказал Том.", id="Russian"),
    pytest.param("guillemets", "« Non », dit-elle.", "« Si », dit Tom.", id="French"),
    pytest.param("guillemets pointing in", "»Nein«, sagte Ada.", "»Doch«, sagte Tom.", id="» «"),
    pytest.param("single guillemets", "‹Nein›, sagte Ada.", "‹Doch›, sagte Tom.", id="‹ ›"),
    pytest.param(
        "single guillemets pointing in", "›Nein‹, sagte Ada.", "›Doch‹, sagte Tom.", id="› ‹"
    ),
    pytest.param("low double", "„Nein“, sagte Ada.", "„Doch“, sagte Tom.", id="German"),
    pytest.param("low double", "„Nie”, rzekła Ada.", "„Tak”, rzekł Tom.", id="Polish"),
    pytest.param("low single", "‚Nein‘, sagte Ada.", "‚Doch!‘, sagte Tom.", id="‚ ‘"),
    pytest.param("corner brackets", "「いや」とアダ。", "「はい」とトム。", id="「 」"),
    pytest.param("double corner brackets", "『いや』とアダ。", "『はい』とトム。", id="『 』"),
    pytest.param("dash", "—Come in, said Ada.", "—I will, said Tom.", id="em dash"),
    pytest.param("dash", "– Non, dit-elle.", "– Si, dit-il.", id="en dash"),
    pytest.param("dash", "― No, disse Ada.", "― Sì, disse Tom.", id="bar"),
    pytest.param("dash", "-- Come in, said Ada.", "-- I will, said Tom.", id="two hyphens"),
    pytest.param("dash", "- Come in, said Ada.", "- I will, said Tom.", id="a hyphen"),
]


@pytest.mark.parametrize(("name", "one", "other"), STORIES)
def test_a_convention_is_found(name: str, one: str, other: str) -> None:
    assert [c.name for c in find_conventions([one, other, "The rain fell."])] == [name]


@pytest.mark.parametrize(("name", "one", "other"), STORIES)
def test_the_order_of_paragraphs_tells_nothing(name: str, one: str, other: str) -> None:
    assert [c.name for c in find_conventions([other, "The rain fell.", one])] == [name]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "The rain fell.",
        "The sisters’ hats, the boys’ coats, and Tom’s.",
        "It was five o’clock in ’98, and don’t you forget it.",
        "The rain — it was only rain — fell.",
        "She stood 5' 6\" tall.",
    ],
)
def test_no_convention_is_found_where_nobody_speaks(words: str) -> None:
    assert find_conventions([words]) == ()


def test_nothing_is_found_in_nothing() -> None:
    assert find_conventions([]) == ()


def test_inner_marks_are_no_second_convention() -> None:
    english = ["“He said, ‘Come in,’ to me,” said Ada.", "“Then go,” said Tom."]
    british = ["‘He said, “Come in,” to me,’ said Ada.", "‘Then go,’ said Tom."]
    assert [c.name for c in find_conventions(english)] == ["double"]
    assert [c.name for c in find_conventions(british)] == ["single"]


def test_one_dash_is_no_convention() -> None:
    marked = ["“Come in,” said Ada.", "“I will,” said Tom.", "— a long silence —"]
    assert [c.name for c in find_conventions(marked)] == ["double"]


def test_two_conventions_may_share_a_book() -> None:
    letters = ["“Come in,” said Ada."] * 3 + ["«Entrez», dit Ada."] * 2
    assert [c.name for c in find_conventions(letters)] == ["double", "guillemets"]


@pytest.mark.parametrize(
    "word", ["em", "tis", "twas", "til", "n", "cause", "90s", "d", "ll", "bout"]
)
def test_words_that_lose_their_first_letter(word: str) -> None:
    assert APOSTROPHE_FIRST.match(word)


@pytest.mark.parametrize("word", ["embers", "nothing", "tiller", "demand", "Ada"])
def test_words_that_only_begin_alike(word: str) -> None:
    assert not APOSTROPHE_FIRST.match(word)


@given(st.lists(st.text("“”\"‘’'«»‹›„‚「」—- ,.a\n"), max_size=6))
def test_any_marks_are_counted_without_fail(paragraphs: list[str]) -> None:
    found = find_conventions(paragraphs)
    assert len(set(found)) == len(found)
    assert {c.name for c in found} <= {c.name for c in MARKED} | {"dash"}


def test_straight_single_marks_are_found_though_every_line_has_an_apostrophe() -> None:
    found = find_conventions(["'Don't go,' said Ada.", "'I won't,' said Tom."])
    assert [c.name for c in found] == ["single"]
