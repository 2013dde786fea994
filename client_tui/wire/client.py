"""Runs the connection's state machine over sockets: the room's one door."""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from client_tui.core.connection import (
    CancelRetry,
    CloseBegun,
    CloseSocket,
    Command,
    Connect,
    Connection,
    Disconnect,
    DropSocket,
    Event,
    NotOpened,
    Opened,
    OpenSocket,
    RetryDue,
    Schedule,
    SocketClosed,
    Tell,
)
from client_tui.core.frame import Opcode
from client_tui.wire.dial import Dial
from client_tui.wire.target import Target, Timing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from client_tui.core.frame import Frame
    from client_tui.core.states import ClosedBy, Handshake, State
    from client_tui.wire.link import Link
    from client_tui.wire.observer import Observer

_TIMING: Final = Timing()


class Client:
    """A connection that is kept up until the user is done with it.

    It belongs to one event loop: every method is called on it, and it calls `observer` on
    it. `clock` gives seconds since the epoch, `jitter` a number from 0 to 1.
    """

    def __init__(
        self,
        target: Target,
        observer: Observer,
        *,
        timing: Timing = _TIMING,
        clock: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._target = target
        self._observer = observer
        self._timing = timing
        self._clock = clock
        self._jitter = jitter
        self._machine = Connection()
        self._events: deque[Event] = deque()
        self._handling = False
        self._link: Link | None = None
        self._dials: dict[int, asyncio.Task[None]] = {}
        self._retry: asyncio.TimerHandle | None = None
        self._done = asyncio.Event()

    # What the user does

    @property
    def state(self) -> State:
        """The connection's state."""
        return self._machine.state

    async def run(self) -> None:
        """Connect, and keep the connection up until `quit`. Leaves nothing behind when cancelled."""
        self.reconnect()
        try:
            await self._done.wait()
        finally:
            self._abandon()

    def reconnect(self) -> None:
        """Connect now: instead of waiting for a retry, or in place of the connection there is."""
        self._handle(Connect(self._clock()))

    def disconnect(self) -> None:
        """Close the connection, or give up connecting. Asked again, do not wait for the peer."""
        self._handle(Disconnect(self._clock()))

    def ping(self) -> bool:
        """Send a ping, and return whether the connection was open for it."""
        return self._link is not None and self._link.ping_now()

    async def send(self, payload: str | bytes, *, text: bool | None = None) -> bool:
        """Send one message and return whether it was handed to the socket.

        A str goes as text and bytes as binary; `text` says otherwise, so that text can be
        sent verbatim, whether it is UTF-8 or not. Messages go in the order of the calls.
        Waits as long as the peer does not read what was sent before, and returns False
        when the connection is not open or goes away meanwhile.

        Raises `UnicodeEncodeError` for a str with lone surrogates, which have no UTF-8.
        """
        if self._link is None:
            return False
        as_text = isinstance(payload, str) if text is None else text
        return await self._link.send_message(Opcode.TEXT if as_text else Opcode.BINARY, payload)

    async def quit(self, timeout: float = 2.0) -> None:  # noqa: ASYNC109 - it bounds the peer, not the caller
        """Close with code 1000 and end `run`. Waits at most `timeout` seconds for the peer."""
        self.disconnect()
        link = self._link  # it may go away by itself at the very moment at which the patience ends
        if link is not None:
            try:
                async with asyncio.timeout(timeout):
                    await link.wait_closed()
            except TimeoutError:
                link.abort()
                await link.wait_closed()
        self._done.set()

    def _abandon(self) -> None:
        self._cancel_retry()
        for dial in self._dials.values():
            dial.cancel()
        if self._link is not None:
            self._link.abort()

    # Events in, commands out

    def _handle(self, event: Event) -> None:
        """Feed the machine. What carrying out its commands brings about waits for its turn."""
        self._events.append(event)
        if self._handling:
            return
        self._handling = True
        try:
            while self._events:
                self._step(self._events.popleft())
        finally:
            self._handling = False

    def _step(self, event: Event) -> None:
        before = self._machine.state
        for command in self._machine.handle(event, self._jitter()):
            self._perform(command)
        if self._machine.state is not before:
            self._observer.on_state(self._machine.state)

    def _perform(self, command: Command) -> None:
        match command:
            case OpenSocket(attempt):
                self._dials[attempt] = asyncio.create_task(self._dial(attempt))
            case CloseSocket(_, code, reason) if self._link is not None:
                self._link.begin_close(code, reason)
            case DropSocket(attempt):
                self._drop(attempt)
            case Schedule(delay):
                self._retry = asyncio.get_running_loop().call_later(delay, self._retry_due)
            case CancelRetry():
                self._cancel_retry()
            case Tell(notice):
                self._observer.on_entries((notice,))

    async def _dial(self, attempt: int) -> None:
        dial = Dial(self._target, self, attempt, self._timing, self._clock)
        try:
            failure = await dial.run()
        finally:
            del self._dials[attempt]
        if failure is not None:
            self._handle(NotOpened(self._clock(), attempt, failure))

    def _drop(self, attempt: int) -> None:
        if attempt in self._dials:
            self._dials[attempt].cancel()
        if self._link is not None and self._link.attempt == attempt:
            self._link.abort()

    def _retry_due(self) -> None:
        self._handle(RetryDue(self._clock()))

    def _cancel_retry(self) -> None:
        if self._retry is not None:
            self._retry.cancel()
            self._retry = None

    # What a link reports

    def link_opened(self, link: Link, at: float, handshake: Handshake) -> None:
        """Hear that the handshake succeeded."""
        self._link = link
        self._handle(Opened(at, link.attempt, handshake))

    def link_has_room(self) -> bool:
        """Tell whether more frames can be taken just now."""
        return self._observer.has_room

    def link_frames(self, frames: Sequence[Frame]) -> None:
        """Hear of frames, in the order in which they went over the wire."""
        self._observer.on_entries(frames)

    def link_round_trip(self, seconds: float) -> None:
        """Hear of a pong that answered a ping."""
        self._observer.on_round_trip(seconds)

    def link_closing(self, link: Link, code: int, reason: str, by: ClosedBy) -> None:
        """Hear that the closing handshake began."""
        self._handle(CloseBegun(self._clock(), link.attempt, code, reason, by))

    def link_closed(self, link: Link, code: int, reason: str, by: ClosedBy) -> None:
        """Hear that the socket is gone."""
        if self._link is link:
            self._link = None
        self._handle(SocketClosed(self._clock(), link.attempt, code, reason, by))
