"""One socket that speaks WebSocket: every frame that goes over it is seen here, in its order.

websockets parses and answers. What this adds is that nothing is hidden: frames of both
directions become entries the moment they are parsed or written, control frames too.
Messages are put together here instead of in websockets' queue, since only here their
order among the control frames is known, and since a text that is not UTF-8 can be shown
before it ends the connection.

asyncio reads up to 256 KiB at a time, which take 20 ms to parse when they are full of small
frames. So they are parsed in small pieces, after each of which the loop turns to what else
is waiting, keys above all; and no more is read meanwhile.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, Protocol

from websockets.asyncio.client import ClientConnection
from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode as WireOpcode
from websockets.http11 import Response
from websockets.protocol import State

from client_tui import __version__
from client_tui.core import close_codes
from client_tui.core.frame import Direction, Frame, Opcode
from client_tui.core.states import ClosedBy, Handshake
from client_tui.wire.assembly import Assembly, utf8_fault
from client_tui.wire.keepalive import Keepalive

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from websockets.client import ClientProtocol
    from websockets.protocol import Event

    from client_tui.wire.target import Timing

PIECE: Final = 16 * 1024
"""How much is parsed in one turn of the loop, in bytes: some 160 frames of 100 B, or 1 ms."""

PATIENCE: Final = 0.005
"""How long a listener without room is left alone, in seconds, before it is asked again."""

LARGE: Final = 256 * 1024
"""From this size on a message is encoded, compressed and masked in a thread.

50 MB take a second and more to compress, and 0.2 s without.
"""

_NUMBERS: Final = {int(opcode): opcode for opcode in Opcode}
_OPCODES: Final = tuple(_NUMBERS.get(number) for number in range(max(_NUMBERS) + 1))
"""Our opcodes by their numbers, None for a continuation: quicker than a dict, for each frame."""


class Listener(Protocol):
    """Who hears of a link, from the handshake's success to the socket's end."""

    def link_opened(self, link: Link, at: float, handshake: Handshake) -> None:
        """Hear that the handshake succeeded."""

    def link_has_room(self) -> bool:
        """Tell whether more frames can be taken just now."""

    def link_frames(self, frames: Sequence[Frame]) -> None:
        """Hear of frames, in the order in which they went over the wire."""

    def link_round_trip(self, seconds: float) -> None:
        """Hear of a pong that answered a ping."""

    def link_closing(self, link: Link, code: int, reason: str, by: ClosedBy) -> None:
        """Hear that the first close frame went over the wire."""

    def link_closed(self, link: Link, code: int, reason: str, by: ClosedBy) -> None:
        """Hear that the socket is gone: the last that is heard of this link."""


class Link(ClientConnection):
    """A connection of `websockets` that reports everything to its listener."""

    def __init__(
        self,
        protocol: ClientProtocol,
        *,
        attempt: int,
        listener: Listener,
        headers: Sequence[tuple[str, str]],
        timing: Timing,
        clock: Callable[[], float],
        started: float,
        **options: Any,
    ) -> None:
        super().__init__(protocol, **options)
        self.attempt = attempt
        self.head = b""
        """What came first: it tells what a peer speaks that does not speak HTTP."""
        self._listener = listener
        self._headers = headers
        self._timing = timing
        self._clock = clock
        self._started = started
        self._unparsed = bytearray()
        self._paused = False  # the reading, until what came is parsed
        self._at = started  # when the piece came that is being parsed
        self._frames: list[Frame] = []  # that went over the wire and are not told yet
        self._assembly = Assembly()
        self._utf8_fault = ""
        self._turn = asyncio.Lock()  # of messages: the first that was sent is the first to go
        self._pings: dict[bytes, float] = {}  # that no pong answered yet
        self._pinged = 0
        self._keepalive: Keepalive | None = None
        self._silent = False
        self._close_timer: asyncio.TimerHandle | None = None
        self._unanswered = False

    # The handshake

    async def handshake(self, *_: object) -> None:
        """Send the request, the user's headers in place of ours, and wait for the answer."""
        request = self.request = self.protocol.connect()
        request.headers["User-Agent"] = f"jsonws-tui/{__version__}"
        for name in {name.lower() for name, _ in self._headers} & {*request.headers}:
            del request.headers[name]
        request.headers.update(self._headers)
        self.protocol.send_request(request)
        self.send_data()
        ends = [self.response_rcvd, self.connection_lost_waiter]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if self.protocol.handshake_exc is not None:
            raise self.protocol.handshake_exc

    def _tell_opened(self, response: Response) -> None:
        headers = response.headers
        handshake = Handshake(
            status=response.status_code,
            server=", ".join(headers.get_all("Server")),
            subprotocol=self.subprotocol or "",
            seconds=self._at - self._started,
            headers=tuple(headers.raw_items()),
        )
        self._listener.link_opened(self, self._at, handshake)

    # Receiving

    def data_received(self, data: bytes) -> None:
        """Parse the first piece of what came, and the others each in a turn of the loop of its own."""
        self.head = self.head or data[:PIECE]
        self._unparsed += data
        if not self._paused:
            self._parse_piece()

    def eof_received(self) -> None:
        """Parse what came before the end."""
        self._parse_rest()
        super().eof_received()

    def _parse_rest(self) -> None:
        while self._unparsed:
            self._parse_piece()

    def _parse_piece(self) -> None:
        """Parse one piece, and tell what came with it and what was answered."""
        piece = bytes(self._unparsed[:PIECE])
        del self._unparsed[:PIECE]
        self._at = self._clock()
        super().data_received(piece)
        if self._utf8_fault and self.protocol.state is State.OPEN:  # RFC 6455 §8.1
            self.protocol.fail(close_codes.INVALID_PAYLOAD, f"text is not UTF-8: {self._utf8_fault}")
            self.send_data()
        self._notice_close()
        self._tell_frames()
        if self.protocol.state is State.OPEN:
            self._keep_alive()
        self._read_on()

    def _read_on(self) -> None:
        """Take more from the socket only when what came is parsed, and when there is room for it."""
        if self._paused:
            return
        has_room = self._listener.link_has_room()
        if self._unparsed or not has_room:
            self.transport.pause_reading()
            self._paused = True
            self._go_on_soon(has_room)

    def _go_on_soon(self, has_room: bool) -> None:
        if has_room:
            self.loop.call_soon(self._go_on)
        else:
            self.loop.call_later(PATIENCE, self._go_on)

    def _go_on(self) -> None:
        if not self._listener.link_has_room() and not self.transport.is_closing():
            self._go_on_soon(has_room=False)
            return
        self._paused = False
        if self._unparsed:
            self._parse_piece()
        if not self._paused and not self.transport.is_closing():
            self.transport.resume_reading()

    def send_data(self) -> None:
        """Write what the parser answers, so long as there is somebody to read it."""
        if self.transport.is_closing():
            self.protocol.data_to_send()
        else:
            super().send_data()

    def process_event(self, event: Event) -> None:
        """Take what the parser made out: the answer to the handshake, then frames."""
        if isinstance(event, Response):
            super().process_event(event)
            if self.protocol.handshake_exc is None:
                self._tell_opened(event)
        elif isinstance(event, WireFrame):
            opcode = _OPCODES[event.opcode]
            if opcode is not None and opcode.is_control:
                self._take_control(opcode, bytes(event.data))
            elif message := self._assembly.take(opcode, bytes(event.data), fin=event.fin):
                self._take_message(*message)

    def _take_message(self, opcode: Opcode, payload: bytes) -> None:
        self._frames.append(Frame(self._at, Direction.RECEIVED, opcode, payload))
        if opcode is Opcode.TEXT and not self._utf8_fault:
            self._utf8_fault = utf8_fault(payload)

    def _take_control(self, opcode: Opcode, payload: bytes) -> None:
        self._frames.append(Frame(self._at, Direction.RECEIVED, opcode, payload))
        if opcode is Opcode.PING:  # the parser has answered it already (RFC 6455 §5.5.2)
            self._frames.append(Frame(self._at, Direction.SENT, Opcode.PONG, payload))
        elif opcode is Opcode.PONG:
            self._take_pong(payload)

    def _take_pong(self, payload: bytes) -> None:
        """Time a pong; it answers the pings before its own too (RFC 6455 §5.5.3)."""
        if payload not in self._pings:
            return
        self._listener.link_round_trip(self.loop.time() - self._pings[payload])
        for earlier in list(self._pings):
            del self._pings[earlier]
            if earlier == payload:
                break

    def _tell_frames(self) -> None:
        frames, self._frames = self._frames, []
        if frames:
            self._listener.link_frames(frames)

    # Sending

    async def send_message(self, opcode: Opcode, message: str | bytes) -> bool:
        """Send one message when its turn has come, and return whether it was handed to the socket.

        From its turn on it goes its way even when the caller is cancelled: what has passed
        the compressor must not be missing on the wire.
        """
        await self._turn.acquire()
        sending = self.loop.create_task(self._send_now(opcode, message))
        sending.add_done_callback(lambda _: self._turn.release())
        return await asyncio.shield(sending)

    async def _send_now(self, opcode: Opcode, message: str | bytes) -> bool:
        try:
            await self.drain()
        except OSError:  # the connection went away meanwhile
            return False
        if len(message) < LARGE:
            payload, wire = self._pack(opcode, message)
        else:
            payload, wire = await asyncio.to_thread(self._pack, opcode, message)
        if self.protocol.state is not State.OPEN:
            return False
        self.transport.write(wire)
        self._sent(opcode, payload)
        return True

    def _pack(self, opcode: Opcode, message: str | bytes) -> tuple[bytes, bytes]:
        """Return the payload, and the frame as it goes over the wire.

        Only messages are compressed, and one at a time, so the extension's state is safe in a thread.
        """
        payload = message.encode() if isinstance(message, str) else message
        frame = WireFrame(WireOpcode(opcode), payload)
        return payload, frame.serialize(mask=True, extensions=self.protocol.extensions)

    def ping_now(self) -> bool:
        """Send a ping with a payload of its own, and return whether the connection was open for it."""
        if self.protocol.state is not State.OPEN:
            return False
        self._pinged += 1
        payload = str(self._pinged).encode()
        self._pings[payload] = self.loop.time()
        self.protocol.send_ping(payload)
        self.send_data()
        self._sent(Opcode.PING, payload)
        return True

    def _sent(self, opcode: Opcode, payload: bytes) -> None:
        self._frames.append(Frame(self._clock(), Direction.SENT, opcode, payload))
        self._tell_frames()

    # Keepalive

    def _keep_alive(self) -> None:
        if self._keepalive is not None:
            self._keepalive.heard()
        elif self._timing.ping_interval is not None:
            times = self._timing.ping_interval, self._timing.ping_timeout
            self._keepalive = Keepalive(self.loop, *times, ping=self.ping_now, lost=self._give_up)
            self._keepalive.beat()

    def _give_up(self) -> None:
        """End a connection whose peer is silent: it would not answer a close frame either."""
        if self.protocol.state is State.OPEN:
            self._silent = True
            self.protocol.fail(close_codes.INTERNAL_ERROR, "keepalive ping timeout")
            self.send_data()
            self._notice_close()
        self.abort()

    # The end

    def begin_close(self, code: int, reason: str) -> None:
        """Send a close frame, and hang up when the peer does not answer it in time."""
        if self.protocol.state is State.OPEN:
            self.protocol.send_close(code, reason)
            self.send_data()
            self._notice_close()

    def abort(self) -> None:
        """Hang up at once."""
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell how it ended, after all that came before."""
        self._parse_rest()
        super().connection_lost(exc)
        if self._keepalive is not None:
            self._keepalive.stop()
        if self._close_timer is not None:
            self._close_timer.cancel()
        if self.response is not None and self.protocol.handshake_exc is None:
            self._tell_frames()
            self._listener.link_closed(self, *self._ending(exc))

    def _notice_close(self) -> None:
        """Tell of our close frame, whoever of us began, and give the peer some time for its part."""
        sent = self.protocol.close_sent
        if sent is None or self._close_timer is not None:
            return
        self._close_timer = self.loop.call_later(self._timing.close, self._close_timed_out)
        payload = b"" if sent.code == close_codes.NO_STATUS else sent.serialize()
        self._sent(Opcode.CLOSE, payload)
        if not self._silent:
            self._listener.link_closing(self, *self._ending(None))

    def _close_timed_out(self) -> None:
        self._unanswered = self.protocol.close_rcvd is None
        self.abort()

    def _ending(self, exc: Exception | None) -> tuple[int, str, ClosedBy]:
        """Return code, reason and author of the first close frame, or what is known of the loss."""
        rcvd, sent = self.protocol.close_rcvd, self.protocol.close_sent
        if self._silent:
            silence = f"no answer to a ping for {self._timing.ping_timeout:g} s"
            return close_codes.ABNORMAL, silence, ClosedBy.NOBODY
        if rcvd is not None and self.protocol.close_rcvd_then_sent is not False:
            return int(rcvd.code), rcvd.reason, ClosedBy.THEM
        if sent is not None:
            reason = sent.reason or ("the server did not answer" if self._unanswered else "")
            return int(sent.code), reason, ClosedBy.US
        return (
            close_codes.ABNORMAL,
            str(exc.strerror or exc) if isinstance(exc, OSError) else "",
            ClosedBy.NOBODY,
        )
