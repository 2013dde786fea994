"""What the history says about the connection: states put into notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from client_tui.core import amounts, close_codes
from client_tui.core.frame import Notice, NoticeKind
from client_tui.core.states import Closed, ClosedBy

if TYPE_CHECKING:
    from client_tui.core.failure import Failure
    from client_tui.core.states import Handshake

_DOT: Final = " · "
_ENDINGS: Final = {
    ClosedBy.US: "closed by this client",
    ClosedBy.THEM: "closed by the server",
    ClosedBy.NOBODY: "connection lost",
}


def connected(at: float, handshake: Handshake) -> Notice:
    """Say that the connection opened; the answer's headers are the detail."""
    subprotocol = f"subprotocol {handshake.subprotocol}" if handshake.subprotocol else ""
    parts = ["connected", f"HTTP {handshake.status}", handshake.server, subprotocol]
    parts.append(amounts.duration(handshake.seconds))
    detail = "\n".join(f"{name}: {value}" for name, value in handshake.headers)
    return Notice(at, NoticeKind.INFO, _DOT.join(filter(None, parts)), detail)


def closed(at: float, state: Closed) -> Notice:
    """Say that the connection ended, by whom, with which code and why."""
    parts = [_ENDINGS[state.by], f"{state.code} {state.meaning}", state.reason]
    return Notice(at, _kind(state), _DOT.join(filter(None, parts)), state.remedy)


def _kind(state: Closed) -> NoticeKind:
    if state.code in {close_codes.NORMAL, close_codes.NO_STATUS}:
        return NoticeKind.INFO
    return NoticeKind.ERROR if state.by is ClosedBy.US else NoticeKind.WARNING


def failed(at: float, failure: Failure) -> Notice:
    """Say why nothing opened; the remedy and what the server answered are the detail."""
    detail = "\n\n".join(filter(None, [failure.remedy, failure.detail]))
    return Notice(at, NoticeKind.ERROR, failure.words, detail)
