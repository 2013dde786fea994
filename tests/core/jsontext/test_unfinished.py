from __future__ import annotations

import pytest

from client_tui.core.jsontext import Incomplete, Invalid, Kind, check

OBJECT, ARRAY, STRING = Kind.OBJECT, Kind.ARRAY, Kind.STRING


@pytest.mark.parametrize(
    ("text", "expects", "opened"),
    [
        ("[", "a value or ]", [ARRAY]),
        ("{ ", "a key in double quotes or }", [OBJECT]),
        ("[1,\n", "a value after the comma", [ARRAY]),
        ('{"a": 1,', "a key in double quotes after the comma", [OBJECT]),
        ('{"a"', "a colon after the key", [OBJECT]),
        ('{"a": ', "a value after the colon", [OBJECT]),
        ('{"a": 1', "a comma or }", [OBJECT]),
        ('{"a": [{}', "a comma or ]", [OBJECT, ARRAY]),
        ('{"a": ["b', "the closing quote", [OBJECT, ARRAY, STRING]),
        ('{"', "the closing quote", [OBJECT, STRING]),
        ('"\\', "the rest of the escape \\", [STRING]),
        ('"\\u00e', "the rest of the escape \\u00e", [STRING]),
        ("-", "a digit", []),
        ("[1.", "a digit", [ARRAY]),
        ("1e", "a digit", []),
        ("-0.5E-", "a digit", []),
        ("tru", "the rest of true", []),
        ("[f", "the rest of false", [ARRAY]),
        ("nul", "the rest of null", []),
    ],
)
def test_a_beginning_says_what_may_come_next(text: str, expects: str, opened: list[Kind]) -> None:
    outcome = check(text)
    assert isinstance(outcome, Incomplete)
    assert outcome.expects == expects
    assert [each.kind for each in outcome.opened] == opened


def test_what_is_open_has_its_place() -> None:
    outcome = check('{\n  "世": [\n    "x')
    assert isinstance(outcome, Incomplete)
    assert [(each.place.line, each.place.column) for each in outcome.opened] == [(1, 1), (2, 8), (3, 5)]
    assert (outcome.place.line, outcome.place.column) == (3, 7)


@pytest.mark.parametrize(
    "text", ["tru ", "[truf", "- ", "[1.\n", "-I", "{t", "{-", "1 t", '"a" "', '[1 "', "+", "."]
)
def test_what_nothing_mends_is_not_incomplete(text: str) -> None:
    assert isinstance(check(text), Invalid)
