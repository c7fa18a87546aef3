"""How what is felt is measured."""

from pathlib import Path

import numpy as np
import pytest

from evals.feelings import (
    Label,
    SubtitleLine,
    agreement,
    compare,
    f1_scores,
    read_labels,
    read_xed,
)
from fullcast.infer.feelings import NAME
from fullcast.model import Emotion, Feeling

LABELS = Path(__file__).parent.parent.parent / "evals" / "feelings"
JOY, FEAR, NEUTRAL = Emotion.JOY, Emotion.FEAR, Emotion.NEUTRAL


def test_f1_of_each_column() -> None:
    found = np.array([[True, False], [True, True], [False, False]])
    wanted = np.array([[True, False], [False, True], [True, False]])
    assert f1_scores(found, wanted) == [0.5, 1.0]


def test_xed_is_read_with_its_neutral_lines(tmp_path: Path) -> None:
    (tmp_path / "xed-en-annotated.tsv").write_text("Run , [PERSON] !\t4, 7\n", encoding="utf-8")
    (tmp_path / "xed-en-neutral.txt").write_text("9\tOne moment.\n", encoding="utf-8")
    first, second = read_xed(tmp_path)
    assert first.emotions == {FEAR, Emotion.SURPRISE}
    assert first.tokens() == ["run", ",", NAME, "!"]
    assert second == SubtitleLine("One moment.", frozenset({NEUTRAL}))


def test_the_tenth_hangs_on_the_words_alone() -> None:
    spellings = ("Run , Tom !", "run, tom", "RUN TOM...")
    assert len({SubtitleLine(text, frozenset()).tenth for text in spellings}) == 1


def test_readers_who_agree_by_chance_alone_have_no_kappa() -> None:
    labels = [Label((JOY,), 1), Label((JOY,), 2), Label((FEAR,), -1), Label((FEAR,), -2)]
    a = dict(zip("wxyz", labels, strict=True))
    b = dict(zip("wxyz", [labels[0], labels[2], labels[1], labels[3]], strict=True))
    assert agreement(a, a)["readers: kappa"] == 1
    assert agreement(a, b)["readers: kappa"] == 0
    assert agreement(a, b)["readers: first the same"] == 0.5


def test_feelings_are_compared_with_labels() -> None:
    def felt(emotion: Emotion, share: float, valence: float) -> Feeling:
        return Feeling(quotation="q0", emotions=((emotion, share),), valence=valence)

    wanted = {"a": Label((JOY, FEAR), 1), "b": Label((FEAR,), -1), "c": Label((NEUTRAL,), 0)}
    found = {"a": felt(FEAR, 0.5, 0.2), "b": felt(FEAR, 0.5, -0.6)}
    result = compare(wanted, found)
    assert (result["lines"], result["accuracy"], result["either"]) == (3, 0.3333, 0.6667)
    assert result["valence r"] == pytest.approx(1)


def test_both_readers_read_the_same_lines() -> None:
    a, b = (read_labels(LABELS / f"labels_{reader}.csv") for reader in "ab")
    assert list(a) == list(b)
    assert len(a) == 300
    assert all(
        1 <= len(x.emotions) <= 2 and -2 <= x.valence <= 2 for x in (*a.values(), *b.values())
    )


def test_what_is_learnt_from_is_not_measured_on() -> None:
    learnt = read_labels(LABELS.parent.parent / "training" / "feelings" / "labels.csv")
    assert learnt.keys().isdisjoint(read_labels(LABELS / "labels_a.csv"))
