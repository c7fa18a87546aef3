"""What the reading network learns from: windows with answers, tags cut out of some."""

import random
from pathlib import Path

import numpy as np
import pytest
from novels import write_novel
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import BertPreTokenizer

from fullcast.infer.scorer import rules_scorer
from training import examples
from training.examples import UNASKED, Annotated, annotated_book, annotated_novel, draw, encode


@pytest.fixture
def tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


@pytest.fixture
def novel(tmp_path: Path) -> Annotated:
    write_novel(tmp_path / "Rain")
    return annotated_novel(tmp_path / "Rain")


def test_a_tag_cut_out_leaves_its_line_to_be_asked(
    novel: Annotated, tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examples, "HIDDEN_SHARE", 1.0)
    whole = encode(novel, rules_scorer(), tokenizer, None)
    cut = encode(novel, rules_scorer(), tokenizer, 1)
    assert whole.settled
    assert not cut.settled
    assert len(cut.encoder.pieces) < len(whole.encoder.pieces)
    spoken = [(reading.encoder.pieces.lines >= 0).sum() for reading in (whole, cut)]
    assert spoken[0] == spoken[1]
    for reading in (whole, cut):
        pieces = reading.encoder.pieces
        assert np.array_equal(pieces.lines[pieces.first], np.arange(len(reading.speakers)))


def test_answers_are_the_slots_of_who_speaks(novel: Annotated, tokenizer: Tokenizer) -> None:
    reading = encode(novel, rules_scorer(), tokenizer, None)
    asked = 0
    for seed in range(20):
        for example in draw(reading, random.Random(seed), np.array([0])):
            for line, answer in zip(example.window.numbers, example.speakers, strict=True):
                if answer != UNASKED:
                    assert example.window.slots[answer] == reading.speakers[line]
                    asked += 1
    assert asked > 0


def test_a_book_without_annotation_teaches_by_its_tags(tmp_path: Path) -> None:
    story = tmp_path / "talk.txt"
    story.write_text(
        "“Come in,” said Ada Finch.\n\n“I will,” said Tom Reed.\n\n“Rain.”\n\n“Sit,” said Ada.\n",
        encoding="utf-8",
    )
    book = annotated_book(story)
    assert [speaker.partition("-")[0] for speaker in book.speakers] == ["ada", "tom", "", "ada"]
