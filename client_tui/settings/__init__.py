"""Floor 1: flags over environment over a TOML file become one frozen `Settings`.

What a user typed wrong comes back as a value, a `Wrong`, that names the place and the remedy.
"""

from client_tui.settings.load import load
from client_tui.settings.model import Settings
from client_tui.settings.wrong import Wrong

__all__ = ["Settings", "Wrong", "load"]
