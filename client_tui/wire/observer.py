"""Who hears what happens on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from client_tui.core.frame import Entry
    from client_tui.core.states import State


class Observer(Protocol):
    """The screen, a recording or a test: is called on the event loop, and from nowhere else.

    What it does in a call delays the reading of the socket: it is never told of more than it
    has taken. Where it has no room, no more is read until it has.
    """

    @property
    def has_room(self) -> bool:
        """Whether more frames can be taken just now."""

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Take frames and notices, in the order in which they happened."""

    def on_state(self, state: State) -> None:
        """Take the connection's new state. What happened before it was told before it."""

    def on_round_trip(self, seconds: float) -> None:
        """Take the time between a ping and its pong."""
