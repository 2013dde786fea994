"""Every word of the screen can be read, in our themes at a contrast of 4.5:1, and no theme breaks it."""

import os
import re
import sys

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES
from textual.widgets import OptionList

from client_tui.core.frame import Notice, NoticeKind
from client_tui.record.sessions import new_path
from client_tui.render.spans import Role
from client_tui.ui.header import ConnectionHeader
from client_tui.ui.history import HistoryPane
from client_tui.ui.lookups import Lookup
from client_tui.ui.themes import OURS, theme_for, theme_names
from tests.support.recordings import START, URL, a_bit_of_everything, ticks, written
from tests.support.terminal import Terminal

CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
EVERY_TOKEN = r'{"key": "string \u001b ' + "\x1b" + r'", "n": -1.5e3, "l": [true, null], "w": 1e400}'
DRAWN = re.compile(r"[\s╭╮╰╯─│▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▔▕┃━╸╺▪]*")


def luminance(colour):
    """Return the relative luminance, WCAG's."""
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast of two colours as red, green and blue, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def unreadable(app, widgets=()):
    """Return the pieces of text that are too faint, with their colours: on the screen, or of some widgets."""
    found = set()
    strips = app.screen._compositor.render_strips()
    for region in [widget.region for widget in widgets] or [app.screen.region]:
        for y in range(region.y, region.bottom):
            found |= faint(strips[y].crop(region.x, region.right))
    return found


def faint(strip):
    """Return the pieces of a line that are too faint, with their colours."""
    found = set()
    for text, style, control in strip:
        if control or style is None or DRAWN.fullmatch(text) or not style.color or not style.bgcolor:
            continue
        colours = [part.get_truecolor() for part in (style.color, style.bgcolor)]
        measured = contrast(*colours)
        if measured < CONTRAST or style.dim:
            found.add((text.strip(), *(part.hex for part in colours), round(measured, 2)))
    return found


def test_the_contrast_is_that_of_wcag():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_ours_come_first_and_none_is_missing():
    assert theme_names() == ["jsonws-dark", "jsonws-light", *sorted(BUILTIN_THEMES)]


@pytest.mark.parametrize("theme", [theme.name for theme in OURS])
async def test_every_role_can_be_read_on_each_of_its_backgrounds(desk, theme):
    async with desk(None, theme=theme) as somebody:
        for pane in (somebody.history, somebody.editor, somebody.main.header):
            roles = {
                role for role in pane.COMPONENT_CLASSES if role.startswith(("row--", "json--", "header--"))
            }
            for role in roles - {"row--cursor"}:
                style = pane.get_component_rich_style(role)
                grounds = [style.bgcolor.get_truecolor()]
                if "row--cursor" in pane.COMPONENT_CLASSES and role != Role.MATCH:
                    cursor = pane.get_component_rich_style("row--cursor")
                    grounds.append(cursor.bgcolor.get_truecolor())
                for ground in grounds:
                    assert contrast(style.color.get_truecolor(), ground) >= CONTRAST, (role, ground)


@pytest.mark.parametrize("theme", [theme.name for theme in OURS])
async def test_every_word_on_the_screen_can_be_read(desk, echo_server, theme):
    async with desk(echo_server.url, theme=theme, show_control_frames=True, size=(120, 36)) as somebody:
        await somebody.opened()

        async def is_readable():
            await somebody.pilot.pause()
            assert unreadable(somebody.app) == set()

        composer = somebody.main.composer
        await is_readable()
        for text in (EVERY_TOKEN, "[1,,2]"):
            composer.put(text)
            composer.action_send_anyway()
        await somebody.received(2)
        await somebody.tell(*(Notice(0, kind, f"a {kind.value}") for kind in NoticeKind))
        for text in ("[1]", "[1, oops", '{"a": [1, "b', "[1e400]"):
            composer.put(text)
            await is_readable()
        await somebody.press("f8", "f5", "shift+left", "shift+left")
        await is_readable()
        await somebody.press("f2", "ctrl+f", *"key")
        await is_readable()
        await somebody.press("escape", "up", "up")
        await is_readable()
        for key in ("enter", "f1"):
            await somebody.press(key)
            await is_readable()
            await somebody.press("escape")
        somebody.app.session.disconnect()
        await somebody.sees("closed 1000")
        await is_readable()


@pytest.mark.parametrize("theme", [theme.name for theme in OURS])
async def test_every_word_of_an_empty_search_line_can_be_read(desk, theme):
    async with desk(None, theme=theme) as somebody:
        await somebody.press("ctrl+f")
        await somebody.sees("text, in whatever case")
        assert unreadable(somebody.app) == set()


@pytest.mark.parametrize("theme", [theme.name for theme in OURS])
async def test_every_word_of_the_palette_can_be_read(desk, theme):
    async with desk(None, theme=theme) as somebody:
        await somebody.press("ctrl+p")
        await somebody.sees("f1 · help")
        palette = somebody.app.screen
        results = palette.query_one(OptionList)
        await somebody.until(lambda: results.highlighted == 0)
        for keys in ((), ("down",), tuple("copy")):
            await somebody.press(*keys)
            await somebody.pilot.pause()
            # What lies behind the palette is dimmed: it cannot be used meanwhile.
            assert unreadable(somebody.app, [palette.query_one("#--input"), results]) == set()


@pytest.mark.parametrize("theme", [theme.name for theme in OURS])
async def test_every_word_of_the_lines_and_sheets_about_what_was_recorded_can_be_read(desk, theme, settings):
    async with desk(None, theme=theme, size=(100, 36)) as somebody:

        async def is_readable():
            await somebody.pilot.pause()
            assert unreadable(somebody.app) == set()

        await somebody.tell(*a_bit_of_everything(), *ticks(50))
        await somebody.press("f6")
        await somebody.sees("size>1k")
        await is_readable()
        for text in ('word /re/ dir:sent -size>1k .a == "b"', "is:e", "dir:x", ".a ="):
            somebody.main.filter_bar.field.value = text
            await somebody.pilot.pause()
            await is_readable()
        somebody.main.filter_bar.field.value = "tick"
        await somebody.sees("50 of 55")
        somebody.main.filter_bar._was_done = False
        asked = Lookup("0", "tick", ("tick",))
        somebody.main.filter_bar.show(HistoryPane.Filtered(asked, 9, 55))
        await somebody.sees("0 %")
        await is_readable()
        await somebody.press("ctrl+g")
        await is_readable()
        await somebody.press(*"99999")
        await somebody.sees("there is no #")
        await is_readable()
        await somebody.press("escape")
        settings.recordings_dir.mkdir(parents=True)
        path = written(new_path(settings.recordings_dir, START, URL), ticks(3))
        somebody.app.action_sessions()
        await somebody.sees(URL)
        await is_readable()
        await somebody.press("escape")
        somebody.main.action_export()
        await somebody.sees("Export what is shown")
        await somebody.press("ctrl+u", "enter")
        await somebody.sees("give the file a name")
        await is_readable()
        await somebody.press("escape")
        with path.open("ab") as file:
            file.write(b"damaged\n")
        somebody.app._open(path)
        await somebody.sees("✗ 1 damaged line")
        await is_readable()


def test_the_theme_that_is_taken_goes_with_the_terminals_colours():
    assert theme_for("standard") == "ansi-dark"
    assert {theme_for(system) for system in ("256", "truecolor", None)} == {"jsonws-dark"}


@pytest.mark.parametrize("theme", sorted(BUILTIN_THEMES))
async def test_the_client_opens_in_every_theme_of_textual(desk, theme):
    async with desk(None, theme=theme) as somebody:
        somebody.editor.put('{"a": [1, oops')
        await somebody.sees("✗ line 1, column 11")
        assert somebody.app.theme == theme


async def test_colours_change_with_the_theme(desk):
    async with desk(None) as somebody:
        header = somebody.main.query_one(ConnectionHeader)
        before = header.get_component_rich_style("header--name").color
        somebody.app.theme = "jsonws-light"
        await somebody.pilot.pause()
        after = header.get_component_rich_style("header--name").color
        assert Color.from_rich_color(before) != Color.from_rich_color(after)


# ---------------------------------------------------------------------- in a terminal

MORE_THAN_16 = re.compile(rb"\x1b\[(?:[0-9;]*;)?[34]8;[25];")


@pytest.mark.parametrize("theme", [*(theme.name for theme in OURS), "ansi-dark"])
@pytest.mark.parametrize(
    ("variables", "never"),
    [
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, None),
        ({"TERM": "xterm-16color"}, MORE_THAN_16),
        ({"TERM": "xterm-256color", "TEXTUAL_COLOR_SYSTEM": "standard"}, MORE_THAN_16),
    ],
    ids=["NO_COLOR", "xterm-16color", "standard"],
)
def test_a_terminal_with_few_colours_or_none_shows_every_word(echo_server, tmp_path, theme, variables, never):
    inherited = {name: value for name, value in os.environ.items() if name in {"PATH", "PYTHONPATH"}}
    environ = inherited | {"HOME": str(tmp_path), "LANG": "C.UTF-8"} | variables
    command = [sys.executable, "-m", "client_tui", "--theme", theme, echo_server.url]
    with Terminal(command, environ, columns=80, rows=24) as terminal:
        terminal.wait_for("● open")
        terminal.type('{"key": [1.5, true, "text"]}\r')
        terminal.wait_for(lambda: terminal.text().count('{"key": [1.5, true, "text"]}') == 2)
        terminal.type("[1,,")
        terminal.wait_for("✗ line 1, column 4")
        faint = [
            (cell.data, cell.fg)
            for line in terminal.screen.buffer.values()
            for cell in line.values()
            if not DRAWN.fullmatch(cell.data) and cell.fg == cell.bg != "default"
        ]
        assert faint == []
        assert never is None or not never.search(terminal.raw)
        terminal.type("\x11")
        assert terminal.wait() == 0


@pytest.mark.parametrize("theme", theme_names())
async def test_muted_text_can_be_told_from_its_ground_in_every_theme(desk, theme):
    async with desk(None, theme=theme) as somebody:
        variables = somebody.app.theme_variables
        if not variables["background"].startswith("ansi"):
            ground, muted = (Color.parse(variables[name]).rgb for name in ("background", "text-muted"))
            assert contrast(ground, muted) >= 2
