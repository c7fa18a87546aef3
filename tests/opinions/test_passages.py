"""What is shown of a story: every doubtful line once, around it enough, and never too much."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from making import make_book, make_story, stories

from fullcast.model import (
    Annotations,
    Attribution,
    BlockKind,
    Book,
    Character,
    Layer,
    Mention,
    MentionKind,
    Quotation,
    Span,
)
from fullcast.opinions.passages import (
    BEFORE,
    MOST_CAST,
    MOST_LINES,
    MOST_TEXT,
    doubtful,
    find_passages,
)

MARK = re.compile(r'<line id="(q\d+)">(.*?)</line>', re.DOTALL)


def told(paragraphs: list[str], probability: float = 0.3) -> tuple[Book, Annotations]:
    """Make a story whose every “…” is a line of Tom's, as probable as said."""
    book = make_book((BlockKind.PARAGRAPH, Layer.BODY, words) for words in paragraphs)
    quotations = tuple(
        Quotation(spans=(Span(*found.span()),)) for found in re.finditer("“[^”]*”", book.text)
    )
    attributions = tuple(
        Attribution(quotation=quotation.id, speaker="tom", probability=probability)
        for quotation in quotations
    )
    cast = tuple(Character(id=name, name=name.title()) for name in ("tom", "ada"))
    return book, Annotations(quotations=quotations, characters=cast, attributions=attributions)


@given(stories())
def test_each_doubtful_line_is_asked_about_once(story: tuple[Book, Annotations]) -> None:
    book, annotations = story
    passages = find_passages(book, annotations, 0.6)
    lines = [line for passage in passages for line in passage.lines]
    assert lines == doubtful(annotations, 0.6)


def test_lines_are_shown_as_they_stand() -> None:
    book, annotations = make_story()
    (passage,) = find_passages(book, annotations, 1.0)
    shown = MARK.findall(passage.text)
    pieces = sorted((span, q.id) for q in annotations.quotations for span in q.spans)
    assert shown == [(quotation, span.of(book.text)) for span, quotation in pieces]
    assert re.sub("</?line[^>]*>", "", passage.text) == book.text


def test_far_lines_are_asked_about_apart() -> None:
    rain = "Rain fell. " * (BEFORE // 10)
    story = told(["“One.”", rain, rain, "“Two.”", "“Three.”"])
    assert [len(passage.lines) for passage in find_passages(*story, 0.6)] == [1, 2]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [f"“Line {n}.” He waited. {'Rain fell. ' * 30}" for n in range(200)],
        [" ".join(f"“Line {n}.” And it rained." for n in range(3000))],
        ["“" + "word " * 20_000 + ".”", "“Yes.”"],
        ["“" + "word" * 20_000 + "”"],
        ["Rain fell. " * 5000 + "“Yes.”" + " Rain fell." * 5000],
        ["“Yes.”"] * 500,
    ],
    ids=["paragraphs", "one paragraph", "a long line", "no spaces", "a long paragraph", "short"],
)
@pytest.mark.parametrize("every", [1, 7, 100])
def test_no_passage_is_too_long(paragraphs: list[str], every: int) -> None:
    book, annotations = told(paragraphs)
    judged = tuple(
        replace(each, probability=0.9) if number % every else each
        for number, each in enumerate(annotations.attributions)
    )
    passages = find_passages(book, replace(annotations, attributions=judged), 0.6)
    asked = [line for passage in passages for line in passage.lines]
    assert asked == list(annotations.quotations[::every])
    for passage in passages:
        assert len(passage.lines) <= MOST_LINES
        assert len(passage.text) <= MOST_TEXT + 100  # the signs of cuts
        shown = {name for name, _ in MARK.findall(passage.text)}
        assert shown == {line.id for line in passage.lines}


def test_cuts_are_shown() -> None:
    (passage,) = find_passages(*told(["Rain fell. " * 500 + "“Yes.”" + " Rain fell." * 500]), 0.6)
    assert passage.text.startswith("[…] ")
    assert passage.text.endswith(" […]")


def test_known_speakers_are_shown_where_they_are_sure() -> None:
    book, annotations = told(["“One.”", "“Two.”", "“Three.”", "“Four.”"])
    judged = [
        replace(each, probability=probability, speaker=speaker)
        for each, probability, speaker in zip(
            annotations.attributions,
            (0.9, 0.3, 0.7, 0.9),
            ("ada", "tom", "ada", None),
            strict=True,
        )
    ]
    (passage,) = find_passages(book, replace(annotations, attributions=tuple(judged)), 0.6)
    assert passage.text.split("\n\n") == [
        '<line speaker="ada">“One.”</line>',
        '<line id="q8">“Two.”</line>',
        "“Three.”",
        '<line speaker="nobody">“Four.”</line>',
    ]


def test_the_cast_is_who_comes_into_question() -> None:
    book, annotations = told(["“Yes,” said the owl."])
    crowd = [Character(id=f"p{n}", name=f"P {n}") for n in range(200)]
    owl = Character(id="owl", name="the owl")
    teller = Character(id="teller", name="I", narrator=True)
    mention = Mention(span=Span(14, 21), kind=MentionKind.DESCRIPTION, character="owl")
    known = replace(
        annotations,
        characters=(*crowd, *annotations.characters, owl, teller),
        mentions=(mention,),
    )
    (passage,) = find_passages(book, known, 0.6)
    assert [who.id for who in passage.cast] == [
        *(f"p{n}" for n in range(9)),
        "tom",
        "owl",
        "teller",
    ]
    judged = replace(known.attributions[0], alternatives=tuple((who.id, 0.0) for who in crowd))
    (passage,) = find_passages(book, replace(known, attributions=(judged,)), 0.6)
    assert len(passage.cast) == MOST_CAST
    assert "tom" in {who.id for who in passage.cast}
