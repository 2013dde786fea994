from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.printable import printable


def test_what_is_harmless_stays() -> None:
    assert printable('{"who": "世界"}') == '{"who": "世界"}'


def test_what_a_terminal_obeys_becomes_an_escape() -> None:
    assert printable("\x1b]0;x\x07\n\u202e\x9b") == r"\u001b]0;x\u0007\u000a\u202e\u009b"
    assert printable("\U000e0001\ud800") == r"\U000e0001\ud800"


def test_a_long_text_is_cut_and_says_so() -> None:
    assert printable("abcdef", 4) == "abcd… (2 more characters)"
    assert printable("abcd", 4) == "abcd"


@given(st.text(st.characters()))
def test_nothing_unprintable_comes_out(text: str) -> None:
    assert printable(text).isprintable()
