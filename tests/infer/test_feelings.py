"""The network that tells what lines are felt with, on a toy of it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullcast.infer.feelings import (
    EMOTIONS,
    NAME,
    PIECES,
    Cues,
    FeelingNetwork,
    load_feelings,
    pieces,
    tokens,
)
from fullcast.model import Emotion

WORDS = [NAME, "no", "never", "glad", "!", "."]
LINES = st.lists(st.lists(st.sampled_from([*WORDS, "unheard", "Tom"]), max_size=9), max_size=5)


def toy() -> dict[str, np.ndarray]:
    chance = np.random.default_rng(0)
    numbers = chance.normal
    return {
        "words": np.frombuffer("\n".join(WORDS).encode(), dtype=np.uint8),
        "vectors": chance.integers(-127, 127, (len(WORDS), 4)).astype(np.int8),
        "pieces": chance.integers(-127, 127, (PIECES, 4)).astype(np.int8),
        "scales": np.full(4, 0.01),
        "filters": numbers(size=(3, 4, 6)),
        "filter_bias": numbers(size=6),
        "most": numbers(size=(6, 9)),
        "mean": numbers(size=(6, 9)),
        "bias": numbers(size=9),
        "share": np.full(1, 0.02),
        "prior": np.zeros(9),
        "cues": np.array([3.0, 2.0, 1.0]),
    }


NETWORK = FeelingNetwork(toy())


@pytest.mark.parametrize(
    ("line", "forms"),
    [
        ("“Don’t, Tom -- please!”", ["don't", ",", "Tom", "—", "please", "!"]),
        ("Well... In 1815?", ["well", "…", "in", "0", "?"]),
        ("“—”", ["—"]),
        ("", []),
    ],
)
def test_the_tokens_of_a_line(line: str, forms: list[str]) -> None:
    assert [form for form, _, _ in tokens(line)] == forms


@given(st.text())
def test_tokens_have_their_places(line: str) -> None:
    ends = [0]
    for _, start, end in tokens(line):
        assert ends[-1] <= start < end <= len(line)
        ends.append(end)


def test_a_word_has_pieces_however_short() -> None:
    assert len(pieces("a")) == 3
    assert all(0 <= piece < PIECES for piece in pieces("unheard-of"))


@given(LINES)
def test_each_word_has_its_part_in_the_log_odds(lines: list[list[str]]) -> None:
    for line, (parts, odds) in zip(lines, NETWORK.weigh(lines), strict=True):
        assert parts.shape == (len(line), len(EMOTIONS))
        assert odds == pytest.approx(parts.sum(0) + toy()["bias"], abs=1e-4)


@given(LINES)
def test_a_line_is_judged_alike_whatever_stands_beside_it(lines: list[list[str]]) -> None:
    together = [odds for _, odds in NETWORK.weigh(lines)]
    alone = [odds for line in lines for _, odds in NETWORK.weigh([line])]
    assert np.allclose(together, alone, atol=1e-4)


@given(LINES)
def test_probabilities_sum_to_one_the_most_likely_first(lines: list[list[str]]) -> None:
    for emotions, _ in NETWORK.read(lines, [()] * len(lines)):
        shares = [share for _, share in emotions]
        assert {emotion for emotion, _ in emotions} == set(Emotion)
        assert sum(shares) == pytest.approx(1)
        assert shares == sorted(shares, reverse=True)


def test_what_is_told_makes_an_emotion_likelier() -> None:
    def fear(*told: tuple[Cues, Emotion]) -> float:
        [(emotions, _)] = NETWORK.read([["no", "!"]], [told])
        return dict(emotions)[Emotion.FEAR]

    assert fear((Cues.PHRASE, Emotion.FEAR)) > fear((Cues.BESIDE, Emotion.FEAR)) > fear()
    assert fear((Cues.VERB, Emotion.JOY)) < fear()


def test_a_network_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "toy.npz"
    np.savez_compressed(path, **toy())
    lines = [["glad", "!"], []]
    expected = list(NETWORK.read(lines, [(), ()]))
    assert list(load_feelings(path).read(lines, [(), ()])) == expected
