"""Speech that dashes mark, and narration between dashes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import quoted, speeches

from fullcast.analysis.quotations.dashes import cut_dash, without_asides
from fullcast.analysis.quotations.marks import Part


def pieces(text: str) -> list[str]:
    return [text[p.start : p.end] for p in cut_dash(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # English
        ("—Come in, said Ada.", ["—Come in,"]),
        ("—Come in, Ada said.", ["—Come in,"]),
        ("— Come in, she said.", ["— Come in,"]),
        ("—I will, said Tom, when I’m dry.", ["—I will,", "when I’m dry."]),
        ("—I will, he said. Wait for me.", ["—I will,", "Wait for me."]),
        ("—What is it?", ["—What is it?"]),
        (
            "—Yes, he said. I went home —the old one— and slept.",
            ["—Yes,", "I went home", "and slept."],
        ),
        ("-- Come in, said Ada.", ["-- Come in,"]),
        # Spanish
        ("—No —dijo Ana—, nunca.", ["—No", "nunca."]),
        ("—No —dijo Ana—. Nunca.", ["—No", "Nunca."]),
        ("—¿No? —dijo Ana.", ["—¿No?"]),
        ("—No.", ["—No."]),
        # Russian
        ("— Нет, — сказала она.", ["— Нет,"]),
        ("— Нет, — сказала она, — никогда.", ["— Нет,", "никогда."]),
        ("— Нет! — сказала она. — Никогда!", ["— Нет!", "Никогда!"]),
        # French
        ("– Non, dit-elle.", ["– Non,"]),
        ("– Si, répondit-il.", ["– Si,"]),
        ("— Да. — Никогда, — сказала она.", ["— Да. — Никогда,"]),
        # German
        ("– Nein, sagte er. Nie.", ["– Nein,", "Nie."]),
        # no speech
        ("The rain — it was only rain — fell.", []),
        ("-", []),
        ("", []),
    ],
)
def test_speech_begins_with_a_dash_and_gives_way_to_narration(text: str, parts: list[str]) -> None:
    assert pieces(text) == parts


def test_speech_goes_on_after_a_named_tag_and_a_full_stop() -> None:
    assert pieces("—Come in, said Ada. Sit down.") == ["—Come in,", "Sit down."]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("«Нет, — сказала она, — никогда.»", ["«Нет,", "никогда.»"]),
        ("«Нет! — сказала она. — Никогда!»", ["«Нет!", "Никогда!»"]),
        ("« Non, dit-elle, jamais. »", ["« Non,", "jamais. »"]),
        ("«Да.»", ["«Да.»"]),
        ("«Oui, dit-il. Non, —peut-être— jamais.»", ["«Oui,", "Non,", "jamais.»"]),
        ("«Oui, —peut-être— jamais, dit-il. Non.»", ["«Oui,", "jamais,", "Non.»"]),
    ],
)
def test_narration_inside_guillemets(text: str, parts: list[str]) -> None:
    found = without_asides(text, Part(0, len(text)))
    assert [text[p.start : p.end] for p in found] == parts
    assert all(part.closed for part in found)


def test_an_open_part_stays_open() -> None:
    text = "«Нет, — сказала она, — никогда."
    assert [p.closed for p in without_asides(text, Part(0, len(text), closed=False))][-1] is False


def test_a_story_in_dashes() -> None:
    story = ("—No —dijo Ana—, nunca.", "Llovía.", "—Sí —dijo Tomás.")
    assert speeches(*story) == [("—No", "nunca."), ("—Sí",)]


def test_dashes_beside_guillemets() -> None:
    story = ("— Нет, — сказала она, — никогда.", "— Да, — сказал он.", "Он читал «Бурю» вслух.")
    assert quoted(*story)[:2] == [("speech", "— Нет,", "никогда."), ("speech", "— Да,")]


@given(st.text("—–-―, .!?Aa\nsid", max_size=60))
def test_parts_of_any_dashes_are_in_order(text: str) -> None:
    parts = cut_dash(text)
    edges = [edge for part in parts for edge in (part.start, part.end)]
    assert edges == sorted(edges)
    assert all(text[p.start : p.end].strip() for p in parts)
