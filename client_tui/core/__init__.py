"""Floor 0: what the client knows without a clock, a loop, a disk or a colour."""
