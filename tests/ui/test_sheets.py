from rich.console import Console

from client_tui.ui.keys import COMMANDS, Scope
from client_tui.ui.sheets import HelpSheet, LogSheet, help_lines


def helped(remapped):
    """Return the help as lines of words."""
    console = Console(width=200)
    with console.capture() as capture:
        console.print(help_lines(remapped))
    return [" ".join(line.split()) for line in capture.get().splitlines()]


def test_the_help_has_every_command_under_its_scope():
    lines = helped({})
    headings = [lines.index(scope.value) for scope in Scope]
    assert headings == sorted(headings)
    for scope, start, end in zip(Scope, headings, [*headings[1:], len(lines)], strict=True):
        told = " ".join(lines[start:end])
        for command in COMMANDS:
            if command.scope is scope:
                assert command.help in told
                assert not command.keys or command.id in told


def test_the_help_shows_the_users_own_keys():
    assert "f10 Send the document send" in helped({"send": "f10"})


async def test_the_help_closes_by_each_of_its_keys(desk):
    async with desk(None) as somebody:
        for key in ("escape", "q", "f1", "enter"):
            await somebody.press("f1")
            assert isinstance(somebody.app.screen, HelpSheet)
            await somebody.press(key)
            await somebody.until(lambda: somebody.app.screen is somebody.main)


async def test_a_sheet_closes_by_the_users_own_key_and_the_footer_says_which(desk):
    async with desk(None, keys={"sheet-close": "f10"}) as somebody:
        await somebody.press("f1")
        await somebody.sees("f10 close")
        await somebody.press("q")
        assert isinstance(somebody.app.screen, HelpSheet)
        await somebody.press("f10")
        await somebody.until(lambda: somebody.app.screen is somebody.main)


async def test_the_log_follows_and_obeys_nothing_that_stands_in_it(desk):
    async with desk(None) as somebody:
        lines = ["Listening on ws://127.0.0.1:1/", "\x1b]0;title\x07 [/x] [@click=app.exit]"]
        await somebody.app.push_screen(LogSheet(lines.copy))
        await somebody.sees(r"\u001b]0;title\u0007 [/x] [@click=app.exit]")
        lines.append("connected")
        await somebody.sees("connected")
        await somebody.press("escape")
        await somebody.until(lambda: somebody.app.screen is somebody.main)


async def test_without_a_bundled_server_there_is_no_log_and_it_says_how_to_get_one(desk):
    async with desk(None) as somebody:
        await somebody.press("ctrl+l")
        assert ["--serve" in note.message for note in somebody.app._notifications] == [True]
