"""A program in a pseudo-terminal of 120×40, whose output is read all the time and looked through.

A screen is not kept: to keep one costs far more than a flood leaves time for. What is looked
for are words in the bytes that come out, which is when they are painted; every side is read
in the same way.
"""

from __future__ import annotations

import fcntl
import os
import re
import struct
import subprocess
import termios
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

COLUMNS, ROWS = 120, 40
_READ: Final = 1 << 16
_QUIET: Final = 0.005  # in seconds: a picture comes in pieces, but not with such gaps between them
_GRACE: Final = 5.0  # in seconds, for a program that is asked to end
_SEQUENCE: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-Z\\^-~])")
_KEPT: Final = 1024  # bytes of what came before: room for a word, and the colours within it


class Watch:
    """Waits for output of which `found` is true. It is asked at each piece, colours taken out if `plain`.

    Each piece begins with the end of the one before: what is looked for may be cut in two.
    """

    def __init__(self, found: Callable[[bytes], object], *, plain: bool) -> None:
        self._found = found
        self._plain = plain
        self._before = b""
        self._event = threading.Event()
        self.at: float | None = None
        """When it came, by `time.monotonic`; None while it has not."""

    def look(self, at: float, data: bytes) -> None:
        """Look through what has come out at a moment."""
        seen = self._before + data
        if self.at is None and self._found(_SEQUENCE.sub(b"", seen) if self._plain else seen):
            self.at = at
            self._event.set()
        self._before = seen[-_KEPT:]

    def wait(self, seconds: float) -> float | None:
        """Return when it came, None if it does not within so many seconds."""
        self._event.wait(seconds)
        return self.at


class Program:
    """Runs `argv` as the leader of a session whose terminal this is."""

    def __init__(self, argv: Sequence[str], environ: Mapping[str, str]) -> None:
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._watches: list[Watch] = []
        self._lock = threading.Lock()
        self.painted_at = 0.0
        """When something came out last, by `time.monotonic`."""
        self.end = b""
        """The last 64 kB that came out."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(environ),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it, by force where it does not hear."""
        self.process.terminate()
        try:
            self.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join()
        os.close(self._master)

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def watch_for(self, words: str | bytes, *, plain: bool = False) -> Watch:
        """Look for words in what comes out from now on."""
        wanted = words.encode() if isinstance(words, str) else words
        return self.watch(lambda seen: wanted in seen, plain=plain)

    def watch(self, found: Callable[[bytes], object], *, plain: bool = True) -> Watch:
        """Look for output of which `found` is true in what comes out from now on."""
        watch = Watch(found, plain=plain)
        with self._lock:
            self._watches = [other for other in self._watches if other.at is None] + [watch]
        return watch

    def press(self, keys: bytes) -> float:
        """Type keys, and return when that was, by `time.monotonic`."""
        at = time.monotonic()
        if keys:
            os.write(self._master, keys)
        return at

    def settled(self) -> float:
        """Wait until the picture that is being painted is whole, and return when its last piece came."""
        while (left := self.painted_at + _QUIET - time.monotonic()) > 0:
            time.sleep(left)
        return self.painted_at

    def _read(self) -> None:
        with suppress(OSError):  # EIO: the program has ended
            while data := os.read(self._master, _READ):
                self.painted_at = time.monotonic()
                self.end = (self.end + data)[-_READ:]
                with self._lock:
                    watches = self._watches
                for watch in watches:
                    watch.look(self.painted_at, data)


def resident(pid: int) -> tuple[float, float]:
    """Return the memory of a process that is resident now, and the most that ever was, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    now, most = (int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def processor_seconds(pid: int) -> float:
    """Return how long a process has computed so far, in the kernel too."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # utime and stime, see proc(5)


def children(pid: int) -> list[int]:
    """Return the processes that a process has started, and those that they have."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    found = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return found + [further for child in found for further in children(child)]
