"""What the child is at, where its parent can read it at any time, and what ends it if that takes too long.

While an expression runs, nothing else in the child does: no thread, no handler of a signal.
So the kernel is asked to end it: it counts the processor's time, which does not pass while
the machine is busy with others or asleep, and it does so even when the parent is gone.
"""

from __future__ import annotations

import mmap
import os
import signal
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMPILING: Final = 2**64 - 1
"""Stands for the index of an entry, while an expression is made ready."""
TOO_LONG: Final = signal.SIGPROF
"""The signal by which the kernel ends the child."""
_BYTES: Final = 16
_BYTES_A_SECOND: Final = 4_000_000


class Board:
    """Two numbers in memory that two processes share, in the file that is open as `descriptor`."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._memory = mmap.mmap(descriptor, _BYTES)
        self.numbers = memoryview(self._memory).cast("Q")
        """The serial of what is looked for, 0 for nothing, and the index of the entry that is looked at."""

    @classmethod
    def make(cls) -> Board:
        """Make one, for another process to open by its descriptor.

        Raises:
            OSError: there is no room for it.

        """
        if sys.platform == "linux":
            descriptor = os.memfd_create("jsonws-tui")
        else:
            with tempfile.TemporaryFile(prefix="jsonws-tui-") as file:
                descriptor = os.dup(file.fileno())
        try:
            os.pwrite(descriptor, bytes(_BYTES), 0)
            return cls(descriptor)
        except BaseException:
            os.close(descriptor)
            raise

    @property
    def place(self) -> tuple[int, int]:
        """Both numbers."""
        return self.numbers[0], self.numbers[1]

    def close(self) -> None:
        """Give the memory back."""
        self.numbers.release()
        self._memory.close()
        os.close(self.descriptor)


class Watch:
    """Puts on `board` what is looked at, and gives each step `limit` seconds, and more where much is read."""

    def __init__(self, board: Board, limit: float) -> None:
        self._numbers = board.numbers
        self._limit = limit
        self.note: Callable[[int], None] = partial(board.numbers.__setitem__, 1)
        """Puts an entry's index on the board."""

    @property
    def where(self) -> str:
        """Where something happened, in words; see `where`."""
        return where(self._numbers[1])

    @contextmanager
    def over(self, serial: int, index: int) -> Iterator[None]:
        """Show what is looked for as long as the block runs."""
        self._numbers[1] = index
        self._numbers[0] = serial
        self.allow(0)
        try:
            yield
        finally:
            self.stop()
            self._numbers[0] = 0

    def allow(self, size: int) -> None:
        """Begin to count anew: so many bytes are looked at in one step."""
        signal.setitimer(signal.ITIMER_PROF, self._limit + size / _BYTES_A_SECOND)

    def stop(self) -> None:
        """Count no more."""
        signal.setitimer(signal.ITIMER_PROF, 0)


def where(index: int) -> str:
    """Say at which entry something happened, for the end of a sentence."""
    return "while it is made ready" if index == COMPILING else f"at #{index + 1:,}"
