"""A second opinion on doubtful lines, from a language model that somebody runs or pays for."""

from fullcast.opinions.llm import Llm

__all__ = ["Llm"]
