from client_tui.finding.finder import Finder
from client_tui.record.opened import OpenedRecording
from client_tui.ui.client_app import INTERRUPTED
from client_tui.ui.commands import CommandProvider
from client_tui.ui.keys import COMMANDS, Scope
from client_tui.ui.recording_screen import RecordingScreen
from client_tui.ui.sheets import HelpSheet
from client_tui.ui.viewer_app import ViewerApp
from tests.support.recordings import ticks, written

OFFERED = {Scope.EVERYWHERE, Scope.CONVERSATION, Scope.HISTORY}


def viewer(settings, tmp_path):
    return ViewerApp(settings, OpenedRecording(written(tmp_path / "r", ticks(3))), "r", make_finder=Finder)


async def test_it_shows_the_recording_and_the_help_over_it(settings, tmp_path):
    app = viewer(settings, tmp_path)
    async with app.run_test() as pilot:
        assert isinstance(app.screen, RecordingScreen)
        await pilot.press("f1")
        assert isinstance(app.screen, HelpSheet)
        await pilot.press("f1")
        assert isinstance(app.screen, RecordingScreen)


async def test_it_leaves_by_the_keys_of_every_run(settings, tmp_path):
    for key, status in (("ctrl+q", 0), ("ctrl+c", INTERRUPTED)):
        app = viewer(settings, tmp_path)
        async with app.run_test() as pilot:
            await pilot.press(key)
        assert app.return_code == status


async def test_its_palette_offers_what_can_be_done_with_a_recording(settings, tmp_path):
    app = viewer(settings, tmp_path)
    async with app.run_test():
        hits = {str(hit.display) async for hit in CommandProvider(app.screen).discover()}
    assert hits == {command.help for command in COMMANDS if command.palette and command.scope in OFFERED}
