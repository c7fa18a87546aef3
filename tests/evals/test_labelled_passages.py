"""Labels without text, made into what a novel in PDNC's format is."""

from pathlib import Path

import pytest

from evals.pdnc import read_novel
from training.passages import read_passage
from training.scenes import write_novel

HEAD = "# Ada Finch | Ada | female\n# Tom | | male\n\n"
BOOK = "Chapter I\n\n“No,” she said,\r\n“never.”\n\n“Never?”\n\nThe end.\n"


def labelled(folder: Path, lines: str) -> Path:
    (folder / "book.txt").write_text(BOOK, "utf-8", newline="")
    path = folder / "book-0.txt"
    path.write_text(HEAD + lines, "utf-8")
    return path


def test_a_labelled_passage_reads_as_a_novel(tmp_path: Path) -> None:
    start, end = BOOK.index("“No"), BOOK.index("The end")
    first, second = BOOK.index("”\n\n“N") + 1, BOOK.index("?”") + 2
    path = labelled(tmp_path, f"book.txt {start} {end}\n{first} Ada Finch\n{second} Tom\n")
    assert write_novel(read_passage(path, tmp_path), tmp_path / "out") == 2
    novel = read_novel(tmp_path / "out")
    assert novel.book.text == BOOK[start:end]
    assert [q.speaker for q in novel.quotations] == ["ada-finch", "tom"]


@pytest.mark.parametrize(
    ("lines", "trouble"),
    [
        ("book.txt 0\n", "no line of labels"),
        ("book.txt 0 9\n5 Eve\n", "'Eve' is not in the head"),
        ("book.txt 0 9\n5\n", "no line of labels"),
    ],
)
def test_labels_that_do_not_fit_are_told(tmp_path: Path, lines: str, trouble: str) -> None:
    with pytest.raises(ValueError, match=trouble):
        read_passage(labelled(tmp_path, lines), tmp_path)
