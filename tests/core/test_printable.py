import re
from itertools import pairwise
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.printable import (
    decoded,
    escape,
    is_printable,
    pieces,
    printable,
)
from tests.support.hostile import texts

_ESCAPE = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\U([0-9a-f]{8})")
surrogates_too = st.text(st.characters(codec=None, exclude_categories=()))


def unescaped(text):
    def char(match):
        byte, *codes = match.groups()
        return chr(0xDC00 + int(byte, 16)) if byte else chr(int(codes[0] or codes[1], 16))

    return _ESCAPE.sub(char, text)


@given(texts | surrogates_too)
def test_what_comes_out_is_printable_and_stays_as_it_is(text):
    shown = printable(text)
    assert shown.isprintable()
    assert is_printable(shown)
    assert printable(shown) == shown


@given(texts | surrogates_too)
def test_what_went_in_can_be_told_from_what_comes_out(text):
    text = text.replace("\\", "/")
    assert unescaped(printable(text)) == text


@given(texts | surrogates_too)
def test_pieces_are_what_is_shown_with_the_escapes_apart(text):
    cut = list(pieces(text))
    assert "".join(piece for piece, _ in cut) == printable(text)
    assert all(piece and is_printable(piece) for piece, _ in cut)
    assert all(first is not second for (_, first), (_, second) in pairwise(cut))
    assert "".join(unescaped(piece) if escaped else piece for piece, escaped in cut) == text


@given(texts)
def test_a_mark_never_stands_at_the_beginning(text):
    assert not any(category(piece[0]).startswith("M") for piece, _ in pieces(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31m", r"\u001b[31m"),
        ("\x9b", r"\u009b"),
        ("\u202eabc", r"\u202eabc"),
        ("a\u2028b", r"a\u2028b"),
        ("a\u00adb", r"a\u00adb"),
        ("\ud800", r"\ud800"),
        ("\U000e0001", r"\U000e0001"),
        ("世界 é e\u0301", "世界 é e\u0301"),
        ("☁\ufe0f", "☁\ufe0f"),
        ("☁\ufe0f\ufe0f", "☁\ufe0f\\ufe0f"),
        ("\u0301e", r"\u0301e"),
        ("\x1b\u0301", r"\u001b\u0301"),
        ("👍🏽", "👍🏽"),
        ("🏽", r"\U0001f3fd"),
        ("\u1100\u1161", "\u1100\u1161"),
        ("\u1161", r"\u1161"),
        ("x\U000e0100\u3164", r"x\U000e0100\u3164"),
        ("[/x]", "[/x]"),
    ],
)
def test_spellings(text, shown):
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("char", "spelt"), [("\x00", r"\u0000"), ("\udcff", r"\xff"), ("\U0001f600", r"\U0001f600")]
)
def test_any_character_has_a_spelling(char, spelt):
    assert escape(char) == spelt


@pytest.mark.parametrize(
    ("data", "shown"), [("世".encode(), "世"), (b"a\xff\xe4\xb8", r"a\xff\xe4\xb8"), (b"\x1b", r"\u001b")]
)
def test_bytes_that_are_not_utf8_are_told_one_by_one(data, shown):
    assert printable(decoded(data)) == shown


@given(st.binary())
def test_bytes_come_back_from_their_text(data):
    assert decoded(data).encode("utf-8", "surrogateescape") == data
    assert printable(decoded(data)).isprintable()
