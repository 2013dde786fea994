"""The wire of a tape: its connection ends in the tape's time, and not in the network's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from client_tui.wire.client import Client

if TYPE_CHECKING:
    from typing import Any

    from client_tui.core.states import ClosedBy
    from client_tui.demo.pacer import Pacer
    from client_tui.wire.link import Link
    from client_tui.wire.target import Target


class PacedClient(Client):
    """A client that learns that its connection ends once `pacer` has let all in that came before.

    Otherwise the retry would be counted from when the network brought it: that is some frames
    of a stream ahead of the tape, and how many depends on the machine.
    """

    def __init__(self, target: Target, pacer: Pacer, **options: Any) -> None:
        super().__init__(target, pacer, **options)
        self._pacer = pacer

    def link_closing(self, link: Link, code: int, reason: str, by: ClosedBy) -> None:
        """Hear in its turn that the closing handshake began."""
        hear = super().link_closing
        self._pacer.in_turn(lambda: hear(link, code, reason, by))

    def link_closed(self, link: Link, code: int, reason: str, by: ClosedBy) -> None:
        """Hear in its turn that the socket is gone."""
        hear = super().link_closed
        self._pacer.in_turn(lambda: hear(link, code, reason, by))
