"""Pictures of figures: drawn whatever people are called, the same each time."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from making import make_story

from fullcast.exporters import Script, build_script
from fullcast.exporters.plots import plot_bytes
from fullcast.model import Annotations


def test_a_picture_tells_who_talks(script: Script) -> None:
    words = "".join(etree.fromstring(plot_bytes(script, ".svg")).itertext())
    for told in ("The Ferry", "Talk share", "Who speaks when", "Who talks to whom", "Ada Finch"):
        assert told in words


@pytest.mark.parametrize(("suffix", "begins"), [(".svg", b"<?xml"), (".png", b"\x89PNG")])
def test_the_same_each_time(suffix: str, begins: bytes, script: Script) -> None:
    content = plot_bytes(script, suffix)
    assert content.startswith(begins)
    assert plot_bytes(script, suffix) == content


@settings(max_examples=5)
@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_whatever_they_are_called(name: str) -> None:
    script = build_script(*make_story())
    script["characters"][0]["name"] = script["title"] = f"$x^{{{name}$"
    etree.fromstring(plot_bytes(script, ".svg"))


def test_nobody_speaks() -> None:
    book, _ = make_story()
    content = plot_bytes(build_script(book, Annotations()), ".svg")
    assert re.search(rb"</svg>\s*$", content)


@pytest.mark.parametrize("count", [2, 3, 20])
def test_warmth_is_drawn_where_there_is_some(count: int, script: Script) -> None:
    move = {"source": "ada-finch", "target": "tom", "amount": 0.3, "warmth": 0.1}
    script["moves"] = [{**move, "start": start} for start in range(count)]
    script["turning_points"] = [{"source": "ada-finch", "target": "tom", "start": 1, "after": 0.2}]
    script["characters"][0]["name"] = "$x^{Ada$"
    words = "".join(etree.fromstring(plot_bytes(script, ".svg")).itertext())
    assert ("$x^{Ada$ toward Tom" in words) == (count > 2)
