"""Somebody who looks on while the client is used, and is told what the user does: to write it down, say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from textual import events
from textual.command import CommandPalette

from client_tui.ui.file_sheet import FileSheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import App


class Witness(Protocol):
    """Is told plain facts, in the order in which they happen."""

    def counted(self, received: int) -> None:
        """Hear how many data frames were received by now; before each thing that the user does."""

    def themed(self, name: str) -> None:
        """Hear which theme the colours are of; before each thing that the user does."""

    def pressed(self, key: str, character: str | None) -> None:
        """Hear that a key was pressed, by Textual's name, and which character it types, if any."""

    def pasted(self, text: str) -> None:
        """Hear that a text was pasted."""

    def pointed(self, how: str, column: int, row: int) -> None:
        """Hear that the mouse was used on a cell, and `how` in words; columns and rows count from 1."""

    def resized(self, width: int, height: int) -> None:
        """Hear which size the screen has, in cells."""

    def retracted(self) -> None:
        """Hear that the key that was told last led out of the client, or to a file: it does not count."""

    def saved(self, name: str, suffix: str) -> None:
        """Hear that a picture was saved in a file of this name, in the format that a suffix stands for."""


_Seen = events.Key | events.Paste | events.MouseDown | events.MouseScrollUp | events.MouseScrollDown


class Watch:
    """Tells a witness of what comes to `app`; `received` counts the data frames.

    What leads to a file, and what is done on the sheet for it, is not told: no tape writes
    files, and a picture that was saved is told as such.
    """

    def __init__(self, witness: Witness, app: App[None], received: Callable[[], int]) -> None:
        self._witness = witness
        self._app = app
        self._received = received
        self._is_aside = False
        self._has_left = False
        self._by_key = False  # what was seen last
        self._in_palette = False  # where it was seen

    def see(self, event: events.Event) -> None:
        """Look at what comes, before anything is done about it."""
        if isinstance(event, events.Resize):
            self._witness.resized(event.size.width, event.size.height)
        elif isinstance(event, _Seen) and not event.is_forwarded and not self._has_left:
            if any(isinstance(screen, FileSheet) for screen in self._app.screen_stack):
                self._step_aside()
            else:
                self._is_aside = False
                self._tell(event)

    def _tell(self, event: _Seen) -> None:
        witness = self._witness
        witness.counted(self._received())
        witness.themed(self._app.theme)
        self._by_key = isinstance(event, events.Key)
        self._in_palette = isinstance(self._app.screen, CommandPalette)
        match event:
            case events.Key():
                witness.pressed(event.key, event.character)
            case events.Paste():
                witness.pasted(event.text)
            case events.MouseDown():
                witness.pointed("click", event.screen_x + 1, event.screen_y + 1)
            case events.MouseScrollUp() | events.MouseScrollDown():
                witness.pointed("turn of the wheel", event.screen_x + 1, event.screen_y + 1)

    def _step_aside(self) -> None:
        """Take back what was seen last; where it was in the palette, that is gone by now: put it away."""
        if self._is_aside:
            return
        self._is_aside = True
        if self._by_key:
            self._witness.retracted()
        if self._in_palette:
            self._witness.pressed("escape", None)

    def see_out(self) -> None:
        """See nothing more: what was seen last led out of the client."""
        self._step_aside()
        self._has_left = True

    def see_picture(self, path: Path, suffix: str) -> None:
        """See that a picture was saved."""
        self._step_aside()
        self._witness.saved(path.name, suffix)
