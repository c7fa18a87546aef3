"""What a reader says of relations in the sample stories agrees with the stories."""

import json
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.mark.parametrize("slug", ["one-pull", "standby", "twenty-four-letters"])
def test_relations_are_found_in_order(slug: str) -> None:
    text = (SAMPLES / f"{slug}.txt").read_text(encoding="utf-8")
    gold = json.loads((SAMPLES / f"{slug}.relations.json").read_text(encoding="utf-8"))
    lists = [gold["moves"], *(way["points"] for way in gold["warmth"])]
    for each in lists:
        places = [text.find(told["text"]) for told in each]
        assert min(places) >= 0
        assert places == sorted(places)
    assert all(told["text"] in text for told in (*gold["ties"], *gold["turning_points"]))
    assert {told["kind"] for told in gold["moves"]} <= {"approach", "withdrawal"}
    assert {point["sign"] for way in gold["warmth"] for point in way["points"]} <= {"warm", "cold"}
