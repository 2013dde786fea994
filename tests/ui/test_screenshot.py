"""Pictures of the real screen: what they show is what Textual would paint."""

from __future__ import annotations

import re

from client_tui.ui.screenshot import Camera
from client_tui.ui.themes import DARK, LIGHT

COLOR = re.compile(r"#[0-9a-f]{6}")


async def test_a_picture_has_the_cells_of_the_screen(desk, echo_server):
    async with desk(echo_server.url, size=(80, 24)) as somebody:
        await somebody.opened()
        await somebody.type('{"x": 1}')
        await somebody.pilot.pause()
        picture = Camera(somebody.app).take()
        assert picture.lines == somebody.text().split("\n")
        assert (picture.width, picture.height, len(picture.rows)) == (80, 24, 24)
        assert {sum(run.cells for run in row) for row in picture.rows} == {80}


async def test_colours_are_plain_and_the_theme_s_own(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        picture = Camera(somebody.app).take()
        pens = {run.pen for row in picture.rows for run in row}
        assert all(COLOR.fullmatch(pen.color) and COLOR.fullmatch(pen.background) for pen in pens)
        assert (picture.color, picture.background) == (DARK.foreground, DARK.background)
        assert DARK.background in {pen.background for pen in pens}


async def test_another_theme_is_another_picture(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        camera = Camera(somebody.app)
        dark = camera.take()
        somebody.app.theme = "jsonws-light"
        await somebody.pilot.pause()
        light = camera.take()
        assert light.background == LIGHT.background
        assert light.lines == dark.lines
        assert not set(light.rows) & set(dark.rows)


async def test_a_theme_of_the_terminal_s_colours_has_colours_in_a_picture(desk, echo_server):
    async with desk(echo_server.url, theme="ansi-dark") as somebody:
        await somebody.opened()
        picture = Camera(somebody.app).take()
        assert all(COLOR.fullmatch(run.pen.color) for row in picture.rows for run in row)
        assert COLOR.fullmatch(picture.background)


async def test_rows_that_have_not_changed_are_the_same_objects(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        camera = Camera(somebody.app)
        before = camera.take()
        await somebody.type("[")
        await somebody.pilot.pause()
        after = camera.take()
        changed = [y for y in range(before.height) if before.rows[y] is not after.rows[y]]
        assert 0 < len(changed) < 6


async def test_what_shines_through_a_sheet_is_in_the_picture(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        await somebody.press("ctrl+p")
        await somebody.sees("Show the keys")
        lines = Camera(somebody.app).take().lines
        assert any("Show the keys" in line for line in lines)
        assert "jsonws-tui" in lines[0]
