import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.needle import Needle

# Two characters for one when folded, several forms of one letter, and letters that fold into ASCII.
oddities = st.text("sSſßẞσςΣiIİı\u0307kKKfﬁaxÅå", max_size=8)


@pytest.mark.parametrize(
    ("wanted", "line", "spans"),
    [
        ("x", "axbX", [(1, 2), (3, 4)]),
        ("aa", "aaaaa", [(0, 2), (2, 4)]),
        ("b", "ßb", [(1, 2)]),
        ("ss", "aßb", [(1, 2)]),
        ("s", "ß", [(0, 1)]),
        ("STRASSE", "die Straße", [(4, 10)]),
        ("i", "İi", [(0, 1), (1, 2)]),
        ("σ", "ΟΔΟΣ ς", [(3, 4), (5, 6)]),
        ("sxs", "ßxßxß", [(0, 3), (3, 5)]),
        ("k", "K", [(0, 1)]),
        ("", "abc", []),
    ],
)
def test_where_a_text_stands(wanted, line, spans):
    assert Needle(wanted).spans(line) == spans


@given(oddities.filter(bool), oddities)
def test_spans_hold_the_text_and_what_is_between_them_does_not(wanted, line):
    needle, folded = Needle(wanted), wanted.casefold()
    free = 0
    for start, end in needle.spans(line):
        assert free <= start < end <= len(line)
        assert (
            folded in line[max(0, start - 1) : end].casefold()
        )  # ß may be the end of one and the start of the next
        assert folded not in line[free:start].casefold()
        free = end
    assert folded not in line[free:].casefold()


@given(oddities, oddities)
def test_the_first_place_is_that_of_the_first_span(wanted, line):
    needle = Needle(wanted)
    assert needle.find(line) == next(iter(needle.spans(line)), None)
