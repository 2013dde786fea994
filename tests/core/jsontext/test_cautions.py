from __future__ import annotations

import pytest

from client_tui.core.jsontext import Valid, check
from client_tui.core.jsontext.cautions import MANY_CAUTIONS, may_mislead, survey


def cautions(text: str) -> list[tuple[str, str]]:
    """What is underlined, and what is said about it."""
    outcome = check(text)
    assert isinstance(outcome, Valid)
    return [(text[each.place.start : each.place.end], each.text) for each in outcome.cautions]


@pytest.mark.parametrize(
    ("text", "underlined", "words"),
    [
        ('{"id": 1, "id": 2}', '"id"', 'key "id" appears twice: most readers keep the last'),
        (r'{"a": 1, "\u0061": 2}', r'"\u0061"', r'key "\u0061" appears twice'),
        ('[{"a": [1, {"b": 0, "b": 0}]}]', '"b"', "appears twice"),
        ("9007199254740993", "9007199254740993", "is beyond 2^53: JavaScript reads 9007199254740992"),
        ("[-9007199254740993]", "-9007199254740993", "JavaScript reads -9007199254740992"),
        ("1000000000000000000000", "1000000000000000000000", "JavaScript reads 1e+21"),
        ("9" * 400, "9" * 400, "JavaScript reads Infinity"),
        ("-" + "9" * 400, "-" + "9" * 400, "JavaScript reads -Infinity"),
        ("[1e400]", "1e400", "beyond what a double holds"),
        ("-1.5E+999", "-1.5E+999", "beyond what a double holds"),
        ("1e-400", "1e-400", "closer to 0 than a double can be: most readers read 0"),
        ("0.001e-999", "0.001e-999", "most readers read 0"),
        (r'["a\ud800"]', r"\ud800", r"\ud800 alone is half a character"),
        (r'["\uD83D\uD83D\uDE00"]', r"\uD83D", "alone"),
        (r'{"\udc00": 1}', r"\udc00", "alone"),
        (r'"\\\udead"', r"\udead", "alone"),
    ],
)
def test_what_gets_lost_elsewhere_is_told(text: str, underlined: str, words: str) -> None:
    [(where, said)] = cautions(text)
    assert where == underlined
    assert words in said
    assert len(said) < 200


@pytest.mark.parametrize(
    "text",
    [
        "9007199254740992",
        "-9007199254740992",
        "1e15",
        "1.10",
        "-0",
        "0e-999",
        "0.00e-400",
        "0.1234567890123456789",
        r'"\ud83d\ude00"',
        r'"\\ud800"',
        r'"\\\\ud800 1e400"',
        '"9007199254740993"',
        '{"a": {"a": {"a": [{"a": 1}, {"a": 2}]}}}',
        "[" * 900 + "]" * 900,
        "[" * 1024 + "]" * 1024,
    ],
)
def test_what_survives_everywhere_is_not_mentioned(text: str) -> None:
    assert cautions(text) == []


def test_the_limit_of_depth_is_exact() -> None:
    assert [where for where, _ in cautions("[" * 1023 + "[1e400]" + "]" * 1023)] == ["1e400"]
    assert [where for where, _ in cautions("[" * 1024 + "[1e400]" + "]" * 1024)] == ["[", "1e400"]


def test_each_repetition_counts() -> None:
    assert [words for _, words in cautions('{"a":1,"a":2,"a":3}')] == [
        'key "a" appears twice: most readers keep the last',
        'key "a" appears 3 times: most readers keep the last',
    ]


def test_cautions_stand_in_the_order_of_the_text() -> None:
    text = '{\n"a": 1e400,\n"a": ' + "[" * 1100 + "]" * 1100 + ',\n"b": 9007199254740993}'
    outcome = check(text)
    assert isinstance(outcome, Valid)
    places = [(each.place.line, each.place.column) for each in outcome.cautions]
    assert places == [(2, 6), (3, 1), (3, 6 + 1099), (4, 6)]


def test_there_is_an_end_to_cautions() -> None:
    text = '{"a": 1' + ', "a": 1' * 5000 + "}"
    outcome = check(text)
    assert isinstance(outcome, Valid)
    assert len(outcome.cautions) == MANY_CAUTIONS
    assert outcome.members == 5001


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("1", 0),
        ("[]", 0),
        (" { } ", 0),
        ("[[1,2,3]]", 1),
        ('[1,{"a":1,"b":[2,3]},4]', 3),
        ('{"a":1,"b":",,"}', 2),
    ],
)
def test_members_are_counted_at_the_top(text: str, members: int) -> None:
    assert survey(text, 3).members == members


def test_a_quick_look_misses_nothing() -> None:
    assert may_mislead('[{"a": 1, "a": 2}]')
    assert may_mislead("[9007199254740993]")
    assert may_mislead("[1e-400]")
    assert not may_mislead('{"a": 1.5e-10, "b": {"a": "text"}}')
