"""Use cases: the one place where reading, understanding and writing meet."""
