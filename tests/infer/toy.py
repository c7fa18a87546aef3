"""A network too small to read: everybody speaks by their share of the talk. Made by the tests."""

import hashlib
import json
import string
from pathlib import Path

import onnx
from onnx import TensorProto, helper
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from fullcast.infer.encode import SLOTS, TRAITS, WINDOW
from fullcast.infer.network import CARD, HASHES, NETWORK, SCHEMA, TOKENIZER
from fullcast.infer.scorer import WEIGHTS

WEIGHED = "# a remark\n0.50 network: turn\n1.00 salience\n-1.00 nobody\n"
_SHAPES = {
    "ids": "BT", "kinds": "BT", "owners": "BT", "who": "BIS", "items": "BI4", "mentions": "BM4",
    "lines": "BL4", "own": "BL", "traits": "BSF", "mask": "BT", "listed": "BS", "counted": "BN",
}  # fmt: skip
_TYPES = {
    "who": TensorProto.FLOAT, "traits": TensorProto.FLOAT,
    "mask": TensorProto.BOOL, "listed": TensorProto.BOOL, "counted": TensorProto.BOOL,
}  # fmt: skip


def make_network(folder: Path) -> Path:
    """Write the files of a network into a folder."""
    folder.mkdir(parents=True)
    onnx.save(_model(), folder / NETWORK)
    _tokenizer().save(str(folder / TOKENIZER))
    (folder / WEIGHTS).write_text(WEIGHED, encoding="utf-8")
    write_card(folder, {"name": "toy", "window": WINDOW, "slots": SLOTS, "traits": TRAITS})
    return folder


def write_card(folder: Path, told: dict[str, object]) -> None:
    """Write the card of a folder with its files' hashes; what is told goes before all else."""
    hashes = {
        key: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name, key in HASHES.items()
        if (folder / name).exists()
    }
    card = {"schema": SCHEMA, **hashes, **told}
    (folder / CARD).write_text(json.dumps(card), encoding="utf-8")


def _tokenizer() -> Tokenizer:
    letters = string.ascii_lowercase + string.digits + "“”‘’.,?!;:—-'\""
    words = ["[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{letter}" for letter in letters)]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def _model() -> onnx.ModelProto:
    inputs = [
        helper.make_tensor_value_info(
            name, _TYPES.get(name, TensorProto.INT64), [d if d.isalpha() else int(d) for d in shape]
        )
        for name, shape in _SHAPES.items()
    ]
    nodes = [helper.make_node("Gather", ["traits", "talk"], ["share"], axis=2)]
    nodes.append(helper.make_node("Unsqueeze", ["share", "one"], ["everybody"]))
    outputs = []
    for rows, source, name in (
        ("L", "lines", "speakers"),
        ("L", "lines", "addressees"),
        ("M", "mentions", "traced"),
    ):
        nodes += [
            helper.make_node("Gather", [source, "zero"], [f"{name}_at"], axis=2),
            helper.make_node("Cast", [f"{name}_at"], [f"{name}_place"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{name}_place", "nothing"], [f"{name}_none"]),
            helper.make_node("Unsqueeze", [f"{name}_none", "two"], [f"{name}_rows"]),
            helper.make_node("Add", [f"{name}_rows", "everybody"], [name]),
        ]
        outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["B", rows, "S"]))
    constants = {"talk": [TRAITS - 1], "zero": [0], "one": [1], "two": [2]}
    tensors = [
        helper.make_tensor(
            name,
            TensorProto.INT64,
            [len(numbers)] if name in ("one", "two") else [],
            numbers,
        )
        for name, numbers in constants.items()
    ]
    tensors.append(helper.make_tensor("nothing", TensorProto.FLOAT, [], [0.0]))
    graph = helper.make_graph(nodes, "toy", inputs, outputs, tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
