"""Who is called inside speech, and who is only spoken of."""

import pytest
from telling import judged, speakers

from fullcast.analysis.people.names import NameTable
from fullcast.analysis.scene.vocatives import is_vocative, sort_names
from fullcast.analysis.words import split_words
from fullcast.model import Character, Quotation, Span

TOM = Character(id="tom", name="Tom", aliases=("Tom", "Mr. Finch"))


def sort(speech: str) -> tuple[set[str], set[str]]:
    """Return who is called and who is spoken of in one speech."""
    namings = NameTable([TOM]).find(split_words(speech))
    spoken = sort_names(speech, Quotation(spans=(Span(0, len(speech)),)), namings)
    return spoken.called, spoken.spoken_of


@pytest.mark.parametrize(
    "speech",
    [
        "“Tom!”",
        "“Ask her, Tom.”",
        "“Tom, ask her.”",
        "“Well, Tom, ask her.”",
        "“Ask her, Mr. Finch, if you please.”",
        "“My dear Tom, ask her.”",
        "“Oh Tom!”",
        "“No, Tom—no!”",
        "'Ask her, Tom.'",
        "«Tom, viens.»",
        "“Thank you, Tom,”",
    ],
)
def test_called(speech: str) -> None:
    assert sort(speech) == ({"tom"}, set())


@pytest.mark.parametrize(
    "speech",
    [
        "“Tom is late.”",
        "“Ask Tom about it.”",
        "“I saw Tom.”",
        "“Tom’s boat is gone.”",
        "“Where is Mr. Finch?”",
        "“Tom told her.”",
        "“He said, ‘Tom, it’s late.’”",
    ],
)
def test_spoken_of(speech: str) -> None:
    assert sort(speech) == (set(), {"tom"})


def test_called_and_spoken_of_is_called() -> None:
    assert sort("“Tom, they say Tom is late.”") == ({"tom"}, set())


def test_a_name_in_a_later_part() -> None:
    text = "“No,” said Tom. “Ask Tom.” Tom ran. “Ask her, Tom.”"
    parts = (Span(0, 5), Span(16, 26), Span(36, len(text)))
    namings = NameTable([TOM]).find(split_words(text))
    found = [is_vocative(text, naming, Quotation(spans=parts)) for naming in namings]
    assert found == [False, False, False, True]


def test_the_one_called_is_not_the_one_who_speaks() -> None:
    start = ("“Come in,” said Ada.", "“I will,” said Tom.")
    assert speakers(*start, "“Sit down, Tom.”")[2:] == ["Ada"]
    assert speakers(*start, "“Rain again.”", "“Sit down, Ada.”")[3:] == ["Tom"]


def test_the_one_called_is_spoken_to() -> None:
    story = ("“Come in,” said Ada.", "“I will,” said Ned.", "“You too, Tom,” said Ada.", "Tom ran.")
    assert judged(*story)[2].addressees == ("tom",)
