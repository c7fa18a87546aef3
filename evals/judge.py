"""Who answers when something is measured: the rules alone, or with a network."""

import argparse
import hashlib
from dataclasses import dataclass
from pathlib import Path

from fullcast.errors import NetworkError
from fullcast.infer import NETWORK, RULES
from fullcast.infer.network import Network, load_network
from fullcast.infer.scorer import RERANKER, WEIGHTS, Scorer, load_scorer


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Who answers: the rules, and the network where there is one."""

    scorer: Scorer
    network: Network | None
    name: str
    sha256: str


def add_judge(parser: argparse.ArgumentParser) -> None:
    """Declare the options that say who answers."""
    parser.add_argument(
        "--model",
        metavar="MODEL",
        help="a network's folder, or 'rules' for rules alone; the network that came with Fullcast "
        "where not given",
    )
    parser.add_argument(
        "--scorer", type=Path, default=RULES, metavar="FOLDER", help="the rules judge with this"
    )


def read_judge(options: argparse.Namespace) -> Judge:
    """Load whoever answers, as :func:`add_judge` has it."""
    scorer = read_scorer(options.scorer)
    if options.model == "rules" or (options.model is None and not NETWORK.exists()):
        return Judge(scorer=scorer, network=None, name="rules", sha256=_hash(options.scorer))
    try:
        network = load_network(Path(options.model) if options.model else None)
    except NetworkError as error:
        raise SystemExit(str(error)) from error
    return Judge(scorer=scorer, network=network, name=network.name, sha256=network.sha256)


def read_scorer(folder: Path) -> Scorer:
    """Load a scorer, or say why not."""
    try:
        return load_scorer(folder)
    except (OSError, ValueError) as error:
        raise SystemExit(f"{folder} holds no scorer: {error}") from error


def _hash(folder: Path) -> str:
    """Return the SHA-256 of a scorer's files, one after the other."""
    files = [folder / name for name in (WEIGHTS, RERANKER)]
    return hashlib.sha256(b"".join(f.read_bytes() for f in files if f.exists())).hexdigest()
