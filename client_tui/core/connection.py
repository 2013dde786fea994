"""The connection's state machine: events in, commands out.

It knows no socket, no clock and no chance. Each event carries its time, the jitter comes
with the event, and what has to be done is returned as commands, which `wire.client`
carries out. So every road through it can be read, and tested, as a script.

Each attempt has a number, and what is told about an earlier attempt is not heard any more:
a socket that was given up can end as late as it likes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from client_tui.core import backoff, close_codes, wording
from client_tui.core.failure import Failure, FailureKind
from client_tui.core.states import (
    Closed,
    ClosedBy,
    Closing,
    Connecting,
    Failed,
    Handshake,
    Open,
    Retry,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client_tui.core.frame import Notice

HEALTHY_AFTER: Final = 5.0
"""A connection that was open for as many seconds was a good one: the delays start anew after it.

Otherwise a server that accepts and hangs up at once would be asked twice a second.
"""


@dataclass(frozen=True, slots=True)
class Connect:
    """The user wants a connection, or a new one in place of the one there is."""

    at: float


@dataclass(frozen=True, slots=True)
class Disconnect:
    """The user wants no connection, nor a retry."""

    at: float


@dataclass(frozen=True, slots=True)
class Opened:
    """The server accepted the handshake."""

    at: float
    attempt: int
    handshake: Handshake


@dataclass(frozen=True, slots=True)
class NotOpened:
    """The attempt failed."""

    at: float
    attempt: int
    failure: Failure


@dataclass(frozen=True, slots=True)
class CloseBegun:
    """The first close frame was sent or received (RFC 6455 §7.1.3)."""

    at: float
    attempt: int
    code: int
    reason: str
    by: ClosedBy


@dataclass(frozen=True, slots=True)
class SocketClosed:
    """The socket is gone. Code, reason and `by` tell of the first close frame, or of its absence."""

    at: float
    attempt: int
    code: int
    reason: str
    by: ClosedBy


@dataclass(frozen=True, slots=True)
class RetryDue:
    """The time of the scheduled retry has come."""

    at: float


Event = Connect | Disconnect | Opened | NotOpened | CloseBegun | SocketClosed | RetryDue


@dataclass(frozen=True, slots=True)
class OpenSocket:
    """Connect, shake hands, and report `Opened` or `NotOpened`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class CloseSocket:
    """Begin the closing handshake with this code, and report `SocketClosed` within bounded time."""

    attempt: int
    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class DropSocket:
    """Give the attempt's socket up at once, in whatever state it is."""

    attempt: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """Report `RetryDue` after so many seconds. There is never more than one at a time."""

    delay: float


@dataclass(frozen=True, slots=True)
class CancelRetry:
    """Forget what was scheduled."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Put this notice into the history."""

    notice: Notice


Command = OpenSocket | CloseSocket | DropSocket | Schedule | CancelRetry | Tell

_STOPPED: Final = Failure(FailureKind.STOPPED, "not connected: the attempt was stopped")


class Connection:
    """One connection and all its attempts, as a machine that is fed events.

    A connection that was lost, or that the server ended for a passing reason, is retried
    until it opens or the user disconnects; so is an attempt that may succeed later.
    """

    def __init__(self) -> None:
        self.state: State = Connecting()
        self._attempt = 0
        self._wanted = True  # by the user; not after a Disconnect
        self._retries = 0  # made in a row since all was well
        self._opened_at = 0.0
        self._told = ""  # the failure that was told last in this outage

    def handle(self, event: Event, jitter: float = 0.0) -> list[Command]:
        """Take one event, change the state, and return what is to be done, in that order.

        `jitter`, from 0 to 1, shortens the delay of a retry that follows from the event.
        """
        return list(self._route(event, jitter))

    def _route(self, event: Event, jitter: float) -> Iterator[Command]:
        match event:
            case Connect():
                yield from self._connect()
            case Disconnect():
                yield from self._disconnect()
            case RetryDue():
                yield from self._retry_due()
            case _ if event.attempt != self._attempt:
                return
            case Opened():
                yield from self._opened(event)
            case NotOpened():
                yield from self._not_opened(event, jitter)
            case CloseBegun():
                self._close_begun(event)
            case SocketClosed():
                yield from self._socket_closed(event, jitter)

    # What the user wants

    def _connect(self) -> Iterator[Command]:
        self._wanted = True
        self._retries = 0
        self._told = ""
        match self.state:
            case Open(attempt=attempt):
                yield from self._begin_close(attempt, reopens=True)
                return
            case Closing(reopens=False) as closing:
                self.state = replace(closing, reopens=True)
                return
            case Closing(attempt=attempt) | Connecting(attempt=attempt) if attempt:
                yield DropSocket(attempt)  # asked again: without waiting for the peer
            case Closed(retry=Retry()) | Failed(retry=Retry()):
                yield CancelRetry()
        yield self._open()

    def _disconnect(self) -> Iterator[Command]:
        self._wanted = False
        match self.state:
            case Open(attempt=attempt):
                yield from self._begin_close(attempt, reopens=False)
            case Closing(reopens=True) as closing:
                self.state = replace(closing, reopens=False)
            case Closing(attempt=attempt):
                yield DropSocket(attempt)  # asked again: without waiting for the peer
            case Connecting(attempt=attempt):
                yield DropSocket(attempt)
                self._attempt += 1  # whatever that socket still reports is not heard
                self.state = Failed(_STOPPED)
            case Closed(retry=Retry()) | Failed(retry=Retry()) as ended:
                yield CancelRetry()
                self.state = replace(ended, retry=None)

    def _begin_close(self, attempt: int, *, reopens: bool) -> Iterator[Command]:
        self.state = Closing(attempt, close_codes.NORMAL, "", ClosedBy.US, reopens)
        yield CloseSocket(attempt, close_codes.NORMAL, "")

    # What happens to the socket

    def _open(self) -> Command:
        self._attempt += 1
        self.state = Connecting(self._attempt, self._retries)
        return OpenSocket(self._attempt)

    def _retry_due(self) -> Iterator[Command]:
        if isinstance(self.state, Closed | Failed) and self.state.retry:
            self._retries = self.state.retry.number
            yield self._open()

    def _opened(self, event: Opened) -> Iterator[Command]:
        if isinstance(self.state, Connecting):
            self.state = Open(event.attempt, event.handshake)
            self._opened_at = event.at
            self._told = ""
            yield Tell(wording.connected(event.at, event.handshake))

    def _not_opened(self, event: NotOpened, jitter: float) -> Iterator[Command]:
        if not isinstance(self.state, Connecting):
            return
        failure = event.failure
        if failure.words != self._told:  # a long outage does not fill the history
            self._told = failure.words
            yield Tell(wording.failed(event.at, failure))
        retry = None
        if failure.retryable:
            retry = self._plan(event.at, jitter)
            yield Schedule(retry.due - event.at)
        self.state = Failed(failure, retry)

    def _close_begun(self, event: CloseBegun) -> None:
        if isinstance(self.state, Open):
            self.state = Closing(event.attempt, event.code, event.reason, event.by)

    def _socket_closed(self, event: SocketClosed, jitter: float) -> Iterator[Command]:
        if not isinstance(self.state, Open | Closing):
            return
        reopens = isinstance(self.state, Closing) and self.state.reopens
        if event.at - self._opened_at >= HEALTHY_AFTER:
            self._retries = 0
        closed = Closed(event.code, event.reason, event.by)
        yield Tell(wording.closed(event.at, closed))
        if reopens:
            yield self._open()
            return
        if self._wanted and close_codes.is_passing(event.code):
            retry = self._plan(event.at, jitter)
            closed = replace(closed, retry=retry)
            yield Schedule(retry.due - event.at)
        self.state = closed

    def _plan(self, at: float, jitter: float) -> Retry:
        number = self._retries + 1
        return Retry(number, at + backoff.delay(number, jitter))
