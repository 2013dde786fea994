from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.backoff import LONGEST, delay

jitters = st.floats(min_value=0, max_value=1)


def test_the_first_retry_is_quick():
    assert delay(1, jitter=0.0) == 0.5


@given(st.integers(min_value=1), jitters)
def test_a_delay_stays_within_its_bounds(retry, jitter):
    assert 0.25 <= delay(retry, jitter) <= LONGEST


@given(st.integers(min_value=1, max_value=5), jitters, jitters)
def test_a_delay_never_shrinks_below_the_limit(retry, jitter, next_jitter):
    assert delay(retry, jitter) <= delay(retry + 1, next_jitter)
