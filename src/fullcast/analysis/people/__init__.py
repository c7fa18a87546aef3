"""Find the people that a text names: their names, joined into characters, and their gender."""
