from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.jsontext import TokenKind, pretty, tokens

from .strategies import documents

W, P, K, S, N, L, X = (
    TokenKind.WHITESPACE,
    TokenKind.PUNCTUATION,
    TokenKind.KEY,
    TokenKind.STRING,
    TokenKind.NUMBER,
    TokenKind.LITERAL,
    TokenKind.INVALID,
)


@given(st.text() | st.text('{}[]":, \\a1-.etrue\t\r\n'))
def test_tokens_joined_give_the_line_back(line: str) -> None:
    found = tokens(line)
    assert "".join(line[token.start : token.end] for token in found) == line
    assert all(token.start < token.end for token in found)


@given(documents)
def test_a_document_has_no_invalid_token(text: str) -> None:
    for line in pretty(text).split("\n"):
        assert all(token.kind is not X for token in tokens(line))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"a" : -1.5e3,', [(P, "{"), (K, '"a"'), (W, " "), (P, ":"), (W, " "), (N, "-1.5e3"), (P, ",")]),
        ('["a", null]', [(P, "["), (S, '"a"'), (P, ","), (W, " "), (L, "null"), (P, "]")]),
        (r'"a\"b\\": "c', [(K, r'"a\"b\\"'), (P, ":"), (W, " "), (S, '"c')]),
        ('"a\\', [(S, '"a\\')]),
        ("nulls", [(X, "nulls")]),
        ("01 1. -", [(X, "01"), (W, " "), (X, "1."), (W, " "), (X, "-")]),
        ("'a'", [(X, "'a'")]),
        ("1\u00a02", [(N, "1"), (X, "\u00a02")]),
        ("[1\x1b", [(P, "["), (N, "1"), (X, "\x1b")]),
        ("true\r", [(L, "true"), (W, "\r")]),
        ("", []),
    ],
)
def test_a_line_is_told_apart(line: str, expected: list[tuple[TokenKind, str]]) -> None:
    assert [(token.kind, line[token.start : token.end]) for token in tokens(line)] == expected


@pytest.mark.parametrize(
    "line", ['"' * 300_000, '"\\' * 300_000, '"a" ' * 100_000, '"' + " " * 1_000_000, "1" * 999_999]
)
def test_a_long_line_is_told_apart_in_one_walk(line: str) -> None:
    assert tokens(line)[-1].end == len(line)
