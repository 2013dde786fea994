"""The ends that come from outside: signals, each with its exit status, whether or not the screen reacts."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# The usual keyboard and screen; the cursor shown; no reports of mouse and focus, no bracketed paste.
_RESET: Final = (
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b[?2004l\x1b[0m"
)


async def run_until_signalled(
    run: Callable[[], Awaitable[object]], leave: Callable[[int], object], *, patience: float = 5.0
) -> None:
    """Await `run()`. On SIGINT, SIGTERM or SIGHUP call ``leave(status)``, which must make it return.

    `status` is 128 and the signal's number, as shells have it. Where `run` does not return
    within `patience` seconds (it may wait for a terminal that is gone), the process ends
    with that status all the same, the terminal as it was.
    """
    loop = asyncio.get_running_loop()
    restore = _terminal_restorer()
    timers: list[threading.Timer] = []

    def end(status: int) -> None:
        timer = threading.Timer(patience, _end_at_once, (restore, status))
        timer.daemon = True
        timer.start()
        timers.append(timer)
        leave(status)

    for number in _SIGNALS:
        loop.add_signal_handler(number, end, 128 + number)
    try:
        await run()
    finally:
        for timer in timers:
            timer.cancel()


def _terminal_restorer() -> Callable[[], None]:
    """Return what brings the terminal back to how it is now."""
    modes = _modes()

    def restore() -> None:
        with suppress(OSError, termios.error):  # the terminal may be gone
            if modes is not None:
                termios.tcsetattr(0, termios.TCSANOW, modes)
            os.write(2, _RESET.encode())

    return restore


def _modes() -> list[Any] | None:
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def _end_at_once(restore: Callable[[], None], status: int) -> None:
    restore()
    os._exit(status)


def missing_terminal() -> str | None:
    """Return the name of the first standard stream that is no terminal, or None.

    The screen takes keys from standard input, its size from standard output, and paints on
    standard error. A stream is None where it was closed before the start.
    """
    streams = (("output", sys.__stdout__), ("input", sys.__stdin__), ("error", sys.__stderr__))
    for name, stream in streams:
        if stream is None or not stream.isatty():
            return f"standard {name}"
    return None
