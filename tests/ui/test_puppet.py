"""The application without a terminal: what it is made to do, and the pictures of it."""

import pytest
from textual._compositor import Compositor
from textual.geometry import Region

from client_tui.ui.puppet import unseen
from client_tui.ui.themes import OURS
from tests.demo.conftest import on_tape_loop, seated

NOBODY = "ws://127.0.0.1:9/"


def on_stage(play, url=NOBODY, **settings):
    """Open a client, which is calm, and play it."""

    async def work(loop):
        async with seated(loop, url, **settings) as seat:
            while seat.puppet.is_busy:
                await loop.quiet(0.001)
                await seat.puppet.settle()
            return await play(seat.puppet, loop)

    return on_tape_loop(work)


def composed(picture):
    """Return what stands in the composer."""
    top = next(y for y, line in enumerate(picture.lines) if line.startswith("╭─ JSON"))
    return picture.lines[top + 1].strip("│ ")


async def type_in(puppet, text):
    for character in text:
        puppet.press(character, character)
        await puppet.settle()


def test_a_picture_has_the_size_that_was_asked_for():
    async def play(puppet, _loop):
        return puppet.picture()

    picture = on_stage(play, width=91, height=17)
    assert (picture.width, picture.height, len(picture.rows)) == (91, 17, 17)
    assert {sum(run.cells for run in row) for row in picture.rows} == {91}


def test_what_is_typed_stands_there():
    async def play(puppet, _loop):
        await type_in(puppet, "[17]")
        return composed(puppet.picture())

    assert on_stage(play) == "[17]"


def test_what_is_pasted_stands_there_verbatim():
    async def play(puppet, _loop):
        puppet.paste('{"who":  "世界"}')
        await puppet.settle()
        return composed(puppet.picture())

    assert on_stage(play) == '{"who":  "世界"}'


def test_a_large_paste_is_taken_as_it_is():
    text = '{"pad": "' + "x" * 1_000_000 + '"}'

    async def play(puppet, _loop):
        puppet.paste(text)
        await puppet.settle()
        return puppet._main.composer.text == text

    assert on_stage(play)


def test_the_row_that_is_typed_into_is_the_cursors():
    async def play(puppet, _loop):
        rows = []
        for key in ("1", "ctrl+j", "2", "f7", "delete", "f6", "x"):
            puppet.press(key, key if len(key) == 1 else None)
            await puppet.settle()
            rows.append(puppet.picture().lines[puppet.cursor_row].strip("│ ").split("  ")[0])
        return rows

    assert on_stage(play) == ["1", "", "2", "2", "type JSON, enter sends it", "filter", "filter x"]


def test_secrets_are_covered_while_they_are_typed():
    async def play(puppet, _loop):
        puppet.cover((("password",),))
        shown = []
        for character in '{"password": "hunter2"}':
            puppet.press(character, character)
            await puppet.settle()
            shown += puppet.picture().lines
        return "\n".join(shown)

    shown = on_stage(play)
    assert '{"password": "•••••••"}' in shown
    assert '"h' not in shown


def test_nothing_is_sent_where_nobody_listens():
    async def play(puppet, _loop):
        return puppet.is_connected, puppet.is_retrying, puppet.send("[1]")

    assert on_stage(play) == (False, True, False)


def test_what_is_sent_stands_there(echo_server):
    async def play(puppet, loop):
        was_sent = puppet.send("[1]")
        while puppet._app.session.transcript.sent < 1:
            await loop.quiet(0.001)
        await puppet.settle()
        return puppet.is_connected, puppet.is_retrying, was_sent, puppet.picture().lines[2]

    *facts, row = on_stage(play, echo_server.url)
    assert facts == [True, False, True]
    assert "▲ [1]" in row


@pytest.mark.parametrize("theme", [theme.name for theme in OURS])
def test_a_theme_is_seen_at_once(theme):
    async def play(puppet, _loop):
        before = puppet.picture()
        puppet.show_theme(theme)
        await puppet.settle()
        return before, puppet.picture()

    before, after = on_stage(play)
    assert (before.rows != after.rows) is (theme != "jsonws-dark")


def test_nothing_moves_while_time_passes():
    async def play(puppet, loop):
        await type_in(puppet, "[17")
        before = puppet.picture()
        while loop.time() < 0.39:  # the first retry is due after 0.4 s
            await loop.step(0.39)
            await puppet.settle()
        return before.rows == puppet.picture().rows

    assert on_stage(play)


def test_a_picture_of_what_has_not_changed_is_made_of_the_same_rows():
    async def play(puppet, _loop):
        first = puppet.picture()
        await puppet.settle()
        second = puppet.picture()
        return [one is other for one, other in zip(first.rows, second.rows, strict=True)]

    assert all(on_stage(play))


def test_one_that_is_left_by_its_keys_is_gone():
    async def play(puppet, loop):
        puppet.press("ctrl+q", None)
        while puppet.is_running:
            await loop.quiet(0.001)
        await puppet.stop()
        return puppet.failure

    assert on_stage(play) is None


def test_one_that_fails_says_why_and_ends_nobody_else():
    async def play(puppet, loop):
        puppet._app.call_later(lambda: 1 / 0)
        while puppet.is_running:
            await loop.quiet(0.001)
        await puppet.settle()
        await puppet.stop()
        await puppet.stop()
        return puppet.failure

    assert isinstance(on_stage(play), ZeroDivisionError)


def test_nothing_is_painted_while_nobody_sees_it_and_all_is_as_before_afterwards():
    before = Compositor.render_partial_update
    with unseen():
        compositor = Compositor()
        compositor._dirty_regions.add(Region(0, 0, 10, 10))
        assert compositor.render_partial_update() is None
        assert not compositor._dirty_regions
    assert Compositor.render_partial_update is before
