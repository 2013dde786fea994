"""Floor 2: filter and search over a recording, in a child process: no expression can hold the screen up."""
