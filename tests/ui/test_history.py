"""The history pane in the client's screen, without a connection: entries come as the wire brings them."""

import json
from array import array

import pytest
from textual import events

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.viewport import Anchor
from client_tui.finding.news import Found
from client_tui.render.spans import Role
from client_tui.ui.inspector import Inspector

TALL = json.dumps({f"key {number}": number for number in range(40)}).encode()


def frame(payload, direction=Direction.RECEIVED, opcode=Opcode.TEXT, at=0.0):
    return Frame(at, direction, opcode, payload)


def numbered(count, start=0):
    return [frame(b'{"n": %d}' % number) for number in range(start, start + count)]


def ping(number=0):
    return frame(b"%d" % number, Direction.SENT, Opcode.PING)


def numbers(rows):
    """Return which of the numbered frames stand in rows."""
    return [int(row.split('"n": ')[1].split("}")[0]) for row in rows if '"n": ' in row]


def marked(history, row):
    """Return what is marked as a match on a row of the window."""
    anchor = history.viewport.visible()[row]
    return "".join(span.text for span in history.line(*anchor) if span.role is Role.MATCH)


async def focused(somebody):
    somebody.history.focus()
    await somebody.pilot.pause()


# What a row holds


async def test_rows_are_in_order_with_times_sizes_and_latency(desk):
    async with desk(None) as somebody:
        await somebody.tell(
            Notice(1.0, NoticeKind.INFO, "connected · HTTP 101"),
            frame(b'{"x": 1}', Direction.SENT, at=2.0),
            frame(b'{"x": 1}', at=2.0042),
            frame(b"no JSON", at=3.0),
        )
        rows = [row.split() for row in somebody.rows[:4]]
        assert [row[1] for row in rows] == ["·", "▲", "▼", "▼"]
        assert [row[0][-6:] for row in rows] == ["01.000", "02.000", "02.004", "03.000"]
        assert [" ".join(row[2:]) for row in rows] == [
            "connected · HTTP 101",
            '{"x": 1} 8 B',
            '{"x": 1} 8 B +4.2 ms',
            "no JSON not JSON 7 B +1.0 s",
        ]


async def test_pings_are_hidden_until_they_are_asked_for(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(1), ping())
        assert "ping" not in somebody.text()
        await somebody.press("f4")
        assert "ping 0" in somebody.text()
    async with desk(None, show_control_frames=True) as somebody:
        await somebody.tell(ping())
        assert "ping 0" in somebody.text()


# Following


async def test_it_follows_the_newest_and_the_cursor_with_it(desk):
    async with desk(None) as somebody:
        for start in range(0, 100, 50):
            await somebody.tell(*numbered(50, start))
            assert numbers(somebody.rows)[-1] == start + 49
            assert somebody.history.cursor == start + 49
        assert somebody.history.viewport.following


def scroll_keys(*keys):
    async def scroll(somebody):
        await focused(somebody)
        await somebody.press(*keys)

    return scroll


async def scroll_wheel(somebody):
    await somebody.pilot._post_mouse_events([events.MouseScrollUp], somebody.history)


async def scroll_bar(somebody):
    await somebody.pilot.click(somebody.history.vertical_scrollbar, offset=(0, 0))


async def scroll_drag(somebody):
    bar = somebody.history.vertical_scrollbar
    await somebody.pilot.mouse_down(bar, offset=(0, bar.size.height - 1))
    await somebody.pilot.hover(bar, offset=(0, 5))
    await somebody.pilot.wait_for_animation()
    await somebody.pilot.mouse_up(bar, offset=(0, 5))


@pytest.mark.parametrize(
    "scroll",
    [
        scroll_keys("up"),
        scroll_keys("pageup"),
        scroll_keys("ctrl+home"),
        scroll_keys("home"),
        scroll_wheel,
        scroll_bar,
        scroll_drag,
    ],
    ids=["up", "pageup", "ctrl+home", "home", "wheel", "scrollbar", "drag"],
)
async def test_who_scrolls_up_stays_there_and_is_told_how_many_are_new(desk, scroll):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(60))
        await scroll(somebody)
        assert not somebody.history.viewport.following
        top = numbers(somebody.rows)[0]
        await somebody.tell(*numbered(5, 60))
        assert numbers(somebody.rows)[0] == top
        assert "5 new" in somebody.text()
        await somebody.tell(ping(), *numbered(7, 65), ping())
        assert numbers(somebody.rows)[0] == top
        assert "12 new" in somebody.text()


@pytest.mark.parametrize("way", ["end", "ctrl+end", "click", "wheel", "send"])
async def test_going_to_the_end_follows_again(desk, way):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(60))
        await focused(somebody)
        await somebody.press("up")
        await somebody.tell(*numbered(3, 60))
        assert "3 new" in somebody.text()
        if way == "click":
            await somebody.pilot.click("#below")
        elif way == "wheel":
            for _ in range(3):
                await somebody.pilot._post_mouse_events([events.MouseScrollDown], somebody.history)
        elif way == "send":
            somebody.history.action_end()
        else:
            await somebody.press(way)
        await somebody.pilot.pause()
        assert "new ·" not in somebody.text()
        await somebody.tell(*numbered(30, 63))
        assert numbers(somebody.rows)[-1] == 92
        assert "new ·" not in somebody.text()


async def test_what_was_seen_once_is_not_new_again(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(60))
        await focused(somebody)
        await somebody.press("ctrl+home")
        assert "new" not in somebody.text()
        await somebody.tell(*numbered(40, 60))
        assert "40 new" in somebody.text()
        await somebody.press("end", "ctrl+home")
        assert "new" not in somebody.text()


# Keeping the place


@pytest.mark.parametrize("change", ["f2", "f4", "resize", "theme"])
async def test_a_change_of_view_keeps_the_cursor_and_keeps_it_in_sight(desk, change):
    async with desk(None) as somebody:
        for start in range(0, 100, 10):
            await somebody.tell(*numbered(9, start), ping(start), frame(TALL))
        await focused(somebody)
        await somebody.press("pageup", "pageup", "down")
        history = somebody.history
        index = history.selected
        for _ in range(2):
            if change == "resize":
                await somebody.pilot.resize_terminal(60, 16)
            elif change == "theme":
                somebody.app.theme = "jsonws-light"
            else:
                await somebody.press(change)
            await somebody.pilot.pause()
            assert history.selected == index
            assert not history.viewport.following
            assert any(anchor.row == history.cursor for anchor in history.viewport.visible())


@pytest.mark.parametrize("change", ["f2", "f4", "resize"])
async def test_a_change_of_view_keeps_the_place_that_was_scrolled_to(desk, change):
    async with desk(None) as somebody:
        for start in range(0, 100, 10):
            await somebody.tell(*numbered(10, start), ping(start))
        somebody.history.scroll_lines(-30)
        top = numbers(somebody.rows)[0]
        for _ in range(2):
            if change == "resize":
                await somebody.pilot.resize_terminal(80, 24)
            else:
                await somebody.press(change)
            await somebody.pilot.pause()
            assert min(numbers(somebody.rows)) == top
            assert not somebody.history.viewport.following


async def test_a_change_of_view_at_the_end_goes_on_following(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(60), ping(), frame(TALL), *numbered(3, 60))
        for key in ("f2", "f4", "f2", "f4"):
            await somebody.press(key)
            assert somebody.history.viewport.following
            assert numbers(somebody.rows)[-1] == 62


async def test_showing_pings_makes_no_old_frame_new(desk):
    async with desk(None) as somebody:
        await somebody.tell(*[ping(number) for number in range(50)], *numbered(60))
        await focused(somebody)
        await somebody.press("up", "f4")
        assert "new ·" not in somebody.text()
        await somebody.tell(*numbered(2, 60))
        assert "2 new" in somebody.text()
        await somebody.press("f4")
        assert "2 new" in somebody.text()


@pytest.mark.parametrize("density", ["lines", "pretty"])
async def test_no_window_is_too_small_or_too_large(desk, density):
    async with desk(None, size=(1, 1), density=density) as somebody:
        await somebody.tell(*numbered(50), frame(TALL), frame(b"\xff\x1b"), frame(b"", opcode=Opcode.BINARY))
        await somebody.tell(Notice(0.0, NoticeKind.ERROR, "refused", "start it\n" * 9))
        await focused(somebody)
        for size in [(1, 1), (20, 5), (60, 16), (80, 24), (300, 80)]:
            await somebody.pilot.resize_terminal(*size)
            await somebody.press("space", "f2", "up", "space", "pageup", "f4", "home", "end")
            width = somebody.history.scrollable_content_region.width
            strips = [somebody.history.render_line(y) for y in range(somebody.history.size.height)]
            assert {strip.cell_length for strip in strips} <= {width}


# Unfolding


async def test_a_frame_unfolds_where_it_stands_and_folds_again(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(3), frame(TALL), *numbered(3, 3))
        await focused(somebody)
        await somebody.press("up", "up", "up", "space")
        assert somebody.rows[0].endswith(f"{len(TALL)} B")
        assert '"key 0": 0' in somebody.rows[1]
        await somebody.press("space")
        assert len([row for row in somebody.rows if row]) == 7


async def test_a_notice_unfolds_into_its_details(desk):
    async with desk(None) as somebody:
        await somebody.tell(Notice(0.0, NoticeKind.ERROR, "HTTP 403", "check it\n\nServer: x\r\n\r\nno [/x]"))
        assert somebody.rows[0].endswith("▸")
        await focused(somebody)
        await somebody.press("space")
        assert [row.strip("▎ ") for row in somebody.rows[1:6]] == ["check it", "", "Server: x", "", "no [/x]"]


async def test_a_frame_of_megabytes_unfolds_once_it_is_laid_out(desk):
    async with desk(None) as somebody:
        await somebody.tell(frame(b"[" + b"1," * 1_000_000 + b"2]"), *numbered(2))
        await focused(somebody)
        await somebody.press("up", "up", "space")
        await somebody.until(lambda: somebody.history.measure(0) > 1)
        assert somebody.history.measure(0) == 1_000_003
        await somebody.pilot.pause()
        assert somebody.history.viewport.top == Anchor(0, 0)
        await somebody.press("space")
        assert numbers(somebody.rows) == [0, 1]


async def test_who_has_gone_on_meanwhile_is_not_called_back(desk):
    async with desk(None) as somebody:
        await somebody.tell(frame(b"[" + b"1," * 1_000_000 + b"2]"), *numbered(60))
        await focused(somebody)
        await somebody.press("home")
        somebody.history.action_unfold()
        somebody.history.action_end()
        await somebody.until(lambda: somebody.history.measure(0) > 1)
        await somebody.pilot.pause()
        assert somebody.history.cursor == 60
        assert numbers(somebody.rows)[-1] == 59


# The mouse and the keys


async def test_a_click_selects_and_a_double_click_opens(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(5))
        await somebody.pilot.click("#history", offset=(20, 1))
        assert somebody.history.cursor == 1
        assert somebody.app.focused is somebody.history
        await somebody.pilot.click("#history", offset=(20, 3), times=2)
        assert isinstance(somebody.app.screen, Inspector)
        assert somebody.app.screen.entry.payload == b'{"n": 3}'


async def test_a_click_below_the_last_row_does_nothing(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(2))
        await somebody.pilot.click("#history", offset=(20, 9))
        assert somebody.history.cursor == 1


async def test_copying_takes_the_frame_as_it_was_on_the_wire(desk):
    async with desk(None) as somebody:
        await somebody.tell(frame(b'{"x":  1.10}\r\n'), frame(b"\xff\x00"))
        await focused(somebody)
        await somebody.press("c")
        assert somebody.app.clipboard == "ff 00"
        await somebody.press("up", "c")
        assert somebody.app.clipboard == '{"x":  1.10}\r\n'


async def test_a_frame_can_be_put_into_the_composer(desk):
    async with desk(None) as somebody:
        await somebody.tell(frame(b'{"x": 1}'))
        await focused(somebody)
        await somebody.press("e")
        assert somebody.main.composer.text == '{"x": 1}'
        assert somebody.main.composer.has_focus_within


async def test_what_is_typed_goes_to_the_composer(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(2))
        await focused(somebody)
        await somebody.type("[1")
        assert somebody.main.composer.text.startswith("[1")


async def test_keys_in_an_empty_history_do_nothing(desk):
    async with desk(None) as somebody:
        await focused(somebody)
        await somebody.press("space", "c", "e", "enter", "up", "down", "n", "N", "f2", "f4", "end", "home")
        assert somebody.app.clipboard == ""
        assert not isinstance(somebody.app.screen, Inspector)


# Searching


async def looking_for(somebody, text):
    await somebody.press("ctrl+f")
    await somebody.type(text)
    await somebody.pilot.pause()


async def test_the_newest_match_at_or_before_the_cursor_is_selected_as_it_is_typed(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(40))
        await focused(somebody)
        await somebody.press("up", "up")
        await looking_for(somebody, "2")
        await somebody.sees("13 of 13")
        assert somebody.history.cursor == 32
        await somebody.type("1")
        await somebody.sees("1 of 1")
        assert somebody.history.cursor == 21
        await somebody.press("backspace")
        await somebody.sees("13 of 13")
        assert somebody.history.cursor == 32


async def test_matches_are_walked_through_and_round_the_ends(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(30))
        await looking_for(somebody, '"N": 1')
        visited = []
        for key in ("up", "up", "shift+f3", "down", "enter", "f3", "f3", "shift+enter"):
            await somebody.press(key)
            visited.append(somebody.history.cursor)
        assert visited == [18, 17, 16, 17, 18, 19, 1, 19]
        assert "11 of 11" in somebody.text()


async def test_matches_are_marked_and_the_one_at_the_cursor_is_highlighted(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(12))
        await looking_for(somebody, 'n": 1')
        history = somebody.history
        assert [marked(history, row) for row in (0, 1, 10, 11)] == ["", 'n": 1', 'n": 1', 'n": 1']
        assert history.is_highlighted(11, 0)
        assert not history.is_highlighted(10, 0)


async def test_frames_that_come_join_the_count_and_leave_the_cursor(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(5))
        await looking_for(somebody, "n")
        assert "5 of 5" in somebody.text()
        await somebody.tell(*numbered(4, 5), frame(b"none"))
        await somebody.sees("5 of 10")
        assert somebody.history.cursor == 4


async def test_nothing_found_says_so_and_stays(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(5))
        await looking_for(somebody, "elephant")
        assert "nothing found" in somebody.text()
        await somebody.press("enter", "up", "f3")
        assert somebody.history.cursor == 4


async def test_pings_join_the_search_when_they_are_shown(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(5), ping(), *numbered(5, 5))
        await looking_for(somebody, "0")
        assert "1 of 1" in somebody.text()
        await somebody.press("f4")
        await somebody.sees("1 of 2")
        assert somebody.history.cursor == 0


FAR = b'{"padding": "' + b"x" * 3_000 + b'", "needle": 1, "more": "' + b"y" * 3_000 + b'"}'


HIDDEN = [
    frame(FAR),
    frame(TALL.replace(b"key 39", b"needle")),
    frame(b'{"a":{"b":["' + b"x" * 3_000 + b' needle"]}}'),
    frame(b"x\n" * 50 + b"needle"),
    frame(bytes(500) + b"needle", opcode=Opcode.BINARY),
    frame(b"[" + b"1," * 600_000 + b'"needle"]'),
    Notice(0.0, NoticeKind.INFO, "connected", "Server: x\n" * 60 + "X-Needle: 1"),
    Notice(0.0, NoticeKind.ERROR, "refused " * 40 + "needle", "start it"),
]


@pytest.mark.parametrize("density", ["lines", "pretty"])
async def test_what_was_found_can_be_seen_wherever_it_is(desk, density):
    async with desk(None, density=density) as somebody:
        for entry in HIDDEN:
            await somebody.tell(*numbered(20), entry)
        await looking_for(somebody, "needle")
        history = somebody.history
        for ordinal in range(len(HIDDEN), 0, -1):
            await somebody.sees(f"{ordinal} of {len(HIDDEN)}")
            places = history.viewport.visible()
            found = [marked(history, row) for row, place in enumerate(places) if place.row == history.cursor]
            assert "needle" in "".join(found).lower()
            await somebody.press("up")


async def test_what_a_search_unfolded_is_folded_when_it_goes_on(desk):
    async with desk(None, density="pretty") as somebody:
        await somebody.tell(*[frame(TALL) for _ in range(3)])
        await looking_for(somebody, "key 39")
        history = somebody.history
        folded = history.measure(0)
        assert [history.measure(row) for row in range(3)] == [folded, folded, 42]
        await somebody.press("up")
        assert [history.measure(row) for row in range(3)] == [folded, 42, folded]


async def test_what_was_found_can_be_seen_in_another_density_too(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(30), frame(TALL), *numbered(30, 30))
        await looking_for(somebody, "key 39")
        for _ in range(2):
            await somebody.press("f2")
            history = somebody.history
            places = history.viewport.visible()
            found = [marked(history, row) for row, place in enumerate(places) if place.row == 30]
            assert "key 39" in "".join(found)


async def test_the_search_ends_with_escape_and_goes_on_with_f3(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(30))
        await looking_for(somebody, "1")
        await somebody.press("up", "escape")
        history = somebody.history
        assert not history.is_searching
        assert not somebody.main.query_one("#search").display
        assert somebody.app.focused is history
        at = history.cursor
        assert not any(marked(history, row) for row in range(len(history.viewport.visible())))
        await somebody.press("f3")
        await somebody.until(lambda: history.is_searching)
        assert history.cursor == at
        await somebody.press("up")
        assert history.cursor < at


async def test_the_historys_own_search_keys(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(30))
        await focused(somebody)
        await somebody.press("slash", "9")
        await somebody.sees("3 of 3")
        await focused(somebody)
        await somebody.press("N")
        assert somebody.history.cursor == 19
        await somebody.press("n")
        assert somebody.history.cursor == 29
        await somebody.press("escape")
        assert not somebody.history.is_searching
        await somebody.press("escape")
        assert somebody.main.composer.has_focus_within


# Very many


async def test_a_hundred_thousand_entries_can_be_gone_through(desk):
    async with desk(None) as somebody:
        await somebody.tell(*numbered(100_000))
        history = somebody.history
        assert numbers(somebody.rows)[-1] == 99_999
        await focused(somebody)
        await somebody.press("home")
        assert numbers(somebody.rows)[0] == 0
        await somebody.press("f2", "end", "space", "pageup", "f2", "ctrl+end")
        assert numbers(somebody.rows)[-1] == 99_999
        await looking_for(somebody, "12345}")
        await somebody.sees("1 of 1")
        assert history.cursor == 12_345


async def test_a_burst_is_repainted_with_one_timer(desk):
    async with desk(None) as somebody:
        history = somebody.history
        timers = len(history._timers)
        for number in range(200):
            somebody.app.session.on_entries(numbered(1, number))
            if number % 20 == 0:
                await somebody.pilot.pause()
        await somebody.until(lambda: not history.is_behind)
        assert len(history._timers) <= timers + 1


async def test_a_lone_frame_is_on_the_screen_without_a_timer(desk):
    async with desk(None) as somebody:
        await somebody.pilot.pause(0.1)
        somebody.history.touch()
        somebody.app.session.transcript.extend(numbered(1))
        await somebody.pilot.pause()
        assert numbers(somebody.rows) == [0]


@pytest.mark.parametrize("are_recorded", [True, False])
async def test_a_search_waits_for_the_newest_frames_to_be_recorded_but_not_for_ever(desk, are_recorded):
    async with desk(None) as somebody:
        pane = somebody.history
        await somebody.tell(*[frame(b'"tick"')] * 20)
        await pane._lookups._looking.close()  # it says no more than what follows
        pane.search("tick")
        name = pane._lookups.search.name
        pane._lookups._hear(Found(name, 1, 0, 10, array("I", range(10)), 10))
        assert pane.selected == 19
        if are_recorded:
            pane._lookups._hear(Found(name, 1, 10, 20, array("I", [10, 12]), 20))
        await somebody.until(lambda: pane.selected == (12 if are_recorded else 9))


async def test_a_search_that_is_typed_on_waits_anew(desk):
    async with desk(None) as somebody:
        pane, landings = somebody.history, []
        await somebody.tell(*[frame(b'"tick"')] * 20)
        await pane._lookups._looking.close()
        for text in ("t", "ti", ""):
            pane.search(text)
            landings.append(pane._landing)
        *stopped, last = landings
        assert [landing._task for landing in stopped] == [None, None]  # those are not due any more
        assert last is None
