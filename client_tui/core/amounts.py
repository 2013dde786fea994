"""Sizes, durations and times of day, as short as they can be read."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Final

# Each unit with the amount from which it is used: what would be rounded to 1000 of one is 1.0 of the next.
_SIZES: Final = ((999_500_000, 1e9, "GB"), (999_500, 1e6, "MB"), (1000, 1e3, "kB"))
_DURATIONS: Final = ((99.95 * 60, 3600, "h"), (99.95, 60, "min"), (0.9995, 1, "s"), (0.0009995, 1e-3, "ms"))


def size(count: int) -> str:
    """Return a number of bytes with its unit (of SI: 1 kB is 1000 B) and two digits or three."""
    for start, unit, name in _SIZES:
        if count >= start:
            return f"{_three_digits(count / unit)} {name}"
    return f"{count} B"


def duration(seconds: float) -> str:
    """Return a span of time with its unit, from microseconds up to hours; less than none counts as none."""
    if not math.isfinite(seconds):
        return "?"
    for start, unit, name in _DURATIONS:
        if seconds >= start:
            return f"{_three_digits(seconds / unit)} {name}"
    return f"{max(0.0, seconds) * 1e6:.0f} µs"


def time_of_day(at: float) -> str:
    """Return the local time of a moment (seconds since the epoch) to the millisecond.

    A moment that no calendar has, from a damaged recording say, is dashes.
    """
    try:
        return datetime.fromtimestamp(at).strftime("%H:%M:%S.%f")[:-3]
    except (OverflowError, ValueError, OSError):
        return "--:--:--.---"


def elapsed(seconds: float) -> str:
    """Return a span of time as a clock shows it: hours, minutes, seconds and milliseconds.

    In twelve characters as long as there are less than a hundred hours; less than none counts as none.
    """
    if not math.isfinite(seconds):
        return "--:--:--.---"
    whole, thousandths = divmod(round(max(0.0, seconds) * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}.{thousandths:03}"


def _three_digits(value: float) -> str:
    return f"{value:.0f}" if value >= 99.95 else f"{value:.1f}"
