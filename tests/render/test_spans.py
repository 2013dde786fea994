from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from client_tui.core.printable import printable
from client_tui.render.spans import Role, Span, chop, fit, foreign, mark_matches, plain, width, wrap
from tests.support.hostile import texts

ROLES = [Role.PLAIN, Role.STRING, Role.KEY]
lines = st.lists(st.tuples(texts, st.sampled_from(ROLES)), max_size=4).map(
    lambda parts: [span for text, role in parts for span in foreign(text, role)]
)
cells = st.integers(0, 60)


def roles(line):
    return [role for text, role in line for _ in text]


def is_whole(text):
    """Whether a text does not begin in the middle of a character."""
    return not text or text[0] <= "\u02ff" or cell_len(text[0]) > 0


@given(texts, st.sampled_from(ROLES))
def test_foreign_text_is_safe_and_its_escapes_stand_out(text, role):
    line = foreign(text, role)
    assert plain(line) == printable(text)
    assert all(span.text.isprintable() and span.role in (role, Role.ESCAPE) for span in line)
    assert not any(category(span.text[0]).startswith("M") for span in line)
    assert all(span.text[0] == "\\" and span.text.isascii() for span in line if span.role is Role.ESCAPE)


def test_no_text_is_no_span():
    assert foreign("", Role.PLAIN) == []


def test_width_counts_cells():
    assert width([Span("世界", Role.PLAIN), Span("e\u0301x", Role.KEY)]) == 6


@given(lines, cells, st.booleans())
def test_a_fitted_line_takes_exactly_its_cells(line, cells, ellipsis):
    fitted = fit(line, cells, ellipsis=ellipsis)
    assert width(fitted) == cell_len(plain(fitted)) == cells


@given(lines, cells)
def test_a_fitted_line_is_the_line_or_says_that_it_was_cut(line, cells):
    fitted = plain(fit(line, cells))
    if width(line) <= cells:
        assert fitted == plain(line) + " " * (cells - width(line))
    elif cells:
        assert fitted.endswith("…")
        assert plain(line).startswith(fitted.removesuffix("…").rstrip(" "))
    else:
        assert is_whole(fitted)


@given(lines, st.integers(-5, 0))
def test_a_window_that_is_not_there_shows_nothing(line, cells):
    assert width(fit(line, cells)) == 0


@pytest.mark.parametrize(
    ("text", "cells", "fitted"),
    [
        ("abc", 3, "abc"),
        ("abc", 2, "a…"),
        ("abc", 1, "…"),
        ("世界", 4, "世界"),
        ("世界", 3, "世…"),
        ("世界", 2, " …"),
        ("世界人", 4, "世 …"),
        ("e\u0301e\u0301", 2, "e\u0301e\u0301"),
        ("e\u0301e\u0301x", 2, "e\u0301…"),
        ("☁\ufe0f", 1, "…"),
    ],
)
def test_where_a_line_is_cut(text, cells, fitted):
    assert plain(fit(foreign(text, Role.PLAIN), cells)) == fitted


def test_the_ellipsis_takes_the_place_of_an_earlier_span_where_it_must():
    line = [Span("ab", Role.KEY), Span("\u1100\u1161", Role.STRING), Span("c", Role.KEY)]
    assert fit(line, 4) == [Span("ab", Role.KEY), Span(" …", Role.FOLD)]


@given(lines, cells)
def test_wrapped_lines_give_the_line_back(line, cells):
    wrapped = wrap(line, cells)
    assert "".join(map(plain, wrapped)) == plain(line)
    assert roles([span for piece in wrapped for span in piece]) == roles(line)


@given(lines, cells)
def test_no_wrapped_line_is_too_wide_or_empty_or_torn(line, cells):
    for piece in wrap(line, cells):
        text = plain(piece)
        assert width(piece) <= cells or not any(is_whole(rest) for rest in text[1:])
        assert text or not line
        assert is_whole(text)


def test_a_wide_character_in_a_narrow_window_has_a_line_of_its_own():
    assert list(map(plain, wrap(foreign("a世e\u0301界", Role.PLAIN), 1))) == ["a", "世", "e\u0301", "界"]


@given(texts.map(printable), cells)
def test_chop_takes_all_that_fits(text, cells):
    head = chop(text, cells)
    rest = text[len(head) :]
    assert text.startswith(head)
    assert cell_len(head) <= cells
    assert is_whole(rest) or not head
    following = next((end for end in range(1, len(rest) + 1) if is_whole(rest[end:])), 0)
    assert not rest or cell_len(head + rest[:following]) > cells


@given(lines, st.lists(st.integers(0, 80), max_size=6).map(sorted))
def test_marks_change_roles_and_no_text(line, edges):
    text = plain(line)
    ranges = [
        (start, min(end, len(text)))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
        if start < min(end, len(text))
    ]
    marked = mark_matches(line, ranges)
    assert plain(marked) == text
    assert width(marked) == width(line)
    assert all(is_whole(span.text) for span in marked)
    for place, (before, after) in enumerate(zip(roles(line), roles(marked), strict=True)):
        if any(start <= place < end for start, end in ranges):
            assert after is Role.MATCH
        elif after is not before:
            assert after is Role.MATCH
            assert not is_whole(text[place:]) or not is_whole(text[place + 1 :])


def test_a_mark_goes_through_spans():
    line = [Span("ab", Role.KEY), Span("cd", Role.STRING)]
    assert mark_matches(line, [(1, 3)]) == [
        Span("a", Role.KEY),
        Span("b", Role.MATCH),
        Span("c", Role.MATCH),
        Span("d", Role.STRING),
    ]


def test_nothing_found_is_nothing_changed():
    line = [Span("ab", Role.KEY)]
    assert mark_matches(line, []) == line
