"""Decide who speaks: evidence for each candidate, weighed along the conversation."""
