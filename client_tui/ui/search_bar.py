"""The search line: what is looked for, and how often it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from client_tui.core.printable import printable
from client_tui.ui import keys
from client_tui.ui.line_input import LineInput

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from client_tui.ui.history import HistoryPane


class SearchBar(Horizontal):
    """A line to type a search into; hidden until it is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.SEARCH)

    class Changed(Message):
        """Another text is looked for; "" means none."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Find(Message):
        """The user wants the next match (1), or the one before (-1)."""

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    class Closed(Message):
        """The user is done searching."""

    def compose(self) -> ComposeResult:
        """Make the line."""
        yield Static("find", id="search-label")
        yield LineInput(
            id="search-text", compact=True, placeholder="text, in whatever case", select_on_focus=False
        )
        yield Static("", id="search-count")

    @property
    def is_open(self) -> bool:
        """Whether the line can be seen."""
        return self.has_class("-open")

    def open(self) -> None:
        """Show the line, with what was looked for last."""
        self.add_class("-open")
        field = self.query_one(LineInput)
        self.screen.set_focus(field)  # at once: what is typed behind the key is for it
        field.select_all()
        if field.value:
            self.post_message(self.Changed(field.value))

    def take_typed(self, character: str) -> None:
        """Take what is typed before the line has the focus."""
        if not self.is_open:
            self.open()
        self.query_one(LineInput).take(character)

    def show_count(self, event: HistoryPane.Searched) -> None:
        """Say which match the cursor is on, and of how many."""
        if not self.query_one(LineInput).value:
            words = ""
        elif event.words:
            words = f"✗ {printable(event.words)}"
        elif not event.count:
            words = "nothing found" if event.is_done else "searching …"
        else:
            place = f"{event.ordinal:,} of " if event.ordinal else ""
            words = f"{place}{event.count:,}{'' if event.is_done else ' …'}"
        self.query_one("#search-count", Static).update(Content(words))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    def action_find_next(self) -> None:
        """Go to the next match."""
        self.post_message(self.Find(1))

    def action_find_previous(self) -> None:
        """Go to the match before."""
        self.post_message(self.Find(-1))

    def action_close(self) -> None:
        """End the search."""
        self.remove_class("-open")
        self.post_message(self.Closed())
