"""Floor 1: a frame becomes lines of styled text. Nothing in here raises, whatever the payload."""
