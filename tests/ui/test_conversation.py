"""What every conversation has: the lines for filter, search and places, and what they do to the history."""

import pytest

from client_tui.core.frame import Notice, NoticeKind
from client_tui.ui.export_sheet import ExportSheet
from client_tui.ui.inspector import Inspector
from tests.support.recordings import START, a_bit_of_everything, ticks


async def filtered(somebody, text, count):
    """Type a filter, and wait until so many rows are left."""
    await somebody.press("f6")
    await somebody.type(text)
    await somebody.until(lambda: somebody.history.filter_text == text)
    await somebody.until(lambda: somebody.history.row_count() == count)
    await somebody.pilot.pause()


async def test_a_filter_is_live_and_what_is_hidden_is_told_while_one_looks_at_the_history(desk):
    async with desk(None) as somebody:
        await somebody.tell(*ticks(50))
        await filtered(somebody, "dir:sent", 5)
        await somebody.sees("5 of 50")
        await somebody.press("enter")
        assert somebody.history.has_focus
        await somebody.sees("5 of 50 shown")
        await somebody.tell(*ticks(10, start=50))
        await somebody.sees("6 of 60 shown")


async def test_a_wrong_expression_leaves_the_last_good_view(desk):
    async with desk(None) as somebody:
        await somebody.tell(*ticks(50))
        await filtered(somebody, "dir:sent", 5)
        await somebody.type(" .n ==")
        await somebody.sees("✗ ")
        assert somebody.history.row_count() == 5
        await somebody.type(" 20")
        await somebody.until(lambda: somebody.history.row_count() == 1)
        await somebody.pilot.pause()
        assert "✗ " not in somebody.text()


async def test_escape_takes_the_filter_away_and_the_place_stays(desk):
    async with desk(None) as somebody:
        await somebody.tell(*ticks(100))
        await filtered(somebody, "dir:sent", 10)
        await somebody.press("enter", "up", "up")
        selected = somebody.history.selected
        await somebody.press("f", "escape")
        await somebody.until(lambda: somebody.history.row_count() == 100)
        assert not somebody.main.filter_bar.is_open
        assert somebody.history.selected == selected
        assert somebody.history.has_focus


async def test_the_filter_can_be_taken_away_from_the_palette(desk):
    async with desk(None) as somebody:
        await somebody.tell(*ticks(50))
        await filtered(somebody, "dir:sent", 5)
        somebody.main.action_filter_off()
        await somebody.until(lambda: somebody.history.row_count() == 50)
        assert not somebody.main.filter_bar.is_open


async def test_a_search_goes_through_what_the_filter_lets_through(desk):
    async with desk(None) as somebody:
        await somebody.tell(*ticks(50))
        await filtered(somebody, "dir:sent", 5)
        await somebody.press("enter", "slash")
        await somebody.type("tick")
        await somebody.sees("5 of 5")
        await somebody.press("enter")
        await somebody.sees("1 of 5")


@pytest.mark.parametrize("key", ["ctrl+g", "g"])
async def test_a_place_is_gone_to(desk, key):
    async with desk(None) as somebody:
        await somebody.tell(*ticks(200))
        if key == "g":
            somebody.history.focus()
        await somebody.press(key)
        await somebody.type("+60s")
        await somebody.sees("#61 of 200")
        await somebody.press("enter")
        assert somebody.history.selected == 60
        assert somebody.history.has_focus
        assert not somebody.history.viewport.following
        await somebody.press(key, "escape")
        assert somebody.history.selected == 60
        assert somebody.history.has_focus


async def test_of_a_place_that_is_filtered_out_the_next_one_is_gone_to(desk):
    async with desk(None) as somebody:
        await somebody.tell(*ticks(50))
        await filtered(somebody, "dir:sent", 5)
        await somebody.press("enter", "g", "2", "2", "enter")
        assert somebody.history.selected == 30


async def test_the_times_go_round(desk):
    async with desk(None, times="start") as somebody:
        await somebody.tell(*ticks(3))
        assert "00:00:02.000" in somebody.rows[2]
        somebody.history.focus()
        await somebody.press("t")
        assert "+1.0 s" in somebody.rows[2]
        await somebody.press("t")
        assert ":04.118" in somebody.rows[2]


async def test_one_entry_is_inspected_and_the_next(desk):
    async with desk(None) as somebody:
        await somebody.tell(*a_bit_of_everything())
        somebody.history.focus()
        await somebody.press("home", "down", "enter")
        await somebody.until(lambda: isinstance(somebody.app.screen, Inspector))
        await somebody.sees('"op": "hello"')
        await somebody.press("right")
        await somebody.sees('"error": "no such op"')


async def test_the_export_has_what_is_shown_and_no_secret(desk):
    headers = (("Authorization", "Bearer TOP-SECRET"),)
    async with desk(None, headers=headers) as somebody:
        notice = Notice(START, NoticeKind.ERROR, "refused", "Authorization: Bearer TOP-SECRET")
        await somebody.tell(notice, *ticks(20))
        await filtered(somebody, "-dir:received", 3)
        somebody.main.action_export()
        await somebody.until(lambda: isinstance(somebody.app.screen, ExportSheet))
        await somebody.sees("3 entries of 21: what matches -dir:received")
        wanted = somebody.app.screen._wanted
        assert list(wanted.indices) == [0, 1, 11]
        assert "TOP-SECRET" not in wanted.entry(0).detail
        assert wanted.entry(11) == ticks(1, start=10)[0]
        assert somebody.main.transcript[0] == notice


async def test_what_is_told_again_does_not_pile_up(desk):
    async with desk(None, notifications=True) as somebody:
        await somebody.tell(*ticks(3))
        somebody.history.focus()
        await somebody.press("c", "c", "c", "f4", "f4")
        await somebody.sees("Copied")
        assert somebody.text().count("Copied") == 1
        assert [note.title for note in somebody.app._notifications] == ["Copied", ""]
