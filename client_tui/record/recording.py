"""The session file: what happens goes into it while it happens, and is read back when it is looked at.

Whoever appends never waits: a thread encodes and writes, a moment after the first entry of
a batch. What is not written yet is read from memory. That has a bound: while `has_room` is
false, whoever appends is to take no more from the socket.
"""

from __future__ import annotations

import errno
import fcntl
import math
import os
import stat
import tempfile
import threading
import time
from array import array
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from client_tui.core.frame import Entry, Frame, Notice, NoticeKind
from client_tui.record.backlog import Backlog
from client_tui.record.line_file import LineFile, write_at
from client_tui.record.lines import Header, decode_or_tell, encode, header_line
from client_tui.record.private import open_private
from client_tui.record.secrets import Cover

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

BATCH_SECONDS: Final = 0.05
"""How long the first entry of a batch waits for others. What it takes to write them comes on top."""
RETRY_SECONDS: Final = 1.0
"""After how long a disk that took nothing is asked again."""
ROOM: Final = 16 * 2**20
"""How many bytes may wait for the disk before no more is taken from the socket."""
HURRY: Final = 4 * 2**20
"""With so many bytes waiting, the batch is written at once."""
KEPT: Final = 64 * 2**20
"""How many bytes are kept in memory while the disk takes nothing: the newest ones."""
_MOST_COVERED: Final = 2**20
"""How many characters of notices are kept as they were, where something in them was covered."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What became of a recording that is not written as it was asked for, in words that quote a path.

    `is_over` tells that it is written again, whole.
    """

    words: str
    is_over: bool = False


class Recording:
    """Keeps the entries of a session in the file at `path`, or in a temporary one without a name.

    `header` is asked for when the first entry is written. `tell` hears of trouble, in the
    writing thread. Where the file cannot be made, a temporary one serves; while the disk is
    full, memory does, as far as `KEPT` goes. What `cover` takes out of a notice is never
    written, though the session itself still shows it.

    One thread appends; any may read.
    """

    def __init__(
        self,
        path: Path | None,
        header: Callable[[], Header],
        *,
        cover: Callable[[Notice], Notice] | None = None,
        tell: Callable[[Trouble], object] = lambda _trouble: None,
    ) -> None:
        self.path = path
        """Where it is recorded; None where that is a temporary file, or nowhere."""
        self.tell = tell
        self.is_in_trouble = False
        """Whether the disk takes nothing."""
        self._header = header
        self._cover = cover or Cover()
        self._file = LineFile()
        self._backlog = Backlog()
        self._as_it_was: dict[int, Notice] = {}  # what was covered in the file
        self._room_as_it_was = _MOST_COVERED
        self._lock = threading.Lock()  # of where entries are: held for moments only
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------------ what goes in

    def append(self, entries: Sequence[Entry]) -> None:
        """Take entries, in the order in which they happened. Never waits for the disk."""
        with self._lock:
            self._backlog.extend(entries)
            if self.is_in_trouble:
                self._backlog.give_up(KEPT)
        if self._backlog.bytes > HURRY and not self.is_in_trouble:
            self._hurry.set()
        self._wake.set()

    def hurry(self) -> None:
        """Write what waits at once, so that it can be looked through."""
        self._hurry.set()

    @property
    def has_room(self) -> bool:
        """Whether more may be taken from the socket: not so while a slow disk has enough to do."""
        return self._backlog.bytes <= ROOM or self.is_in_trouble

    # ------------------------------------------------------------------ what comes out

    def __len__(self) -> int:
        with self._lock:
            return len(self._file) + len(self._backlog)

    def __getitem__(self, index: int) -> Entry:
        """Return an entry; where the file does not have it any more, a notice that says so."""
        with self._lock:
            beyond = index - len(self._file)
            if beyond >= 0:
                return self._backlog[beyond]
        if index in self._as_it_was:
            return self._as_it_was[index]
        try:
            line = self._file.line(index)
        except OSError as error:
            return Notice(math.nan, NoticeKind.ERROR, f"it cannot be read back: {error.strerror}")
        return decode_or_tell(line, index + 2)  # the header is line 1

    def fileno(self) -> int:
        """Return the file's descriptor; -1 where there is none yet, or none any more."""
        return self._file.descriptor

    def bounds(self, start: int) -> array[int]:
        """Return where the lines that are written begin, from entry `start` on, and where the last ends."""
        with self._lock:
            return self._file.bounds(start)

    # ------------------------------------------------------------------ the end

    def close(self, timeout: float = 2.0) -> bool:
        """Write what is left and close the file, within `timeout` seconds; tell whether all is written.

        What was written cannot be read any more then. A disk that does not answer within that
        time keeps its thread, which ends with the process.
        """
        deadline = time.monotonic() + timeout
        self._is_closing = True
        self._hurry.set()
        self._wake.set()
        self._thread.join(timeout)
        if self._thread.is_alive():
            return False
        self._file.close(max(0.0, deadline - time.monotonic()))
        return not self._backlog

    # ------------------------------------------------------------------ the writing thread

    def _run(self) -> None:
        while not self._is_closing:
            self._wake.wait()
            self._hurry.wait(BATCH_SECONDS)
            self._wake.clear()
            self._hurry.clear()
            while not self._write_all() and not self._is_closing:
                self._hurry.wait(RETRY_SECONDS)
                self._hurry.clear()
        self._write_all()

    def _write_all(self) -> bool:
        """Write all that waits; tell whether the disk took it."""
        try:
            while chunk := self._next_chunk():
                if self._file.descriptor < 0:
                    self._open()
                self._write(chunk)
        except OSError as error:
            if not self.is_in_trouble:
                self.is_in_trouble = True
                self._say(Trouble(f"{self._where} takes no more: {error.strerror}"))
            return False
        if self.is_in_trouble:
            self.is_in_trouble = False
            self._say(Trouble(f"{self._where} is written again", is_over=True))
        return True

    def _say(self, trouble: Trouble) -> None:
        with suppress(RuntimeError):  # the event loop of whoever hears of it has ended meanwhile
            self.tell(trouble)

    @property
    def _where(self) -> str:
        return f"the recording {self.path}" if self.path else "the temporary file of this session"

    def _next_chunk(self) -> list[Entry]:
        with self._lock:
            return self._backlog.chunk()

    def _open(self) -> None:
        """Open the file, or a temporary one in its place, and write the header."""
        descriptor = self._open_named() if self.path else -1
        if descriptor < 0:
            descriptor = _open_temporary()
        try:
            start = write_at(descriptor, header_line(self._header()), 0)
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, 0)  # it is tried again, and must be empty then
            os.close(descriptor)
            raise
        with self._lock:
            self._file = LineFile(descriptor, start)

    def _open_named(self) -> int:
        assert self.path is not None  # noqa: S101 - the caller has asked
        try:
            return open_recording(self.path)
        except OSError as error:
            words = (
                f"{self.path} cannot be written ({error.strerror}): this session is not kept when you leave"
            )
            self.path = None
            self._say(Trouble(words))
            return -1

    def _write(self, chunk: Sequence[Entry]) -> None:
        """Write entries behind the others, all of them or none."""
        end, lengths = self._file.end, array("Q")
        lines: list[bytes] = []
        try:
            for number, entry in enumerate(chunk, len(self._file) + 1):
                line = encode(number, self._covered(number, entry))
                if isinstance(line, bytes):
                    lines.append(line)
                    lengths.append(len(line))
                    continue
                start = end = write_at(self._file.descriptor, b"".join(lines), end)
                lines.clear()
                for piece in line:
                    end = write_at(self._file.descriptor, piece, end)
                lengths.append(end - start)
            write_at(self._file.descriptor, b"".join(lines), end)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._file.descriptor, self._file.end)
            raise
        with self._lock:
            self._file.add(lengths)
            self._backlog.drop(len(chunk))

    def _covered(self, number: int, entry: Entry) -> Entry:
        """Return an entry as it may be written."""
        if isinstance(entry, Frame):
            return entry
        covered = self._cover(entry)
        if covered is not entry:
            self._remember(number - 1, entry)
        return covered

    def _remember(self, index: int, notice: Notice) -> None:
        """Keep a notice as it was, for the session itself, while there is room."""
        length = len(notice.text) + len(notice.detail)
        if index not in self._as_it_was and length <= self._room_as_it_was:
            self._as_it_was[index] = notice
            self._room_as_it_was -= length


def open_recording(path: Path) -> int:
    """Make the file at `path`, for its owner alone, and return its descriptor. Nothing is ever overwritten.

    Raises:
        OSError: it cannot be made, is no file, holds something, or another client records into it.

    """
    # Neither a pipe nor a terminal is waited for, nor does the latter become this client's own.
    descriptor = open_private(path, os.O_RDWR | os.O_CREAT | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no file")
        _lock(descriptor)
        if os.fstat(descriptor).st_size:
            raise FileExistsError(errno.EEXIST, "it holds something already")
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _lock(descriptor: int) -> None:
    """Lock the file: that tells others that it is in use."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BlockingIOError(errno.EWOULDBLOCK, "another client records into it") from None
    except OSError:  # some file systems know no locks
        pass


def _open_temporary() -> int:
    """Return the descriptor of a file without a name, which goes with its last descriptor."""
    with tempfile.TemporaryFile(prefix="jsonws-tui-") as file:
        return os.dup(file.fileno())
