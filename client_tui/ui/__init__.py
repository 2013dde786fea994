"""Floor 2: the screen. The only room that knows textual."""

import os

# Textual reads it when it is imported. Who types sees a key after one of its ticks, or two: 33 ms at the 60 a
# second that it has by itself.
os.environ.setdefault("TEXTUAL_FPS", "120")
