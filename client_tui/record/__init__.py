"""Floor 1: the only room that knows files. What is kept is the user's alone to read."""
