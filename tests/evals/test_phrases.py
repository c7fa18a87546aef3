"""What is asked to learn where mentions begin and end."""

from dataclasses import replace
from pathlib import Path

import pytest
from excerpts import write_litbank

from evals.excerpts import read_excerpts
from fullcast.analysis import analyze
from training.phrases import Odds, Taught, ends_asked, starts_asked, teach


@pytest.fixture
def taught(tmp_path: Path) -> Taught:
    (excerpt,) = read_excerpts(write_litbank(tmp_path))
    return teach(excerpt, analyze(excerpt.book))


def test_mentions_hang_on_their_nouns(taught: Taught) -> None:
    forms = taught.grammar.words.forms
    told = {forms[head]: forms[a : b + 1] for head, (a, b) in taught.right.items()}
    assert told == {"Finch": ["Ada", "Finch"], "brother": ["brother"], "Tom": ["Tom"]}


def test_one_candidate_of_each_question_is_right(taught: Taught) -> None:
    asked = [*starts_asked(taught, Odds([taught])), *ends_asked(taught)]
    assert len(asked) == len(taught.heads) + len(taught.right)
    assert all(0 <= right < len(rows) for rows, right in asked)


def test_a_text_does_not_tell_its_own_odds(taught: Taught) -> None:
    told = {head: words for head, words in taught.right.items() if head == taught.heads[1]}
    taught = replace(taught, right=told)
    odds = Odds([taught, taught, taught])
    assert (odds.of("brother") or 0.0) > 0.0 > (odds.of("tom") or 0.0)
    assert odds.of("brother", but=taught) is None
    assert odds.of("table") is None
