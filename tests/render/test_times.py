import math

import pytest

from client_tui.core import amounts
from client_tui.render.times import Times, time_words

START = 1_000_000_000.0


@pytest.mark.parametrize(
    ("times", "before", "cells", "words"),
    [
        (Times.CLOCK, None, 12, amounts.time_of_day(START + 62.118)),
        (Times.CLOCK, None, 8, amounts.time_of_day(START + 62.118)[:8]),
        (Times.START, None, 12, "00:01:02.118"),
        (Times.START, None, 8, "00:01:02"),
        (Times.BEFORE, None, 12, "           ·"),
        (Times.BEFORE, START + 62.1159, 12, "     +2.1 ms"),
        (Times.BEFORE, START - 99.94 * 60 + 62.118, 8, "99.9 min"),
        (Times.BEFORE, math.nan, 8, "      +?"),
    ],
)
def test_what_the_time_column_says(times, before, cells, words):
    assert time_words(times, START + 62.118, START, before, cells) == words


def test_a_key_goes_round_them():
    assert [times.following for times in Times] == [Times.START, Times.BEFORE, Times.CLOCK]
