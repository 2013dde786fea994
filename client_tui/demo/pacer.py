"""Between the wire and the conversation: frames come in at the tape's time, not at the network's.

A reply takes as long as the tape says that one takes, and the frames of a stream are as far
apart. What the network brings sooner waits here for its turn.
"""

from __future__ import annotations

import math
import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from client_tui.core.frame import Direction, Entry, Frame, Notice, Opcode
from client_tui.core.printable import printable
from client_tui.core.redaction import redacted, secrets, spellings
from client_tui.core.secret_names import TELLING
from client_tui.core.states import Closing
from client_tui.record.secrets import Cover

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from client_tui.core.redaction import Path
    from client_tui.core.states import State
    from client_tui.wire.observer import Observer

    News = Entry | Callable[[], None]

MOST_WAITING: Final = 1_000
"""How many frames may wait for their turn before no more is read from the socket."""
LEAST_APART: Final = 0.0001
"""How far apart frames are at least, in seconds of the tape: in no time a flood would never be over."""
REPLY_PATIENCE: Final = 0.5
"""How long a server may take to answer what was sent, in seconds for which the world was listened to."""
STREAM_PATIENCE: Final = 1.0
"""How long the next frame of a stream may take."""
MORE_PATIENCE: Final = 0.04
"""How long a frame may take that follows a reply or a handshake, one's own or another client's."""
_FIRST_OF_A_STREAM: Final = 2
"""How many intervals more it may take where there is an interval: it may be a stream that begins."""
_PING: Final = (Direction.SENT, Opcode.PING)
_PONG: Final = (Direction.RECEIVED, Opcode.PONG)
_KEEPALIVE: Final = ((Direction.RECEIVED, Opcode.PING), (Direction.SENT, Opcode.PONG))
_DIGITS: Final = 6
"""Of a second: a hundred times 10 ms are one, and not a little more."""
_COVER: Final = Cover()
_DIFFERENT: Final = re.compile(r"^(Date:|Sec-WebSocket-Accept:).*", re.IGNORECASE | re.MULTILINE)
"""What a server answers to a handshake is another one each time."""
_STREAM: Final = 3
"""From how many frames in a row on they are a stream."""
_LOOKS: Final = 2
"""How often the clock is looked at in a handshake: for its request, and for its answer."""


@dataclass(slots=True)
class _Ping:
    """A ping of ours, and its pong, which waits for its turn; `sent_at` is counted as `Tape.listened` is."""

    payload: bytes
    due: float
    sent_at: float
    pong: Entry | None = None


class Tape:
    """The time of a tape as its wires have it.

    `time` is in seconds since the tape's beginning, which is at `start`, in seconds since the epoch.
    `listened` is for how many seconds the world was listened to. That is what patience is counted
    in: while a busy machine does other things, the server has no time either.
    """

    def __init__(self, start: float, time: Callable[[], float], listened: Callable[[], float]) -> None:
        self.start = start
        self.time = time
        self.listened = listened
        self._heard = -math.inf

    def hear(self) -> None:
        """Note that something came over one of the wires."""
        self._heard = self.listened()

    @property
    def silence(self) -> float:
        """For how many seconds nothing came, though the world was listened to."""
        return self.listened() - self._heard


class WireClock:
    """The clock of one client's wire: the tape's, and a little later each time somebody looks at it.

    It is looked at for the request of a handshake and for its answer: that is how long a
    handshake takes. In how many pieces the answer comes does not matter.
    """

    def __init__(self, tape: Tape, latency: float) -> None:
        self._tape = tape
        self._latency = latency
        self._looks = 0

    def __call__(self) -> float:
        """Return the time, in seconds since the epoch."""
        self._looks = min(_LOOKS, self._looks + 1)
        return self._tape.start + self._tape.time() + self._latency * self._looks

    def calm(self) -> None:
        """Be as late as the tape again."""
        self._looks = 0


class Pacer:
    """Hears of the wire, and tells its `observer` in the tape's time.

    `latency` is how long a reply and a ping take, `interval` how far apart the frames are that
    nothing asked for, in seconds of the tape; None is as far as a reply takes.
    """

    observer: Observer

    def __init__(self, tape: Tape, *, latency: float, interval: float | None) -> None:
        self.latency = latency
        self.interval = interval
        self.clock = WireClock(tape, latency)
        self.secrets: tuple[Path, ...] = ()
        """What is covered in every document, in both directions."""
        self.secret_texts: set[str] = set()
        """What was covered in them."""
        self._learnt: tuple[str, tuple[Path, ...]] = "", ()
        self.newest: bytes | None = None
        """The payload of the newest frame that was received, as it was on the wire."""
        self.received = 0
        """How many data frames have been let in."""
        self.sent = 0
        self.is_asked = False
        """Whether something was sent that nothing has answered."""
        self._tape = tape
        self._waiting: deque[News] = deque()
        self._last = 0.0  # when the newest entry was
        self._in_a_row = 0  # frames that came since something was sent
        self._is_closing = False  # then the peer's answer is behind all that it sent before
        self._in_turn = False  # while something happens for which it was waited
        self._pings: deque[_Ping] = deque()  # of ours, until their pongs are let in

    # ------------------------------------------------------------------ what the player asks

    @property
    def due(self) -> float | None:
        """When something that waits is to come in, in the tape's time; None where nothing waits."""
        return min((due for due in (self._due, self._pong_due) if due is not None), default=None)

    @property
    def _due(self) -> float | None:
        """When the next frame is due, and what waits behind it."""
        return round(self._last + self._wait, _DIGITS) if self._waiting else None

    @property
    def _pong_due(self) -> float | None:
        """When the pong is due that has come; it does not wait for the frames before it."""
        return next((ping.due for ping in self._pings if ping.pong is not None), None)

    @property
    def _wait(self) -> float:
        """How long after the newest entry the next frame is due."""
        return self._reply if self.is_asked or not self._in_a_row else self._apart

    @property
    def _reply(self) -> float:
        return max(LEAST_APART, self.latency)

    @property
    def _apart(self) -> float:
        return self._reply if self.interval is None else max(LEAST_APART, self.interval)

    def let_in(self) -> None:
        """Let the next frame in, and what happened right after it; or a pong, where that is due before."""
        due = self.due
        if due is None:
            return
        self._last = max(self._last, due, self._tape.time())
        if due == self._pong_due:
            self._let_pong_in()
            return
        self._pass_on(self._waiting.popleft())
        while self._waiting and not _is_received(self._waiting[0]):
            self._pass_on(self._waiting.popleft())

    def _let_pong_in(self) -> None:
        """Let a pong in; it answers the pings before its own too (RFC 6455 §5.5.3)."""
        while (pong := self._pings.popleft().pong) is None:
            pass
        self.observer.on_round_trip(self.latency)
        self._tell(pong)

    def patience(self, until: float) -> float:
        """For how many seconds it is worth listening for another frame that is due by then."""
        return max(self._patience_for_frames(until), self._patience_for_pongs(until))

    def _patience_for_frames(self, until: float) -> float:
        newest = self._last + self._wait + self._apart * (len(self._waiting) - 1)
        if self._waiting and (newest >= until or not self.has_room):
            return 0.0
        return max(0.0, self._whole_patience - self._tape.silence)

    def _patience_for_pongs(self, until: float) -> float:
        owed = [ping for ping in self._pings if ping.due <= until]
        if not owed or owed[-1].pong is not None:
            return 0.0
        return max(0.0, REPLY_PATIENCE - (self._tape.listened() - owed[-1].sent_at))

    @property
    def _whole_patience(self) -> float:
        if self.is_asked and not self._waiting:
            return REPLY_PATIENCE
        in_a_row = len(self._waiting) + (0 if self.is_asked else self._in_a_row)
        if in_a_row >= _STREAM:
            return STREAM_PATIENCE
        return min(STREAM_PATIENCE, MORE_PATIENCE + _FIRST_OF_A_STREAM * (self.interval or 0.0))

    # ------------------------------------------------------------------ what the wire tells

    @property
    def has_room(self) -> bool:
        """Whether more frames can be taken just now."""
        return self._is_closing or (len(self._waiting) < MOST_WAITING and self.observer.has_room)

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Take frames and notices: what was received waits for its turn, and what comes after it.

        The server's own pings are left out, and the answers to them: they come by its clock.
        """
        self.clock.calm()
        for entry in entries:
            if _is_keepalive(entry):
                continue
            if isinstance(entry, Frame) and not entry.opcode.is_control:
                self._tape.hear()
            ping = self._answered_by(entry)
            if ping is not None:
                ping.pong = entry
            elif _is_received(entry) or not self._is_told_at_once(entry):
                self._waiting.append(entry)
            else:
                self._tell(entry)

    def _is_told_at_once(self, entry: Entry) -> bool:
        return self._in_turn or not self._waiting or _is_sent(entry)

    def _answered_by(self, entry: Entry) -> _Ping | None:
        """Return the ping of ours whose pong an entry is."""
        if not isinstance(entry, Frame) or (entry.direction, entry.opcode) != _PONG:
            return None
        return next((ping for ping in self._pings if ping.payload == entry.payload), None)

    def on_state(self, state: State) -> None:
        """Take the connection's new state; it waits behind what came before."""
        self.clock.calm()
        self._tape.hear()
        self._is_closing = isinstance(state, Closing)
        self.in_turn(lambda: self._tell_state(state))

    def in_turn(self, happen: Callable[[], None]) -> None:
        """Let something happen once all is in that came before it."""
        if self._waiting and not self._in_turn:
            self._waiting.append(happen)
            return
        self.clock.calm()
        happen()

    def on_round_trip(self, seconds: float) -> None:
        """Take a pong's time, which the tape knows better; see `let_in`."""

    def _pass_on(self, news: News) -> None:
        if isinstance(news, (Frame, Notice)):
            self._tell(news)
            return
        self._in_turn = True
        try:
            self.in_turn(news)
        finally:
            self._in_turn = False

    def _tell_state(self, state: State) -> None:
        while self._pong_due is not None:
            self._let_pong_in()
        self._pings.clear()
        self._in_a_row = 0
        self.is_asked = False
        self.observer.on_state(state)

    def _tell(self, entry: Entry) -> None:
        self._last = max(self._last, self._tape.time())
        at = self._tape.start + self._last
        if isinstance(entry, Notice):
            covered = _COVER(entry)
            told: Entry = Notice(at, entry.kind, covered.text, _DIFFERENT.sub(r"\1 …", covered.detail))
        else:
            self._count(entry)
            told = msgspec.structs.replace(entry, at=at, payload=self._covered(entry.payload))
        self.observer.on_entries([told])

    def _covered(self, payload: bytes) -> bytes:
        if not self.secrets:
            return payload
        document = redacted(payload, self.secrets)
        self._note(document.secrets)
        return document.payload

    def learn(self, document: str) -> None:
        """Take note of the secrets in a document that is being typed; one that has not changed is known."""
        if (document, self.secrets) != self._learnt:
            self._learnt = document, self.secrets
            self._note(secret for _, secret in secrets(document, self.secrets))

    def _note(self, found: Iterable[str]) -> None:
        """Take note of secrets, as they were written: they are covered wherever else they stand."""
        texts = (printable(text) for secret in found for text in spellings(secret))
        self.secret_texts.update(text for text in texts if len(text) >= TELLING)

    def _count(self, frame: Frame) -> None:
        if (frame.direction, frame.opcode) == _PING:
            due = round(self._last + self._reply, _DIGITS)
            self._pings.append(_Ping(frame.payload, due, self._tape.listened()))
        if frame.opcode.is_control:
            return
        if frame.direction is Direction.SENT:
            self.sent += 1
            self.is_asked, self._in_a_row = True, 0
        else:
            self.received += 1
            self.newest = frame.payload
            self._in_a_row += 1
            self.is_asked = False


def _is_received(news: News) -> bool:
    """Tell whether something is one of the server's own frames."""
    return isinstance(news, Frame) and news.direction is Direction.RECEIVED and not news.opcode.is_control


def _is_keepalive(entry: Entry) -> bool:
    """Tell whether an entry is a ping of the server, or the pong that it gets."""
    return isinstance(entry, Frame) and (entry.direction, entry.opcode) in _KEEPALIVE


def _is_sent(entry: Entry) -> bool:
    """Tell whether an entry is a frame of this client: it is there as soon as it was sent.

    A close frame is not: it answers the server's, which stays behind all that came before it.
    """
    return isinstance(entry, Frame) and entry.direction is Direction.SENT and entry.opcode is not Opcode.CLOSE
