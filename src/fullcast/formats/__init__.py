"""Containers and markup that more than one part of Fullcast reads or writes."""
