"""Figures: each counted by hand on the ferry story."""

from making import make_book, where

from fullcast.exporters.figures import Pair, count_figures
from fullcast.exporters.schema import Script
from fullcast.exporters.script import build_script
from fullcast.model import Annotations, Attribution, BlockKind, Layer, Quotation, QuotationKind

BODY = Layer.BODY


def test_shares(script: Script) -> None:
    ada, tom = count_figures(script).shares
    assert (ada.character, ada.lines, ada.words) == ("ada-finch", 4, 17)
    assert (tom.character, tom.lines, tom.words) == ("tom", 2, 8)
    assert ada.part + tom.part == 1
    assert (dict(ada.verbs), dict(ada.manners)) == ({"asked": 1}, {"softly": 1})


def test_pairs(script: Script) -> None:
    assert count_figures(script).pairs == (Pair("ada-finch", "tom", lines=3, words=13),)


def test_what_is_thought_is_said_to_nobody(script: Script) -> None:
    for segment in script["segments"]:
        segment["kind"] = "thought" if segment["kind"] == "speech" else segment["kind"]
    assert count_figures(script).pairs == ()


def test_words_are_all_words(script: Script) -> None:
    text = "".join(segment["text"] for segment in script["segments"])
    assert count_figures(script).words == len(text.split())


def test_without_chapters_the_text_is_cut_in_ten(script: Script) -> None:
    figures = count_figures(script)
    assert (len(figures.stretches), figures.unit) == (10, "tenth of the text")
    assert sum(each.words for each in figures.stretches) == figures.words
    spoken = sum(sum(each.talk.values()) for each in figures.stretches)
    assert spoken == sum(line.words for line in figures.lines)


def test_the_least_sure_comes_first(script: Script) -> None:
    doubtful = count_figures(script).doubtful(0.6)
    assert [line.text for line in doubtful] == ["“Ahoy!”", "“That was an owl.”"]


def talk(*paragraphs: str) -> Script:
    """Make a story in which every paragraph in quotation marks is a line."""
    book = make_book((BlockKind.PARAGRAPH, BODY, words) for words in paragraphs)
    quotations = tuple(
        Quotation(spans=(where(book.text, words),), kind=QuotationKind.SPEECH)
        for words in paragraphs
        if words.startswith("“")
    )
    judged = tuple(
        Attribution(quotation=each.id, speaker=None, probability=0.5) for each in quotations
    )
    return build_script(book, Annotations(quotations=quotations, attributions=judged))


LINES = [f"“Line {number}.”" for number in range(14)]


def test_a_run_is_what_nothing_breaks() -> None:
    (run,) = count_figures(talk("It rained.", *LINES[:7], "It rained on.", *LINES[7:13])).runs
    assert (run.first.text, run.lines) == ("“Line 0.”", 7)
    assert count_figures(talk(*LINES[:6])).runs == ()


def test_nothing_at_all() -> None:
    figures = count_figures(talk())
    assert (figures.words, figures.stretches, figures.shares) == (0, (), ())
