"""The reading network at work: from a story to who says each line, as numbers."""
