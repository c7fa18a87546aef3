"""Write a trained network as the folder that Fullcast loads: ONNX, tokenizer, card.

    python -m training.export DIR --run RUN --base BASE --scorer FOLDER -o FOLDER [--bits 8|32]

In 8 bits, matrices and embeddings are integers with a scale for each column. Fails unless ONNX in
float answers as torch does, on windows of a novel in DIR. What evidence weighs beside the network
is then fitted by ``python -m training.fit_rules DIR --network FOLDER``.
"""

import argparse
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from evals.judge import read_scorer
from evals.pdnc import find_novels
from fullcast.infer.encode import INPUTS, SLOTS, TRAITS, WINDOW, Array, collate, place_windows
from fullcast.infer.network import NETWORK, SCHEMA, TOKENIZER
from fullcast.infer.scorer import WEIGHTS
from training.cards import write_card
from training.examples import Reading, annotated_novel, encode
from training.network import Network, Shape
from training.train import plain_tokenizer

OUTPUTS = ("speakers", "addressees", "mentions_traced")
NEAR = 1e-3
"""How far ONNX in float may be from torch, in log-odds."""
_SCENE = re.compile(r"([a-z]\d\d)(-\d)?$")
"""How the files in training/scenes are called, and copies of them."""
_PASSAGE = re.compile(r"[a-z_]+-\d+$")
"""How those in training/passages are called."""
_FIXED = frozenset(("4", "F"))
_SHAPES = {
    "ids": "BT", "kinds": "BT", "owners": "BT", "who": "BIS", "items": "BI4", "mentions": "BM4",
    "lines": "BL4", "own": "BL", "traits": "BSF", "mask": "BT", "listed": "BS",
    "counted": "BN",
}  # fmt: skip


def main() -> None:
    """Export, quantise, check, and write the folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--run", type=Path, required=True, help="folder that training wrote")
    parser.add_argument("--base", type=Path, required=True, help="folder of the base's weights")
    parser.add_argument("--bits", type=int, choices=(8, 32), default=8)
    parser.add_argument("--scorer", type=Path, required=True, help="the rules', by fit_rules")
    parser.add_argument("--name", default="reader", help="the network's name, for people")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    network = Network(Shape())
    network.load_state_dict(torch.load(options.run / "network.pt", weights_only=True))
    network.eval()
    tokenizer = plain_tokenizer(options.base)
    novel = find_novels(options.folder)[0]
    batches = _batches(encode(annotated_novel(novel), read_scorer(options.scorer), tokenizer, None))
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "float.onnx"
        write_onnx(network, batches[0], full)
        check(network, batches, full)
        if options.bits == 8:
            quantise(full, options.output / NETWORK)
        else:
            full.replace(options.output / NETWORK)
    tokenizer.save(str(options.output / TOKENIZER))
    weights = (options.scorer / WEIGHTS).read_text(encoding="utf-8")
    (options.output / WEIGHTS).write_text(weights, encoding="utf-8")
    write_card(options.output, make_card(options.name, options.bits, options.run))
    print(f"{options.output}: {(options.output / NETWORK).stat().st_size / 1e6:.1f} MB")


def _batches(reading: Reading) -> list[dict[str, Array]]:
    """Return batches of several sizes."""
    places = list(place_windows(reading.encoder.pieces))
    windows = [reading.encoder.window(place, reading.settled) for place in places[:12]]
    return [collate(windows[low:high]) for low, high in ((0, 3), (3, 4), (4, 12))]


def _tensors(batch: dict[str, Array]) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(batch[name]) for name in INPUTS}


def write_onnx(network: Network, batch: dict[str, Array], path: Path) -> None:
    """Write ``network`` with every size but the fixed ones free."""
    free = {
        name: {n: torch.export.Dim.DYNAMIC for n, size in enumerate(shape) if size not in _FIXED}
        for name, shape in _SHAPES.items()
    }
    program = torch.onnx.export(
        network,
        (),
        kwargs=_tensors(batch),
        dynamic_shapes=free,
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        opset_version=23,  # the first with attention as one operator
        dynamo=True,
        verbose=False,
    )
    assert program is not None
    program.save(str(path))


def check(network: Network, batches: list[dict[str, Array]], path: Path) -> None:
    """Fail where the file does not answer as the network does."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for batch in batches:
        with torch.no_grad():
            wanted = network(**_tensors(batch))
        found = session.run(None, {name: batch[name] for name in INPUTS})
        for name, a, b in zip(OUTPUTS, wanted, found, strict=True):
            gap = float(np.abs(a.numpy() - np.asarray(b)).max())
            if gap > NEAR:
                raise SystemExit(f"ONNX and torch differ by {gap} in {name}")


def quantise(path: Path, output: Path) -> None:
    """Write the file anew with 8-bit matrices and embeddings."""
    quantize_dynamic(
        path,
        output,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
    model = onnx.load(output)
    del model.metadata_props[:]
    onnx.save(model, output)


def make_card(name: str, bits: int, run: Path) -> dict[str, Any]:
    """Return what a network's folder says of itself."""
    trained = json.loads((run / "data.json").read_text())["novels"]
    scenes = {found[1] for name in trained if (found := _SCENE.match(name))}
    passages = {name for name in trained if _PASSAGE.match(name)}
    novels = [n for n in trained if n not in passages and not _SCENE.match(n)]
    return {
        "schema": SCHEMA,
        "name": name,
        "what": "Who speaks each line of a story, to whom, and whom its pronouns mean.",
        "window": WINDOW,
        "slots": SLOTS,
        "traits": TRAITS,
        "bits": bits,
        "licence": "Apache-2.0",
        "base": "all-MiniLM-L6-v2, Apache-2.0",
        "trained_on": {
            "Project Dialogism Novel Corpus, first release (Vishnubhotla, Hammond, Hirst, 2022); "
            "texts in the public domain": novels,
            "Passages of LitBank's books, in the public domain, labelled in training/passages": (
                sorted(passages)
            ),
            "Present-day scenes, training/scenes, CC0-1.0": sorted(scenes),
        },
    }


if __name__ == "__main__":
    main()
