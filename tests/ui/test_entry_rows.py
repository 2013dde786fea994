"""Rows of entries in the client's screen: times, and places that are kept while the rows change."""

import pytest

from client_tui.core.frame import Direction, Frame, Opcode
from client_tui.render.times import Times
from client_tui.ui.entry_rows import TYPING_PAUSES


def frame(at, payload=b"{}", opcode=Opcode.TEXT):
    return Frame(at, Direction.RECEIVED, opcode, payload)


async def test_the_time_column_counts_from_the_clock_the_start_or_the_row_before(desk):
    async with desk(None) as somebody:
        await somebody.tell(frame(100.0), frame(161.25), frame(161.2521))
        assert [row.split()[0][-6:] for row in somebody.rows[:3]] == ["40.000", "41.250", "41.252"]
        somebody.history.action_next_times()
        await somebody.pilot.pause()
        assert [row.split()[0] for row in somebody.rows[:3]] == [
            "00:00:00.000",
            "00:01:01.250",
            "00:01:01.252",
        ]
        somebody.history.action_next_times()
        await somebody.pilot.pause()
        assert [row.split("▼")[0].strip() for row in somebody.rows[:3]] == ["·", "+61.2 s", "+2.1 ms"]
        assert somebody.history.times is Times.BEFORE


async def test_the_row_before_is_the_one_that_is_shown(desk):
    async with desk(None, show_control_frames=False) as somebody:
        await somebody.tell(frame(100.0), frame(101.0, b"", Opcode.PING), frame(103.0))
        somebody.history.times = Times.BEFORE
        somebody.history.refresh()
        await somebody.pilot.pause()
        assert somebody.rows[1].split("▼")[0].strip() == "+3.0 s"


async def test_an_entry_that_is_not_shown_leads_to_the_first_one_after_it(desk):
    async with desk(None) as somebody:
        await somebody.tell(frame(1.0), frame(2.0, b"", Opcode.PING), frame(3.0), frame(4.0))
        somebody.history.go_to(1)
        assert somebody.history.selected == 2
        somebody.history.go_to(0)
        assert somebody.history.selected == 0
        somebody.history.go_to(99)
        assert somebody.history.selected == 3


async def test_what_is_under_the_cursor_stays_there_while_rows_come_and_go(desk):
    pairs = [entry for at in range(40) for entry in (frame(float(at)), frame(at + 0.5, b"", Opcode.PING))]
    async with desk(None, size=(80, 16)) as somebody:
        await somebody.tell(*pairs)
        somebody.history.go_to(20)
        before = somebody.history.selected
        somebody.history.action_toggle_control_frames()
        await somebody.pilot.pause()
        assert somebody.history.selected == before
        assert somebody.history.row_count() == 80


async def test_an_entry_that_was_out_of_sight_comes_with_its_surroundings(desk):
    async with desk(None, size=(80, 24)) as somebody:
        await somebody.tell(*(frame(float(at), b"%d" % at) for at in range(200)))
        somebody.history.go_to(100)
        await somebody.pilot.pause()
        shown = [row.split()[2] for row in somebody.rows if row]
        assert "90" < shown[0] < "98"
        assert int(shown[-1]) > 102
        assert somebody.history.selected == 100


@pytest.mark.parametrize(
    ("keys", "left_out"), [([], 0), (["["], TYPING_PAUSES), (["[", "1", "left"], TYPING_PAUSES)]
)
async def test_whoever_types_is_painted_before_the_pane_but_not_for_long(desk, monkeypatch, keys, left_out):
    async with desk(None) as somebody:
        pane, due = somebody.history, []
        monkeypatch.setattr(pane, "set_timer", lambda _seconds, call: due.append(call))
        somebody.app.session.on_entries([frame(1.0)])
        await somebody.until(lambda: due)
        await somebody.press(*keys)
        put_off = -1
        while due:
            somebody.app.session.on_entries([frame(2.0)])
            due.pop()()
            put_off += 1
        await somebody.until(lambda: not pane.is_behind)
        assert put_off == left_out
