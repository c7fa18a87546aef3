"""The scorer: weights as lines, and the re-ranker as arrays."""

from pathlib import Path

import numpy as np
import pytest

from fullcast.infer.scorer import RERANKER, WEIGHTS, Question, Reranker, load_scorer, rules_scorer

NAMES, AROUND, HIDDEN = ("belief", "called"), ("turn",), 4


def arrays(count: int = 1, *, trust: float = 1.0, **given: np.ndarray) -> dict[str, np.ndarray]:
    """Return a re-ranker that knows nothing: the chain's belief is all that counts."""
    shapes = {
        "candidate": (count, len(NAMES), HIDDEN), "turn": (count, len(AROUND), HIDDEN),
        "bias": (count, HIDDEN), "scale": (count, HIDDEN), "shift": (count, HIDDEN),
        "inner": (count, HIDDEN, HIDDEN), "inner_bias": (count, HIDDEN),
        "outer": (count, 3 * HIDDEN, HIDDEN), "outer_bias": (count, HIDDEN),
        "last": (count, HIDDEN),
    }  # fmt: skip
    blank: dict[str, np.ndarray] = {name: np.zeros(shape) for name, shape in shapes.items()}
    blank |= {
        "trust": np.full(count, trust),
        "names": np.array(NAMES),
        "turn_names": np.array(AROUND),
    }
    return blank | given


def test_without_knowledge_the_chain_is_believed() -> None:
    candidates = {"ada": {"belief": 0.75}, "tom": {"belief": 0.25, "never heard of": 9.0}}
    (found,) = Reranker(arrays()).rank([Question({"nor of this": 1.0}, candidates)])
    assert found == pytest.approx({"ada": 0.75, "tom": 0.25}, abs=0.001)


def test_networks_are_averaged() -> None:
    candidates = {"ada": {"belief": 0.75}, "tom": {"belief": 0.25}}
    believer = arrays(2, trust=0.0) | {"trust": np.array([1.0, 0.0])}
    (found,) = Reranker(believer).rank([Question({}, candidates)])
    assert found == pytest.approx({"ada": 0.625, "tom": 0.375}, abs=0.001)


def test_evidence_tells() -> None:
    eye = np.eye(HIDDEN)[None]
    knowing = arrays(
        candidate=np.array([[[0.0] * HIDDEN, [9.0, 0, 0, 0]]]),
        scale=np.ones((1, HIDDEN)),
        inner=eye,
        outer=np.concatenate((eye, 0 * eye, 0 * eye), axis=1),
        last=np.array([[5.0, 0, 0, 0]]),
    )
    candidates = {"ada": {"belief": 0.5}, "tom": {"belief": 0.5, "called": 1.0}}
    (found,) = Reranker(knowing).rank([Question({}, candidates)])
    assert found["tom"] > 0.9


def test_company_changes_nothing() -> None:
    reranker, rng = rules_scorer().reranker, np.random.default_rng(7)
    assert reranker
    names = sorted(reranker._candidate_places)

    def question(count: int) -> Question:
        rows = ({name: float(rng.random()) for name in names} for _ in range(count))
        return Question({}, {f"c{n}": row | {"belief": 1 / count} for n, row in enumerate(rows)})

    questions = [question(int(count)) for count in (*rng.integers(1, 12, 60), 70, 3)]
    assert list(reranker.rank(questions)) == [next(reranker.rank([q])) for q in questions]


def test_a_folder_may_hold_weights_alone(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_text("# remark\n0.50 network: turn\n", encoding="utf-8")
    scorer = load_scorer(tmp_path)
    assert (scorer.weights, scorer.reranker) == ({"network: turn": 0.5}, None)


def test_a_reranker_that_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_text("", encoding="utf-8")
    (tmp_path / RERANKER).write_bytes(b"no archive")
    with pytest.raises(ValueError, match="pickle"):
        load_scorer(tmp_path)


def test_the_rules_have_one() -> None:
    assert rules_scorer().weights
    assert rules_scorer().reranker is not None
