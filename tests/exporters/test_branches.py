"""Choices at turning points, and warmth as variables, in interactive fiction."""

import re

import pytest
from exported import read_by, squeezed, told

from fullcast.exporters import Script, ink, renpy, twee, yarn
from fullcast.exporters.branches import find_branches
from fullcast.exporters.scenes import scenes_of

WARMTH = "warmth__ada_finch__tom"


@pytest.fixture
def turned(script: Script) -> Script:
    """The ferry, with moves of Ada toward Tom, and a turn at *Will he come?*."""
    two = {"source": "ada-finch", "target": "tom"}
    script["moves"] = [{**two, "start": 112 + n, "warmth": -n / 4} for n in range(3)]
    script["turning_points"] = [{**two, "start": 112}]
    return script


def test_a_choice_stands_before_its_line(turned: Script) -> None:
    branches = find_branches(turned, scenes_of(turned))
    assert branches.variables == (WARMTH,)
    assert branches.stubs == {"s112": 1}
    assert branches.settings["s112"] == [(WARMTH, 0), (WARMTH, -25), (WARMTH, -50)]


def test_a_story_that_does_not_turn_has_no_choice(script: Script) -> None:
    branches = find_branches(script, scenes_of(script))
    assert (branches.variables, branches.settings, branches.stubs) == ((), {}, {})


def test_names_that_engines_would_not_take_are_numbered(turned: Script) -> None:
    for move in turned["moves"]:
        move["source"] = "Анна"
    turned["characters"][0]["id"] = "Анна"
    assert find_branches(turned, scenes_of(turned)).variables == ("warmth__c1__tom",)


def test_each_language_has_its_choice(turned: Script) -> None:
    told = {module: module.export(turned).decode() for module in (ink, yarn, renpy, twee)}
    assert "* [As it was]\n* [What if …] -> what_if_1\n-\n“Will he come?”" in told[ink]
    assert f"VAR {WARMTH} = 0\n" in told[ink]
    assert f"~ {WARMTH} = -50\n" in told[ink]
    assert "-> What if …\n    <<jump What_if_1>>\nAda_Finch: “Will he come?”" in told[yarn]
    assert f"<<declare ${WARMTH} = 0>>" in told[yarn]
    assert f"<<set ${WARMTH} to -50>>" in told[yarn]
    assert '        "What if …":\n            jump what_if_1\n' in told[renpy]
    assert f"\ndefault {WARMTH} = 0\n" in told[renpy]
    assert told[renpy].endswith("\n\nlabel what_if_1:\n    # Yours to write.\n    return\n")
    assert 'data-warmth--ada-finch--tom="-50"' in told[twee]


def test_no_link_of_twee_dangles(turned: Script) -> None:
    text = twee.export(turned).decode()
    links = re.findall(r"\[\[(?:[^\]]*->)?([^\]]*)\]\]", text)
    assert {"Turning point 1", "What if 1"} <= set(links)
    assert set(links) <= set(re.findall(r"^:: (.*)$", text, re.M))


def test_ink_plays_as_it_was_and_ends_in_a_stub(turned: Script) -> None:
    (played,) = read_by("ink", ink.export(turned))
    assert [line["text"] for line in played["lines"]] == squeezed(told(turned))
    assert played["choices"] == 1
    assert played["strays"] == [told(turned).index("“Will he come?”")]


def test_yarn_plays_as_it_was(turned: Script) -> None:
    (played,) = read_by("yarn", yarn.export(turned))
    words = [line["text"].strip() for line in played["lines"] if line["text"]]
    assert words == told(turned)
    assert played["choices"] == 1
