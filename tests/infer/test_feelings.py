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
    Judged,
    Line,
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
        "places": 0.02 * numbers(size=(7, 12, 10)),
        "base": np.zeros(10),
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


def read(lines: list[list[str]]) -> list[Judged]:
    return list(NETWORK.read([Line(words) for words in lines]))


@given(LINES)
def test_each_word_has_its_part_in_the_log_odds(lines: list[list[str]]) -> None:
    looks = NETWORK.look([Line(words) for words in lines])
    for words, judged, look in zip(lines, read(lines), looks, strict=True):
        best = EMOTIONS.index(judged.emotions[0][0])
        assert len(judged.parts) == len(words)
        assert sum(judged.parts) == pytest.approx(look[0] @ toy()["places"][0, :, best], abs=1e-3)


@given(LINES)
def test_a_line_by_itself_is_weighed_alike_whatever_stands_beside_it(
    lines: list[list[str]],
) -> None:
    alone = [odds for line in lines for odds in NETWORK.weigh([line])]
    assert np.allclose(list(NETWORK.weigh(lines)), alone, atol=1e-4)


@given(LINES)
def test_two_lines_on_either_side_count_and_no_more(lines: list[list[str]]) -> None:
    others = [["glad", "!"], ["never"]]
    assert read([["glad"], *others, *lines])[3:] == read([["no"], *others, *lines])[3:]
    near = [read([["glad", first], *others])[2].warmth for first in ("no", "!")]
    assert near[0] != near[1]


def test_narration_beside_a_line_counts() -> None:
    [plain], [told], [behind] = (
        list(NETWORK.read([line]))
        for line in (
            Line(["no"]),
            Line(["no"], before=["glad"]),
            Line(["no"], behind=["glad"]),
        )
    )
    assert len({plain.warmth, told.warmth, behind.warmth}) == 3


@given(LINES)
def test_probabilities_sum_to_one_the_most_likely_first(lines: list[list[str]]) -> None:
    for judged in read(lines):
        shares = [share for _, share in judged.emotions]
        assert {emotion for emotion, _ in judged.emotions} == set(Emotion)
        assert sum(shares) == pytest.approx(1)
        assert shares == sorted(shares, reverse=True)
        assert -1 <= judged.warmth <= 1


def test_what_is_told_makes_an_emotion_likelier() -> None:
    def fear(*told: tuple[Cues, Emotion]) -> float:
        [judged] = NETWORK.read([Line(["no", "!"], cues=told)])
        return dict(judged.emotions)[Emotion.FEAR]

    assert fear((Cues.PHRASE, Emotion.FEAR)) > fear((Cues.BESIDE, Emotion.FEAR)) > fear()
    assert fear((Cues.VERB, Emotion.JOY)) < fear()


def test_a_network_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "toy.npz"
    np.savez_compressed(path, **toy())
    lines = [Line(["glad", "!"]), Line([])]
    assert list(load_feelings(path).read(lines)) == list(NETWORK.read(lines))
