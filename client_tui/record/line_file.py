"""A file of lines, each of which is an entry, and where each of them stands in it."""

from __future__ import annotations

import errno
import os
import threading
from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Lines(Protocol):
    """What another process needs to read the entries by itself."""

    def __len__(self) -> int:
        """Return how many entries there are, also those whose lines are not written yet."""

    def fileno(self) -> int:
        """Return the descriptor of the file; -1 where there is none yet."""

    def bounds(self, start: int) -> array[int]:
        """Return where the lines of the entries from `start` on begin, then where the last of them ends."""


class LineFile:
    """A file, and where its lines begin: eight bytes a line, and nothing of what they hold.

    The lines follow one another without a gap; the first begins at `start`.
    """

    def __init__(self, descriptor: int = -1, start: int = 0) -> None:
        self.descriptor = descriptor
        self._bounds = array("Q", [start])
        self._reading = (
            threading.Lock()
        )  # so that the file is not closed, and its number another's, meanwhile

    def __len__(self) -> int:
        return len(self._bounds) - 1

    @property
    def end(self) -> int:
        """Where the last line ends, in bytes from the file's beginning."""
        return self._bounds[-1]

    def add(self, lengths: Iterable[int]) -> None:
        """Add lines of so many bytes."""
        ends = accumulate(lengths, initial=self.end)
        next(ends)
        self._bounds.extend(ends)

    def lengthen(self, length: int) -> None:
        """Add so many bytes to the last line; where there is none yet, the first begins so much later."""
        self._bounds[-1] += length

    def span(self, index: int) -> tuple[int, int]:
        """Return where a line begins and where it ends.

        Raises:
            IndexError: there is no such line; lines are counted from 0, and not from the end.

        """
        if index < 0:
            raise IndexError(index)
        return self._bounds[index], self._bounds[index + 1]

    def bounds(self, start: int) -> array[int]:
        """Return where the lines from `start` on begin, and the end of the last one."""
        return self._bounds[start:]

    def line(self, index: int) -> bytes:
        """Return the bytes of a line.

        Raises:
            IndexError: there is no such line.
            OSError: the file cannot be read; its `strerror` says why.

        """
        start, end = self.span(index)
        with self._reading:
            if self.descriptor < 0:
                raise OSError(errno.EBADF, "the recording is closed")
            return read_at(self.descriptor, start, end)

    def close(self, timeout: float = 1.0) -> None:
        """Close the file; where its lines were stays known.

        One that is being read on a disk that does not answer within `timeout` seconds stays open.
        """
        if self._reading.acquire(timeout=timeout):
            descriptor, self.descriptor = self.descriptor, -1
            self._reading.release()
            if descriptor >= 0:
                os.close(descriptor)


def read_at(descriptor: int, start: int, end: int) -> bytes:
    """Return the bytes from `start` to `end`, fewer where the file ends before that.

    Raises:
        OSError: the file cannot be read.

    """
    parts: list[bytes] = []
    at = start
    while at < end and (data := os.pread(descriptor, end - at, at)):  # one may give less than was asked for
        parts.append(data)
        at += len(data)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def write_at(descriptor: int, data: bytes | bytearray, start: int) -> int:
    """Write all of `data` from `start` on, and return where it ends.

    Raises:
        OSError: the disk is full, or the file has gone away. A part may be written.

    """
    view = memoryview(data)
    while view:
        written = os.pwrite(descriptor, view, start)
        start += written
        view = view[written:]
    return start
