import pytest

from client_tui.core.completions import completed
from client_tui.core.query import Kind, Query, parse


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("di", "dir:"),
        ("dir:", "dir:sent"),
        ("dir:r", "dir:received"),
        ("is", "is:"),
        ("is:", "is:json"),
        ("is:e", "is:error"),
        ("is:em", "is:empty"),
        ("si", "size>"),
        ("-is:cl", "-is:close"),
        ("tick dir:s", "tick dir:sent"),
        ('"a b" is:j', '"a b" is:json'),
        ("/x/ -di", "/x/ -dir:"),
    ],
)
def test_a_term_that_was_begun_is_completed(line, whole):
    assert completed(line) == whole


@pytest.mark.parametrize(
    "line",
    [
        *("", " ", "d", "i", "-", "tick", "dir:sent", "is:json ", "is:json", "is:x", "size>", "size>1"),
        *('"di', '"a di', "/di", "/di/", ".di", "jq: di", '.a == "is:', "DIR:", "di "),
    ],
)
def test_what_is_whole_or_something_else_is_left_alone(line):
    assert completed(line) is None


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_completed_to_a_query(kind):
    line = completed(f"is:{kind.value[:-1]}")
    assert line is not None
    assert isinstance(parse(line), Query)
