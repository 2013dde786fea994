"""A pane of rows of any height: what is seen, the scrollbar beside it, keys, wheel and mouse."""

from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.app import App
from textual.widgets import Static

from client_tui.core.viewport import Anchor
from client_tui.render.spans import Role, Span
from client_tui.ui.anchored import AnchoredView
from client_tui.ui.themes import OURS

SIZE = (30, 10)


class Rows(AnchoredView):
    """Rows of the heights that a test gives."""

    def __init__(self, heights, *, can_follow=False):
        super().__init__(can_follow=can_follow)
        self.heights = heights

    def row_count(self):
        return len(self.heights)

    def measure(self, row):
        return self.heights[row]

    def line(self, row, line):
        return [Span(f"{row}.{line}", Role.SENT)]

    @property
    def shown(self):
        return [self.render_line(y).text.strip() for y in range(self.size.height)]


class Shell(App):
    CSS_PATH = "../../client_tui/ui/jsonws.tcss"
    CSS = """
        Rows { height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; }
        Static { height: 2; }
    """

    def __init__(self, rows):
        super().__init__()
        self.rows = rows
        for theme in OURS:
            self.register_theme(theme)
        self.theme = OURS[0].name

    def compose(self):
        yield Static()
        yield self.rows
        yield Static()


@asynccontextmanager
async def shown(heights, *, can_follow=False, size=SIZE):
    rows = Rows(heights, can_follow=can_follow)
    async with Shell(rows).run_test(size=(size[0], size[1] + 4)) as pilot:
        rows.focus()
        await pilot.pause()
        yield rows, pilot


def bar(rows):
    """Return how far the scrollbar says the window has moved, from 0 to 1."""
    scrollbar = rows.vertical_scrollbar
    return scrollbar.position / (scrollbar.window_virtual_size - scrollbar.window_size)


async def test_rows_are_shown_from_the_first_line_of_the_first():
    async with shown([1, 2, 1]) as (rows, _):
        assert rows.shown == ["0.0", "1.0", "1.1", "2.0", *[""] * 6]
        assert not rows.show_vertical_scrollbar


@pytest.mark.parametrize("size", [(60, 16), (300, 80), (20, 5), (2, 2), (1, 1)])
async def test_any_window_is_filled_to_its_width(size):
    async with shown([1, 30, 2] * 20, size=size) as (rows, pilot):
        for key in ("end", "pageup", "up", "down", "home"):
            await pilot.press(key)
            width = rows.scrollable_content_region.width
            assert {rows.render_line(y).cell_length for y in range(rows.size.height)} == {width}


async def test_no_rows_at_all():
    async with shown([]) as (rows, pilot):
        await pilot.press("end", "up", "down", "pageup", "pagedown", "home")
        assert rows.shown == [""] * 10
        assert rows.cursor == 0


async def test_the_cursor_moves_by_rows_and_the_window_goes_along():
    async with shown([1] * 30) as (rows, pilot):
        await pilot.press(*["down"] * 12)
        assert (rows.cursor, rows.shown[-1]) == (12, "12.0")
        await pilot.press(*["up"] * 11)
        assert (rows.cursor, rows.shown[0]) == (1, "1.0")


async def test_the_cursor_stops_at_both_ends():
    async with shown([1] * 3) as (rows, pilot):
        await pilot.press("up")
        assert rows.cursor == 0
        await pilot.press(*["down"] * 5)
        assert rows.cursor == 2


async def test_pages_ends_and_the_cursor_with_them():
    async with shown([1] * 100) as (rows, pilot):
        await pilot.press("pagedown")
        assert (rows.viewport.top, rows.cursor) == (Anchor(9, 0), 18)
        await pilot.press("end")
        assert (rows.shown[-1], rows.cursor) == ("99.0", 99)
        await pilot.press("pageup")
        assert (rows.viewport.top, rows.cursor) == (Anchor(81, 0), 81)
        await pilot.press("home")
        assert (rows.shown[0], rows.cursor) == ("0.0", 0)


@pytest.mark.parametrize(("first", "key", "last"), [("home", "down", 2), ("end", "up", 0)])
async def test_a_row_taller_than_the_window_is_scrolled_through_by_the_cursor(first, key, last):
    async with shown([1, 14, 1]) as (rows, pilot):
        await pilot.press(first)
        seen = set(rows.shown)
        while rows.cursor != last:
            await pilot.press(key)
            seen |= set(rows.shown)
        assert {f"1.{line}" for line in range(14)} <= seen


async def test_going_up_into_a_tall_row_shows_its_end_first():
    async with shown([25, *[1] * 20]) as (rows, pilot):
        await pilot.press("end")
        await pilot.press(*["up"] * 20)
        assert rows.cursor == 0
        assert rows.shown[:2] == ["0.24", "1.0"]


async def test_a_click_into_a_tall_row_does_not_move_it():
    async with shown([1, 50, 1]) as (rows, _):
        rows.scroll_lines(20)
        before = rows.shown
        rows.select(1)
        assert rows.shown == before
        assert rows.cursor == 1


async def test_the_wheel_scrolls_lines_and_leaves_the_cursor():
    async with shown([1, 7] * 20) as (rows, pilot):
        await pilot._post_mouse_events([events.MouseScrollDown], rows)
        assert rows.viewport.top == Anchor(1, 2)
        assert rows.cursor == 0
        await pilot._post_mouse_events([events.MouseScrollUp], rows)
        assert rows.viewport.top == Anchor(0, 0)


@pytest.mark.parametrize("heights", [[1] * 1000, [1, 9, 30, 2] * 100, [500], [1] * 500 + [40] * 500])
async def test_dragging_the_scrollbar_to_its_ends_reaches_the_ends(heights):
    async with shown(heights) as (rows, pilot):
        scrollbar = rows.vertical_scrollbar
        await pilot.mouse_down(scrollbar, offset=(0, 0))
        await pilot.hover(scrollbar, offset=(0, 5))
        await pilot.hover(scrollbar, offset=(0, 10))
        await pilot.wait_for_animation()
        assert rows.shown[-1] == f"{len(heights) - 1}.{heights[-1] - 1}"
        await pilot.hover(scrollbar, offset=(0, -1))
        await pilot.wait_for_animation()
        await pilot.mouse_up(scrollbar, offset=(0, 0))
        assert rows.shown[0] == "0.0"


async def test_a_click_beside_the_handle_turns_a_page():
    async with shown([1] * 100) as (rows, pilot):
        await pilot.click(rows.vertical_scrollbar, offset=(0, 9))
        assert rows.viewport.top == Anchor(9, 0)
        await pilot.press("end")
        await pilot.click(rows.vertical_scrollbar, offset=(0, 0))
        assert rows.viewport.top == Anchor(81, 0)


@pytest.mark.parametrize("heights", [[1] * 200, [1, 9, 30, 2] * 50, [3] * 11])
async def test_the_scrollbar_says_where_the_window_stands(heights):
    async with shown(heights) as (rows, pilot):
        for key in ["pagedown"] * 4 + ["end", "pageup", "home"]:
            await pilot.press(key)
            share = rows.viewport.position / rows.viewport.last_position
            assert bar(rows) == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize("can_follow", [True, False])
async def test_the_scrollbar_is_right_when_it_appears_and_when_heights_change(can_follow):
    async with shown([1] * 5, can_follow=can_follow) as (rows, pilot):
        assert not rows.show_vertical_scrollbar
        rows.heights = [1] * 40
        rows.update_rows()
        await pilot.pause()
        assert rows.show_vertical_scrollbar
        assert bar(rows) == (1.0 if can_follow else 0.0)
        rows.heights = [7] * 40
        rows.update_rows()
        await pilot.pause()
        assert bar(rows) == pytest.approx(1.0 if can_follow else 0.0, abs=0.01)


async def test_resizing_keeps_the_top_and_a_cursor_that_is_in_sight():
    async with shown([1] * 100) as (rows, pilot):
        await pilot.press("pagedown")
        await pilot.resize_terminal(30, 9)
        assert rows.cursor == 18
        assert "18.0" in rows.shown
        await pilot.press("home")
        rows.scroll_lines(50)
        await pilot.resize_terminal(50, 12)
        assert rows.shown[0] == "50.0"
        assert rows.cursor == 0


async def test_another_theme_recolours_what_is_shown():
    async with shown([1] * 3) as (rows, pilot):
        before = [segment.style for segment in rows.render_line(1)]
        pilot.app.theme = OURS[1].name
        await pilot.pause()
        after = [segment.style for segment in rows.render_line(1)]
        assert before[0].color != after[0].color
        assert before[0].bgcolor != after[0].bgcolor


async def test_the_cursor_can_be_seen_while_the_pane_has_the_focus():
    async with shown([1] * 3) as (rows, pilot):
        assert rows.is_highlighted(0, 0)
        rows.blur()
        await pilot.pause()
        assert not rows.is_highlighted(0, 0)
