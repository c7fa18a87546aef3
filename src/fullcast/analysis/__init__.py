"""Understand a book: its quotations, its cast, and who says what. Knows no files."""

from fullcast.analysis.pipeline import Analysis, analyze

__all__ = ["Analysis", "analyze"]
