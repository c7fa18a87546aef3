"""Novels in PDNC's format are read as they were annotated."""

from pathlib import Path

import pytest
from novels import CAST, LINES, TEXT, place, write_novel

from evals.pdnc import find_novels, read_novel
from fullcast.model import Span


def test_the_text_keeps_every_character(tmp_path: Path) -> None:
    assert read_novel(write_novel(tmp_path / "Rain")).book.text == TEXT


def test_the_cast(tmp_path: Path) -> None:
    novel = read_novel(write_novel(tmp_path / "Rain"))
    assert [c.name for c in novel.cast] == [name for _, name, *_ in CAST if name != "_group"]
    ada, tom, vane = novel.cast
    assert ada.aliases == ("Ada", "Ada Finch", "Miss Finch")
    assert [c.narrator for c in novel.cast] == [True, False, False]
    assert novel.minor == {vane.id}
    assert (ada.id, tom.id) == ("ada-finch", "tom")


def test_the_quotations_are_in_order_and_point_into_the_text(tmp_path: Path) -> None:
    novel = read_novel(write_novel(tmp_path / "Rain"))
    assert novel.name == "Rain"
    found = [tuple(s.of(novel.book.text) for s in q.spans) for q in novel.quotations]
    assert found == [words for words, *_ in LINES]


def test_aliases_lead_to_one_character(tmp_path: Path) -> None:
    novel = read_novel(write_novel(tmp_path / "Rain"))
    assert [q.speaker for q in novel.quotations] == [
        "ada-finch", "tom", "ada-finch", "tom", "_group", "mrs-vane",
    ]  # fmt: skip
    assert [set(q.addressees) for q in novel.quotations] == [
        {"tom"}, {"ada-finch"}, {"tom"}, {"ada-finch"}, {"ada-finch", "tom"}, {"_group"},
    ]  # fmt: skip
    assert [q.kind for q in novel.quotations] == [kind.lower() for *_, kind in LINES]


def test_given_quotations_hold_their_marks(tmp_path: Path) -> None:
    novel = read_novel(write_novel(tmp_path / "Rain"))
    first, second, *_ = novel.given_quotations()
    assert [s.of(TEXT) for s in first.spans] == ["“Come in,”", "“It is cold.”"]
    start, end = place("I will,")
    assert second.spans == (Span(start - 1, end + 1),)


def test_novels_are_found_by_name(tmp_path: Path) -> None:
    for name in ("Wind", "Rain"):
        write_novel(tmp_path / name)
    (tmp_path / "notes").mkdir()
    assert [path.name for path in find_novels(tmp_path)] == ["Rain", "Wind"]
    assert [path.name for path in find_novels(tmp_path, ["Wind"])] == ["Wind"]


def test_an_unknown_novel_is_told(tmp_path: Path) -> None:
    write_novel(tmp_path / "Rain")
    with pytest.raises(SystemExit, match=r"does not hold Snow; it holds: Rain"):
        find_novels(tmp_path, ["Rain", "Snow"])
    with pytest.raises(SystemExit, match="does not hold any novel"):
        find_novels(tmp_path / "nowhere")


def test_a_character_without_aliases() -> None:
    from evals.pdnc import listed

    assert listed("set()") == listed("") == listed("nan") == []
    assert listed("['Ada', 'Tom']") == ["Ada", "Tom"]
