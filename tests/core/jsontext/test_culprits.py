from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.jsontext.culprits import (
    bare_key,
    bare_value,
    broken_number,
    foreign,
    is_literal,
    named,
    not_a_character,
    quoted,
    word_at,
)


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\u00a0", "U+00A0 (no-break space)"),
        ("\t", "U+0009 (tab)"),
        ("\x01", "U+0001"),
        ("\U000e0001", "U+E0001 (language tag)"),
    ],
)
def test_what_cannot_be_seen_is_named(char: str, name: str) -> None:
    assert named(char) == name


def test_a_long_piece_is_cut() -> None:
    assert quoted("x" * 32) == "x" * 32
    assert quoted("x" * 33) == "x" * 31 + "…"


def test_a_word_ends_where_it_does() -> None:
    assert word_at("a $set-x", 2) == "$set"
    assert word_at("1a", 0) == ""
    assert is_literal("null")
    assert not is_literal("Null")


def test_a_word_is_explained_by_where_it_stands() -> None:
    assert bare_key("{id: 1}", 1, "id")[:2] == (1, 3)
    assert "no JSON value" in bare_value("[id]", 1, "id").reason


@given(st.characters())
def test_a_character_is_foreign_or_not_without_fail(char: str) -> None:
    mistake = foreign(f" {char}", 1)
    assert mistake is None or (mistake.start, mistake.end) == (1, 2)


@given(st.text("+-.0123456789eExn_ :", min_size=1))
def test_a_broken_number_has_at_least_a_character(text: str) -> None:
    mistake = broken_number(text, 0)
    assert mistake.start == 0 < mistake.end <= len(text)


def test_a_byte_that_was_no_utf8_is_told_from_half_a_pair() -> None:
    assert not_a_character("\udcff") == "the byte 0xFF is not UTF-8"
    assert not_a_character("\ud83d") == "U+D83D is half of a surrogate pair, and no character"
