"""A text too big to edit: shown by its first lines and its size, sent as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Text
from textual.message import Message
from textual.widgets import Static

from client_tui.render.spans import Role, foreign, plain
from client_tui.ui import keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from client_tui.core.jsontext import Check

SHOWN_LINES: Final = 4
_SHOWN_CHARACTERS: Final = 2_000


class Attachment(Static, can_focus=True):
    """Holds a text verbatim and shows how it begins.

    The check of its text is made outside of the event loop and comes in later. `recall` is
    called with -1 where the user goes up from it, and with 1 where they go down.
    """

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.ATTACHMENT)

    class Dropped(Message):
        """The user wants it away."""

    def __init__(
        self,
        *,
        recall: Callable[[int], None],
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id, markup=False)
        self._recall = recall
        self.text = ""
        self.check: Check | None = None
        """What the text is; None while it is being checked."""

    def hold(self, text: str) -> None:
        """Show another text."""
        self.text = text
        self.check = None
        head = text[:_SHOWN_CHARACTERS].split("\n")[:SHOWN_LINES]
        shown = "\n".join(plain(foreign(line.removesuffix("\r"), Role.PLAIN)) for line in head)
        self.update(Text(shown, no_wrap=True, overflow="ellipsis"))

    def action_recall(self, direction: int) -> None:
        """Walk on through what was sent."""
        self._recall(direction)

    def action_drop(self) -> None:
        """Ask for it to be put away."""
        self.post_message(self.Dropped())
