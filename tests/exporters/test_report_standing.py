"""The report’s sections on how people stand to each other."""

from pathlib import Path

import pytest
from reading_back import Page, links_of

import fullcast
from fullcast.exporters import Script
from fullcast.exporters.report import report_bytes
from fullcast.exporters.standing import FEWEST_FOR_TREND, find_standings, told_ties

STANDBY = Path(__file__).parents[2] / "samples" / "standby.txt"


def tell_moves(script: Script, count: int) -> None:
    """Tell so many moves of Ada toward Tom, and a turning point."""
    move = {
        "end": 0,
        "quotation": None,
        "kind": "approach",
        "source": "ada-finch",
        "target": "tom",
        "amount": 0.3,
        "warmth": 0.1,
        "confidence": 0.9,
        "reasons": [{"name": "deed: approach", "weight": 0.3, "text": "<b>came</b>"}],
    }
    script["moves"] = [{**move, "start": start} for start in range(count)]
    script["turning_points"] = [
        {
            "start": 1,
            "end": 2,
            "quotation": None,
            "source": "ada-finch",
            "target": "tom",
            "before": -0.2,
            "after": 0.2,
            "confidence": 0.8,
            "evidence": [],
        }
    ]


def test_standby_is_told() -> None:
    page = report_bytes(fullcast.script(STANDBY, network="rules"))
    told = page.decode()
    read = Page(page)
    assert {"standing", "nearness", "ties"} <= set(read.ids)
    assert set(links_of(read)) <= set(read.ids)
    assert "Where it turns" in told
    assert 'class="trend' not in told, "too few lines carry no trend"
    nearness = told.partition('id="nearness"')[2].partition("</section>")[0]
    words = ["coldly", "set off", "came after her", "drawing level", "held out her hand"]
    places = [nearness.index(each) for each in words]
    assert places == sorted(places)


@pytest.mark.parametrize("count", [FEWEST_FOR_TREND - 1, FEWEST_FOR_TREND])
def test_a_line_is_drawn_only_through_moves_enough(count: int, script: Script) -> None:
    tell_moves(script, count)
    page = report_bytes(script).decode()
    assert ('class="trend' in page) == (count == FEWEST_FOR_TREND)
    assert "<b>came" not in page


def test_two_with_hardly_a_move_are_not_shown(script: Script) -> None:
    tell_moves(script, 2)
    assert find_standings(script, 5) == []


def test_a_tie_told_twice_is_one(script: Script) -> None:
    tie = {"text": "x", "start": 0, "end": 1, "word": "aunt", "of": "tom", "confidence": 0.9}
    script["ties"] = [
        {**tie, "character": None, "past": False},
        {**tie, "character": "ada-finch", "past": False},
        {**tie, "character": "ada-finch", "past": False},
    ]
    assert [(t.first["character"], t.times) for t in told_ties(script)] == [
        ("ada-finch", 2),
        (None, 1),
    ]


def test_feelings_are_told_where_there_are_any(script: Script) -> None:
    lines = {s["quotation"] for s in script["segments"] if s["speaker"] == "ada-finch"}
    script["feelings"] = [
        {"quotation": each, "emotions": {"joy": 0.75, "fear": 0.25}, "valence": 0.5, "evidence": []}
        for each in sorted(filter(None, lines))
    ]
    told = report_bytes(script).decode().partition('id="feelings"')[2].partition("</section>")[0]
    assert "75%" in told
    assert "+0.5" in told
