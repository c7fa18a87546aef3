"""What the narration tells around the talk: how it is said, what is done, thought, who is there."""
