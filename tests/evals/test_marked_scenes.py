"""Scenes with marks, made into what a novel in PDNC's format is."""

from pathlib import Path

import pytest

from evals.pdnc import read_novel
from training.scenes import parse, write_novel

HEAD = "# Ada Finch | Ada | female\n# Tom | | male | narrator\n\n"
SCENE = (
    "“No,”{Ada Finch>Tom} she said, “never.”{Ada Finch>Tom}\n\n"
    "“The ‘why’ of it?”{Tom>Ada Finch} The sign said “Closed”{}.\n"
)


def test_a_marked_scene_reads_as_a_novel(tmp_path: Path) -> None:
    assert write_novel(parse(HEAD + SCENE), tmp_path / "scene") == 2
    novel = read_novel(tmp_path / "scene")
    assert novel.book.text == SCENE.replace("{Ada Finch>Tom}", "").replace(
        "{Tom>Ada Finch}", ""
    ).replace("{}", "")
    assert [(q.speaker, q.addressees) for q in novel.quotations] == [
        ("ada-finch", {"tom"}),
        ("tom", {"ada-finch"}),
    ]
    assert [s.of(novel.book.text) for s in novel.quotations[0].spans] == ["No,", "never."]
    assert [c.narrator for c in novel.cast] == [False, True]
    assert novel.genders == {"ada-finch": "F", "tom": "M"}


@pytest.mark.parametrize(
    ("marked", "trouble"),
    [
        ("# Ada | female\n\n“No.”{Ada}", "no line of a head"),
        (HEAD + "“No.”{Eve}", "'Eve' is not in the scene's head"),
        (HEAD + "She said no{Tom}.", "no quotation ends where Tom"),
        (HEAD + "“No,”{Tom} she said, “never.”{Ada Finch}", "both say"),
    ],
)
def test_marks_that_do_not_fit_are_told(tmp_path: Path, marked: str, trouble: str) -> None:
    with pytest.raises(ValueError, match=trouble):
        write_novel(parse(marked), tmp_path)
