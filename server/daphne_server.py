"""Daphne, with what it lacks: bounds on both sides of a connection, close reasons, and a last word.

The only file that knows Daphne, Autobahn and Twisted. What is added to them:

- A client that reads slowly makes the application wait (`WriteGate`), and one that sends
  faster than the application works is not read from for a while (`Inbox`). Daphne's own
  buffers have no bound.
- A message that is too large, and a breach of the protocol, end in a closing handshake with
  a code (1009, 1002, 1007) instead of a cut line.
- `EchoServer.go_away` closes every client with 1001 and stops.
- The lab's own events: ``lab.frames`` sends what is framed already, as it is, and ``lab.drop``
  cuts the connection. And the application may take up to 20 s to let a client in.
"""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, Any, Final

# First, because it chooses the reactor that the others find.
from daphne.server import Server, twisted_loop  # type: ignore[import-untyped]  # isort: skip
from autobahn.websocket.types import ConnectionDeny
from daphne.ws_protocol import WebSocketProtocol  # type: ignore[import-untyped]
from twisted.web import http

from server import close_codes

if TYPE_CHECKING:
    from collections.abc import Callable

INBOX_BYTES: Final = 256 * 1024
"""How much may wait for the application before the client is no longer read from."""

CLOSE_SECONDS: Final = 10
"""How long a client may take to read and answer a close frame."""

_LAST_WORD_SECONDS: Final = 1.0
_ABORT_SECONDS: Final = 0.3

http.RESPONSES.setdefault(426, b"Upgrade Required")  # Twisted would say "Unknown Status"


class WriteGate:
    """Open while the client reads: a Twisted push producer that keeps nothing but this answer."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self.wait = self._open.wait

    @property
    def is_open(self) -> bool:
        """Whether the client reads."""
        return self._open.is_set()

    def pauseProducing(self) -> None:  # noqa: N802  # Twisted's name
        """Close: more than Twisted's buffer (64 KiB) waits for the client."""
        self._open.clear()

    def resumeProducing(self) -> None:  # noqa: N802  # Twisted's name
        """Open: the client has read it all."""
        self._open.set()

    stopProducing = resumeProducing  # the connection is gone, and nobody has to wait for it  # noqa: N815


class Inbox(asyncio.Queue[dict[str, Any]]):
    """The events that wait for the application. Above a bound in bytes it stops the reading."""

    def __init__(self, transport: Any) -> None:
        super().__init__()
        self._transport = transport
        self._bytes = 0
        self._paused = False

    def _put(self, item: dict[str, Any]) -> None:
        super()._put(item)
        self._bytes += _cost(item)
        if self._bytes > INBOX_BYTES and not self._paused:
            self._paused = True
            self._transport.pauseProducing()

    def _get(self) -> dict[str, Any]:
        item = super()._get()
        self._bytes -= _cost(item)
        if self._paused and self._bytes <= INBOX_BYTES // 2:
            self._paused = False
            self._transport.resumeProducing()
        return item


def _cost(event: dict[str, Any]) -> int:
    return 300 + len(event.get("text") or event.get("bytes") or "")


class _Protocol(WebSocketProtocol):  # type: ignore[misc]
    """One WebSocket connection."""

    openHandshakeTimeoutCall: Any  # Autobahn's  # noqa: N815

    def connectionMade(self) -> None:  # noqa: N802  # Twisted's name
        self.gate = WriteGate()
        self._held: list[bytes] | None = None
        super().connectionMade()

    def onConnect(self, request: Any) -> Any:  # noqa: N802  # Autobahn's name
        if not request.headers.get("sec-websocket-protocol", "").isascii():
            # Daphne stumbles over it.
            raise ConnectionDeny(400, "Sec-WebSocket-Protocol is not ASCII")  # type: ignore[no-untyped-call]
        # Daphne leaves the HTTP channel registered here, which would stop the reading instead.
        self.transport.unregisterProducer()
        self.transport.registerProducer(self.gate, True)
        # Autobahn waits 5 s for the whole handshake. The client's part of it is done, and how long
        # the application may take for its own is Daphne's business.
        self.openHandshakeTimeoutCall.cancel()
        self.openHandshakeTimeoutCall = None
        return super().onConnect(request)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803  # Autobahn's
        if self.state == self.STATE_OPEN:  # what comes after a close frame is nobody's business
            super().onMessage(payload, isBinary)

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:  # noqa: N802, N803
        # Where this side began to close, its own code says more than 1006.
        local = self.localCloseCode if self.closedByMe else None
        super().onClose(wasClean, local or code, reason)

    def onAutoPingTimeout(self) -> None:  # noqa: N802  # Autobahn's name
        self.autoPingTimeoutCall = None
        self.begin_close(close_codes.NOT_READING, "no answer to a ping")

    def dropConnection(self, abort: bool = False) -> None:  # noqa: N802  # Autobahn's
        # A clean close is not aborted: that would throw away the close frame that was just written.
        super().dropConnection(abort and not self.wasClean)
        self.gate.stopProducing()
        twisted_loop.call_later(CLOSE_SECONDS, self.transport.abortConnection)

    def sendData(self, data: bytes, *args: Any, **options: Any) -> None:  # noqa: N802  # Autobahn's
        if self._held is None:
            super().sendData(data, *args, **options)
        else:
            self._held.append(data)

    def handle_reply(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.close" and self.state == self.STATE_OPEN:
            self.begin_close(message.get("code", 1000), message.get("reason", ""))
        elif message["type"] == "lab.frames":
            self._send_framed(message["frames"], unfinished=message["unfinished"])
        elif message["type"] == "lab.drop":
            self.dropConnection(abort=message["reset"])
        elif self.state in (self.STATE_CONNECTING, self.STATE_OPEN):  # Autobahn would raise once it closes
            super().handle_reply(message)

    def _send_framed(self, frames: bytes, *, unfinished: bool) -> None:
        """Send what the application has framed, and hold all else back until its last frame is whole."""
        if self.state != self.STATE_OPEN:
            return
        self.transport.write(frames)
        if unfinished:
            self._held = self._held or []
        elif self._held is not None:
            held, self._held = self._held, None
            for data in held:
                self.sendData(data)

    def begin_close(self, code: int, reason: str) -> None:
        """Send a close frame. `reason` takes at most 123 bytes (RFC 6455 §5.5)."""
        self.sendCloseFrame(code=code, reasonUtf8=reason.encode()[:123])
        self.transport.resumeProducing()  # to see the client's answer


class EchoServer(Server):  # type: ignore[misc]
    """Daphne's server on one address.

    `on_listening` is called once with the port; `failure` is the reason why there was none.
    """

    def __init__(
        self,
        application: Any,
        *,
        address: str,
        port: int,
        max_size: int,
        on_listening: Callable[[int], None],
    ) -> None:
        interface = address.replace(":", r"\:")  # as Twisted's endpoint strings want it
        super().__init__(
            application=application,
            endpoints=[f"tcp:port={port}:interface={interface}:backlog=1024"],
            signal_handlers=False,
            websocket_timeout=-1,  # a connection may stay open for ever
            websocket_max_message_size=max_size,
            websocket_max_frame_size=max_size,
            ready_callable=self._ready,
        )
        self.failure: OSError | None = None
        self._on_listening = on_listening
        self._ports: list[Any] = []
        self._leaving: asyncio.Task[None] | None = None

    def go_away(self) -> None:
        """Close every client with 1001, wait for their answers for a moment, and stop."""
        if self._leaving is None:
            self._leaving = twisted_loop.create_task(self._go_away())

    def call_on_signal(self, number: int) -> None:
        """Go away when this signal arrives."""
        twisted_loop.add_signal_handler(number, self.go_away)

    def listen_success(self, port: Any) -> None:
        """Note that clients may come now."""
        self._ports.append(port)
        self._on_listening(port.getHost().port)

    def listen_error(self, failure: Any) -> None:
        """Note why nobody may come."""
        self.failure = getattr(failure.value, "socketError", None) or OSError(failure.getErrorMessage())
        self.stop()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Start the application for one connection; return the queue of its events."""
        if scope["type"] != "websocket":
            return super().create_application(protocol, scope)
        inbox = Inbox(protocol.transport)
        scope["asgi"] = {"version": "3.0"}
        work = self.application(
            scope=scope, receive=inbox.get, send=functools.partial(self.handle_reply, protocol)
        )
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(work)
        return inbox

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Send one event of the application, and let it wait while the client does not read."""
        await super().handle_reply(protocol, message)
        if isinstance(protocol, _Protocol):
            await protocol.gate.wait()
            if message["type"] == "lab.frames" and protocol.state != _Protocol.STATE_OPEN:
                raise ConnectionResetError("the client has left")

    def protocol_disconnected(self, protocol: Any) -> None:
        """Note the end of a connection."""
        # A handshake that failed half-way was never entered, and Daphne stumbles over it.
        if protocol in self.connections:
            super().protocol_disconnected(protocol)

    def kill_all_applications(self) -> Any:
        """Cancel what still runs, before the reactor ends."""
        # Daphne stumbles over a connection whose application has ended already.
        for protocol, details in list(self.connections.items()):
            if "application_instance" not in details:
                del self.connections[protocol]
        return super().kill_all_applications()

    def _ready(self) -> None:
        self.ws_factory.protocol = _Protocol
        self.ws_factory.setProtocolOptions(
            failByDrop=False,
            closeHandshakeTimeout=CLOSE_SECONDS,
            allowNullOrigin=True,  # left out, it would be reset; `origins` decides
        )

    async def _go_away(self) -> None:
        for port in self._ports:
            port.stopListening()
        clients = [each for each in self.connections if getattr(each, "state", None) == _Protocol.STATE_OPEN]
        for client in clients:
            client.begin_close(close_codes.GOING_AWAY, "the server is going away")
        if not await self._all_ended(_LAST_WORD_SECONDS):
            for client in clients:
                client.transport.abortConnection()
            await self._all_ended(_ABORT_SECONDS)
        self.stop()

    async def _all_ended(self, seconds: float) -> bool:
        running = [
            details["application_instance"]
            for details in self.connections.values()
            if "application_instance" in details
        ]
        pending = running and (await asyncio.wait(running, timeout=seconds))[1]
        return not pending
