"""Understand a book: its quotations, its cast, and who says what. Knows no files."""

from fullcast.analysis.pipeline import analyze

__all__ = ["analyze"]
