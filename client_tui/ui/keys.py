"""Every command of the client, once: its name, its keys, what it does, and where it can be used.

Bindings, footer, help, palette and the settings' `[keys]` table are all made from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from textual.binding import Binding, BindingType

if TYPE_CHECKING:
    from collections.abc import Mapping


class Scope(Enum):
    """Where a command can be used; its value heads the scope's keys in the help."""

    EVERYWHERE = "Everywhere"
    CONVERSATION = "In the conversation"
    CONNECTION = "On the connection"
    COMPOSER = "In the composer"
    EDITING = "While editing text"
    ATTACHMENT = "On an attachment"
    LINES = "In the history and in the inspector"
    HISTORY = "In the history"
    FILTER = "In the filter line"
    SEARCH = "In the search line"
    PLACE = "In the line for a place"
    RECORDING = "In a recording that was opened"
    INSPECTOR = "In the inspector"
    FILE = "On a sheet that writes a file"
    PICTURE = "On the sheet that saves a picture"
    SHEET = "On a sheet"


@dataclass(frozen=True, slots=True)
class Command:
    """Something a user can do.

    `id` names it in the settings. `keys` is a comma-separated list as Textual writes it, ""
    for a command of the palette only. `action` is an action of the widget that the scope
    stands for. `label` is a word or two for the footer, `help` a sentence. A `priority`
    key is taken before the focused widget types it, and before the keys behind it: so must
    one be that moves the focus to a line to type into.
    """

    id: str
    keys: str
    action: str
    label: str
    help: str
    scope: Scope
    footer: bool = False
    priority: bool = False
    palette: bool = True


_E, _V, _N, _C, _T, _A, _L, _H, _F, _S, _G, _R, _I, _X, _W, _P = Scope
COMMANDS: Final[tuple[Command, ...]] = (
    Command("help", "f1", "help", "help", "Show the keys", _E, footer=True, priority=True),
    Command(
        "palette",
        "ctrl+p",
        "command_palette",
        "commands",
        "Find a command by its name",
        _E,
        footer=True,
        palette=False,
        priority=True,
    ),
    Command(
        "density", "f2", "toggle_density", "pretty", "Show frames a line each, or laid out", _V, footer=True
    ),
    Command(
        "filter",
        "f6",
        "filter",
        "filter",
        "Show only what matches a filter",
        _V,
        footer=True,
        priority=True,  # a text area would select a line
    ),
    Command("filter-off", "", "filter_off", "no filter", "Take the filter away", _V),
    Command(
        "search", "ctrl+f", "search", "find", "Find a text in the history", _V, footer=True, priority=True
    ),
    Command("find-next", "f3", "find_next", "next", "Go to the next match", _V),
    Command("find-previous", "shift+f3,f15", "find_previous", "previous", "Go to the match before", _V),
    Command(
        "place", "ctrl+g", "go_to", "go to", "Go to a frame by its number, or to a time", _V, priority=True
    ),
    Command(
        "control-frames",
        "f4",
        "toggle_control_frames",
        "pings",
        "Show or hide pings, pongs and close frames",
        _V,
    ),
    Command("history-end", "ctrl+end", "follow", "newest", "Go to the newest frame and follow", _V),
    Command("history-start", "ctrl+home", "oldest", "oldest", "Go to the oldest frame", _V),
    Command(
        "history-up",
        "pageup",
        "page_history(-1)",
        "page up",
        "Page the history up, even while typing",
        _V,
        palette=False,
    ),
    Command(
        "history-down",
        "pagedown",
        "page_history(1)",
        "page down",
        "Page the history down, even while typing",
        _V,
        palette=False,
    ),
    Command("export", "", "export", "export", "Export what is shown to a file", _V),
    Command("sessions", "", "app.sessions", "sessions", "Open a session that was recorded", _V),
    Command("ping", "f9", "ping", "ping", "Send a ping and show its round trip", _N),
    Command("reconnect", "ctrl+o", "reconnect", "reconnect", "Connect now, or again", _N),
    Command("disconnect", "", "disconnect", "disconnect", "Close the connection and stop retrying", _N),
    Command("server-log", "ctrl+l", "server_log", "log", "Show the log of the bundled server", _N),
    Command("theme", "", "change_theme", "theme", "Choose a theme", _E),
    Command("picture", "f12", "take_picture", "picture", "Save a picture of the screen", _E, priority=True),
    Command(
        "interrupt",
        "ctrl+c",
        "interrupt",
        "interrupt",
        "Copy what is selected; where nothing is, leave with status 130",
        _E,
        palette=False,
    ),
    Command("quit", "ctrl+q", "quit", "quit", "Close the connection and leave", _E, priority=True),
    Command(
        "enter",
        "enter",
        "enter",
        "send",
        "Send a valid document; break the line in an incomplete one",
        _C,
        footer=True,
        palette=False,
    ),
    Command("send", "f5,ctrl+enter", "send", "send", "Send the document", _C),
    Command(
        "new-line",
        "ctrl+j,shift+enter,alt+enter",
        "new_line",
        "new line",
        "Break the line",
        _C,
        footer=True,
        palette=False,
    ),
    Command("send-anyway", "", "send_anyway", "send anyway", "Send the text as it is, valid or not", _C),
    Command(
        "format",
        "ctrl+r",
        "format",
        "format",
        "Lay the document out over lines, no token changed",
        _C,
        footer=True,
    ),
    Command("minify", "ctrl+t", "minify", "minify", "Take the white space out, no token changed", _C),
    Command("mistake", "f8", "go_to_mistake", "mistake", "Put the cursor on the mistake", _C),
    Command(
        "older",
        "ctrl+up,alt+up",
        "recall(-1)",
        "older",
        "Bring back what was sent before (also Up on the first line)",
        _C,
    ),
    Command(
        "newer",
        "ctrl+down,alt+down",
        "recall(1)",
        "newer",
        "Bring back what was sent after (also Down on the last line)",
        _C,
    ),
    Command("editor", "ctrl+e", "open_editor", "editor", "Open the text in $EDITOR", _C),
    Command("clear", "", "clear", "clear", "Empty the composer (undo brings it back)", _C),
    Command("undo", "ctrl+z", "undo", "undo", "Take the last change back", _T, palette=False),
    Command("redo", "ctrl+y", "redo", "redo", "Make it again", _T, palette=False),
    Command("cut", "ctrl+x", "cut", "cut", "Cut what is selected, or the line", _T, palette=False),
    Command("paste", "ctrl+v", "paste", "paste", "Paste what was cut or copied here", _T, palette=False),
    Command("select-all", "f7", "select_all", "select all", "Select the whole text", _T, palette=False),
    Command(
        "attachment-drop",
        "escape,backspace,delete",
        "drop",
        "drop",
        "Put the attachment away",
        _A,
        footer=True,
        palette=False,
    ),
    Command(
        "attachment-older", "up", "recall(-1)", "older", "Bring back what was sent before", _A, palette=False
    ),
    Command(
        "attachment-newer", "down", "recall(1)", "newer", "Bring back what was sent after", _A, palette=False
    ),
    Command("line-up", "up", "cursor(-1)", "up", "Go to the line above", _L, palette=False),
    Command("line-down", "down", "cursor(1)", "down", "Go to the line below", _L, palette=False),
    Command("page-up", "pageup", "page(-1)", "page up", "Go a page up", _L, palette=False),
    Command("page-down", "pagedown", "page(1)", "page down", "Go a page down", _L, palette=False),
    Command("first-line", "home", "start", "start", "Go to the beginning", _L, palette=False),
    Command("last-line", "end", "end", "end", "Go to the end, and follow what comes", _L, palette=False),
    Command("inspect", "enter", "inspect", "inspect", "Open the frame in full", _H, footer=True),
    Command(
        "unfold", "space", "unfold", "unfold", "Unfold the frame where it stands, or fold it", _H, footer=True
    ),
    Command("copy", "c", "copy", "copy", "Copy the frame as it was on the wire", _H, footer=True),
    Command("reuse", "e", "reuse", "to composer", "Put the frame into the composer", _H),
    Command(
        "times",
        "t",
        "next_times",
        "times",
        "Count the times from midnight, from the start, or from the row before",
        _H,
    ),
    Command(
        "filter-here",
        "f",
        "screen.filter",
        "filter",
        "Show only what matches a filter",
        _H,
        palette=False,
        priority=True,
    ),
    Command(
        "place-here",
        "g",
        "screen.go_to",
        "go to",
        "Go to a frame by its number, or to a time",
        _H,
        palette=False,
        priority=True,
    ),
    Command(
        "search-here",
        "slash",
        "screen.search",
        "find",
        "Find a text in the history",
        _H,
        palette=False,
        priority=True,
    ),
    Command("next-here", "n", "screen.find_next", "next match", "Go to the next match", _H, palette=False),
    Command(
        "previous-here",
        "N",
        "screen.find_previous",
        "match before",
        "Go to the match before",
        _H,
        palette=False,
    ),
    Command(
        "to-composer",
        "escape",
        "screen.to_composer",
        "composer",
        "Go back to the composer",
        _H,
        footer=True,
        palette=False,
    ),
    Command(
        "filter-keep",
        "enter",
        "keep",
        "keep",
        "Go to the history, the filter kept",
        _F,
        footer=True,
        palette=False,
    ),
    Command(
        "filter-older", "up", "recall(-1)", "older", "Bring back the filter used before", _F, palette=False
    ),
    Command(
        "filter-newer", "down", "recall(1)", "newer", "Bring back the filter used after", _F, palette=False
    ),
    Command("filter-complete", "tab", "complete", "complete", "Take what is offered", _F, palette=False),
    Command(
        "filter-close",
        "escape",
        "close",
        "end",
        "Stop looking; where that is done, take the filter away",
        _F,
        footer=True,
        palette=False,
    ),
    Command(
        "search-next",
        "enter,down",
        "find_next",
        "next",
        "Go to the next match",
        _S,
        footer=True,
        palette=False,
    ),
    Command(
        "search-previous",
        "up,shift+enter",
        "find_previous",
        "previous",
        "Go to the match before",
        _S,
        footer=True,
        palette=False,
    ),
    Command("search-close", "escape", "close", "close", "End the search", _S, footer=True, palette=False),
    Command(
        "place-go",
        "enter",
        "go",
        "go",
        "Go there",
        _G,
        footer=True,
        palette=False,
    ),
    Command("place-close", "escape", "close", "stay", "Stay where you are", _G, footer=True, palette=False),
    Command(
        "recording-close",
        "escape,q",
        "leave",
        "close",
        "Close the recording",
        _R,
        footer=True,
        palette=False,
    ),
    Command(
        "inspector-view",
        "tab",
        "next_view",
        "pretty/raw/hex",
        "Show it pretty, raw, or in hex",
        _I,
        footer=True,
        palette=False,
        priority=True,
    ),
    Command(
        "inspector-copy",
        "c",
        "copy",
        "copy",
        "Copy the frame as it was on the wire",
        _I,
        footer=True,
        palette=False,
    ),
    Command(
        "inspector-pretty",
        "p",
        "copy_pretty",
        "copy pretty",
        "Copy the frame laid out",
        _I,
        footer=True,
        palette=False,
    ),
    Command(
        "inspector-path",
        "k",
        "copy_path",
        "path",
        "Copy the path of the line, as jq writes it",
        _I,
        footer=True,
        palette=False,
    ),
    Command(
        "inspector-value",
        "v",
        "copy_value",
        "value",
        "Copy the value that begins on the line",
        _I,
        footer=True,
        palette=False,
    ),
    Command(
        "inspector-reuse",
        "e",
        "reuse",
        "to composer",
        "Put the frame into the composer",
        _I,
        footer=True,
        palette=False,
    ),
    Command("inspector-older", "left", "step(-1)", "older", "Open the frame before", _I, palette=False),
    Command("inspector-newer", "right", "step(1)", "newer", "Open the next frame", _I, palette=False),
    Command(
        "inspector-close", "escape,q", "close", "close", "Close the inspector", _I, footer=True, palette=False
    ),
    Command(
        "file-write",
        "enter",
        "write",
        "write",
        "Write the file",
        _X,
        footer=True,
        palette=False,
    ),
    Command(
        "file-before",
        "up",
        "format(-1)",
        "format",
        "Choose the format above",
        _X,
        footer=True,
        palette=False,
    ),
    Command(
        "file-after",
        "down",
        "format(1)",
        "format",
        "Choose the format below",
        _X,
        footer=True,
        palette=False,
    ),
    Command(
        "file-close",
        "escape",
        "close",
        "close",
        "Put the sheet away; what is half-written goes too",
        _X,
        footer=True,
        palette=False,
    ),
    Command(
        "picture-secrets",
        "tab",
        "toggle_secrets",
        "secrets",
        "Show what documents tell under secret names, or cover it again",
        _W,
        footer=True,
        palette=False,
    ),
    Command(
        "sheet-close",
        "escape,q,enter",
        "dismiss",
        "close",
        "Put the sheet away",
        _P,
        footer=True,
        palette=False,
    ),
)


def bindings(scope: Scope) -> list[BindingType]:
    """Return Textual's bindings for the commands of a scope."""
    return [
        Binding(
            command.keys,
            command.action,
            command.label,
            id=command.id,
            show=command.footer,
            priority=command.priority,
            tooltip=command.help,
        )
        for command in COMMANDS
        if command.scope is scope and command.keys
    ]


def claimed(remapped: Mapping[str, str]) -> set[str]:
    """Return the keys that mean a command in the composer, whatever a text area would do with them."""
    scopes = {Scope.EVERYWHERE, Scope.CONVERSATION, Scope.CONNECTION, Scope.COMPOSER}
    taken = [command for command in COMMANDS if command.priority and command.scope in scopes]
    default = [command.keys for command in COMMANDS if command.scope is Scope.COMPOSER or command in taken]
    own = [remapped[command.id] for command in COMMANDS if command.scope in scopes and command.id in remapped]
    return {key.strip() for keys in (*default, *own) for key in keys.split(",")}


def command_ids() -> list[str]:
    """Return the names that the settings' `[keys]` table may hold."""
    return [command.id for command in COMMANDS if command.keys]


_SHORT: Final = {
    "escape": "esc",
    "slash": "/",
    "question_mark": "?",
    "pageup": "page up",
    "pagedown": "page down",
    "f15": "",
}


def display(keys: str) -> str:
    """Return keys as a person reads them: ``ctrl+r``, ``f5 or ctrl+enter``."""
    shown = (_SHORT.get(key, key) for key in keys.split(",") if key)
    return " or ".join(filter(None, shown))
