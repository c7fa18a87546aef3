"""The measure of relations counts what is right."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.relations import compare, main, read_relations
from fullcast.model import (
    Annotations,
    DeedKind,
    Move,
    Quotation,
    Reason,
    Span,
    Tie,
    TurningPoint,
)

TEXT = "She went off. “Go.” He followed. “No.” “Stay.” Her brother sat."
GOLD = {
    "ties": [{"who": "tom", "of": "ada", "word": "brother", "past": False, "text": "Her brother"}],
    "moves": [
        {"kind": "withdrawal", "who": "ada", "to": "tom", "by": "deed", "text": "went off"},
        {"kind": "approach", "who": "tom", "to": "ada", "by": "deed", "text": "followed"},
        {"kind": "approach", "who": "ada", "to": "tom", "by": "word", "text": "“Stay.”"},
    ],
    "warmth": [
        {
            "who": "ada",
            "to": "tom",
            "points": [{"sign": "cold", "text": "“Go.”"}, {"sign": "warm", "text": "“Stay.”"}],
        }
    ],
    "turning_points": [
        {"who": "ada", "to": "tom", "becomes": "warm", "text": "“Stay.”", "why": ""}
    ],
}
PEOPLE = {"a": "ada", "t": "tom"}


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def move(words: str, source: str, target: str, warmth: float, kind: DeedKind | None) -> Move:
    return Move(
        span=place(words),
        kind=kind,
        source=source,
        target=target,
        amount=warmth,
        warmth=warmth,
        probability=1.0,
        reasons=(Reason(name="deed", weight=warmth, span=place(words)),),
    )


def test_what_is_right_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "story.relations.json"
    file.write_text(json.dumps(GOLD), encoding="utf-8")
    turn = TurningPoint(
        span=place("“No.”"),
        source="a",
        target="t",
        before=-0.5,
        after=0.5,
        probability=0.9,
        evidence=(),
    )
    found = Annotations(
        quotations=tuple(Quotation(spans=(place(q),)) for q in ("“Go.”", "“No.”", "“Stay.”")),
        ties=(
            Tie(span=place("Her brother"), word="brother", of="a", character="t", probability=1.0),
        ),
        moves=(
            move("went off", "a", "t", -0.5, DeedKind.WITHDRAWAL),
            move("followed", "t", "a", 0.5, DeedKind.APPROACH),
            replace(move("“Stay.”", "a", "t", 0.5, None), quotation="q3"),
        ),
        turning_points=(turn,),
    )
    counts = compare(found, read_relations(file, TEXT), PEOPLE)
    assert counts == {
        "ties.gold": 1,
        "ties.found": 1,
        "ties.right": 1,
        "moves.gold": 2,
        "moves.found": 2,
        "moves.right": 2,
        "order.pairs": 1,
        "order.right": 1,
        "said.gold": 1,
        "said.found": 1,
        "said.right": 1,
        "warmth.gold": 2,
        "warmth.told": 2,
        "warmth.right": 2,
        "turning_points.gold": 1,
        "turning_points.found": 1,
        "turning_points.right": 1,
    }


def test_words_that_the_story_has_not_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "story.relations.json"
    file.write_text(json.dumps(GOLD), encoding="utf-8")
    with pytest.raises(SystemExit, match="does not hold: Her brother"):
        read_relations(file, "Another story.")


def test_a_sample_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    main(["samples/standby.txt", "--model", "rules"])
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["order"] == 1.0
    assert told["turning_points"]["recall"] > 0
