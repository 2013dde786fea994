"""The list of what was sent, for the composer to walk through; it survives a restart.

The file holds one JSON string a line (JSON Lines), the oldest first, in ASCII: whatever was
sent fits, and no text can break a line. Several clients may use one file: each append, and
each rewriting, is under a lock, so that no line is lost or cut. The lock is waited for only
for a moment, since the screen waits too; what could not be written goes with the next line.
A line that is damaged all the same (a power cut, an editor) is skipped.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from client_tui.record.private import open_private, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LARGEST: Final = 2**20
"""The longest document that is kept, in bytes of its line. A longer one is a file's business."""
LARGEST_FILE: Final = 16 * 2**20
"""How large the file may grow, in bytes. Where it is larger, the newest half of that is kept."""
_LOCK_STEP: Final = 0.0005
"""The seconds between two tries to take the lock: some five appends of another client."""


class SentList:
    """What was sent, kept in the file at `path`: the newest `limit` documents, none where it is 0.

    A file that cannot be read or written never stops the client: the list then holds for
    this run, and `take_problem` says so once. `patience` is how long another client that
    holds the file is waited for, in seconds.
    """

    def __init__(self, path: Path, limit: int = 500, *, patience: float = 0.02) -> None:
        self._path = Path(os.path.realpath(path))  # a rewriting must not put a file in the place of a link
        self._limit = limit
        self._patience = patience
        self._problem: str | None = None
        self._has_failed = False
        self._entries: list[str] = []
        self._unwritten: list[bytes] = []
        if limit:
            with self._failures_noted():
                self._load()

    @property
    def entries(self) -> Sequence[str]:
        """The documents as they were sent, the oldest first."""
        return self._entries

    def add(self, text: str) -> None:
        """Keep `text` as the newest, unless it is so already, or is longer than `LARGEST`.

        It is with the operating system when this returns, after about 0.1 ms. Where that
        fails it is tried again with the next.
        """
        if not self._limit or self._entries[-1:] == [text] or len(text) > LARGEST:
            return
        line = json.dumps(text).encode("ascii") + b"\n"
        if len(line) > LARGEST:
            return
        self._entries.append(text)
        del self._entries[: -self._limit]
        self._unwritten.append(line)
        del self._unwritten[: -self._limit]
        with self._failures_noted():
            self._append(b"".join(self._unwritten))
            self._unwritten.clear()

    def take_problem(self) -> str | None:
        """Return why the list is not kept for the next run; None when that was told already, or is not so.

        It quotes a path, and is not escaped.
        """
        problem, self._problem = self._problem, None
        return problem

    @contextmanager
    def _failures_noted(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if not self._has_failed:
                self._problem = f"What is sent is not kept for the next run: {self._path}: {error.strerror}"
            self._has_failed = True

    def _load(self) -> None:
        try:
            with self._path.open("rb") as file:
                lines = _newest_lines(file.fileno())
        except FileNotFoundError:
            return
        self._entries = _documents(lines, self._limit)
        if len(lines) > 2 * self._limit or self._path.stat().st_size > LARGEST_FILE:
            with suppress(BlockingIOError), self._locked() as descriptor:  # one that is busy can wait
                self._rewrite(descriptor)

    def _append(self, lines: bytes) -> None:
        with self._locked() as descriptor:
            end = os.fstat(descriptor).st_size
            torn = end and os.pread(descriptor, 1, end - 1) != b"\n"
            try:
                write_whole(descriptor, b"\n" + lines if torn else lines)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(descriptor, end)
                raise
            if os.fstat(descriptor).st_size > LARGEST_FILE:
                with suppress(OSError):  # the lines are written, and the next run tries it again
                    self._rewrite(descriptor)

    def _rewrite(self, descriptor: int) -> None:
        """Leave only the newest documents in the file, and of these at most half of what it may hold."""
        kept = _newest_lines(descriptor, LARGEST_FILE // 2)[-self._limit :]
        fresh, name = tempfile.mkstemp(dir=self._path.parent, prefix=f"{self._path.name}.")
        try:
            write_whole(fresh, b"".join(line + b"\n" for line in kept))
            os.fsync(fresh)
            Path(name).replace(self._path)
        except OSError:
            Path(name).unlink()
            raise
        finally:
            os.close(fresh)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """Hold the file open and locked: no other client appends or rewrites meanwhile.

        Raises `BlockingIOError` where another process holds it for longer than the patience.
        """
        deadline = time.monotonic() + self._patience
        while True:
            descriptor = open_private(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
            try:
                _lock(descriptor, deadline)
                # While this waited, another client may have put a rewritten file in its place.
                if self._path.exists() and os.path.samestat(self._path.stat(), os.fstat(descriptor)):
                    yield descriptor
                    return
            finally:
                os.close(descriptor)


def _lock(descriptor: int, deadline: float) -> None:
    """Lock a file, or raise `BlockingIOError` after `deadline`, in seconds of the monotonic clock."""
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise BlockingIOError(errno.EWOULDBLOCK, "another program holds the file") from None
            time.sleep(_LOCK_STEP)
        else:
            return


def _newest_lines(descriptor: int, most: int = LARGEST_FILE) -> list[bytes]:
    """Return the file's lines, the oldest first, without those that lie beyond `most` bytes from its end."""
    size = os.fstat(descriptor).st_size
    start = max(0, size - most)
    lines = os.pread(descriptor, size - start, start).splitlines()
    return lines[1:] if start else lines


def _documents(lines: Sequence[bytes], limit: int) -> list[str]:
    """Return the newest `limit` documents of `lines`, the oldest first."""
    found: list[str] = []
    for line in reversed(lines):
        if len(found) == limit:
            break
        with suppress(ValueError, RecursionError):  # a damaged line
            document = json.loads(line)
            if isinstance(document, str):
                found.append(document)
    return found[::-1]
