"""Compare the network's speed with an encoder of ModernBERT-large's size, over the same windows.

    pip install torch==2.13.0 transformers
    python -m training.compare NOVEL [--network FOLDER] [--windows 8]

The best published system reads with such an encoder. Ours has random weights: what is compared is
arithmetic, not answers. NOVEL is a folder in PDNC's format. Both read one window after another, on
all cores, in 32-bit floats (ours with 8-bit matrices, as it is shipped).
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from transformers import ModernBertConfig, ModernBertModel

from evals.pdnc import read_novel
from fullcast.analysis.speakers.conversation import Conversation
from fullcast.analysis.speakers.story import tell
from fullcast.infer.encode import Encoder, collate, cut, frame_of, place_windows
from fullcast.infer.network import load_network
from fullcast.infer.scorer import rules_scorer
from training.fit_rules import scene_of

LARGE: dict[str, Any] = {
    "hidden_size": 1024,
    "intermediate_size": 2624,
    "num_hidden_layers": 28,
    "num_attention_heads": 16,
}
"""ModernBERT-large, as its authors describe it (Warner et al., 2024): 395M parameters."""


def main() -> None:
    """Read the same windows with both and print how long each took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("novel", type=Path)
    parser.add_argument("--network", type=Path, metavar="FOLDER")
    parser.add_argument("--windows", type=int, default=8)
    options = parser.parse_args()
    network = load_network(options.network)
    scene, steps = scene_of(read_novel(options.novel))
    story = tell(scene)
    pieces = cut(story, network.tokenizer)
    likely = Conversation(scene, steps, rules_scorer()).beliefs
    encoder = Encoder(story, pieces, frame_of(network.tokenizer), likely)
    places = list(place_windows(pieces))[: options.windows]
    windows = [encoder.window(place, {}) for place in places]
    count = sum(len(window.ids) for window in windows)
    ours = _seconds(lambda: [network.answer(window) for window in windows], times=3)
    large = ModernBertModel(ModernBertConfig(**LARGE)).train(mode=False)
    feeds = [collate([window]) for window in windows]

    def read_large() -> None:
        with torch.no_grad():
            for feed in feeds:
                large(torch.from_numpy(feed["ids"]), torch.from_numpy(feed["mask"]).long())

    theirs = _seconds(read_large, times=1)
    print(f"{len(windows)} windows, {count} word pieces")
    print(f"ours             {ours:8.2f} s  {count / ours:8.0f} pieces a second")
    print(f"ModernBERT-large {theirs:8.2f} s  {count / theirs:8.0f} pieces a second")
    print(json.dumps({"pieces": count, "ours_s": ours, "large_s": theirs, "ratio": theirs / ours}))


def _seconds(work: Callable[[], object], times: int) -> float:
    """Return the best of several times."""
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


if __name__ == "__main__":
    main()
