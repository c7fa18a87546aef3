"""The measure of corrections: a person is simulated, and the other lines are counted."""

import json
from pathlib import Path

import pytest
from novels import write_novel

from evals.corrections import Effect, correct, main, summarize
from evals.judge import Judge
from evals.pdnc import GoldQuotation, Novel
from fullcast.infer.scorer import rules_scorer
from fullcast.model import Block, Book, Character, Span

RULES = Judge(scorer=rules_scorer(), network=None, name="rules", sha256="abc")
KEYS = ["corrected", "others_righted", "others_spoiled", "net", "ms_median", "ms_max"]
TALK = (
    ("“Come in,” said Ada.", "ada"),
    ("“I will,” said Tom.", "tom"),
    ("“Rain.”", "eve"),
    ("“And wind.”", "tom"),
    ("“Sit down.”", "eve"),
    ("“Thanks.”", "tom"),
    ("“Tea?”", "eve"),
    ("“Please.”", "tom"),
)


def talk(*lines: tuple[str, str]) -> Novel:
    """Make a novel of paragraphs with one line each, and who says it."""
    opening = "Eve looked up."
    text = "\n\n".join((opening, *(paragraph for paragraph, _ in lines)))
    found, blocks = [], [Block(span=Span(0, len(opening)))]
    for paragraph, speaker in lines:
        start = text.index(paragraph)
        blocks.append(Block(span=Span(start, start + len(paragraph))))
        inside = Span(start + 1, start + paragraph.index("”"))
        found.append(
            GoldQuotation(spans=(inside,), speaker=speaker, addressees=frozenset(), kind="")
        )
    return Novel(
        name="Rain",
        book=Book(text=text, blocks=tuple(blocks)),
        quotations=tuple(found),
        cast=tuple(Character(id=name.lower(), name=name) for name in ("Ada", "Tom", "Eve")),
        minor=frozenset(),
        genders={},
    )


def test_one_correction_puts_others_right() -> None:
    first, *_ = correct(talk(*TALK), RULES, 50)
    assert first.righted > 0
    assert first.spoiled == 0
    assert first.wall_ms > 0


def test_no_more_than_asked_for() -> None:
    assert list(correct(talk(*TALK), RULES, 0)) == []


def test_a_line_is_corrected_once() -> None:
    novel = talk(*((words, "eve" if at % 2 else "tom") for at, (words, _) in enumerate(TALK)))
    effects = list(correct(novel, RULES, 50))
    assert 0 < len(effects) <= len(TALK)


def test_nobody_in_the_cast_cannot_be_said() -> None:
    novel = talk(("“Come in,” said Ada.", "_group"), *TALK[1:2])
    assert list(correct(novel, RULES, 50)) == []


def test_what_is_summed_up() -> None:
    effects = [
        Effect(righted=righted, spoiled=spoiled, wall_ms=wall_ms)
        for righted, spoiled, wall_ms in ((3, 1, 10.0), (0, 1, 20.04), (2, 0, 60.0))
    ]
    found = summarize({"Rain": effects, "Wind": []}, RULES)
    assert found["novels"]["Rain"] == dict(zip(KEYS, (3, 5, 2, 3, 20.0, 60.0), strict=True))
    assert found["novels"]["Wind"] == dict(zip(KEYS, (0, 0, 0, 0, None, None), strict=True))
    assert found["all"] == found["novels"]["Rain"]
    assert found["model"] == {"name": "rules", "sha256": "abc"}


def test_a_table_and_a_json_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("Rain", "Wind"):
        write_novel(tmp_path / name)
    main([str(tmp_path), "--count", "2", "--model", "rules"])
    head, *rows, last = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["corrections", "corrected"]
    assert [row.split()[0] for row in rows] == ["Rain", "Wind", "all"]
    found = json.loads(last)
    assert list(found) == ["novels", "all", "model"]
    assert [list(found["novels"][name]) for name in ("Rain", "Wind")] == [KEYS, KEYS]
