"""Who answers when something is measured: the rules alone, or with a network."""

import argparse
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from fullcast.errors import NetworkError
from fullcast.infer import SHIPPED
from fullcast.infer.network import Network, load_network, parse_weights

RULES = files("fullcast.analysis.lexicon") / "speaker_weights.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What the rules weigh evidence with, and the SHA-256 of the file that says so."""

    table: Mapping[str, float]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Who answers: the rules, and the network where there is one."""

    weights: Mapping[str, float]
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
        "--weights", type=Path, metavar="FILE", help="the rules weigh by this, by fit_rules"
    )


def read_judge(options: argparse.Namespace) -> Judge:
    """Load whoever answers, as :func:`add_judge` has it."""
    weights = read_weights(options.weights or RULES)
    if options.model == "rules" or (options.model is None and not SHIPPED.exists()):
        return Judge(weights=weights.table, network=None, name="rules", sha256=weights.sha256)
    try:
        network = load_network(Path(options.model) if options.model else None)
    except NetworkError as error:
        raise SystemExit(str(error)) from error
    return Judge(weights=weights.table, network=network, name=network.name, sha256=network.sha256)


def read_weights(file: Path | Traversable) -> Weights:
    """Read lines of a weight and its evidence's name; ``#`` opens a remark."""
    try:
        data = file.read_bytes()
        table = parse_weights(data.decode())
    except (OSError, ValueError) as error:
        raise SystemExit(f"{file} holds no weights: {error}") from error
    return Weights(table=table, sha256=hashlib.sha256(data).hexdigest())
