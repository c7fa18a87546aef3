"""The measure on LitBank, from its three layers to the last line."""

import json
from pathlib import Path
from typing import Any

import pytest
from excerpts import BOOK, write_litbank

from evals.excerpts import lay, read_excerpts
from evals.litbank import main
from fullcast.model import MentionKind


def measure(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[list[str], Any]:
    main([*arguments, "--model", "rules"])
    *table, last = capsys.readouterr().out.splitlines()
    return [" ".join(row.split()) for row in table], json.loads(last)


def test_an_excerpt_is_prose_as_it_was_printed(tmp_path: Path) -> None:
    (excerpt,) = read_excerpts(write_litbank(tmp_path))
    text = excerpt.book.text
    assert text == BOOK[BOOK.index("“Come") : BOOK.index("The end")].rstrip()
    assert [(m.span.of(text), m.kind, m.chain) for m in excerpt.mentions] == [
        ("Ada Finch", MentionKind.NAME, "Ada-0"),
        ("her\nbrother", MentionKind.DESCRIPTION, "Tom-1"),
        ("her", MentionKind.PRONOUN, "Ada-0"),
        ("brother", MentionKind.DESCRIPTION, f"alone at {text.index('brother')}"),
        ("I", MentionKind.PRONOUN, "Tom-1"),
        ("Tom", MentionKind.NAME, "Tom-1"),
    ]
    assert [(line.span.of(text), line.speaker) for line in excerpt.lines] == [
        ("“Come in,”", "Ada-0"),
        ("“It is cold.”", "Ada-0"),
        ("“I will,”", "Tom-1"),
    ]


def test_folds_part_the_texts(tmp_path: Path) -> None:
    write_litbank(tmp_path)
    assert [len(list(read_excerpts(tmp_path, fold))) for fold in range(5)] == [1, 0, 0, 0, 0]


def test_what_is_no_litbank_is_said(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="does not hold LitBank"):
        next(read_excerpts(tmp_path))
    with pytest.raises(SystemExit, match="hats: the book does not hold the annotated text"):
        lay(["No", "such", "words"], BOOK, "hats")


def test_what_is_plain_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, result = measure(capsys, str(write_litbank(tmp_path)))
    assert table[0] == "people precision recall f1"
    assert "mentions: name 100.0 100.0 100.0" in table
    assert table[-1] == "quotations 100.0 100.0 100.0 100.0"
    assert result["texts"] == 1
    assert result["mentions"]["name"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert result["quotations"] == {
        "count": 3,
        "missed": 0,
        "unnamed": 0,
        "muc": 1.0,
        "b3": 1.0,
        "ceafe": 1.0,
        "conll": 1.0,
        "macro": 1.0,
    }
    assert result["model"]["name"] == "rules"
