"""The line for a place by itself; what it understands is held in tests/core/test_places.py."""

import time

import pytest
from textual import on
from textual.app import App
from textual.widgets import Input

from client_tui.core.frame import Direction, Frame, Opcode
from client_tui.core.transcript import Transcript
from client_tui.ui.place_bar import PlaceBar
from client_tui.ui.themes import OURS

START = 1_795_348_862.118  # 12:01:02 on the 22nd of November 2026, UTC


@pytest.fixture(autouse=True)
def _utc(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class Shell(App):
    CSS_PATH = "../../client_tui/ui/jsonws.tcss"

    def __init__(self, count=2_000):
        super().__init__()
        for theme in OURS:
            self.register_theme(theme)
        self.theme = OURS[0].name
        self.told = []
        self.transcript = Transcript()
        self.transcript.extend(frames(0, count))

    def compose(self):
        yield PlaceBar(self.transcript)

    @on(PlaceBar.Chosen)
    def chosen(self, event):
        self.told.append(event.index)

    @on(PlaceBar.Closed)
    def closed(self):
        self.told.append("closed")

    @property
    def bar(self):
        return self.query_one(PlaceBar)

    @property
    def line(self):
        return self.screen._compositor.render_strips()[0].text.rstrip()


def frames(start, count):
    return [
        Frame(START + number, Direction.RECEIVED, Opcode.TEXT, b"[]")
        for number in range(start, start + count)
    ]


async def test_it_is_hidden_until_it_is_opened_and_after_it_is_closed():
    async with Shell().run_test(size=(80, 3)) as pilot:
        assert not pilot.app.bar.is_open
        pilot.app.bar.open()
        await pilot.pause()
        assert pilot.app.line.startswith(" go to ")
        assert pilot.app.line.endswith("1,234  12:01:02  +1m30s  -10m  50%")
        await pilot.press("escape")
        assert not pilot.app.bar.is_open
        assert pilot.app.told == ["closed"]


@pytest.mark.parametrize(
    ("typed", "words", "index"),
    [
        ("1234", "#1,234 of 2,000 · 12:21:35.118", 1233),
        ("#1", "#1 of 2,000 · 12:01:02.118", 0),
        ("12:02", "#59 of 2,000 · 12:02:00.118", 58),
        ("+90s", "#91 of 2,000 · 12:02:32.118", 90),
        ("-1s", "#1,999 of 2,000 · 12:34:20.118", 1998),
        ("50%", "#1,001 of 2,000 · 12:17:42.118", 1000),
    ],
)
async def test_what_is_understood_is_said_at_once_and_enter_goes_there(typed, words, index):
    async with Shell().run_test(size=(80, 3)) as pilot:
        pilot.app.bar.open()
        await pilot.press(*typed)
        assert pilot.app.line.endswith(words)
        await pilot.press("enter")
        assert pilot.app.told == [index]
        assert not pilot.app.bar.is_open


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0", "there is no #0: they go from #1 to #2,000"),
        ("25:00", "there is no 25:00: the last second is 23:59:59"),
        ("9:00", "it goes from 2026-11-22 12:01:02 to 12:34:21"),
        ("2026-11-21 12:01:02.118", "it goes from 2026-11-22 12:01:02 to 12:34:21"),
        ("+9h", "the conversation is only 33.3 min long"),
        ("x", "such as 1,234  12:01:02  +1m30s  -10m  50%"),
    ],
)
async def test_what_is_wrong_is_said_in_whole_in_80_columns_and_enter_stays(typed, words):
    async with Shell().run_test(size=(80, 3)) as pilot:
        pilot.app.bar.open()
        await pilot.press(*typed)
        assert pilot.app.line == f" go to {typed:<25} {words}"
        await pilot.press("enter")
        assert pilot.app.told == []
        assert pilot.app.bar.is_open


async def test_an_empty_conversation():
    async with Shell(count=0).run_test(size=(80, 3)) as pilot:
        pilot.app.bar.open()
        await pilot.press("1")
        assert pilot.app.line.endswith("there is nothing to go to yet")


async def test_what_came_meanwhile_can_be_gone_to():
    async with Shell(count=2).run_test(size=(80, 3)) as pilot:
        pilot.app.bar.open()
        await pilot.press("3")
        assert "there is no #3" in pilot.app.line
        pilot.app.transcript.extend(frames(2, 1))
        await pilot.press("enter")
        assert pilot.app.told == [2]


async def test_opened_again_it_has_what_was_typed_and_typing_replaces_it():
    async with Shell().run_test(size=(80, 3)) as pilot:
        pilot.app.bar.open()
        await pilot.press("7", "enter")
        pilot.app.bar.open()
        await pilot.pause()
        assert "#7 of" in pilot.app.line
        await pilot.press("8")
        assert pilot.app.query_one(Input).value == "8"


async def test_a_clock_that_was_set_back_leads_nowhere_wrong():
    async with Shell(count=0).run_test(size=(80, 3)) as pilot:
        back = [Frame(at, Direction.RECEIVED, Opcode.TEXT, b"") for at in (START, START + 9, START - 9)]
        pilot.app.transcript.extend(back)
        pilot.app.bar.open()
        await pilot.press(*"100%", "enter")
        assert pilot.app.told == [2]
