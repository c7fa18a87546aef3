"""Measures of what Fullcast does, on annotated stories. Not in the wheel."""
