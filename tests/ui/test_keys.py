"""The table of commands: each one leads somewhere, by each of its keys, and by those that a user chose."""

from collections import Counter

import pytest

from client_tui.ui import keys
from client_tui.ui.anchored import AnchoredView
from client_tui.ui.app import JsonwsApp
from client_tui.ui.attachment import Attachment
from client_tui.ui.composer import Composer
from client_tui.ui.editor import Editor
from client_tui.ui.file_sheet import FileSheet
from client_tui.ui.filter_bar import FilterBar
from client_tui.ui.history import HistoryPane
from client_tui.ui.inspector import Inspector
from client_tui.ui.keys import COMMANDS, Scope
from client_tui.ui.main_screen import MainScreen
from client_tui.ui.picture_sheet import PictureSheet
from client_tui.ui.place_bar import PlaceBar
from client_tui.ui.recording_screen import RecordingScreen
from client_tui.ui.search_bar import SearchBar
from client_tui.ui.sheets import Sheet

TARGETS = {
    Scope.EVERYWHERE: JsonwsApp,
    Scope.CONVERSATION: MainScreen,
    Scope.CONNECTION: MainScreen,
    Scope.COMPOSER: Composer,
    Scope.EDITING: Editor,
    Scope.ATTACHMENT: Attachment,
    Scope.LINES: AnchoredView,
    Scope.HISTORY: HistoryPane,
    Scope.FILTER: FilterBar,
    Scope.SEARCH: SearchBar,
    Scope.PLACE: PlaceBar,
    Scope.RECORDING: RecordingScreen,
    Scope.INSPECTOR: Inspector,
    Scope.FILE: FileSheet,
    Scope.PICTURE: PictureSheet,
    Scope.SHEET: Sheet,
}
# What a text area does first, and leaves to the command where there is nothing to do.
SHARED = {"ctrl+c", "pageup", "pagedown"}


def named(command):
    return command.id


@pytest.mark.parametrize("command", COMMANDS, ids=named)
def test_every_command_has_an_action_where_it_can_be_used(command):
    namespace, _, name = command.action.partition("(")[0].rpartition(".")
    target = {"screen": MainScreen, "app": JsonwsApp}.get(namespace, TARGETS[command.scope])
    assert callable(getattr(target, f"action_{name}", None))


def test_every_scope_is_known():
    assert TARGETS.keys() == set(Scope)


def test_names_and_keys_are_used_once():
    assert [name for name, count in Counter(map(named, COMMANDS)).items() if count > 1] == []
    pairs = Counter((command.scope, key) for command in COMMANDS for key in command.keys.split(",") if key)
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_a_command_without_a_key_is_in_the_palette():
    assert all(command.palette for command in COMMANDS if not command.keys)
    assert keys.command_ids() == [command.id for command in COMMANDS if command.keys]


async def test_in_the_composer_each_key_means_its_command(desk):
    scopes = (Scope.COMPOSER, Scope.CONVERSATION, Scope.CONNECTION, Scope.EVERYWHERE)
    async with desk(None) as somebody:
        bound = {key: active.binding.id for key, active in somebody.app.screen.active_bindings.items()}
        for command in COMMANDS:
            for key in command.keys.split(",") if command.scope in scopes and command.keys else ():
                assert key in SHARED or bound[key] == command.id


@pytest.mark.parametrize(
    ("command", "key", "text"),
    [
        ("minify", "ctrl+s", "[1]"),
        ("format", "ctrl+k", "[\n  1\n]"),
        ("undo", "ctrl+u", ""),
        ("new-line", "f10", "[ 1]\n"),
    ],
)
async def test_a_users_own_key_is_taken(desk, command, key, text):
    async with desk(None, keys={command: key}) as somebody:
        somebody.editor.put("[ 1]")
        await somebody.press(key)
        assert somebody.editor.text == text


async def test_the_default_key_of_a_remapped_command_means_nothing_any_more(desk):
    async with desk(None, keys={"enter": "ctrl+s"}) as somebody:
        somebody.editor.put("[1]")
        await somebody.press("enter")
        assert somebody.editor.text == "[1]\n"
        await somebody.press("backspace", "ctrl+s")
        assert "nothing was sent" in str(somebody.main.composer.border_subtitle)


async def test_a_key_of_the_screen_is_taken_from_the_text_area_too(desk):
    async with desk(None, keys={"search": "ctrl+w"}) as somebody:
        await somebody.type("[1]")
        await somebody.press("ctrl+w")
        assert somebody.editor.text == "[1]"
        assert isinstance(somebody.app.focused.parent, SearchBar)


async def test_the_help_and_the_footer_show_the_users_own_keys(desk):
    async with desk(None, keys={"format": "f10"}, size=(120, 60)) as somebody:
        await somebody.sees("f10 format")
        await somebody.press("f1")
        await somebody.sees("f10                 Lay the document out")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("", ""),
        ("ctrl+r", "ctrl+r"),
        ("f5,ctrl+enter", "f5 or ctrl+enter"),
        ("slash", "/"),
        ("shift+f3,f15", "shift+f3"),
    ],
)
def test_keys_as_a_person_reads_them(written, shown):
    assert keys.display(written) == shown


def test_the_composer_claims_its_own_keys_and_those_that_a_user_chose():
    claimed = keys.claimed({"search": "ctrl+k, f12", "page-up": "ctrl+u", "no-such": "ctrl+z"})
    assert {"ctrl+e", "enter", "ctrl+k", "f12", "f6"} <= claimed
    assert not {"ctrl+u", "ctrl+z", "f3"} & claimed
