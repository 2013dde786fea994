"""What has been found so far, while a recording is looked through from its end backwards."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Iterator


class Hits(Sequence[int]):
    """Numbers in ascending order, to which others are added at either end at little cost."""

    def __init__(self) -> None:
        self._numbers = array("I")
        self._free = 0  # places before the first number that wait for smaller ones

    def __len__(self) -> int:
        return len(self._numbers) - self._free

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> array[int]: ...
    def __getitem__(self, place: int | slice) -> int | array[int]:
        """Return the number at a place, or a copy of some of them."""
        if isinstance(place, slice):
            return self._numbers[self._free :][place]
        count = len(self)
        if not -count <= place < count:
            raise IndexError(place)
        return self._numbers[place + self._free if place >= 0 else place]

    def __iter__(self) -> Iterator[int]:
        return iter(self[:])

    def place(self, number: int) -> int:
        """Return how many are smaller than `number`."""
        return bisect_left(self._numbers, number, self._free) - self._free

    def place_behind(self, number: int) -> int:
        """Return how many are `number`, or smaller."""
        return bisect_right(self._numbers, number, self._free) - self._free

    def put_behind(self, numbers: array[int]) -> None:
        """Add numbers that are larger than all that there are."""
        self._numbers.extend(numbers)

    def put_before(self, numbers: array[int]) -> None:
        """Add numbers that are smaller than all that there are."""
        if len(numbers) > self._free:  # make room for as many as there are, so that it is made seldom
            spare = len(numbers) + len(self)
            self._numbers = array("I", bytes(spare * self._numbers.itemsize)) + self._numbers[self._free :]
            self._free = spare
        start = self._free - len(numbers)
        self._numbers[start : self._free] = numbers
        self._free = start


class Findings:
    """The entries that match, among those from `low` up to `high` (half-open): these were looked at."""

    def __init__(self) -> None:
        self.hits = Hits()
        """The indices of the matching entries found so far, ascending; the same object for good."""
        self.low = 0
        self.high = 0
        self._has_begun = False

    @property
    def looked_at(self) -> int:
        """How many entries were looked at."""
        return self.high - self.low

    def is_done(self, total: int) -> bool:
        """Tell whether every one of `total` entries was looked at."""
        return self._has_begun and self.low == 0 and self.high >= total

    def add(self, low: int, high: int, hits: array[int]) -> None:
        """Take in what was found from `low` up to `high`, just below or above what was looked at before.

        Raises:
            ValueError: entries in between were not looked at, or some were twice.

        """
        if not self._has_begun:
            self.low = self.high = high
            self._has_begun = True
        if high == self.low:
            self.hits.put_before(hits)
            self.low = low
        elif low == self.high:
            self.hits.put_behind(hits)
            self.high = high
        else:
            raise ValueError(f"{low} to {high} does not adjoin {self.low} to {self.high}")

    def after(self, index: int) -> int | None:
        """Return the first hit after `index`, or the first of all where there is none after it."""
        return self.hits[self.hits.place_behind(index) % len(self.hits)] if self.hits else None

    def before(self, index: int) -> int | None:
        """Return the last hit before `index`, or the last of all where there is none before it."""
        return self.hits[self.hits.place(index) - 1] if self.hits else None

    def ordinal(self, index: int) -> int | None:
        """Return which hit an entry is, counted from 1, or None where it is none."""
        place = self.hits.place(index)
        return place + 1 if place < len(self.hits) and self.hits[place] == index else None
