"""A recording's lines, read many at a time."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from client_tui.record.line_file import read_at

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Block:
    """Lines as they stand one behind another in the recording.

    `edges` are where they begin in `data`, and where the last one ends. The first of them
    is that of the entry with the index `first`. `are_sound` tells of each entry of the
    recording whether its line is known to be sound: 1, or else 0; whoever reads them notes it.
    """

    data: bytes
    edges: Sequence[int]
    first: int
    are_sound: bytearray

    def __len__(self) -> int:
        return len(self.edges) - 1

    @property
    def is_whole(self) -> bool:
        """Whether the lines are all there: somebody may have cut the file."""
        return len(self.data) == self.edges[-1]


LONGEST: Final = 2**28
"""Bytes. A longer line is not read, and counts as damaged: no frame is that large."""


class Blocks:
    """The recording in the file that is open as `descriptor`, as far as it was told where lines end."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._bounds = array("Q")
        self._are_sound = bytearray()

    def __len__(self) -> int:
        return max(0, len(self._bounds) - 1)

    def learn(self, start: int, bounds: array[int]) -> None:
        """Learn where the lines from entry `start` on begin, and where the last of them ends."""
        del self._bounds[start:]
        self._bounds += bounds
        del self._are_sound[max(0, start - 1) :]  # the line before may have grown
        self._are_sound += bytes(len(self) - len(self._are_sound))

    def below(self, high: int, size: int) -> range:
        """Return the indices of the entries just below `high` whose lines take `size` bytes, or of one."""
        low = bisect_left(self._bounds, self._bounds[high] - min(size, self._bounds[high]), 0, high)
        return range(min(low, high - 1), high)

    def above(self, low: int, size: int) -> range:
        """Return the indices of the entries from `low` on whose lines take `size` bytes, or of one."""
        high = bisect_right(self._bounds, self._bounds[low] + size, low + 1) - 1
        return range(low, max(high, low + 1))

    def size(self, indices: range) -> int:
        """Return how many bytes the lines of these entries take."""
        return self._bounds[indices.stop] - self._bounds[indices.start]

    def read(self, indices: range) -> Block:
        """Return the lines of these entries, at least one.

        Raises:
            OSError: the file cannot be read.

        """
        bounds = self._bounds[indices.start : indices.stop + 1]
        start, end = bounds[0], bounds[-1]
        data = read_at(self._descriptor, start, end) if end - start <= LONGEST else b""
        return Block(data, [bound - start for bound in bounds], indices.start, self._are_sound)
