"""A place in the conversation, as somebody types it: a frame's number, a time, or a part of the whole."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from client_tui.core import amounts

EXAMPLES: Final = "1,234  12:01:02  +1m30s  -10m  50%"
"""What can be typed."""
_NUMBER: Final = re.compile(r"#? ?(\d[\d,_]{0,20})")
_PART: Final = re.compile(r"(\d{1,3}(?:\.\d*)?) ?%")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?")
_DATED: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d.*?))?(Z)?")
_SPAN: Final = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|min|[dhms])?)+")
_PIECE: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|min|[dhms])?")
_UNITS: Final = {"d": 86400.0, "h": 3600.0, "min": 60.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_SMALLER: Final = {86400.0: 3600.0, 3600.0: 60.0, 60.0: 1.0}
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Index:
    """The entry with this index, from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class Moment:
    """The first entry at or after a moment, in seconds since the epoch."""

    at: float


Place = Index | Moment


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A time as it was written: from `begin` on, as long as its last digit leaves open."""

    begin: datetime
    length: timedelta


def parse_place(text: str, *, count: int, start: float, latest: float) -> Place | str:
    """Return the place that is meant, or in words why there is none and what can be typed.

    There are `count` entries, of which the first happened at `start` and the last at
    `latest`, in seconds since the epoch. A time of day is local: the last such moment
    of the conversation.
    """
    typed = text.strip()
    if not typed:
        return EXAMPLES
    if not count:
        return "there is nothing to go to yet"
    if typed[0] in "+-":
        return _relative(typed, start, latest)
    if match := _NUMBER.fullmatch(typed):
        return _numbered(match[1], count)
    if match := _PART.fullmatch(typed):
        return _part(float(match[1]), count)
    return _time(typed, start, latest)


def _numbered(digits: str, count: int) -> Place | str:
    number = int(digits.replace(",", "").replace("_", ""))
    if 1 <= number <= count:
        return Index(number - 1)
    return f"there is no #{number:,}: they go from #1 to #{count:,}"


def _part(percent: float, count: int) -> Place | str:
    if percent > 100:
        return "there is no more than 100%"
    return Index(round((count - 1) * percent / 100))


# ---------------------------------------------------------------------- since the start, before the end


def _relative(typed: str, start: float, latest: float) -> Place | str:
    seconds = _seconds(typed[1:].replace(" ", "").lower())
    if seconds is None:
        since = "since the start" if typed[0] == "+" else "before the end"
        return f"{typed[0]}90s, {typed[0]}1m30s or {typed[0]}00:01:30 {since}"
    if seconds > latest - start:
        return f"the conversation is only {amounts.duration(latest - start)} long"
    return Moment(start + seconds if typed[0] == "+" else latest - seconds)


def _seconds(span: str) -> float | None:
    """Return how long a span of time is: ``90``, ``1m30``, ``1h5m``, ``250ms``, ``1:30``, ``00:01:30.5``."""
    if ":" in span:
        return _clocked(span)
    if not _SPAN.fullmatch(span):
        return None
    total, last = 0.0, math.inf
    for amount, name in _PIECE.findall(span):
        unit = _UNITS[name] if name else _SMALLER.get(last, 1.0 if last == math.inf else 0.0)
        if not 0 < unit < last:
            return None
        total, last = total + float(amount) * unit, unit
    return total


def _clocked(span: str) -> float | None:
    match = re.fullmatch(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2}(?:\.\d{1,6})?)", span)
    if match is None:
        return None
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + float(match[3])


# ---------------------------------------------------------------------- times of day


def _time(typed: str, start: float, latest: float) -> Place | str:
    if match := _DATED.fullmatch(typed):
        dated = _dated(match)
        return dated if isinstance(dated, str) else _within([dated], start, latest)
    clock = _clock(typed)
    if isinstance(clock, str):
        return clock
    today = _local(max(latest, 2 * _DAY.total_seconds())).replace(hour=0, minute=0, second=0, microsecond=0)
    days = (today, today - _DAY)
    return _within([_Stretch(day + clock[0], clock[1]) for day in days], start, latest)


def _clock(typed: str) -> tuple[timedelta, timedelta] | str:
    """Return a time of day, and how long it lasts as it is written: ``12:01`` is a whole minute."""
    match = _CLOCK.fullmatch(typed)
    if match is None:
        return f"such as {EXAMPLES}"
    hour, minute, second = (int(part or 0) for part in match.group(1, 2, 3))
    if hour > 23 or minute > 59 or second > 59:
        return f"there is no {typed}: the last second is 23:59:59"
    fraction = match[4] or ""
    time = timedelta(
        hours=hour, minutes=minute, seconds=second, microseconds=int(fraction.ljust(6, "0") or "0")
    )
    if match[3] is None:
        return time, timedelta(minutes=1)
    return time, timedelta(microseconds=10 ** (6 - len(fraction)))


def _dated(match: re.Match[str]) -> _Stretch | str:
    """Return a day, or a time of it: local, or in UTC where a Z says so."""
    try:
        day = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC if match[5] else None)
    except ValueError:
        return "there is no such day"
    if match[4] is None:
        return _Stretch(day, _DAY)
    clock = _clock(match[4])
    return clock if isinstance(clock, str) else _Stretch(day + clock[0], clock[1])


def _within(stretches: list[_Stretch], start: float, latest: float) -> Place | str:
    """Return where the first of them begins that the conversation has a part of."""
    for stretch in stretches:
        try:
            begin, end = stretch.begin.timestamp(), (stretch.begin + stretch.length).timestamp()
        except (OverflowError, ValueError, OSError):
            continue
        if begin <= latest and end > start:
            return Moment(max(begin, start))
    return f"it goes from {_bounds(_local(start), _local(latest))}"


def _bounds(start: datetime, latest: datetime) -> str:
    day = "" if start.date() == latest.date() else f"{latest:%Y-%m-%d} "
    return f"{start:%Y-%m-%d %H:%M:%S} to {day}{latest:%H:%M:%S}"


def _local(at: float) -> datetime:
    """Return a moment as local time; one that no calendar has, from a damaged recording say, is the epoch."""
    try:
        return datetime.fromtimestamp(at)
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0)
