from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.lab.pace import LAG_SECONDS, STEP_SECONDS, FlatOut, Pace

MANY = 1_000_000


def test_the_first_is_due_at_once_and_the_rest_in_their_time() -> None:
    pace = Pace(10, now=100.0)
    assert pace.take(100.0, MANY) == 1
    assert pace.take(100.05, MANY) == 0
    assert pace.wait(100.05) == pytest.approx(0.05)
    assert pace.take(100.31, MANY) == 3


def test_a_slow_one_waits_long() -> None:
    pace = Pace(0.5, now=0.0)
    assert pace.take(0.0, MANY) == 1
    assert pace.wait(0.0) == pytest.approx(2.0)


def test_a_fast_one_goes_out_in_small_batches() -> None:
    pace = Pace(10_000, now=0.0)
    pace.take(0.0, MANY)
    assert pace.wait(0.0) == STEP_SECONDS <= 0.005
    assert pace.take(STEP_SECONDS, MANY) == 20


def test_no_more_than_asked_for_and_the_rest_at_once() -> None:
    pace = Pace(1_000, now=0.0)
    assert pace.take(0.1, 60) == 60
    assert pace.wait(0.1) == 0.0
    assert pace.take(0.1, 60) == 41
    assert pace.wait(0.1) > 0.0


def test_what_was_held_up_for_long_is_left_out() -> None:
    pace = Pace(100, now=0.0)
    assert pace.take(3_600.0, MANY) == 100 * LAG_SECONDS + 1
    assert pace.take(3_600.1, MANY) == pytest.approx(10, abs=1)


def test_it_can_begin_again() -> None:
    pace = Pace(100, now=0.0)
    pace.take(0.0, MANY)
    pace.restart(0.5)
    assert pace.take(0.5, MANY) == 1


@given(st.floats(0.01, 100_000), st.lists(st.floats(0.0001, 0.5), max_size=50))
def test_it_never_runs_ahead_nor_falls_behind(hz: float, steps: list[float]) -> None:
    pace = Pace(hz, now=0.0)
    now, taken = 0.0, pace.take(0.0, MANY)
    for step in steps:
        now += step
        taken += pace.take(now, MANY)
        assert abs(taken - (math.floor(now * hz) + 1)) <= 1


def test_flat_out_gives_whatever_is_asked_for() -> None:
    pace = FlatOut()
    pace.restart(0.0)
    assert pace.take(0.0, 7) == 7
    assert pace.wait(0.0) == 0.0
