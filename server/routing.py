"""Which consumer serves which path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from server.consumers import EchoConsumer, UnknownPathConsumer
from server.paths import ECHO, PATHS
from server.rooms import RoomConsumer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from server.consumers import Connection, Receive, Send

# A name may hold anything, percent-encoded slashes and line breaks too.
_ROOM: Final = re.compile(r"/rooms/(?P<name>.+)/", re.DOTALL)


class Routing:
    """An ASGI application that serves every path, those of the lab only where it is asked for.

    Channels' URLRouter would fail with a traceback where a client sends a Daphne-Root-Path header.
    """

    def __init__(self, *, lab: bool) -> None:
        self._lab: Mapping[str, Callable[[], Connection]] = {}
        if lab:
            from server.lab.catalogue import CONSUMERS

            self._lab = CONSUMERS
        self.paths = (*PATHS, *self._lab)

    def consumer_for(self, path: str) -> Connection:
        """Make a consumer for one connection to `path`, percent-decoded."""
        if path == ECHO:
            return EchoConsumer()
        if room := _ROOM.fullmatch(path):
            return RoomConsumer(room["name"])
        if path in self._lab:
            return self._lab[path]()
        return UnknownPathConsumer(self.paths)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one connection."""
        await self.consumer_for(scope["path"])(scope, receive, send)
