import pytest
from textual.command import CommandPalette

from client_tui.ui.commands import CommandProvider
from client_tui.ui.keys import COMMANDS, Scope

REACHED = {Scope.EVERYWHERE, Scope.CONVERSATION, Scope.CONNECTION, Scope.COMPOSER, Scope.HISTORY}
OFFERED = [command for command in COMMANDS if command.palette and command.scope in REACHED]


async def offered(somebody):
    """Return the palette's hits, by what they show."""
    provider = CommandProvider(somebody.app.screen)
    return {str(hit.display): hit.command async for hit in provider.discover()}


async def test_it_offers_every_command_of_the_conversation(desk):
    async with desk(None) as somebody:
        assert list(await offered(somebody)) == [command.help for command in OFFERED]


@pytest.mark.parametrize("text", ["", '{"a": [1]}', "[1,,"])
async def test_each_command_runs(desk, echo_server, text):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        hits = await offered(somebody)
        for command in OFFERED:
            if command.id == "quit":
                continue
            somebody.main.composer.put(text)
            await hits[command.help]()
            await somebody.pilot.pause()
            while len(somebody.app.screen_stack) > 2:
                await somebody.app.pop_screen()
        assert somebody.app.is_running


async def test_it_leaves(desk):
    async with desk(None) as somebody:
        await (await offered(somebody))["Close the connection and leave"]()
        await somebody.until(lambda: somebody.app.return_code == 0)


async def test_a_command_is_found_by_what_it_does_and_chosen(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        somebody.editor.put("[1,,")
        await somebody.press("ctrl+p")
        await somebody.until(lambda: isinstance(somebody.app.screen, CommandPalette))
        await somebody.type("as it is")
        await somebody.sees("Send the text as it is, valid or not")
        await somebody.press("enter", "enter")
        await somebody.until(lambda: [frame.payload for frame in somebody.frames][:1] == [b"[1,,"])


async def test_over_the_inspector_only_what_can_be_used_there_is_offered(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        somebody.history.focus()
        await somebody.press("enter")
        helps = set(await offered(somebody))
        assert helps == {command.help for command in OFFERED if command.scope is Scope.EVERYWHERE}
