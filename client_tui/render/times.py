"""What the time column tells: the time of day, or how long it is since the start or since the row before."""

from __future__ import annotations

from enum import Enum

from client_tui.core import amounts


class Times(Enum):
    """From what the times of rows are counted."""

    CLOCK = "clock"
    START = "start"
    BEFORE = "before"

    @property
    def following(self) -> Times:
        """The one that comes after this one when a key goes round them."""
        every = list(Times)
        return every[(every.index(self) + 1) % len(every)]


def time_words(times: Times, at: float, start: float, before: float | None, cells: int) -> str:
    """Return a row's time in `cells` cells, 8 or more.

    `at`, `start` and `before`, the moment of the row before if there is one, are in seconds
    since the epoch.
    """
    if times is Times.CLOCK:
        return amounts.time_of_day(at)[:cells]
    if times is Times.START:
        return f"{amounts.elapsed(at - start)[:cells]:>{cells}}"
    if before is None:
        return f"{'·':>{cells}}"
    return f"{f'+{amounts.duration(at - before)}'[-cells:]:>{cells}}"
