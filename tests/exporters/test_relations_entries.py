"""Relations in the script and in the tables."""

import csv
import io

from making import make_book

from fullcast.exporters import build_script
from fullcast.exporters.tables import export
from fullcast.model import (
    Annotations,
    BlockKind,
    Character,
    DeedKind,
    Layer,
    Move,
    Reason,
    Span,
    Tie,
    TurningPoint,
)

TEXT = "Ada’s brother Tom smiled."
TIE = Tie(span=Span(0, 17), word="brother", of="ada", character="tom", probability=0.95)
MOVE = Move(
    span=Span(14, 24),
    kind=DeedKind.GESTURE,
    source="tom",
    target="ada",
    amount=0.2,
    warmth=0.1,
    probability=0.7,
    reasons=(Reason(name="deed: glad", weight=0.2, span=Span(18, 24)),),
)
TURN = TurningPoint(
    span=Span(14, 24),
    source="tom",
    target="ada",
    before=-0.3,
    after=0.2,
    probability=0.8,
    evidence=(Span(14, 24),),
)


def script():
    book = make_book([(BlockKind.PARAGRAPH, Layer.BODY, TEXT)])
    cast = (Character(id="ada", name="Ada"), Character(id="tom", name="Tom"))
    found = Annotations(characters=cast, ties=(TIE,), moves=(MOVE,), turning_points=(TURN,))
    return build_script(book, found)


def rows(name: str, *, text: bool = True) -> list[dict[str, str]]:
    table = export(script(), text=text)[f"{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(table)))


def test_the_script_tells_them() -> None:
    told = script()
    assert told["ties"] == [
        {
            "text": "Ada’s brother Tom",
            "start": 0,
            "end": 17,
            "word": "brother",
            "character": "tom",
            "of": "ada",
            "past": False,
            "confidence": 0.95,
        }
    ]
    (move,), (turn,) = told["moves"], told["turning_points"]
    assert move["reasons"] == [
        {"name": "deed: glad", "weight": 0.2, "text": "smiled", "start": 18, "end": 24}
    ]
    assert (move["kind"], move["quotation"], move["warmth"]) == ("gesture", None, 0.1)
    assert turn["evidence"] == [{"start": 14, "end": 24, "text": "Tom smiled"}]


def test_tables_tell_them() -> None:
    (tie,), (move,), (turn,) = rows("ties"), rows("moves"), rows("turning_points")
    assert (tie["character_name"], tie["word"], tie["of_name"]) == ("Tom", "brother", "Ada")
    assert (move["reasons"], move["weights"], move["text"]) == ("deed: glad", "0.2", "smiled")
    assert (turn["before"], turn["after"], turn["evidence"]) == ("-0.3", "0.2", "Tom smiled")


def test_tables_without_words_hold_none_of_the_story() -> None:
    (move,), (turn,) = rows("moves", text=False), rows("turning_points", text=False)
    assert "text" not in move
    assert "evidence" not in turn
