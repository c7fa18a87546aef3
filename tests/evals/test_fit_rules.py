"""The fit of the rules' weights: which novels it takes, and what its file says of that."""

from pathlib import Path

import pytest
from novels import write_novel

from evals.judge import read_scorer
from training import fit_rules


@pytest.fixture
def fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("Rain", "Snow", "Wind"):
        write_novel(tmp_path / "novels" / name)
    monkeypatch.setattr(fit_rules, "STEPS", 2)

    def run(*arguments: str) -> None:
        command = ["fit_rules", str(tmp_path / "novels"), *arguments]
        monkeypatch.setattr("sys.argv", command)
        fit_rules.main()

    return run


def test_the_file_says_what_it_was_fitted_on(fit, tmp_path: Path) -> None:
    folder = tmp_path / "scorer"
    target = folder / "weights.txt"
    fit("--scorer", str(folder))
    assert "on 3 novels of PDNC's first release. CC0-1.0." in target.read_text("utf-8")
    fit("--scorer", str(folder), "--leave-out", "Rain,Wind")
    head, *lines = target.read_text("utf-8").splitlines()
    assert head.endswith("on 1 novels of PDNC's first release, without Rain, Wind. CC0-1.0.")
    assert len(read_scorer(folder).weights) == len(lines) > 0


def test_an_unknown_novel_cannot_be_left_out(fit) -> None:
    with pytest.raises(SystemExit, match="does not hold Hail; it holds: Rain, Snow, Wind"):
        fit("--leave-out", "Rain,Hail")
