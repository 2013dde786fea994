"""Which consumer serves which path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from server.consumers import EchoConsumer, UnknownPathConsumer
from server.paths import ECHO
from server.rooms import RoomConsumer

if TYPE_CHECKING:
    from server.consumers import Connection, Receive, Send

# A name may hold anything, percent-encoded slashes and line breaks too.
_ROOM: Final = re.compile(r"/rooms/(?P<name>.+)/", re.DOTALL)


def consumer_for(path: str) -> Connection:
    """Make a consumer for one connection to `path`, percent-decoded."""
    if path == ECHO:
        return EchoConsumer()
    if room := _ROOM.fullmatch(path):
        return RoomConsumer(room["name"])
    return UnknownPathConsumer()


async def websocket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Serve one connection.

    Channels' URLRouter would fail with a traceback where a client sends a Daphne-Root-Path header.
    """
    await consumer_for(scope["path"])(scope, receive, send)
