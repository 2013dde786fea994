from __future__ import annotations

import re
import sys
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.jsontext import NotJsonError, compact, count_lines, pretty, preview_lines

from .strategies import documents

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}:,]|[^\s"\][{}:,]+')
VERBATIM = r'{"n":[1.10,1e400,-0,123456789012345678901234567890],"k":1,"k":2,"s":"\ud800\u0041\/"}'


@given(documents)
def test_no_token_is_touched(text: str) -> None:
    tokens = TOKEN.findall(text)
    assert TOKEN.findall(pretty(text)) == tokens
    assert compact(text) == "".join(tokens)


@given(documents)
def test_one_layout_undoes_the_other(text: str) -> None:
    assert compact(pretty(text)) == compact(text)
    assert pretty(compact(text)) == pretty(text)
    assert pretty(pretty(text)) == pretty(text)
    assert compact(compact(text)) == compact(text)


@given(documents, st.integers(1, 5))
def test_both_roads_lay_out_alike(text: str, indent: int) -> None:
    lines, more = preview_lines(text, sys.maxsize, indent)
    assert "\n".join(lines) == pretty(text, indent)
    assert not more
    assert len(lines) == count_lines(text)


@given(documents, st.integers(0, 10))
def test_a_preview_is_the_beginning(text: str, limit: int) -> None:
    whole = pretty(text).split("\n")
    assert preview_lines(text, limit) == (whole[:limit], len(whole) > limit)


def test_what_a_parser_would_change_stays() -> None:
    assert compact(pretty(VERBATIM)) == VERBATIM


def test_a_member_or_an_item_a_line() -> None:
    assert pretty('{"a":[1,{}],"b":[ ]}', indent=4) == (
        '{\n    "a": [\n        1,\n        {}\n    ],\n    "b": []\n}'
    )
    assert pretty(r' ["\ud800"] ') == '[\n  "\\ud800"\n]'


def test_what_is_too_deep_stands_on_one_line() -> None:
    deep = '[{"a":' * 40 + "[1, 2]" + "}]" * 40
    lines = pretty(deep).split("\n")
    assert max(len(line) - len(line.lstrip()) for line in lines) == 2 * 64
    assert any(line.strip() == '"a": ' + '[{"a":' * 8 + "[1,2]" + "}]" * 8 for line in lines)
    assert compact(pretty(deep)) == compact(deep)
    assert pretty(pretty(deep)) == pretty(deep)
    assert count_lines(deep) == len(lines)


@pytest.mark.parametrize("opener", ["[", '{"a":', '[{"a":'])
def test_the_deepest_level_with_lines_of_its_own(opener: str) -> None:
    def lines_of(levels: int) -> list[str]:
        opening = opener * levels
        closing = "".join({"[": "]", "{": "}"}[char] for char in reversed(opening) if char in "[{")
        text = f"{opening}1{closing}"
        assert count_lines(text) == pretty(text).count("\n") + 1
        return pretty(text).split("\n")

    depth = sum(map(opener.count, "[{"))
    assert len(lines_of(64 // depth)) == 2 * 64 + 1
    assert len(lines_of(64 // depth + 1)) == 2 * 64 + 1
    assert len(lines_of(64 // depth - 1)) == 2 * (64 - depth) + 1


@pytest.mark.parametrize(("opener", "closer"), [("[", "]"), ('{"a":', "}")])
def test_depth_has_no_limit_and_indentation_does(opener: str, closer: str) -> None:
    deep = f"{opener * 100_000}1{closer * 100_000}"
    assert compact(deep) == deep
    laid_out = pretty(deep)
    assert len(laid_out) < 2 * len(deep)
    assert compact(laid_out) == deep


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is empty"),
        ("[1,]", "line 1, column 3: a trailing comma"),
        ("[\n1 2]", "line 2, column 3: a comma is missing"),
        ('{"a":', "it breaks off where it needs a value after the colon"),
        ('"\udc80"', "the byte 0x80 is not UTF-8"),
        ('["\\ud800",]', "a trailing comma"),
    ],
)
def test_what_is_no_document_is_refused_in_words(text: str, words: str) -> None:
    for lay_out in (pretty, compact, count_lines):
        with pytest.raises(NotJsonError, match=re.escape(words)):
            lay_out(text)


def test_a_preview_reads_no_more_than_it_shows() -> None:
    lines, more = preview_lines('[1,2,"not closed', 2)
    assert (lines, more) == (["[", "  1,"], True)


@given(st.text('{}[]":,1 a\n', max_size=20))
def test_a_preview_of_anything_ends(text: str) -> None:
    lines, _ = preview_lines(text, 1000)
    assert len(lines) <= 1000


def test_pretty_works_deep_in_pythons_own_stack() -> None:
    deep = "[" * 50 + "1" + "]" * 50
    expected = pretty(deep)

    def dive(levels: int) -> str:
        return dive(levels - 1) if levels else pretty(deep)

    for levels in count(sys.getrecursionlimit() - 400, 20):
        try:
            assert dive(levels) == expected
        except RecursionError:  # Python's own frames are used up
            break
