"""How turns follow one another."""

import pytest
from telling import tell

from fullcast.analysis.quotations.find import find_quotations
from fullcast.analysis.scene.layout import lay_out
from fullcast.analysis.scene.vocatives import asks
from fullcast.analysis.speakers.links import FAR, Step, find_steps, link_features
from fullcast.model import Block, BlockKind, Book, Quotation, Span


def steps(*paragraphs: str) -> list[tuple[str, str]]:
    book = tell(*paragraphs)
    quotations, _ = find_quotations(book)
    return [(s.gap, s.after) for s in find_steps(book.text, lay_out(book, quotations), quotations)]


def test_gaps_and_kinds() -> None:
    long = "“" + "and so we went on, " * 20 + "home.”"
    rain = ["The rain fell."] * 5
    found = steps("“Well?” “Well.”", "“A boat.”", rain[0], long, "“Oh.”", *rain, "“Ah.”")
    assert found == [
        ("start", ""),
        ("same", "asks"),
        ("0", "short"),
        ("1", "short"),
        ("0", "long"),
        (str(FAR), "short"),
    ]


def test_a_break_begins_anew() -> None:
    text = "“One.”\n\n***\n\n“Two.”"
    places = ((0, 6), (8, 11), (13, 19))
    blocks = tuple(
        Block(span=Span(*place), kind=BlockKind.BREAK if place == (8, 11) else BlockKind.PARAGRAPH)
        for place in places
    )
    book = Book(text=text, blocks=blocks)
    quotations, _ = find_quotations(book)
    assert [s.gap for s in find_steps(text, lay_out(book, quotations), quotations)] == ["start"] * 2


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("“Well?”", True),
        ("'Well?'", True),
        ("« Non ? »", True),
        ("“Well.”", False),
        ("“Well?!”", False),
    ],
)
def test_questions(words: str, question: bool) -> None:
    assert asks(words, Quotation(spans=(Span(0, len(words)),))) is question


def test_what_holds_between_turns() -> None:
    start, plain, asked = Step("start", ""), Step("0", "short"), Step("0", "asks")
    assert link_features(start, plain, "a", "a", "b") == []
    assert link_features(plain, start, "a", "", "") == []
    assert link_features(plain, start, "a", "a", "") == ["again after 0", "again after 0 short"]
    assert link_features(plain, plain, "a", "b", "a") == ["back after 0 and 0"]
    assert "back after asks" in link_features(asked, plain, "a", "b", "a")
    assert link_features(plain, start, "a", "b", "a") == []
    assert link_features(plain, plain, "c", "b", "a") == []
