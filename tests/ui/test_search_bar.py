"""The search line by itself; what a search does to the history is held in test_history.py."""

import pytest
from textual import on
from textual.app import App
from textual.widgets import Input

from client_tui.ui.history import HistoryPane
from client_tui.ui.search_bar import SearchBar
from client_tui.ui.themes import OURS


class Shell(App):
    CSS_PATH = "../../client_tui/ui/jsonws.tcss"

    def __init__(self):
        super().__init__()
        for theme in OURS:
            self.register_theme(theme)
        self.theme = OURS[0].name
        self.told = []

    def compose(self):
        yield SearchBar()

    @on(SearchBar.Changed)
    def changed(self, event):
        self.told.append(event.text)

    @on(SearchBar.Find)
    def find(self, event):
        self.told.append(event.direction)

    @on(SearchBar.Closed)
    def closed(self):
        self.told.append("closed")

    @property
    def bar(self):
        return self.query_one(SearchBar)

    @property
    def line(self):
        return self.screen._compositor.render_strips()[0].text


async def test_it_is_hidden_until_it_is_opened_and_after_it_is_closed():
    async with Shell().run_test(size=(60, 3)) as pilot:
        assert not pilot.app.bar.is_open
        assert "find" not in pilot.app.line
        pilot.app.bar.open()
        await pilot.pause()
        assert pilot.app.bar.is_open
        assert pilot.app.line.startswith(" find ")
        await pilot.press("escape")
        assert not pilot.app.bar.is_open
        assert pilot.app.told == ["closed"]


async def test_each_key_is_told_and_so_are_the_ways_on():
    async with Shell().run_test(size=(60, 3)) as pilot:
        pilot.app.bar.open()
        await pilot.press("a", "b", "backspace", "enter", "down", "up", "shift+enter")
        assert pilot.app.told == ["a", "ab", "a", 1, 1, -1, -1]


async def test_opened_again_it_looks_for_the_same_and_typing_replaces_it():
    async with Shell().run_test(size=(60, 3)) as pilot:
        pilot.app.bar.open()
        await pilot.press("a", "escape")
        pilot.app.bar.open()
        await pilot.press("b")
        assert pilot.app.told == ["a", "closed", "a", "b"]
        assert pilot.app.query_one(Input).value == "b"


@pytest.mark.parametrize(
    ("ordinal", "count", "is_done", "words"),
    [
        (3, 17, True, "3 of 17"),
        (3, 17_000, False, "3 of 17,000 …"),
        (None, 17, True, "17"),
        (None, 0, False, "searching …"),
        (None, 0, True, "nothing found"),
    ],
)
async def test_the_count(ordinal, count, is_done, words):
    async with Shell().run_test(size=(60, 3)) as pilot:
        pilot.app.bar.open()
        await pilot.press("a")
        pilot.app.bar.show_count(HistoryPane.Searched(ordinal, count, is_done=is_done))
        await pilot.pause()
        assert pilot.app.line.rstrip().endswith(f" {words}")


async def test_nothing_is_counted_where_nothing_is_looked_for():
    async with Shell().run_test(size=(60, 3)) as pilot:
        pilot.app.bar.open()
        pilot.app.bar.show_count(HistoryPane.Searched(None, 0, is_done=True))
        await pilot.pause()
        assert "found" not in pilot.app.line
