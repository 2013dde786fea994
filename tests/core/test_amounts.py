import math
import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.amounts import duration, elapsed, size, time_of_day


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (1049, "1.0 kB"),
        (1051, "1.1 kB"),
        (99_949, "99.9 kB"),
        (99_950, "100 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (999_499_999, "999 MB"),
        (999_500_000, "1.0 GB"),
        (12_345_678_901, "12.3 GB"),
    ],
)
def test_sizes(count, words):
    assert size(count) == words


@given(st.integers(0, 999_499_999_999))
def test_a_size_has_three_digits_at_most_and_is_true_to_them(count):
    number, unit = size(count).split(" ")
    assert re.fullmatch(r"\d{1,3}|\d{1,2}\.\d", number)
    assert math.isclose(float(number) * {"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}[unit], count, rel_tol=0.051)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-1.0, "0 µs"),
        (-0.0, "0 µs"),
        (0.0000004, "0 µs"),
        (0.000999, "999 µs"),
        (0.0009994, "999 µs"),
        (0.0009995, "1.0 ms"),
        (0.0021, "2.1 ms"),
        (0.09996, "100 ms"),
        (0.9994, "999 ms"),
        (0.9995, "1.0 s"),
        (99.94, "99.9 s"),
        (99.95, "1.7 min"),
        (90 * 60, "90.0 min"),
        (100 * 60, "1.7 h"),
        (100 * 3600, "100 h"),
        (math.nan, "?"),
        (math.inf, "?"),
        (-math.inf, "?"),
    ],
)
def test_durations(seconds, words):
    assert duration(seconds) == words


@given(st.floats(0.0001, 999 * 3600))
def test_a_duration_has_three_digits_at_most_and_is_true_to_them(seconds):
    number, unit = duration(seconds).split(" ")
    assert re.fullmatch(r"\d{1,3}|\d{1,2}\.\d", number)
    worth = {"µs": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600}[unit]
    assert math.isclose(float(number) * worth, seconds, rel_tol=0.051)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_any_number_of_seconds_has_words(seconds):
    assert "nan" not in duration(seconds)
    assert "inf" not in duration(seconds)


@pytest.mark.parametrize(("microsecond", "words"), [(118_000, "12:01:02.118"), (999_900, "12:01:02.999")])
def test_a_time_of_day_is_local_and_never_rounded_up(microsecond, words):
    assert time_of_day(datetime(2026, 11, 22, 12, 1, 2, microsecond).timestamp()) == words


@pytest.mark.parametrize("at", [math.nan, math.inf, -math.inf, 1e300, -1e300, 1e12])
def test_a_moment_that_no_calendar_has(at):
    assert time_of_day(at) == "--:--:--.---"


@given(st.floats())
def test_any_moment_takes_the_same_room(at):
    assert len(time_of_day(at)) == 12


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "00:00:00.000"),
        (62.118, "00:01:02.118"),
        (59.9996, "00:01:00.000"),
        (86_400 * 4, "96:00:00.000"),
        (86_400 * 5, "120:00:00.000"),
        (-1.0, "00:00:00.000"),
        (float("nan"), "--:--:--.---"),
    ],
)
def test_elapsed(seconds, words):
    assert elapsed(seconds) == words
