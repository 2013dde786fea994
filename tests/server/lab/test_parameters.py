from __future__ import annotations

import pytest

from server.jsontext import Problem
from server.lab.parameters import Number, Switch, Values, Whole, read

COUNT = Whole("n", 3, "how many", 0, 1_000)
RATE = Number("hz", 1.5, "how often", 0.01, 100_000)
CLOSE = Switch("close", default=False, meaning="whether to close")
ALL = (COUNT, RATE, CLOSE)


def test_what_is_left_out_has_its_default() -> None:
    values = read(b"", ALL)
    assert isinstance(values, Values)
    assert (values[COUNT], values[RATE], values[CLOSE]) == (3, 1.5, False)


def test_what_is_given() -> None:
    values = read(b"close=1&hz=0.5&n=%31%30", ALL)
    assert isinstance(values, Values)
    assert (values[COUNT], values[RATE], values[CLOSE]) == (10, 0.5, True)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (b"n=", "n=: give a whole number from 0 to 1000"),
        (b"n", "n=: give a whole number from 0 to 1000"),
        (b"n=-1", "n=-1: give a whole number from 0 to 1000"),
        (b"n=1001", "n=1001: give a whole number"),
        (b"n=1.0", "n=1.0: give a whole number"),
        (b"n=1_0", "n=1_0: give a whole number"),
        (b"n=%D9%A3", "n=٣: give a whole number"),
        (b"n=" + b"9" * 10_000, "(9960 more characters): give a whole number"),
        (b"hz=0", "hz=0: give a number from 0.01 to 100000"),
        (b"hz=nan", "hz=nan: give a number from 0.01"),
        (b"hz=inf", "hz=inf: give a number"),
        (b"hz=1e3", "hz=1e3: give a number"),
        (b"close=yes", "close=yes: give 0 or 1"),
        (b"n=1&n=2", "n is given twice: give it once"),
        (b"speed=1", "speed: no such parameter here; there are n, hz, close"),
        (b"%1b[31m=1", r"\u001b[31m: no such parameter here"),
        (b"=1", ": no such parameter here"),
        (b"&".join(b"n=1" for _ in range(100)), "more than 32 parameters: give each once"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_wrong_is_told_in_words(query: bytes, words: str) -> None:
    problem = read(query, ALL)
    assert isinstance(problem, Problem)
    assert problem.code == "wrong_parameter"
    assert words in problem.message
    assert problem.message.isprintable()


def test_where_there_are_none_or_one() -> None:
    none, one = read(b"x=1", ()), read(b"x=1", (COUNT,))
    assert isinstance(none, Problem)
    assert isinstance(one, Problem)
    assert none.message == "x: no such parameter here; there are none"
    assert one.message == "x: no such parameter here; there is n"
