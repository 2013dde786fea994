"""How long to wait before a lost connection is tried again."""

from __future__ import annotations

from typing import Final

FIRST: Final = 0.5
LONGEST: Final = 30.0


def delay(retry: int, jitter: float) -> float:
    """Return the seconds to wait before the retry of that number, counted from 1.

    The wait doubles with each retry from half a second up to thirty. `jitter`, from 0 to 1,
    takes up to half of it away, so that the clients of a server that was restarted do not
    all come back in the same moment (RFC 6455 §7.2.3).
    """
    doublings = min(retry - 1, 16)  # far beyond the limit, and no huge power in a long outage
    return min(FIRST * 2.0**doublings, LONGEST) * (1 - jitter / 2)
