"""A search through a view, a stretch at a time, so that nothing has to wait for it."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from client_tui.core.frame import Frame

if TYPE_CHECKING:
    from client_tui.core.view import Needle, View

_STEP_BYTES: Final = 1_000_000
"""A step ends behind the frame with which it has looked at so much: some milliseconds' worth."""


class Search:
    """The rows of a view that match a needle; it finds them as `step` is called."""

    def __init__(self, view: View, needle: Needle) -> None:
        self.needle = needle
        self.hits = array("L")
        """The matching rows found so far, ascending."""
        self._view = view
        self._looked_at = 0

    @property
    def is_done(self) -> bool:
        """Whether every row that there is was looked at."""
        return self._looked_at >= len(self._view)

    def step(self, rows: int) -> None:
        """Look at the next `rows` rows, or at fewer where they are large."""
        end = min(self._looked_at + rows, len(self._view))
        left = _STEP_BYTES
        while self._looked_at < end and left > 0:
            entry = self._view[self._looked_at]
            if self.needle.matches(entry):
                self.hits.append(self._looked_at)
            if isinstance(entry, Frame):
                left -= len(entry.payload)
            self._looked_at += 1

    def after(self, row: int) -> int | None:
        """Return the first hit after `row`, or the first of all where there is none after it."""
        if not self.hits:
            return None
        return self.hits[bisect_right(self.hits, row) % len(self.hits)]

    def before(self, row: int) -> int | None:
        """Return the last hit before `row`, or the last of all where there is none before it."""
        if not self.hits:
            return None
        return self.hits[bisect_left(self.hits, row) - 1]

    def ordinal(self, row: int) -> int | None:
        """Return which hit a row is, counted from 1, or None where it is none."""
        place = bisect_left(self.hits, row)
        return place + 1 if place < len(self.hits) and self.hits[place] == row else None
