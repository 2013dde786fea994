from client_tui.ui.keys import COMMANDS, Scope, command_ids
from client_tui.ui.sheets import HelpSheet, LogSheet, help_text


def test_the_help_has_every_command_under_its_scope():
    text = help_text({}).plain
    for scope in Scope:
        assert f"{scope.value}\n" in text
    for command in COMMANDS:
        assert command.help in text
    assert ", ".join(command_ids()) in text


def test_the_help_shows_the_users_own_keys():
    assert "  f12                      Send the document\n" in help_text({"send": "f12"}).plain


async def test_the_help_closes_by_each_of_its_keys(desk):
    async with desk(None) as somebody:
        for key in ("escape", "q", "f1", "enter"):
            await somebody.press("f1")
            assert isinstance(somebody.app.screen, HelpSheet)
            await somebody.press(key)
            await somebody.until(lambda: somebody.app.screen is somebody.main)


async def test_a_sheet_closes_by_the_users_own_key_and_the_footer_says_which(desk):
    async with desk(None, keys={"sheet-close": "f12"}) as somebody:
        await somebody.press("f1")
        await somebody.sees("f12 close")
        await somebody.press("q")
        assert isinstance(somebody.app.screen, HelpSheet)
        await somebody.press("f12")
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
