"""Documents as rows that wrap; moving over rows is held in test_anchored.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App

from client_tui.render.spans import Role, Span, foreign, plain
from client_tui.render.viewers import json_spans
from client_tui.ui.document_view import LONG, Document, DocumentView
from client_tui.ui.themes import OURS

lengths = st.sampled_from([0, 1, 40, LONG - 1, LONG, LONG + 1, 2 * LONG, 3 * LONG + 7])


def words(text):
    return foreign(text, Role.PLAIN)


def document(lines):
    return Document(lines, words)


@given(st.lists(lengths, max_size=12))
def test_every_line_is_there_in_full_and_in_order(sizes):
    lines = ["x" * size for size in sizes]
    made = document(lines)
    told = {}
    for row in range(len(made)):
        line = made.line_of(row)
        told.setdefault(line, []).append(plain(made.row(row)))
    assert list(told) == list(range(len(lines)))
    assert ["".join(parts) for parts in told.values()] == lines
    assert all(len(part) <= LONG for parts in told.values() for part in parts)


def test_lines_that_are_not_long_are_not_even_looked_at():
    class Unread(list):
        def __iter__(self):
            raise AssertionError

    assert len(Document(Unread(["a", "b"]), words, may_be_long=False)) == 2


def test_only_a_stretch_of_a_long_line_is_without_colour():
    made = Document(['{"a":', f'"{"x" * LONG}"'], json_spans)
    assert made.row(0)[1] == Span('"a"', Role.KEY)
    assert {span.role for span in made.row(1)} == {Role.PLAIN}


class Shell(App):
    CSS_PATH = "../../client_tui/ui/jsonws.tcss"

    def __init__(self):
        super().__init__()
        for theme in OURS:
            self.register_theme(theme)
        self.theme = OURS[0].name

    def compose(self):
        yield DocumentView(id="document")


def shown(view):
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


async def test_long_lines_wrap_and_wrap_anew_in_another_width():
    async with Shell().run_test(size=(21, 6)) as pilot:
        view = pilot.app.query_one(DocumentView)
        view.show(document(["abcdefghij" * 3, "end"]))
        assert shown(view) == ["abcdefghijabcdefghij", "abcdefghij", "end", "", "", ""]
        await pilot.resize_terminal(11, 6)
        assert shown(view) == ["abcdefghij"] * 3 + ["end", "", ""]


async def test_another_document_is_shown_from_its_beginning():
    async with Shell().run_test(size=(21, 6)) as pilot:
        view = pilot.app.query_one(DocumentView)
        view.show(document([str(line) for line in range(100)]))
        view.focus()
        await pilot.press("end")
        assert (view.cursor_line, shown(view)[-1]) == (99, "99")
        view.show(document(["first"]))
        assert (view.cursor_line, shown(view)[0]) == (0, "first")


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (300, 80)])
async def test_any_window(size):
    async with Shell().run_test(size=size) as pilot:
        view = pilot.app.query_one(DocumentView)
        view.show(document(["世界" * 50, "\x1b[2J", "", "x" * 3 * LONG]))
        view.focus()
        await pilot.press("down", "end", "pageup", "home")
        assert view.cursor_line == 0


async def test_a_click_selects_a_line():
    async with Shell().run_test(size=(21, 6)) as pilot:
        view = pilot.app.query_one(DocumentView)
        view.show(document(["a" * 30, "b", "c"]))
        await pilot.click(view, offset=(0, 2))
        assert view.cursor_line == 1
        await pilot.click(view, offset=(0, 5))
        assert view.cursor_line == 1
