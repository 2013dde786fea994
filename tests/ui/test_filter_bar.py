"""The filter line by itself; what a filter does to the history is held in test_history.py."""

from array import array

import pytest
from textual import on
from textual.app import App
from textual.widgets import Button, Input

from client_tui.core.query import Mistake
from client_tui.ui.filter_bar import EXAMPLES, FilterBar
from client_tui.ui.history import HistoryPane
from client_tui.ui.lookups import Lookup
from client_tui.ui.themes import OURS

TOTAL = 1_000_000


class Shell(App):
    CSS_PATH = "../../client_tui/ui/jsonws.tcss"

    def __init__(self):
        super().__init__()
        for theme in OURS:
            self.register_theme(theme)
        self.theme = OURS[0].name
        self.told = []

    def compose(self):
        yield FilterBar()
        button = Button()
        button.styles.dock = "bottom"
        yield button

    @on(FilterBar.Changed)
    def changed(self, event):
        self.told.append(event.text)

    @on(FilterBar.Cancelled)
    @on(FilterBar.Kept)
    @on(FilterBar.Closed)
    def ended(self, event):
        self.told.append(type(event).__name__)

    @property
    def bar(self):
        return self.query_one(FilterBar)

    @property
    def field(self):
        return self.query_one(Input)

    @property
    def lines(self):
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]

    def style_at(self, column):
        """Return the style of a character in the field's line."""
        x = self.field.region.x + column
        (segment,) = self.screen._compositor.render_strips()[0].crop(x, x + 1)
        return segment.style


def found(text, *, count=1_234, looked_at=TOTAL, mistake=None, words=""):
    """Return what the history tells of a filter."""
    asked = Lookup("1", text, (text,), mistake=mistake, words=words)
    asked.findings.add(TOTAL - looked_at, TOTAL, array("I"))
    return HistoryPane.Filtered(asked, count, TOTAL)


@pytest.fixture
async def pilot():
    async with Shell().run_test(size=(80, 8)) as pilot:
        yield pilot


async def opened(pilot, *keys):
    pilot.app.bar.open()
    await pilot.press(*keys)
    await pilot.pause()
    return pilot.app


async def test_it_is_hidden_until_it_is_opened_and_then_shows_what_can_be_typed_in_80_columns(pilot):
    assert not pilot.app.bar.is_open
    app = await opened(pilot)
    assert app.lines[0] == " filter"
    assert app.lines[1] == f"        {EXAMPLES}"
    await pilot.press("a")
    await pilot.pause()
    assert app.lines[0] == " filter a"
    assert EXAMPLES not in app.lines[1]


async def test_each_key_is_told(pilot):
    app = await opened(pilot, "a", "b", "backspace")
    assert app.told == ["a", "ab", "a"]


async def test_enter_keeps_the_filter_and_the_line_tells_that_not_all_is_shown(pilot):
    app = await opened(pilot, *"tick")
    app.bar.show(found("tick"))
    await pilot.pause()
    assert app.lines[0].endswith("1,234 of 1,000,000")
    await pilot.press("enter")
    assert app.told[-1] == "Kept"
    app.query_one(Button).focus()
    await pilot.pause()
    assert app.lines[0].startswith(" filter tick")
    assert app.lines[0].endswith("1,234 of 1,000,000 shown")
    assert app.bar.is_open


async def test_an_empty_line_is_closed_by_enter(pilot):
    app = await opened(pilot, "enter")
    assert app.told == ["Closed"]
    assert not app.bar.is_open


async def test_escape_stops_the_looking_first_and_then_takes_the_filter_away(pilot):
    app = await opened(pilot, *"tick")
    app.bar.show(found("tick", looked_at=451_999))
    await pilot.pause()
    assert app.lines[0].endswith("1,234 of 1,000,000  ━━━━━━━━━━ 45 %")
    await pilot.press("escape")
    assert app.told[-1] == "Cancelled"
    app.bar.show(found("tick", looked_at=451_999))
    await pilot.pause()
    assert app.lines[0].endswith("1,234 shown · stopped at 45 %")
    assert app.bar.is_open
    await pilot.press("escape")
    assert app.told[-1] == "Closed"
    assert not app.bar.is_open
    assert app.field.value == ""


async def test_where_all_is_looked_at_one_escape_takes_it_away(pilot):
    app = await opened(pilot, "a")
    app.bar.show(found("a"))
    await pilot.press("escape")
    assert app.told == ["a", "Closed"]


async def test_another_text_after_a_stop_is_looked_for_anew(pilot):
    app = await opened(pilot, "a")
    app.bar.show(found("a", looked_at=0))
    await pilot.press("escape", "b")
    app.bar.show(found("ab", looked_at=0))
    await pilot.pause()
    assert app.lines[0].endswith("  0 %")


async def test_what_comes_while_a_filter_is_on_is_no_new_looking(pilot):
    app = await opened(pilot, "a")
    app.bar.show(found("a"))
    app.bar.show(found("a", looked_at=TOTAL - 10))
    await pilot.pause()
    assert app.lines[0].endswith("1,234 of 1,000,000")
    assert not app.bar.is_looking
    app.bar.show(found("a", looked_at=10))
    assert app.bar.is_looking


async def test_a_wrong_expression_is_underlined_and_explained_at_once(pilot):
    app = await opened(pilot, *"tick dir:sned")
    assert "sent" in app.lines[1]
    assert not app.style_at(0).underline
    assert app.style_at(9).underline
    assert app.told[-1] == "tick dir:sned"
    await pilot.press(*["backspace"] * 4, *"sent")
    await pilot.pause()
    assert not app.style_at(9).underline
    assert app.lines[1] == ""


async def test_what_is_unfinished_is_no_mistake_yet(pilot):
    app = await opened(pilot, *"is:no")
    assert app.lines[1].strip().startswith("… ")
    assert not app.style_at(3).underline
    assert not app.bar.has_class("-wrong")
    await pilot.press("x")
    await pilot.pause()
    assert app.lines[1].strip().startswith("✗ ")
    assert app.style_at(3).underline


async def test_what_only_the_looking_finds_wrong_is_shown_too(pilot):
    app = await opened(pilot, *".a ==")
    app.bar.show(found(".a ==", mistake=Mistake(3, 5, "a \x1b[2J value is missing")))
    await pilot.pause()
    assert app.lines[1].strip() == r"✗ a \u001b[2J value is missing"
    assert app.style_at(3).underline
    assert app.bar.has_class("-wrong")
    await pilot.press("space", "1")
    await pilot.pause()
    assert app.lines[1] == ""
    app.bar.show(found(".a ==", mistake=Mistake(3, 5, "late")))
    await pilot.pause()
    assert app.lines[1] == ""


async def test_why_no_more_is_found_is_told(pilot):
    app = await opened(pilot, "a")
    app.bar.show(found("a", looked_at=9, words="it takes too long at #12,345"))
    await pilot.pause()
    assert app.lines[1].strip() == "✗ it takes too long at #12,345"
    assert "%" not in app.lines[0]
    assert not app.bar.is_looking


async def test_terms_have_colours_and_so_have_the_examples(pilot):
    app = await opened(pilot, *"word /re/ dir:sent .a")
    columns = (0, 5, 10, 14, 19)
    assert len({app.style_at(column).color for column in columns}) == len(columns)


async def test_what_was_begun_is_offered_and_tab_or_right_takes_it(pilot):
    app = await opened(pilot, *"is:e")
    await app.workers.wait_for_complete()
    await pilot.pause()
    assert app.lines[0].startswith(" filter is:error")
    assert app.field.value == "is:e"
    await pilot.press("tab")
    assert app.field.value == "is:error"
    await pilot.press("tab")
    assert app.focused is app.query_one(Button)


async def test_up_and_down_walk_through_the_filters_that_were_used(pilot):
    app = await opened(pilot, *"one", "enter")
    app.bar.open()
    await pilot.press(*["backspace"] * 3, *"two", "enter")
    app.bar.open()
    await pilot.press(*["backspace"] * 3, *"th", "up")
    assert app.field.value == "two"
    await pilot.press("up", "up")
    assert app.field.value == "one"
    assert app.told[-1] == "one"
    await pilot.press("down", "down")
    assert app.field.value == "th"


async def test_a_wrong_filter_is_not_kept_for_later_and_one_used_again_is_the_newest(pilot):
    app = await opened(pilot, *"one", "enter")
    for text in ("two", "one", "dir:x"):
        app.bar.open()
        app.field.value = text
        await pilot.press("enter")
    app.bar.open()
    app.field.value = ""
    seen = []
    for _ in range(3):
        await pilot.press("up")
        seen.append(app.field.value)
    assert seen == ["one", "two", "two"]


async def test_opened_again_after_it_was_closed_it_is_empty(pilot):
    app = await opened(pilot, *"one", "escape")
    app.bar.open()
    await pilot.pause()
    assert app.lines[:2] == [" filter", f"        {EXAMPLES}"]
    await pilot.press("up")
    assert app.field.value == "one"
