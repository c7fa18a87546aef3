"""The reading network at work: from a story to who says each line, as numbers."""

from pathlib import Path

SHIPPED = Path(__file__).with_name("shipped")
"""The folder of the network that comes with Fullcast, where one does."""
