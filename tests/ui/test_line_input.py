"""Keys of a line to type into, all in one write, as a script types them: each does its work in turn."""

from typing import ClassVar

import pytest
from textual._xterm_parser import XTermParser
from textual.actions import SkipAction
from textual.app import App
from textual.containers import Vertical
from textual.widgets import Input

from client_tui.ui.line_input import LineInput


class Holder(Vertical):
    BINDINGS: ClassVar = [("enter", "keep", "keep"), ("escape", "leave", "leave"), ("tab", "skip", "skip")]

    def action_keep(self):
        self.app.told.append(self.query_one(LineInput).value)

    def action_leave(self):
        self.screen.set_focus(self.app.query_one("#other"))

    def action_skip(self):
        raise SkipAction


class Shell(App):
    BINDINGS: ClassVar = [("f2", "note", "note")]

    def __init__(self):
        super().__init__()
        self.told = []

    def compose(self):
        with Holder():
            yield LineInput(id="line", select_on_focus=False)
        yield Input(id="other")

    def action_note(self):
        self.told.append("noted")

    def write(self, data):
        """Give all that a terminal sends in one write."""
        parser = XTermParser()
        for event in [*parser.feed(data), *parser.tick()]:
            self._driver.send_message(event)


@pytest.fixture
async def pilot():
    async with Shell().run_test() as pilot:
        pilot.app.query_one("#line").focus()
        await pilot.pause()
        yield pilot


async def settled(pilot, condition):
    while not condition():
        await pilot.pause()


async def test_enter_has_all_that_was_typed_before_it_and_nothing_more(pilot):
    pilot.app.write("tick\rtock\r")
    await settled(pilot, lambda: len(pilot.app.told) == 2)
    assert pilot.app.told == ["tick", "ticktock"]


async def test_editing_keys_work_in_their_order_too(pilot):
    pilot.app.write("ab\x7fc\x1b[D\x1b[Dx\r")
    await settled(pilot, lambda: pilot.app.told)
    assert pilot.app.told == ["xac"]


async def test_what_is_typed_behind_a_key_that_leaves_the_line_goes_where_the_focus_is(pilot):
    pilot.app.write("here\x1b[27uthere")  # Escape, as the Kitty protocol sends it
    other = pilot.app.query_one("#other")
    await settled(pilot, lambda: other.value == "there")
    assert pilot.app.query_one("#line").value == "here"


async def test_a_key_that_nobody_here_wants_has_its_usual_meaning(pilot):
    await pilot.press("a", "f2", "tab")
    assert pilot.app.told == ["noted"]
    assert pilot.app.focused is pilot.app.query_one("#other")


async def test_what_is_taken_goes_over_what_is_selected(pilot):
    line = pilot.app.query_one("#line")
    line.value = "before"
    line.select_all()
    line.take("x")
    line.take("y")
    assert line.value == "xy"
