"""The server's log: one line an event, on standard output, and never a reason to wait.

A pipe that nobody empties would stop whoever writes to it. So the lines go through a bounded
queue to a thread of their own; what the reader is too slow for is counted, not waited for.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from typing import Final

from server.printable import printable

QUEUE_LINES: Final = 10_000
"""How many lines may wait for a reader. Later ones are dropped, and their number is logged."""

_LIBRARIES: Final = {
    "daphne": logging.WARNING,
    "channels_redis": logging.CRITICAL,  # `rooms` says in words what these say in tracebacks
    "asyncio": logging.WARNING,
}


class LineWriter:
    """Writes lines to a file descriptor from a thread of its own. `write` never blocks."""

    def __init__(self, fd: int, encoding: str = "utf-8") -> None:
        self._fd = fd
        self._encoding = encoding
        self._lines: deque[str] = deque()
        self._dropped = 0
        self._something = threading.Event()
        self._ending = False
        # A daemon, because it may be stuck in a pipe that nobody reads when the server ends.
        self._thread = threading.Thread(target=self._run, name="log", daemon=True)
        self._thread.start()

    def write(self, line: str) -> None:
        """Queue one line. Without a place in the queue it is counted as dropped."""
        if len(self._lines) >= QUEUE_LINES:
            self._dropped += 1
        else:
            self._lines.append(line)
        self._something.set()

    def close(self, timeout: float) -> None:
        """Wait until everything is written, at most `timeout` seconds."""
        self._ending = True
        self._something.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not (self._ending and not self._lines):
            self._something.wait()
            self._something.clear()
            try:
                self._write_all(self._take().encode(self._encoding, "backslashreplace"))
            except OSError:  # nobody will ever read this again
                self._lines = deque(maxlen=0)
                return

    def _take(self) -> str:
        lines = [self._lines.popleft() for _ in range(len(self._lines))]
        dropped, self._dropped = self._dropped, 0
        if dropped:
            lines.append(f"{dropped} lines were left out, because nobody read the log")
        return "".join(f"{line}\n" for line in lines)

    def _write_all(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._fd, rest) :]


class OneLine(logging.Formatter):
    """Date, time and message; an exception becomes its type, its words and its place."""

    default_msec_format = "%s.%03d"

    def format(self, record: logging.LogRecord) -> str:
        """Spell one record."""
        text = record.getMessage()
        if text.startswith("Traceback "):  # Daphne logs some as text
            text = text.rstrip().rpartition("\n")[2]
        if record.exc_info and record.exc_info[1]:
            text = f"{text}: {_in_one_line(record.exc_info[1])}"
        return f"{self.formatTime(record)} {printable(text)}"


def _in_one_line(error: BaseException) -> str:
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f" ({place.tb_frame.f_code.co_filename}:{place.tb_lineno})" if place else ""
    return f"{type(error).__name__}: {error}{where}"


class _Handler(logging.Handler):
    def __init__(self, writer: LineWriter) -> None:
        super().__init__()
        self._writer = writer

    def emit(self, record: logging.LogRecord) -> None:
        self._writer.write(self.format(record))


def set_up(writer: LineWriter, *, verbose: bool) -> None:
    """Send every logger's records to `writer`; with `verbose`, the content of messages too."""
    handler = _Handler(writer)
    handler.setFormatter(OneLine())
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    logging.getLogger("server").setLevel(logging.DEBUG if verbose else logging.INFO)
    for name, level in _LIBRARIES.items():
        logging.getLogger(name).setLevel(level)
