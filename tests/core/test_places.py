import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.places import EXAMPLES, Index, Moment, parse_place

START = datetime(2026, 11, 22, 12, 1, 2, 118_000, UTC).timestamp()
HOUR = 3600.0


@pytest.fixture(autouse=True)
def _utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def parse(text, *, count=1_000_000, start=START, latest=START + 2 * HOUR):
    return parse_place(text, count=count, start=start, latest=latest)


@pytest.mark.parametrize("text", ["1234", "#1234", "1,234", "#1,234", "# 1,234", "1_234", "  1234 "])
def test_a_frames_number_counts_from_one(text):
    assert parse(text) == Index(1233)


@pytest.mark.parametrize(("text", "index"), [("1", 0), ("1000000", 999_999)])
def test_the_first_and_the_last_number(text, index):
    assert parse(text) == Index(index)


@pytest.mark.parametrize("text", ["0", "1000001", "99999999999999999999"])
def test_a_number_that_is_none(text):
    words = parse(text)
    assert words.startswith("there is no #")
    assert words.endswith(": they go from #1 to #1,000,000")


@pytest.mark.parametrize(
    ("text", "index"), [("0%", 0), ("50%", 500_000), ("50 %", 500_000), ("0.1%", 1000), ("100%", 999_999)]
)
def test_a_part_of_the_whole(text, index):
    assert parse(text) == Index(index)


def test_more_than_all_is_refused():
    assert parse("101%") == "there is no more than 100%"


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("+90s", 90),
        ("+90", 90),
        ("+1m30", 90),
        ("+1m30s", 90),
        ("+1min30", 90),
        ("+ 1m 30s", 90),
        ("+1h5", 65 * 60),
        ("+1:30", 90),
        ("+00:01:30", 90),
        ("+00:01:30.5", 90.5),
        ("+250ms", 0.25),
        ("+1s500ms", 1.5),
        ("+0", 0),
        ("+2h", 2 * HOUR),
    ],
)
def test_a_time_since_the_start(text, since):
    assert parse(text) == Moment(pytest.approx(START + since))


def test_a_time_before_the_latest():
    assert parse("-10m") == Moment(START + 2 * HOUR - 600)
    assert parse("-1d", latest=START + 100 * HOUR) == Moment(START + 76 * HOUR)


@pytest.mark.parametrize(
    "text", ["+", "-", "+x", "+1x", "+1s5", "+30s1m", "+1m1m", "+:", "+1:2:3:4", "+1.", "-1:"]
)
def test_a_span_that_is_none_says_how_one_is_written(text):
    since = "since the start" if text[0] == "+" else "before the end"
    assert parse(text) == f"{text[0]}90s, {text[0]}1m30s or {text[0]}00:01:30 {since}"


@pytest.mark.parametrize("text", ["+3h", "-3h", "+1d", "+" + "9" * 400])
def test_a_span_that_leads_out_of_the_conversation(text):
    assert parse(text) == "the conversation is only 2.0 h long"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("12:01", START),  # the minute in which it began
        ("12:01:02", START),
        ("12:01:02.118", START),
        ("12:01:02,1", START),
        ("13:00", datetime(2026, 11, 22, 13, tzinfo=UTC).timestamp()),
        ("13:00:00.25", datetime(2026, 11, 22, 13, 0, 0, 250_000, UTC).timestamp()),
        ("2026-11-22 13:00", datetime(2026, 11, 22, 13, tzinfo=UTC).timestamp()),
        ("2026-11-22T13:00:00.000001Z", datetime(2026, 11, 22, 13, 0, 0, 1, UTC).timestamp()),
        ("2026-11-22", START),
        ("2026-11-22 12:01:02.118274", datetime(2026, 11, 22, 12, 1, 2, 118_274, UTC).timestamp()),
    ],
)
def test_a_time(text, at):
    assert parse(text) == Moment(at)


def test_of_several_days_the_last_such_time_counts_and_a_date_names_another():
    latest = datetime(2026, 11, 24, 11, tzinfo=UTC).timestamp()
    assert parse("12:30", latest=latest) == Moment(datetime(2026, 11, 23, 12, 30, tzinfo=UTC).timestamp())
    assert parse("10:30", latest=latest) == Moment(datetime(2026, 11, 24, 10, 30, tzinfo=UTC).timestamp())
    dated = Moment(datetime(2026, 11, 22, 12, 30, tzinfo=UTC).timestamp())
    assert parse("2026-11-22 12:30", latest=latest) == dated


def test_times_are_local_but_for_those_with_a_z(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    assert parse("22:00") == Moment(datetime(2026, 11, 22, 13, tzinfo=UTC).timestamp())
    assert parse("2026-11-22T13:00Z") == Moment(datetime(2026, 11, 22, 13, tzinfo=UTC).timestamp())


@pytest.mark.parametrize("text", ["12:00", "14:02", "11:59:59.999", "2026-11-21", "1970-01-01", "9999-12-31"])
def test_a_time_out_of_the_conversation_is_told_its_bounds(text):
    assert parse(text) == "it goes from 2026-11-22 12:01:02 to 14:01:02"


def test_the_bounds_of_several_days_have_their_days():
    assert parse("2026-11-21", latest=START + 24 * HOUR).endswith(" to 2026-11-23 12:01:02")


@pytest.mark.parametrize("text", ["24:00", "12:60", "12:00:60", "2026-11-22 24:00"])
def test_a_time_that_no_clock_shows(text):
    assert parse(text).endswith(": the last second is 23:59:59")


@pytest.mark.parametrize("text", ["2026-13-01", "2026-02-30", "0000-01-01"])
def test_a_day_that_no_calendar_has(text):
    assert parse(text) == "there is no such day"


@pytest.mark.parametrize("text", ["x", "12:", "12:0", "#", "%", "2026-11", "12:01 pm", "1 2", "世界"])
def test_what_is_none_of_these_is_told_what_there_is(text):
    assert parse(text) == f"such as {EXAMPLES}"


def test_nothing_typed_shows_examples():
    assert parse("  ") == EXAMPLES


def test_an_empty_conversation_has_no_places():
    assert parse("1", count=0, start=0.0, latest=0.0) == "there is nothing to go to yet"


@given(st.text() | st.from_regex(r"[-+#]?[0-9:.,%dhmsT Z-]{0,20}"), st.floats(-1e18, 1e18), st.floats(0, 1e9))
def test_nothing_that_is_typed_is_an_exception(text, start, length):
    place = parse_place(text, count=10, start=start, latest=start + length)
    assert isinstance(place, Index | Moment | str)
    if isinstance(place, Index):
        assert 0 <= place.index < 10
