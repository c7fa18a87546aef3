"""The card of a network's folder: what its files are, and their hashes."""

import hashlib
import json
from pathlib import Path
from typing import Any

from fullcast.infer.network import CARD, HASHES


def write_card(folder: Path, told: dict[str, Any]) -> None:
    """Write the card of a folder, hashes last."""
    hashes = {
        key: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name, key in HASHES.items()
        if (folder / name).exists()
    }
    text = json.dumps(told | hashes, indent=1, ensure_ascii=False)
    (folder / CARD).write_text(text + "\n", encoding="utf-8")


def stamp(folder: Path) -> None:
    """Write the hashes of a folder's files into its card anew."""
    write_card(folder, json.loads((folder / CARD).read_text(encoding="utf-8")))
