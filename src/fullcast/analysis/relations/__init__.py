"""What people are to each other, and how that moves along the story."""
