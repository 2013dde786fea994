"""The line at the bottom: whole keys only, in a window of any width."""

import asyncio
from typing import ClassVar

import pytest
from textual.app import App
from textual.binding import Binding

from client_tui.ui.key_line import Key, KeyLine, fitting


def key(display, description, action="x"):
    return Key("x", display, description, action)


KEYS = [
    key("⏎", "send"),
    key("^j", "new line"),
    key("^r", "format"),
    key("f1", "help", "help"),
    key("^p", "commands"),
]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (200, ["send", "new line", "format", "help", "commands"]),
        (54, ["send", "new line", "format", "help", "commands"]),
        (53, ["send", "new line", "format", "help"]),
        (41, ["send", "new line", "format", "help"]),
        (40, ["send", "new line", "help"]),
        (17, ["send", "help"]),
        (16, ["help"]),
        (0, ["help"]),
    ],
)
def test_what_has_no_room_is_left_out_from_the_end_but_the_help_stays(cells, shown):
    assert [each.label for each in fitting(KEYS, cells)] == shown


def test_the_way_out_stays_too():
    keys = [key("tab", "pretty/raw/hex"), key("e", "to composer"), key("esc", "close", "close")]
    assert [each.label for each in fitting(keys, 34)] == ["pretty/raw/hex", "close"]


class Shell(App):
    CSS_PATH = "../../client_tui/ui/jsonws.tcss"
    BINDINGS: ClassVar = [
        *(Binding(name, f"nothing('{name}')", f"label {name}") for name in "abcdefghij"),
        Binding("f1", "help", "help"),
    ]

    pressed = ""

    def action_nothing(self, name):
        """Keep what was pressed."""
        self.pressed += name

    def action_help(self):
        """Do nothing."""

    def compose(self):
        yield KeyLine()


@pytest.mark.parametrize(("width", "labels"), [(200, 10), (80, 6), (60, 4), (20, 1)])
async def test_every_key_on_the_screen_is_whole_and_a_resize_chooses_anew(width, labels):
    async with Shell().run_test(size=(120, 3)) as pilot, asyncio.timeout(30):
        await pilot.resize_terminal(width, 3)
        wanted = "".join(f" {name} label {name} " for name in "abcdefghij"[:labels]) + " f1 help"
        while pilot.app.screen._compositor.render_strips()[-1].text.rstrip() != wanted:
            await pilot.pause()


async def test_a_key_that_is_clicked_is_pressed():
    async with Shell().run_test(size=(120, 3)) as pilot, asyncio.timeout(30):
        await pilot.click(KeyLine, offset=(1, 0))
        await pilot.click(KeyLine, offset=(12, 0))  # the last cell of the first key and its label is 10
        await pilot.click(KeyLine, offset=(119, 0))
        while pilot.app.pressed != "ab":
            await pilot.pause()
