"""A program in a pseudo-terminal of its own: what it paints, what is typed at it, and how it ends."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import termios
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PATIENCE = 120.0  # in seconds; only a failing test waits for so long
_MOST = 256 * 1024  # bytes that are taken before the screen is looked at


class Terminal:
    """Runs `argv` as the leader of a session whose terminal this is; `raw` is every byte that came out."""

    def __init__(
        self, argv: Sequence[str], environ: Mapping[str, str], *, columns: int = 100, rows: int = 30
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.raw = b""
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = os.openpty()
        os.set_blocking(self._master, False)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.modes = termios.tcgetattr(slave)
        self._slave = slave  # held open, so that what the program leaves behind can be looked at
        self.process = subprocess.Popen(
            argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(environ),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    def type(self, keys: str | bytes) -> None:
        """Type keys, as the terminal sends them, and read meanwhile: the program may wait for that."""
        left = memoryview(keys.encode() if isinstance(keys, str) else keys)
        deadline = time.monotonic() + PATIENCE
        while left:
            patience = max(0.0, deadline - time.monotonic())
            readable, writable, _ = select.select([self._master], [self._master], [], patience)
            assert readable or writable, f"it took no more keys:\n{self.text()}"
            if readable:
                self._read(deadline)
            if writable:
                with suppress(BlockingIOError):  # there was less room than was said
                    left = left[os.write(self._master, left) :]

    def paste(self, text: str | bytes) -> None:
        """Paste, as a terminal does for a program that asked for bracketed paste."""
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        self.type(b"\x1b[200~" + data + b"\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, of which its programs hear by SIGWINCH."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def text(self) -> str:
        """Return what the screen shows now, a line a row."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, wanted: str | Callable[[], bool]) -> None:
        """Read until the screen shows `wanted`, or it is true."""
        is_there = (lambda: wanted in self.text()) if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + PATIENCE
        while not is_there():
            assert self._read(deadline), f"{wanted!r} never came:\n{self.text()}"

    def wait(self) -> int:
        """Read until the program has ended, and return its exit status."""
        ended = os.pidfd_open(self.process.pid)
        deadline = time.monotonic() + PATIENCE
        try:
            while ended not in select.select([ended, self._master], [], [], PATIENCE)[0]:
                assert self._read(deadline), f"it never ended:\n{self.text()}"
        finally:
            os.close(ended)
        while select.select([self._master], [], [], 0)[0]:
            self._read(deadline)
        return self.process.wait()

    def modes_now(self) -> list[object]:
        """Return the terminal's modes, to be compared with `modes`, those before the start."""
        return termios.tcgetattr(self._slave)

    def hang_up(self) -> None:
        """Close the terminal, as its window does. Its programs hear SIGHUP."""
        for descriptor in (self._master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)
        self._master = self._slave = -1

    def _read(self, deadline: float) -> bool:
        """Take all that has come out; False where nothing comes until `deadline`.

        A pseudo-terminal gives a few kilobytes at a time, and to look at the screen takes longer than these.
        """
        if not select.select([self._master], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return False
        data = b""
        with suppress(BlockingIOError):
            while len(data) < _MOST and (piece := os.read(self._master, 65536)):
                data += piece
        self.raw += data
        self._stream.feed(data)
        return True
