"""Which narration belongs to which speech."""

import pytest
from telling import tell

from fullcast.analysis.people.names import NameTable
from fullcast.analysis.quotations.find import find_quotations
from fullcast.analysis.scene.cues import CueFinder
from fullcast.analysis.scene.layout import lay_out
from fullcast.analysis.scene.tags import find_tags
from fullcast.analysis.words import split_words
from fullcast.model import Character, Quotation, Span

CAST = (Character(id="ada", name="Ada"), Character(id="tom", name="Tom"))


def tags(*paragraphs: str, given: list[Quotation] | None = None) -> list[list[str]]:
    """Return for each quotation the subjects of its tags, surest first."""
    book = tell(*paragraphs)
    quotations = given or find_quotations(book)[0]
    words = split_words(book.text)
    finder = CueFinder(book.text, words, NameTable(CAST).find(words))
    found = find_tags(book.text, lay_out(book, quotations), finder)
    return [[tag.subject.span.of(book.text) for tag in each] for each in found]


@pytest.mark.parametrize(
    ("paragraph", "subjects"),
    [
        ("“Sit,” said Ada.", [["Ada"]]),
        ("“Sit,” said Ada. Tom sat.", [["Ada"]]),
        ("Tom sat. “Good,” said Ada.", [["Ada", "Tom"]]),
        ("“Sit.” Ada laughed. “There.” “Where?” asked Tom.", [["Ada"], ["Tom"]]),
        ("“Sit,” said Ada, and Tom said, “No.”", [["Ada"]]),
        ("“Sit.” “No.”", [[], []]),
        ("Rain fell. “Sit.”", [[]]),
    ],
)
def test_narration_is_shared_out(paragraph: str, subjects: list[list[str]]) -> None:
    found = tags(paragraph)
    assert [each[: len(want)] for each, want in zip(found, subjects, strict=False)] == subjects


def test_two_tags_in_one_clause() -> None:
    said = ("“Yes,”", "“No.”")
    text = f"{said[0]} called Tom, while Ada said: {said[1]}"
    spans = (Span(text.index(each), text.index(each) + len(each)) for each in said)
    assert tags(text, given=[Quotation(spans=(span,)) for span in spans]) == [["Tom"], ["Ada"]]


def test_the_paragraph_before_leads_up_where_it_ends_so() -> None:
    assert tags("Ada said:", "“Sit.”") == [["Ada"]]
    assert tags("Ada was tired of the rain, and of the boat, and of Tom.", "“Sit.”") == [[]]


def test_no_tags_without_speech() -> None:
    assert tags("Ada said nothing.") == []


def test_who_acts_first_between_two_parts_has_the_word() -> None:
    assert tags("“Sit.” Ada looked up. Tom was wet. “You are late,” she said.")[0][:1] == ["she"]
    assert tags("“Sit,” Ada smiled at him. Tom stared at her, “now.”") == [["Ada"]]


@pytest.mark.parametrize("beat", ["Her ears went pink.", "Her left hand shook."])
def test_a_part_of_the_body_acts_for_its_owner(beat: str) -> None:
    assert tags(f"“Sit.” {beat}") == [["Her"]]
    assert tags("“Sit.” Her coat was wet.") == [[]]
