import pytest

from tests.benchmarks import figures
from tests.benchmarks.figures import Goal, Row, Value
from tests.benchmarks.sides import BARE, OURS, WSREPL


@pytest.mark.parametrize(
    ("figure", "is_minimum", "reached"),
    [(0.59, True, False), (0.6, True, True), (0.61, False, False), (0.6, False, True), (None, True, None)],
)
def test_a_goal_is_reached_or_missed_or_not_known(figure, is_minimum, reached):
    assert Goal("0.6", figure, 0.6, is_minimum=is_minimum).is_reached is reached


def test_a_goal_in_words_says_how_it_stands():
    assert Goal("at most 50 ms", 51.26, 50.0, "ms").in_words() == "at most 50 ms: MISSED (51.3 ms)"
    assert Goal("at most 50 ms", None, 50.0, "ms").in_words() == "at most 50 ms: not measured"


def test_99_of_100_keys_do_not_exceed_the_percentile():
    echoes = [float(number) for number in range(1, 101)]
    assert sum(echo <= figures.percentile_99(echoes) for echo in echoes) == 99
    assert figures.percentile_99([7.0]) == 7.0


def test_a_value_without_rounds_says_why():
    assert Value.of([], max, "not within 30 s").in_words("ms") == "not within 30 s"
    assert Value.of([1.0, 3.0], max).in_words("frames/s") == "3/s"


def test_the_ratio_is_ours_by_the_other_where_both_are_there():
    row = Row("flood", "frames", "frames/s", {OURS: Value(60.0), BARE: Value(100.0), WSREPL: Value(None)})
    assert row.ratio(OURS, BARE) == pytest.approx(0.6)
    assert row.ratio(OURS, WSREPL) is None
    assert row.ratio(OURS, "nobody") is None
