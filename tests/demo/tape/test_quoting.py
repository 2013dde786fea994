import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.demo.tape.quoting import (
    CONTROL,
    argument,
    can_be_quoted,
    either,
    json_string,
    plain,
    quoted,
    time,
)
from client_tui.demo.tape.reader import Reader
from client_tui.demo.tape.words import WORDS


@given(st.text())
def test_a_text_in_quotes_is_read_back(text):
    if can_be_quoted(text):
        assert Reader(quoted(text)).string("a text") == text
    else:
        with pytest.raises(ValueError, match="no tape can hold"):
            quoted(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [("it", '"it"'), ('say "it"', "'say \"it\"'"), ('it\'s "it"', '`it\'s "it"`'), ("", '""')],
)
def test_the_first_quotes_are_taken_that_the_text_does_not_hold(text, written):
    assert quoted(text) == written


@pytest.mark.parametrize("text", ["\"'`", "two\nlines", "\x00", "\x9b"])
def test_what_cannot_be_quoted(text):
    assert not can_be_quoted(text)


@given(st.text(min_size=1).filter(can_be_quoted) | st.sampled_from(sorted(WORDS)))
def test_an_argument_is_read_back(text):
    reader = Reader(f"{argument(text)} # and a comment", WORDS)
    assert reader.argument("it") == text
    assert reader.ends()


@pytest.mark.parametrize(
    "text", ["img/hello.gif", "ws://127.0.0.1:8000/a?b=c%20d", "nord", "..", "jsonws-dark"]
)
def test_an_argument_stands_bare_where_it_can(text):
    assert argument(text) == text


@given(st.text())
def test_a_string_of_json_holds_any_text_in_one_line(text):
    written = json_string(text)
    assert json.loads(written) == text
    assert not CONTROL.search(written)
    written.encode()


@given(st.floats(min_value=0, max_value=3600).map(abs))
def test_a_time_is_read_back_exactly(seconds):
    assert Reader(time(seconds)).seconds("a time") == seconds


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0.05, "50ms"),
        (0.0, "0s"),
        (1.0, "1s"),
        (2.5, "2.5s"),
        (90.0, "90s"),
        (0.0005, "0.5ms"),
        (0.1, "100ms"),
    ],
)
def test_a_time_is_written_in_the_unit_that_suits_it(seconds, written):
    assert time(seconds) == written


@pytest.mark.parametrize(
    ("number", "written"), [(100.0, "100"), (20.99, "20.99"), (1e-7, "0.0000001"), (10, "10")]
)
def test_a_number_is_written_without_what_it_does_not_need(number, written):
    assert plain(number) == written


@pytest.mark.parametrize(
    ("names", "choice"), [(("a",), "a"), (("a", "b"), "a or b"), (("a", "b", "c"), "a, b or c")]
)
def test_a_choice_is_told_in_words(names, choice):
    assert either(names) == choice
