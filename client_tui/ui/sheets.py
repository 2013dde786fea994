"""Sheets that lie over the conversation to be read: the keys, and the bundled server's log."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.console import Group
from rich.table import Column, Table
from rich.text import Text
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from client_tui.core.printable import printable
from client_tui.ui import keys
from client_tui.ui.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rich.console import RenderableType
    from textual.app import ComposeResult
    from textual.binding import BindingType

_REFRESH_SECONDS: Final = 0.5


class Sheet(ModalScreen[None]):
    """A frame with a title and text to scroll in."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.SHEET)
    TITLE_TEXT: ClassVar[str]

    def compose(self) -> ComposeResult:
        """Make the frame."""
        with Vertical(id="sheet") as sheet:
            sheet.border_title = Content(self.TITLE_TEXT)
            with VerticalScroll(id="sheet-scroll"):
                yield Static(id="sheet-text", markup=False)
        yield KeyLine()


class HelpSheet(Sheet):
    """Every key, made from the table of commands and the user's own keys."""

    TITLE_TEXT = "Keys"

    def __init__(self, remapped: Mapping[str, str]) -> None:
        super().__init__()
        self._remapped = remapped

    def on_mount(self) -> None:
        """Fill the sheet."""
        self.query_one("#sheet-text", Static).update(help_lines(self._remapped))


class LogSheet(Sheet):
    """The newest lines that the bundled server wrote; follows them."""

    TITLE_TEXT = "Log of the bundled server"

    def __init__(self, read: Callable[[], list[str]]) -> None:
        super().__init__()
        self._read = read
        self._shown: list[str] = []

    def on_mount(self) -> None:
        """Fill the sheet, and keep it filled."""
        self._update()
        self.set_interval(_REFRESH_SECONDS, self._update)

    def _update(self) -> None:
        lines = self._read()
        if lines == self._shown:
            return
        self._shown = lines
        self.query_one("#sheet-text", Static).update(Text("\n".join(map(printable, lines))))
        self.query_one("#sheet-scroll", VerticalScroll).scroll_end(animate=False)


def help_lines(remapped: Mapping[str, str]) -> Group:
    """Return every command by where it can be used: its key, what it does, its name in the settings."""
    parts: list[RenderableType] = []
    for scope in keys.Scope:
        parts += [Text(scope.value, "bold"), _commands(scope, remapped), Text()]
    parts += [
        Text("Settings", "bold"),
        Text("  Under [keys], by the names on the right, any key can be changed."),
    ]
    return Group(*parts)


def _commands(scope: keys.Scope, remapped: Mapping[str, str]) -> Table:
    columns = Column(width=20), Column(ratio=1), Column(width=16, style="dim")
    table = Table.grid(*columns, padding=(0, 2, 0, 0), expand=True)
    for command in keys.COMMANDS:
        if command.scope is scope:
            shown = keys.display(remapped.get(command.id, command.keys)) or "palette"
            table.add_row(Text(printable(f"  {shown}")), command.help, command.id if command.keys else "")
    return table
