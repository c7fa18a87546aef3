"""Whom the text means: every mention of a person, by name, description or pronoun, and by whom."""

from fullcast.analysis.references.resolve import find_mentions

__all__ = ["find_mentions"]
