"""A screenplay in which somebody changed who speaks."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import make_story, stories

from fullcast.errors import CorrectionError
from fullcast.exporters import build_script
from fullcast.exporters.fountain import export
from fullcast.model import Annotations, Book, SpeakerSet
from fullcast.readers.corrections import read_corrections
from fullcast.readers.screenplay import find_dialogue

BOOK, FOUND = make_story()
SCREENPLAY = export(build_script(BOOK, FOUND)).decode()
IDS = [quotation.id for quotation in FOUND.quotations]


def edited(folder: Path, text: str) -> Path:
    path = folder / "edited.fountain"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_changed_is_no_correction(tmp_path: Path) -> None:
    assert read_corrections(edited(tmp_path, SCREENPLAY), FOUND, BOOK) == ()


def test_names_changed_are_corrections(tmp_path: Path) -> None:
    first, second, third, *_ = find_dialogue(SCREENPLAY)
    lines = SCREENPLAY.splitlines()
    lines[third.line - 1] = "THE OWL (V.O.)"  # as an editor of screenplays writes it
    path = edited(tmp_path, "\n".join(lines))
    (correction,) = read_corrections(path, FOUND, BOOK)
    assert correction == SpeakerSet(correction.quotation, "the-owl")
    assert correction.quotation in IDS
    lines[first.line - 1] = lines[second.line - 1] = "@Unknown"
    path = edited(tmp_path, "\r\n".join(lines))
    assert SpeakerSet(IDS[0], None) in read_corrections(path, FOUND, BOOK)


def test_speeches_may_be_missing(tmp_path: Path) -> None:
    last = list(find_dialogue(SCREENPLAY))[-1]
    kept = "\n".join(["", "@the owl", *SCREENPLAY.splitlines()[last.line :]])
    (correction,) = read_corrections(edited(tmp_path, kept), FOUND, BOOK)
    assert correction.quotation in IDS[2:]


def test_other_words_are_refused(tmp_path: Path) -> None:
    path = edited(tmp_path, SCREENPLAY + "\n@Tom\nI never said that.\n")
    with pytest.raises(CorrectionError, match=r"edited.fountain: line \d+: nobody says this"):
        read_corrections(path, FOUND, BOOK)


def test_it_needs_the_book(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="give the book"):
        read_corrections(edited(tmp_path, SCREENPLAY), FOUND)


@settings(max_examples=50)
@given(story=stories(st.sampled_from("\\#[]<>/-*+=_'\"@!^:;()&?.,“”aTOбЯ 1\n~")))
def test_what_was_not_changed_is_as_it_was(
    story: tuple[Book, Annotations], tmp_path_factory: pytest.TempPathFactory
) -> None:
    book, found = story
    path = edited(tmp_path_factory.mktemp("same"), export(build_script(book, found)).decode())
    assert read_corrections(path, found, book) == ()
