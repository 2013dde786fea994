"""Sizes, durations and times of day, as short as they can be read."""

from __future__ import annotations

from datetime import datetime
from typing import Final

_SIZES: Final = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def size(count: int) -> str:
    """Return a number of bytes with its unit (of SI: 1 kB is 1000 B) and two digits or three."""
    for unit, name in _SIZES:
        if count >= unit * 0.9995:
            return f"{_three_digits(count / unit)} {name}"
    return f"{count} B"


def duration(seconds: float) -> str:
    """Return a span of time with its unit, from microseconds up to hours."""
    if seconds < 0.001:
        return f"{max(seconds, 0) * 1e6:.0f} µs"
    if seconds < 1:
        return f"{_three_digits(seconds * 1e3)} ms"
    if seconds < 100:
        return f"{_three_digits(seconds)} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 100 else f"{minutes / 60:.0f} h"


def time_of_day(at: float) -> str:
    """Return the local time of a moment (seconds since the epoch) to the millisecond."""
    return f"{datetime.fromtimestamp(at):%H:%M:%S.%f}"[:-3]


def _three_digits(value: float) -> str:
    if value >= 99.95:
        return f"{value:.0f}"
    return f"{value:.1f}"
