"""The reading network as a file: loaded, checked against its card, and asked.

A network is a folder: ``network.onnx``, ``tokenizer.json``, ``weights.txt`` and ``reranker.npz``
(how evidence tells beside it) and ``card.json``, which says what these are, where they come from,
and their hashes. A file that is not what its card says is not used.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onnxruntime
from tokenizers import Tokenizer

from fullcast.errors import NetworkError
from fullcast.infer import NETWORK as SHIPPED
from fullcast.infer.encode import INPUTS, SLOTS, TRAITS, WINDOW, Window, collate
from fullcast.infer.reader import Answers, NetworkReader
from fullcast.infer.scorer import RERANKER, WEIGHTS, Scorer, load_scorer
from fullcast.infer.story import Beliefs, Story

SCHEMA = "fullcast.network/1"
NETWORK, TOKENIZER, CARD = "network.onnx", "tokenizer.json", "card.json"
HASHES = {
    NETWORK: "sha256",
    TOKENIZER: "tokenizer_sha256",
    WEIGHTS: "weights_sha256",
    RERANKER: "reranker_sha256",
}
"""Under which key of the card each file's SHA-256 stands; a network may come without the last."""
_ADVICE = "install Fullcast again, or name another network's folder"


class Network:
    """A loaded network. Made by :func:`load_network`; may be shared between stories."""

    def __init__(
        self,
        session: onnxruntime.InferenceSession,
        tokenizer: Tokenizer,
        scorer: Scorer,
        card: Mapping[str, Any],
    ) -> None:
        """Hold what was loaded."""
        self._session = session
        self.tokenizer = tokenizer
        self.scorer = scorer
        """How evidence tells beside the network's."""
        self.name = f"{card['name']} {card['sha256'][:12]}"
        """Its name, and the beginning of its hash."""
        self.sha256: str = card["sha256"]

    def open(self, story: Story, likely: Sequence[Beliefs]) -> NetworkReader:
        """Open a story, to be read as answers come in."""
        return NetworkReader(story, likely, self)

    def answer(self, window: Window) -> Answers:
        """Read a window.

        Alone: among others its 8-bit sums would round otherwise, and what comes out of a window
        would depend on what it was read with. One window fills both cores.
        """
        lines, slots = len(window.lines), len(window.slots)
        speakers, addressees, mentions = self._session.run(None, collate([window]))
        return Answers(
            speakers=speakers[0, :lines, :slots],
            addressees=addressees[0, :lines, :slots],
            mentions=mentions[0, : len(window.mentions), :slots],
        )


def load_network(folder: Path | None = None) -> Network:
    """Load the network in a folder, or the one that came with Fullcast.

    Args:
        folder: Holds its files.

    Raises:
        NetworkError: A file is missing, is not what its card says, or is not one of ours.
    """
    folder = SHIPPED if folder is None else folder
    card = _read_card(folder / CARD)
    for name, key in HASHES.items():
        if name != RERANKER or key in card or (folder / name).exists():
            _check(folder / name, card.get(key, ""))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            str(folder / NETWORK), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        scorer = load_scorer(folder)
    except Exception as error:
        raise NetworkError(
            f"{folder}: the network cannot be loaded ({error}); {_ADVICE}"
        ) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if {i.name for i in session.get_inputs()} != set(INPUTS):
        raise NetworkError(f"{folder / NETWORK} asks for other inputs than Fullcast has; {_ADVICE}")
    return Network(session, tokenizer, scorer, card)


def _read_card(path: Path) -> dict[str, Any]:
    try:
        card = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise NetworkError(f"{path}: there is no network's card here; {_ADVICE}") from None
    except (OSError, ValueError) as error:
        raise NetworkError(f"{path}: the network's card cannot be read ({error})") from error
    if not isinstance(card, dict) or card.get("schema") != SCHEMA:
        raise NetworkError(f"{path}: not the card of a network for {SCHEMA}; {_ADVICE}")
    sizes = {"window": WINDOW, "slots": SLOTS, "traits": TRAITS}
    told = {key: card.get(key) for key in sizes}
    if told != sizes:
        raise NetworkError(f"{path}: made for {told}, but this Fullcast has {sizes}; {_ADVICE}")
    missing = {"name", *HASHES.values()} - {HASHES[RERANKER]} - card.keys()
    if missing:
        raise NetworkError(f"{path}: the card does not tell {', '.join(sorted(missing))}")
    return card


def _check(path: Path, sha256: str) -> None:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise NetworkError(f"{path}: cannot be read ({error.strerror}); {_ADVICE}") from error
    if found != sha256:
        raise NetworkError(f"{path} is not the file its card describes: damaged, or another's")
