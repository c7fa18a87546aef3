"""A story's file to a ``Book``, by one reader for each kind of file."""

from fullcast.readers.reading import read_book

__all__ = ["read_book"]
