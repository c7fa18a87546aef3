"""The reading network at work: from a story to who says each line, as numbers."""

from pathlib import Path

_SHIPPED = Path(__file__).with_name("shipped")
RULES = _SHIPPED / "rules"
"""The folder of the scorer that the rules judge with."""
NETWORK = _SHIPPED / "network"
"""The folder of the network that comes with Fullcast, where one does."""
REFERENCES = _SHIPPED / "references.npz"
"""The file of the rankers that find mentions of people and tell whom they mean."""
FEELINGS = _SHIPPED / "feelings.npz"
"""The file of the network that tells what a line is felt with."""
