"""The terminal that a screen needs: whether it is there, and how to have it beside a pipe."""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import suppress

from client_tui.core.errors import ClientError


def why_no_screen() -> str:
    """Return what keeps a screen from being shown here, in words; "" where nothing does."""
    from client_tui.ending import missing_terminal

    stream = missing_terminal()
    return f"{stream} is not a terminal: start it where the screen and the keyboard are" if stream else ""


def move_standard_input() -> int:
    """Return a descriptor of what standard input is, and put the terminal in its place: keys come from there.

    Raises:
        ClientError: nothing comes through standard input, or there is no terminal.

    """
    if sys.__stdin__ is None:
        raise ClientError("standard input is closed", "pipe a recording into it, or name its file")
    if sys.__stdin__.isatty():
        raise ClientError("standard input is the terminal", "pipe a recording into it, or name its file")
    moved = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, 3)
    keyboard = _open_terminal()
    os.dup2(keyboard, 0)
    os.close(keyboard)
    return moved


def _open_terminal() -> int:
    """Open the terminal by its name: some systems cannot wait for what comes from /dev/tty."""
    for descriptor in (2, 1):
        with suppress(OSError):
            return os.open(os.ttyname(descriptor), os.O_RDWR | os.O_NOCTTY)
    try:
        return os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        raise ClientError("there is no terminal", "start it where the screen and the keyboard are") from None
