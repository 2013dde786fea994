"""So many a second: how many are due by now, and how long until the next."""

from __future__ import annotations

from typing import Final

STEP_SECONDS: Final = 0.002
"""The shortest wait. What is due more often goes out in small batches."""

LAG_SECONDS: Final = 1.0
"""By how much one may be late and still make up for it. What lies further back is left out."""


class FlatOut:
    """No pace at all: whatever is asked for is due, always."""

    def restart(self, now: float) -> None:
        """Begin again."""

    def take(self, now: float, most: int) -> int:  # noqa: ARG002  # as of a pace
        """Return `most`."""
        return most

    def wait(self, now: float) -> float:  # noqa: ARG002  # as of a pace
        """Return 0."""
        return 0.0


class Pace(FlatOut):
    """A rate of `hz` a second from `now` on, in seconds of any clock that never goes back."""

    def __init__(self, hz: float, now: float) -> None:
        self._hz = hz
        self.restart(now)

    def restart(self, now: float) -> None:
        """Begin again: the first is due now."""
        self._begin = now
        self._taken = 0

    def take(self, now: float, most: int) -> int:
        """Return how many are due and not yet taken, at most `most`; they count as taken."""
        due = self._due(now)
        bound = int(self._hz * LAG_SECONDS) + 1
        if due > bound:
            self._begin += (due - bound) / self._hz
            due = bound
        taken = min(due, most)
        self._taken += taken
        return taken

    def wait(self, now: float) -> float:
        """Return how long to wait before taking again: 0 where some are due already."""
        if self._due(now) > 0:
            return 0.0
        return max(self._begin + self._taken / self._hz - now, STEP_SECONDS)

    def _due(self, now: float) -> int:
        return int((now - self._begin) * self._hz) + 1 - self._taken
