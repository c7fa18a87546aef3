"""What lines are felt with, in the script and in the tables."""

import csv
import io

from fullcast.exporters import Script, build_script
from fullcast.exporters.tables import export
from fullcast.model import Annotations, Block, Book, Emotion, Feeling, Quotation, Span

TEXT = "“I hate it!” said Ada angrily."
EMOTIONS = ((Emotion.ANGER, 0.7), (Emotion.DISGUST, 0.3), *((e, 0.0) for e in Emotion if e > "e"))
FEELING = Feeling(
    quotation="q0", emotions=EMOTIONS, valence=-0.8, evidence=(Span(3, 7), Span(22, 29))
)


def script() -> Script:
    book = Book(text=TEXT, blocks=(Block(span=Span(0, len(TEXT))),))
    quotation = Quotation(spans=(Span(0, 12),))
    return build_script(book, Annotations(quotations=(quotation,), feelings=(FEELING,)))


def test_in_the_script() -> None:
    [entry] = script()["feelings"]
    assert list(entry["emotions"])[:2] == ["anger", "disgust"]
    assert entry["valence"] == -0.8
    assert entry["evidence"] == [
        {"start": 3, "end": 7, "text": "hate"},
        {"start": 22, "end": 29, "text": "angrily"},
    ]


def test_in_the_tables() -> None:
    page = export(script())["feelings.csv"].decode()
    [row] = csv.DictReader(io.StringIO(page, newline=""))
    assert (row["quotation"], row["emotion"], row["anger"]) == ("q0", "anger", "0.7")
    assert row["evidence"] == "hate;angrily"


def test_the_storys_words_can_be_left_out() -> None:
    page = export(script(), text=False)["feelings.csv"].decode()
    assert "evidence" not in page
    assert "angrily" not in page
