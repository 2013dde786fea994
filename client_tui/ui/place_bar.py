"""The line to type a place into: where in the conversation to go, and what is understood of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from client_tui.core import amounts
from client_tui.core.places import EXAMPLES, Index, parse_place
from client_tui.ui import keys
from client_tui.ui.line_input import LineInput

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from client_tui.core.transcript import Transcript


class PlaceBar(Horizontal):
    """A line to type a frame's number or a time into; hidden until it is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.PLACE)

    class Chosen(Message):
        """The user wants to go to the entry with this index."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Closed(Message):
        """The user stays where they are."""

    def __init__(self, transcript: Transcript, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own
        super().__init__(id=id)
        self._transcript = transcript

    def compose(self) -> ComposeResult:
        """Make the line."""
        yield Static("go to", id="place-label")
        yield LineInput(id="place-text", compact=True, select_on_focus=False)
        yield Static(EXAMPLES, id="place-words", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether the line can be seen."""
        return self.has_class("-open")

    def open(self) -> None:
        """Show the line, with what was typed last."""
        self.add_class("-open")
        field = self.query_one(LineInput)
        self.screen.set_focus(field)  # at once: what is typed behind the key is for it
        field.select_all()
        self._show()

    def take_typed(self, character: str) -> None:
        """Take what is typed before the line has the focus."""
        if not self.is_open:
            self.open()
        self.query_one(LineInput).take(character)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    def _show(self) -> None:
        """Say what is understood, or what is wrong."""
        found = self._understood()
        is_wrong = isinstance(found, str) and bool(self.query_one(LineInput).value.strip())
        words = found if isinstance(found, str) else self._told(found)
        self.set_class(is_wrong, "-wrong")
        self.query_one("#place-words", Static).update(Content(words))

    def _understood(self) -> int | str:
        """Return the index of the entry that is meant, or in words why there is none."""
        transcript = self._transcript
        count = len(transcript)
        start, latest = (transcript.at(0), transcript.at(count - 1)) if count else (0.0, 0.0)
        place = parse_place(self.query_one(LineInput).value, count=count, start=start, latest=latest)
        if isinstance(place, str):
            return place
        # Where the clock was set back, what is "at or after" a moment may be nothing.
        return place.index if isinstance(place, Index) else min(transcript.index_at(place.at), count - 1)

    def _told(self, index: int) -> str:
        time = amounts.time_of_day(self._transcript.at(index))
        return f"#{index + 1:,} of {len(self._transcript):,} · {time}"

    def action_go(self) -> None:
        """Go there; where there is no such place, say so."""
        found = self._understood()
        if isinstance(found, str):
            self._show()
            self.app.bell()
            return
        self.remove_class("-open")
        self.post_message(self.Chosen(found))

    def action_close(self) -> None:
        """Stay."""
        self.remove_class("-open")
        self.post_message(self.Closed())
