"""One jq expression, one document: a real child is asked."""

import os
import re
from contextlib import closing

import pytest

from client_tui.finding.examiner import Examiner


@pytest.fixture(scope="module")
def examiner():
    with closing(Examiner()) as examiner:
        yield examiner


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("expression", "document", "holds"),
    [
        (".x == 1", '{"x": 1}', True),
        (".x == 2", '{"x": 1}', False),
        (".x", '{"x": null}', False),
        (".x", '{"x": 0}', True),
        (".[] | . > 2", "[1, 2, 3]", True),
        ("empty", "{}", False),
        (".x.y", '{"x": 1}', False),
        ('error("no")', "{}", False),
        ("halt", "{}", False),
        ("env | length > 0", "{}", False),
        (". == .", "not JSON", False),
        (".a # the rest is a comment", '{"a": 1}', True),
        ('. == "a\\nb"', '"a\\nb"', True),
        (".who", '{"who": "世界 🦀"}', True),
        (". == 12345678901234567890", "12345678901234567890", True),
    ],
)
def test_it_holds_or_it_does_not(examiner, expression, document, holds):
    assert examiner.holds(expression, document.encode()) is holds


@pytest.mark.parametrize("document", [b'"\xed\xa0\x80"', b'{"x": "\xff"}', b"\x00", b"\n", b""])
def test_what_is_no_json_at_all_holds_for_nothing_and_ends_nothing(examiner, document):
    assert examiner.holds("true", document) is False
    assert examiner.holds(".x", b'{"x": 1}') is True


def test_one_child_answers_all(examiner):
    examiner.holds("true", b"1")
    child = examiner._child.pid
    examiner.holds("true", b"2")
    assert examiner._child.pid == child


@pytest.mark.parametrize("expression", ["def f: f; f", "last(range(1e12))", "[limit(1e9; repeat(1))]"])
def test_what_never_ends_is_ended(expression):
    with closing(Examiner(limit=0.2)) as examiner:
        assert examiner.holds("true", b"1") in {True, None}  # it may take longer to start than that
        assert examiner.holds(expression, b"1") is None


def test_after_one_that_never_ends_another_child_is_asked(examiner):
    examiner.holds("true", b"1")
    first = examiner._child.pid
    examiner._child.kill()
    assert examiner.holds("true", b"1") is None
    assert not is_alive(first)
    assert examiner.holds("true", b"1") is True


def test_it_leaves_no_child():
    examiner = Examiner()
    examiner.holds("true", b"1")
    pid = examiner._child.pid
    examiner.close()
    examiner.close()
    assert not is_alive(pid)


def test_one_that_was_asked_nothing_has_no_child():
    Examiner().close()


def test_a_regular_expression_is_looked_for_and_ended_where_it_never_ends():
    examiner = Examiner(limit=0.5)
    try:
        assert examiner.first(re.compile("b"), ["a", "b"]) == 1
        assert examiner.first(re.compile("c"), ["a", "b"]) == -1
        assert examiner.first(re.compile("a+b+"), ["a", "aab"]) == 1
        assert examiner.first(re.compile("(a+)+b+c"), ["a" * 60]) is None
        assert examiner.first(re.compile("a+b+"), ["b"]) == -1
    finally:
        examiner.close()
