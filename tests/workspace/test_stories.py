"""The verbs: they introduce the strangers to each other, and refuse early."""

import json
from pathlib import Path

import pytest
from making import make_book

from fullcast.errors import OutputError
from fullcast.exporters import build_script
from fullcast.model import Annotations, BlockKind, Book, Layer, SourceKind, SpeakerSet
from fullcast.workspace import stories


@pytest.fixture
def never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object, **__: object) -> Book:
        raise AssertionError("read before it was clear that the result can be written")

    monkeypatch.setattr(stories, "read", read)


def test_a_script_of_a_book_at_hand(story: tuple[Book, Annotations], tmp_path: Path) -> None:
    book, annotations = story
    target = tmp_path / "story.json"
    document = stories.script(book, target, annotations=annotations)
    assert document == build_script(book, annotations)
    assert json.loads(target.read_bytes()) == document


def test_a_person_is_believed() -> None:
    book = make_book(
        [(BlockKind.PARAGRAPH, Layer.BODY, "“Come in,” said Ada. “I will,” said Tom.")]
    )
    (first, second) = stories.analyze(book).attributions
    corrections = [SpeakerSet(second.quotation, first.speaker)]
    found = stories.analyze(book, corrections).attributions[1]
    assert (found.speaker, found.source) == (first.speaker, SourceKind.PERSON)


def test_without_a_target_nothing_is_written(
    story: tuple[Book, Annotations], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book, annotations = story
    stories.script(book, annotations=annotations)
    assert list(tmp_path.iterdir()) == []


def test_a_path_is_read_and_understood(
    story: tuple[Book, Annotations], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, annotations = story
    asked = []

    def read(path: str, *, encoding: str | None) -> Book:
        asked.append((path, encoding))
        return book

    monkeypatch.setattr(stories, "read", read)
    monkeypatch.setattr(stories, "analyze", lambda *_, **__: annotations)
    assert stories.script("ferry.txt", encoding="cp1252") == build_script(book, annotations)
    assert asked == [("ferry.txt", "cp1252")]


@pytest.mark.usefixtures("never_read")
@pytest.mark.parametrize("name", ["story.xml", "missing/story.json", "."])
def test_a_bad_target_is_refused_before_any_work(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        stories.script("story.txt", tmp_path / name)


@pytest.mark.usefixtures("never_read")
def test_the_story_itself_is_spared(tmp_path: Path) -> None:
    source = tmp_path / "story.json"
    source.write_text("Once.", encoding="utf-8")
    with pytest.raises(OutputError, match="the story itself"):
        stories.script(source, source)


def test_what_is_no_book_is_not_analyzed() -> None:
    with pytest.raises(TypeError, match=r"takes a Book, not str; fullcast\.read makes one"):
        stories.analyze("story.txt")


def test_a_book_has_no_encoding_any_more(story: tuple[Book, Annotations]) -> None:
    with pytest.raises(TypeError, match=r"encoding belongs to reading"):
        stories.script(story[0], encoding="cp1252")
