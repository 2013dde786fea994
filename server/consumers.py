"""The consumers: what happens on one connection, on each path."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final, TypedDict

from channels.consumer import AsyncConsumer, get_handler_name  # type: ignore[import-untyped]
from channels.exceptions import StopConsumer  # type: ignore[import-untyped]

from server import answers, close_codes
from server.jsontext import Scanner, quick_check
from server.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from server.jsontext import Problem

log = logging.getLogger(__name__)

_LOGGED_CHARACTERS: Final = 2_000


class Event(TypedDict, total=False):
    """An ASGI event of the WebSocket kind."""

    type: str
    text: str | None
    bytes: bytes | None
    code: int


Receive = Callable[[], Awaitable[Event]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def check_patiently(text: str) -> Problem | None:
    """Do as `jsontext.check`, but let the other connections go on meanwhile."""
    if quick_check(text):
        return None
    scanner = Scanner(text)
    while not scanner.advance():  # noqa: ASYNC110  # it lets the others go on, and has nothing to wait for
        await asyncio.sleep(0)
    return scanner.problem


class Connection(AsyncConsumer):  # type: ignore[misc]
    """One connection from its handshake to its close, and its lines in the log."""

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Hand each event of one connection to its handler, one after the other.

        Channels' own loop waits for the channel layer as well, and before each event it has
        a thread clean up the database's connections: three quarters of an echo's time. Here
        is no database, and only rooms need the layer.
        """
        self.scope = scope
        self.base_send = send
        with contextlib.suppress(StopConsumer):
            while True:
                event = await receive()
                await getattr(self, get_handler_name(event))(event)

    @property
    def peer(self) -> str:
        """The client's address, for the log."""
        client = self.scope.get("client")
        return f"{client[0]}:{client[1]}" if client else "a local socket"

    async def websocket_connect(self, message: Event) -> None:  # noqa: ARG002
        """Let the client in."""
        await self.send({"type": "websocket.accept"})
        log.info("connected %s %s", self.peer, printable(self.scope["path"], 200))

    async def websocket_disconnect(self, message: Event) -> None:
        """Note the end of the connection."""
        log.info("disconnected %s %s", self.peer, message.get("code") or 1005)
        raise StopConsumer

    async def say(self, text: str) -> None:
        """Send one text frame."""
        await self.send({"type": "websocket.send", "text": text})

    async def close(self, code: int, reason: str) -> None:
        """Begin the closing handshake. Under the plain daphne command the reason does not arrive."""
        await self.send({"type": "websocket.close", "code": code, "reason": reason})


class JsonConsumer(Connection, ABC):
    """A connection that takes JSON texts: checks what comes, and answers mistakes."""

    async def websocket_receive(self, message: Event) -> None:
        """Take one frame: `document` gets it if it is JSON, the client an answer if not."""
        text = message.get("text")
        if text is None:
            data = message.get("bytes") or b""
            self.log_binary(data)
            await self.say(answers.error(answers.BINARY))
            return
        self._log_received(text)
        problem = await check_patiently(text) if text else answers.EMPTY
        if problem is None:
            await self.document(text)
        else:
            await self.say(answers.error(problem))

    @abstractmethod
    async def document(self, text: str) -> None:
        """Do what this path does with a JSON text."""

    def log_binary(self, data: bytes) -> None:
        """Note a binary frame."""
        log.info("received %s binary %d bytes", self.peer, len(data))

    def _log_received(self, text: str) -> None:
        size = len(text) if text.isascii() else len(text.encode())
        if log.isEnabledFor(logging.DEBUG):
            log.debug("received %s text %d bytes: %s", self.peer, size, printable(text, _LOGGED_CHARACTERS))
        else:
            log.info("received %s text %d bytes", self.peer, size)


class EchoConsumer(JsonConsumer):
    """Sends every JSON text back verbatim."""

    async def document(self, text: str) -> None:
        """Echo."""
        await self.say(text)


class UnknownPathConsumer(Connection):
    """Says which paths there are, and closes with 4404."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths

    async def websocket_connect(self, message: Event) -> None:
        """Let the client in, because a refused handshake has no room for words."""
        await super().websocket_connect(message)
        await self.say(answers.error(answers.unknown_path(self._paths), paths=self._paths))
        await self.close(close_codes.UNKNOWN_PATH, "unknown path")

    async def websocket_receive(self, message: Event) -> None:
        """Ignore what was sent before the close arrived."""
