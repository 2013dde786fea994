"""The window onto a long list of rows of different heights, without ever measuring them all.

The place is kept as an anchor, the row and the line of it that stand at the window's top,
and not as a number of lines from the beginning: so a million rows cost no more than the
forty that are seen, and rows may change their height at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDING: Final = 0.001  # of a line; more than a float loses in a million rows


class Anchor(NamedTuple):
    """One line of one row, both counted from 0."""

    row: int
    line: int


class Viewport:
    """What of `count` rows stands in a window of `height` lines.

    `measure` returns the height of a row in lines, at least 1. It is asked only for rows
    near the window, and may answer differently from one call to the next. One that
    `can_follow` stays at the end once it is there.
    """

    def __init__(self, measure: Callable[[int], int], *, can_follow: bool = True) -> None:
        self._measure = measure
        self._can_follow = can_follow
        self.count = 0
        self.height = 0
        self.top = Anchor(0, 0)
        self.following = can_follow
        """Whether the window stays at the end while rows are added."""

    @property
    def last_top(self) -> Anchor:
        """The anchor with which the last line of the last row stands at the window's bottom."""
        return self._back(Anchor(self.count, 0), self.height)

    @property
    def at_end(self) -> bool:
        """Whether the last line can be seen."""
        return self.top >= self.last_top

    def visible(self) -> list[Anchor]:
        """Return the lines in the window, from its top down; fewer than `height` when the rows end before."""
        lines: list[Anchor] = []
        row, line = self.top
        while row < self.count and len(lines) < self.height:
            end = min(self._measure(row), line + self.height - len(lines))
            lines.extend(Anchor(row, number) for number in range(line, end))
            row, line = row + 1, 0
        return lines

    def settle(self) -> None:
        """Put the window right after rows, heights or its size have changed."""
        last = self.last_top
        if self.following or self.top > last:
            self.top = last
        elif self.top.row < self.count:
            self.top = Anchor(self.top.row, min(self.top.line, self._measure(self.top.row) - 1))

    def resize(self, height: int, count: int) -> None:
        """Make the window so high, over so many rows; where it could follow, the last line stays in sight."""
        self.count = min(self.count, count)  # what is gone cannot be measured
        stays = self._can_follow and height != self.height and self.at_end
        self.height = height
        if stays:
            self.top = self.last_top
        self.count = count

    def scroll(self, lines: int) -> None:
        """Move the window down by `lines`, or up where negative, as far as there is something to see."""
        moved = self._forward(self.top, lines) if lines > 0 else self._back(self.top, -lines)
        self._go(moved)

    def to_start(self) -> None:
        """Show the first row."""
        self._go(Anchor(0, 0))

    def to_end(self) -> None:
        """Show the last row, and follow."""
        self._go(self.last_top)

    def reveal(self, row: int) -> None:
        """Move the window as little as shows the row whole, or from its first line where it is too tall."""
        if Anchor(row, 0) < self.top:
            self._go(Anchor(row, 0))
        elif Anchor(row, 0) > (lowest := self._back(Anchor(row + 1, 0), self.height)) > self.top:
            self._go(lowest)
        elif lowest > self.top:
            self._go(Anchor(row, 0))

    def reveal_line(self, row: int, line: int) -> None:
        """Move the window as `reveal` does, but to this line of a row that is too tall, not to its first."""
        if self._measure(row) <= self.height:
            self.reveal(row)
        elif not self.top <= (wanted := Anchor(row, line)) < self._forward(self.top, self.height):
            self._go(self._back(wanted, self.height // 3))

    @property
    def position(self) -> float:
        """Where the window's top stands, in rows and a fraction of a row, for a scrollbar."""
        return self._fraction(self.top)

    @property
    def last_position(self) -> float:
        """The greatest `position` that scrolling reaches."""
        return self._fraction(self.last_top)

    def to_position(self, position: float) -> None:
        """Move the window's top to a `position`, or as near as there is one."""
        row = max(0, min(int(position), self.count - 1))
        self._go(Anchor(row, self._line_at(row, position - row) if row < self.count else 0))

    def _go(self, top: Anchor) -> None:
        last = self.last_top
        self.top = min(top, last)
        self.following = self._can_follow and self.top >= last

    def _line_at(self, row: int, fraction: float) -> int:
        """Return the line that stands a fraction of a row below its first."""
        height = self._measure(row)
        # A fraction that comes from a line must lead back to it: hence the little more.
        return max(0, min(int(fraction * height + _ROUNDING), height - 1))

    def _fraction(self, anchor: Anchor) -> float:
        return anchor.row + (anchor.line / self._measure(anchor.row) if anchor.line else 0.0)

    def _back(self, anchor: Anchor, lines: int) -> Anchor:
        row, line = anchor
        while lines > line and row > 0:
            lines -= line
            row -= 1
            line = self._measure(row)
        return Anchor(row, max(line - lines, 0))

    def _forward(self, anchor: Anchor, lines: int) -> Anchor:
        row, line = anchor
        while row < self.count:
            left = self._measure(row) - line
            if lines < left:
                return Anchor(row, line + lines)
            lines -= left
            row, line = row + 1, 0
        return Anchor(row, 0)
