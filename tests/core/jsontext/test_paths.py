from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.jsontext import compact, path_of, pretty, value_of

from .strategies import documents

LINES = pretty(
    r"""{"type": "subscribe", "channels": ["ticker", {"depth": 10, "weird key": [[1.10], {}]}, []],
        "é": "a: b,", "\ud800": null, "say \"hi\" \\(1)": 1e400, "_1": 0, "1a": 0, "": 0}"""
).split("\n")


@pytest.mark.parametrize(
    ("line", "path", "value"),
    [
        ("{", ".", "\n".join(LINES)),
        ('"type": "subscribe",', ".type", '"subscribe"'),
        ('"ticker",', ".channels[0]", '"ticker"'),
        ('"depth": 10,', ".channels[1].depth", "10"),
        ('"weird key": [', '.channels[1]["weird key"]', "[\n  [\n    1.10\n  ],\n  {}\n]"),
        ("1.10", '.channels[1]["weird key"][0][0]', "1.10"),
        ("{}", '.channels[1]["weird key"][1]', "{}"),
        ("[]", ".channels[2]", "[]"),
        ('"é": "a: b,",', '.["é"]', '"a: b,"'),
        (r'"\ud800": null,', r'.["\ud800"]', "null"),
        (r'"say \"hi\" \\(1)": 1e400,', r'.["say \"hi\" \\(1)"]', "1e400"),
        ('"_1": 0,', "._1", "0"),
        ('"1a": 0,', '.["1a"]', "0"),
        ('"": 0', '.[""]', "0"),
        ("}", ".", "\n".join(LINES)),
    ],
)
def test_a_line_has_its_path_and_its_value(line: str, path: str, value: str) -> None:
    index = [each.strip() for each in LINES].index(line) if line != "}" else len(LINES) - 1
    assert path_of(LINES, index) == path
    assert value_of(LINES, index) == value


def test_a_closing_line_belongs_to_what_it_closes() -> None:
    for opening, closing in ((0, 21), (2, 14), (4, 12), (6, 11), (7, 9)):
        assert LINES[closing].strip().rstrip(",") in ("]", "}")
        assert path_of(LINES, closing) == path_of(LINES, opening)
        assert value_of(LINES, closing) == value_of(LINES, opening)


@pytest.mark.parametrize("text", ["1", '"a, b: "', "{}", "[]"])
def test_a_document_of_one_line_is_its_own_value(text: str) -> None:
    assert path_of([text], 0) == "."
    assert value_of([text], 0) == text


def _values(value: Any) -> list[Any]:
    """A document's values in the order of their first lines; members as pairs, so that none gets lost."""
    children = (
        [pair[1] for pair in value] if isinstance(value, tuple) else value if isinstance(value, list) else []
    )
    return [value, *(each for child in children for each in _values(child))]


@given(st.lists(st.sampled_from(["", "  1", "  ]", '    "a": [', "{", "}"]), min_size=1, max_size=6))
def test_lines_of_anything_have_some_path(lines: list[str]) -> None:
    for index in range(len(lines)):
        assert path_of(lines, index).startswith(".")
        value_of(lines, index)


@given(documents)
def test_every_value_has_a_line_and_comes_back_verbatim(text: str) -> None:
    lines = pretty(text).split("\n")
    starts = [index for index, line in enumerate(lines) if line.lstrip()[:1] not in ("]", "}")]
    keep: Any = str
    whole = json.loads(text, object_pairs_hook=tuple, parse_int=keep, parse_float=keep)
    found = [
        json.loads(value_of(lines, index), object_pairs_hook=tuple, parse_int=keep, parse_float=keep)
        for index in starts
    ]
    assert found == _values(whole)
    assert all(compact(value_of(lines, index)) in compact(text) for index in starts)
