"""What of Textual's own business the screen stands on: a release without one of these names must not get in.

pyproject.toml bounds Textual to the minor release for their sake.
"""

import ast
from pathlib import Path

import pytest
from textual import _compositor, _time, _xterm_parser, notifications, screen
from textual._compositor import Compositor
from textual.app import App
from textual.document import _document, _document_navigator
from textual.document._document import Document
from textual.document._history import EditHistory
from textual.document._wrapped_document import WrappedDocument
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.widgets import TextArea

import client_tui.ui

# What is imported from private modules, called, read or overridden, each with whose it is.
NAMES = [
    (App, "_background_screens"),  # what shines through the screen that a picture is taken of
    (App, "_close_messages_no_wait"),  # the way out when the terminal is gone
    (App, "_context"),  # whoever plays it without a terminal speaks from outside of it
    (App, "_driver"),  # what such a one gives keys to
    (App, "_exception"),  # what made the app fail
    (App, "_fatal_error"),  # overridden: the traceback goes into a file
    (App, "_keymap"),
    (App, "_notifications"),  # those with one title replace one another
    (App, "_unnotify"),
    (Driver, "_debug"),
    (Document, "_lines"),  # overridden: the lines as they were typed
    (LinuxDriver, "_file"),  # what it paints on, which may go away
    (EditHistory, "_get_time"),  # told in a demo, as the next three are
    (_time, "get_time"),
    (notifications, "time"),
    (screen, "UPDATE_PERIOD"),
    (Compositor, "_dirty_regions"),  # what would be painted, and is not where nobody sees it
    (_compositor, "Compositor"),
    (Screen, "_compositor"),  # it has the strips of a picture
    (Screen, "_on_timer_update"),  # painting at once
    (TextArea, "_bindings"),  # keys that a text area would take from a command
    (TextArea, "_restart_blink"),
    (TextArea, "_rewrap_and_refresh_virtual_size"),
    (TextArea, "_set_document"),  # overridden: a document that changes no text
    (WrappedDocument, "_line_index_to_offsets"),
    (WrappedDocument, "_offset_to_line_info"),
    (WrappedDocument, "_tab_width"),
    (_document, "EditResult"),
    (_document, "Location"),
    (_document_navigator, "DocumentNavigator"),
    (_xterm_parser, "XTermParser"),
]
MAKE = {
    App: App,
    Compositor: Compositor,
    Driver: lambda: HeadlessDriver(App()),
    LinuxDriver: lambda: LinuxDriver(App()),
    Screen: Screen,
    Document: lambda: Document(""),
    TextArea: TextArea,
    WrappedDocument: lambda: WrappedDocument(Document("")),
}  # what its instances have alone is seen there; a module stands for itself
SOURCES = [ast.parse(path.read_text("utf-8")) for path in Path(client_tui.ui.__file__).parent.glob("*.py")]


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def attributes(context: type[ast.expr_context]) -> set[str]:
    """Return the private attributes that the screen's rooms read, or assign."""
    nodes = (node for source in SOURCES for node in ast.walk(source) if isinstance(node, ast.Attribute))
    return {node.attr for node in nodes if isinstance(node.ctx, context) and is_private(node.attr)}


def defined() -> set[str]:
    """Return the private names that the screen's rooms give to methods, functions and values themselves."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    nodes = [node for source in SOURCES for node in ast.walk(source)]
    named = {node.name for node in nodes if isinstance(node, kinds)}
    return named | {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


@pytest.mark.parametrize(("owner", "name"), NAMES, ids=lambda each: getattr(each, "__name__", each))
async def test_textual_has_it(owner, name):
    assert hasattr(MAKE.get(owner, lambda: owner)(), name)


def test_no_other_is_used():
    own = attributes(ast.Store) | defined()
    assert attributes(ast.Load) - own <= {name for _, name in NAMES}
