"""Floor 2: the screen. The only room that knows textual."""
