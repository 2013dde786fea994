from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.jsontext import MAX_DEPTH, Problem, Scanner, check, quick_check

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
json_like = st.text(alphabet='{}[],:"\\/ \n\t0123456789.-+eEtrufalsn\ufeffNaNé\x00\x1f', max_size=40)


def scan(text: str) -> Problem | None:
    scanner = Scanner(text)
    while not scanner.advance():
        pass
    return scanner.problem


def is_json_to_the_standard_library(text: str) -> bool:
    def refuse(word: str) -> None:
        raise ValueError(word)

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError:
        return False
    return not text.startswith("\ufeff")


@given(json_values, st.sampled_from([None, 0, 2]))
def test_what_a_serializer_writes_is_json(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    assert check(text) is None
    assert scan(text) is None


@given(json_like)
def test_the_scanner_agrees_with_the_standard_library(text: str) -> None:
    assert (scan(text) is None) == is_json_to_the_standard_library(text)


@given(json_like)
def test_the_fast_road_says_yes_to_nothing_the_grammar_refuses(text: str) -> None:
    if quick_check(text):
        assert scan(text) is None


@given(json_values)
def test_a_text_cut_short_is_refused_at_its_end(value: object) -> None:
    text = json.dumps([value])[:-1]
    problem = check(text)
    assert problem is not None
    assert problem.column == len(text) + 1


@pytest.mark.parametrize(
    "text",
    [
        "1e400",
        "-0",
        "1.10",
        "9" * 5_000,
        r'"\ud800"',
        r'{"\udfff": "\ud800\ud800"}',
        '{"a": 1, "a": 2}',
        ' \r\n\t{"a" : [ ] , "b" : { } } ',
        '"\u2028\x7f"',
        "[" * 2_000 + "]" * 2_000,
        '{"a":' * MAX_DEPTH + "1" + "}" * MAX_DEPTH,
        "[" + '"' + "x" * 300_000 + '", "\\ud800"]',
        "[" + "[], {}, " * 5_000 + r'"\ud800"]',
        "[" + '{"key": [1, 2.5, true, null, "text"]}, ' * 500 + r'"\ud800"]',
    ],
    ids=lambda text: text[:20],
)
def test_what_is_grammatical_passes(text: str) -> None:
    assert check(text) is None


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("", 1, 1, "the text ends"),
        (" \n ", 2, 2, "the text ends"),
        ("\ufeff1", 1, 1, "byte order mark"),
        ("NaN", 1, 1, "NaN is not JSON"),
        ("[-Infinity]", 1, 2, "-Infinity is not JSON"),
        ("{'a': 1}", 1, 2, "key in double quotes"),
        ('{"a": 1,}', 1, 9, "comma"),
        ("[1,]", 1, 4, "comma"),
        ("[1,,2]", 1, 4, "a value"),
        ('{"a" 1}', 1, 6, "colon"),
        ("[1 2]", 1, 4, "comma or ']'"),
        ('{"a": 1]', 1, 8, "comma or '}'"),
        ("[1", 1, 3, "the text ends"),
        ("01", 1, 2, "complete"),
        ("1 // one", 1, 3, "complete"),
        ('{"a":\n  tru}', 2, 3, "a value"),
        ('["世界", "a\tb"]', 1, 10, "U+0009"),
        (r'"\x41"', 1, 2, "escape"),
        (r'"\u12"', 1, 2, "escape"),
        ('"abc', 1, 5, "inside a string"),
        ("[" + "1, " * 500 + "NaN]", 1, 1502, "NaN"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_where_and_why(text: str, line: int, column: int, words: str) -> None:
    problem = check(text)
    assert problem is not None
    assert (problem.code, problem.line, problem.column) == ("invalid_json", line, column)
    assert words in problem.message


@pytest.mark.parametrize("opener", ["[", '{"a":'])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100_000])
def test_too_deep(opener: str, depth: int) -> None:
    problem = check(opener * depth + "1" + ("]" if opener == "[" else "}") * depth)
    assert problem is not None
    assert (problem.code, problem.column) == ("too_deep", len(opener) * MAX_DEPTH + 1)


def test_the_fast_road_stops_below_the_limit_for_levels() -> None:
    too_deep = "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)
    with pytest.raises(RecursionError):
        msgspec.json.decode(too_deep, type=msgspec.Raw)


@pytest.mark.parametrize(
    "text", ["[" + "[]," * 50_000, '"' + r"\n" * 1_000_000, "[" * MAX_DEPTH], ids=lambda text: text[:5]
)
def test_the_scanner_can_pause(text: str) -> None:
    scanner = Scanner(text)
    assert not scanner.advance(10)
    assert scanner.problem is None
    while not scanner.advance(1_000):
        pass
    assert scanner.problem is not None
    assert scanner.problem.column == len(text) + 1
