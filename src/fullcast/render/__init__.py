"""A script performed: voices are cast, lines are spoken, and a timeline becomes files."""
