"""Set the scene for the rules: tags, calls, places; and who is who beyond their names."""
