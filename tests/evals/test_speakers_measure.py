"""The measure of who-says-what, from a folder of novels to its last line."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from novels import LINES, write_novel

from evals.judge import read_scorer
from evals.speakers import (
    Item,
    _by_gold_roster,
    errors_removed,
    expected_calibration_error,
    main,
)
from fullcast.infer import RULES
from fullcast.infer.scorer import RERANKER, WEIGHTS, Scorer
from fullcast.model import Annotations, Attribution, Quotation, Span

KINDS = {"explicit", "anaphoric", "implicit"}
KEYS: dict[str, Any] = {
    "track": None,
    "novels": None,
    "quotations": None,
    "accuracy": {"all", "macro", "no_minor", *KINDS},
    "sub_quotations": {"all"},
    "detection": {"precision", "recall", "f1"},
    "addressee": {"one", "set"},
    "calibration": {"ece", "errors_removed_at_10pct"},
    "words_per_second": None,
    "peak_mb": None,
    "model": {"name", "sha256"},
}


def item(*, right: bool, probability: float) -> Item:
    return Item(
        novel="Rain",
        kind="explicit",
        minor=False,
        parts=1,
        right=right,
        probability=probability,
        addressees_right=False,
        one_addressee=None,
    )


def measure(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    main(arguments)
    result: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return result


@pytest.fixture
def novels(tmp_path: Path) -> str:
    for name in ("Rain", "Wind"):
        write_novel(tmp_path / name)
    return str(tmp_path)


@pytest.mark.parametrize("track", ["roster", "raw"])
class TestMain:
    def test_the_last_line_has_every_key(
        self, novels: str, track: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        found = measure(capsys, novels, "--track", track)
        assert list(found) == list(KEYS)
        for key, inner in KEYS.items():
            if inner is not None:
                assert found[key].keys() >= inner, key
        assert found["track"] == track
        assert found["novels"] == ["Rain", "Wind"]
        assert found["quotations"] == 2 * len(LINES)
        assert found["words_per_second"] > 0
        assert found["peak_mb"] > 0

    def test_shares_are_fractions_or_unknown(
        self, novels: str, track: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        found = measure(capsys, novels, "--track", track)
        for key in ("accuracy", "detection", "addressee", "calibration"):
            for share in found[key].values():
                assert share is None or 0 <= share <= 1
        known = {share is not None for share in found["detection"].values()}
        assert known == {track == "raw"}

    def test_what_is_plain_is_right(
        self, novels: str, track: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        accuracy = measure(capsys, novels, "--track", track)["accuracy"]
        # Ada, Tom, Ada, Tom and Mrs. Vane; the children are nobody in the cast.
        assert accuracy["all"] == accuracy["macro"] == pytest.approx(5 / 6, abs=1e-4)
        assert accuracy["explicit"] == 0.75
        assert accuracy["implicit"] == accuracy["anaphoric"] == 1.0
        assert accuracy["no_minor"] == 0.8

    def test_some_novels_only(
        self, novels: str, track: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        found = measure(capsys, novels, "--track", track, "--novels", "Wind")
        assert found["novels"] == ["Wind"]
        assert found["quotations"] == len(LINES)

    def test_the_same_each_time(
        self, novels: str, track: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        one, other = (measure(capsys, novels, "--track", track) for _ in range(2))
        for key in ("words_per_second", "peak_mb"):
            del one[key], other[key]
        assert one == other

    def test_an_unknown_novel_ends_it(self, novels: str, track: str) -> None:
        with pytest.raises(SystemExit, match="does not hold Snow; it holds: Rain, Wind"):
            main([novels, "--track", track, "--novels", "Rain,Snow"])


def test_everything_plain_is_detected(novels: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = measure(capsys, novels, "--track", "raw")
    assert found["detection"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_the_table_has_a_row_for_each_novel(
    novels: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main([novels, "--track", "roster"])
    rows = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert rows[:-1] == ["roster", "Rain", "Wind", "all"]


@pytest.mark.parametrize("arguments", [[], ["--track", "raw"], ["DIR", "--track", "other"]])
def test_wrong_arguments_end_it(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_calibration() -> None:
    items = [
        item(right=True, probability=0.95),
        item(right=True, probability=0.95),
        item(right=False, probability=0.95),
        item(right=False, probability=0.15),
    ]
    # The upper bin: |2.85 - 2| = 0.85; the lower: |0.15 - 0| = 0.15; together 1 over 4.
    assert expected_calibration_error(items) == 0.25
    assert expected_calibration_error([item(right=True, probability=1.0)]) == 0.0
    assert expected_calibration_error([]) is None


def test_errors_removed_by_checking_the_least_certain() -> None:
    sure = [item(right=True, probability=0.9)] * 17
    doubtful = [
        item(right=False, probability=0.2),
        item(right=True, probability=0.3),
        item(right=False, probability=0.8),
    ]
    # Two of twenty are looked at: one of the two errors is among them.
    assert errors_removed([*sure, *doubtful]) == 0.5
    assert errors_removed(sure) is None
    assert errors_removed([]) is None


def test_a_model_may_be_named(novels: str, capsys: pytest.CaptureFixture[str]) -> None:
    measure(capsys, novels, "--track", "roster", "--model", "rules")


def test_a_figure_says_which_scorer_gave_it(
    novels: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = b"".join((RULES / name).read_bytes() for name in (WEIGHTS, RERANKER))
    rules = ("--track", "roster", "--model", "rules")
    found = measure(capsys, novels, *rules)
    assert found["model"] == {"name": "rules", "sha256": hashlib.sha256(shipped).hexdigest()}
    (tmp_path / WEIGHTS).write_text("# none\n", encoding="utf-8")
    found_with_none = measure(capsys, novels, *rules, "--scorer", str(tmp_path))
    assert found_with_none["model"]["sha256"] == hashlib.sha256(b"# none\n").hexdigest()
    assert found_with_none["calibration"] != found["calibration"]


def test_weights_have_names_of_several_words(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_bytes(b"# remark\n\n-0.50 again after 0\n1.00 called\n")
    assert read_scorer(tmp_path) == Scorer({"again after 0": -0.5, "called": 1.0})


@pytest.mark.parametrize("content", [b"heavy again\n", b"\xff\n", None])
def test_a_folder_without_weights_ends_it(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / WEIGHTS).write_bytes(content)
    with pytest.raises(SystemExit, match="holds no scorer: "):
        read_scorer(tmp_path)


def test_of_ties_the_first_are_looked_at() -> None:
    tied = [item(right=number > 0, probability=0.5) for number in range(10)]
    assert errors_removed(tied) == 1.0
    assert errors_removed(tied[::-1]) == 0.0


def quotation(start: int, end: int) -> Quotation:
    return Quotation(spans=(Span(start, end),))


def test_answers_are_joined_by_quotation() -> None:
    given = [quotation(0, 4), quotation(6, 8), quotation(6, 9), quotation(10, 12)]
    answers = [
        Attribution(quotation=q.id, speaker=speaker, probability=1.0)
        for q, speaker in ((given[3], "d"), (given[1], "b"), (given[2], "c"))
    ]
    found = _by_gold_roster(given, Annotations(attributions=tuple(answers)))
    assert {g: answer.speaker for g, answer in found.items()} == {1: "b", 2: "b", 3: "d"}
