"""What holds for all parts of the model."""

import dataclasses

import pytest
from making import make_story

import fullcast.model
from fullcast.model import Book, Notice, SpeakerSet
from fullcast.model.notice import HINTS

CLASSES = [
    kind
    for name in fullcast.model.__all__
    if dataclasses.is_dataclass(kind := getattr(fullcast.model, name))
]


@pytest.mark.parametrize("kind", CLASSES)
def test_is_frozen_and_small(kind: type) -> None:
    assert kind.__dataclass_params__.frozen
    assert hasattr(kind, "__slots__")


def test_a_hash_belongs_to_the_text() -> None:
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert Book(text="abc", blocks=()).sha256 == known
    assert Book(text="\ud800", blocks=()).sha256  # a lone surrogate has one too


def test_a_character_is_found_by_id() -> None:
    _, annotations = make_story()
    assert annotations.character("tom").name == "Tom"
    with pytest.raises(KeyError):
        annotations.character("nobody")


def test_a_correction_is_somebody_or_nobody() -> None:
    assert SpeakerSet("q1", "tom") == SpeakerSet(quotation="q1", speaker="tom")
    assert SpeakerSet("q1", None) != SpeakerSet("q1", "tom")


@pytest.mark.parametrize("code", HINTS)
def test_every_notice_says_what_to_do(code: str) -> None:
    assert Notice(code=code, message="").hint.endswith(".")
