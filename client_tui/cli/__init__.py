"""The command `jsonws-tui`: the only room where all the others meet."""

from client_tui.cli.command import main

__all__ = ["main"]
