"""An event loop whose time is a tape's: it moves when the tape says so, and stands still otherwise.

Timers of the application (a retry, a notice that goes away) are due in the tape's time. What
comes from outside, from sockets and threads and children, comes when it comes, and takes no
time of the tape.

Pauses of up to `SHORT` seconds are no time that anybody sees: the screen waits so long for
more to paint, say. They are over as soon as there is nothing else to do.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from typing import TYPE_CHECKING, Final, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context

Ts = TypeVarTuple("Ts")

SHORT: Final = 0.05
"""In seconds."""
_ROUNDS: Final = 50
"""How often short pauses that follow one another are cut short, before something else must happen."""
_SLICE: Final = 0.01
"""How long the world outside is waited for at a time, in seconds, before short pauses may be over again."""


class _Pause:
    """Somebody who waits for so many `seconds` without anything happening."""

    def __init__(self, seconds: float, loop: TapeLoop) -> None:
        self.seconds = seconds
        self.over: asyncio.Future[None] = loop.create_future()


class _Selector(selectors.DefaultSelector):
    """Is asked by the loop what to do next: here it is seen that there is nothing left to do."""

    loop: TapeLoop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what has come from outside; where nothing has, see to the tape's time."""
        if self.loop.is_free:
            return super().select(timeout)
        ready = super().select(0)
        if ready or timeout == 0:
            self.loop.stirred(from_outside=bool(ready))
            return ready
        wait = self.loop.rest(timeout)
        if wait:
            before = time.monotonic()
            ready = super().select(wait)
            self.loop.looked(min(wait, time.monotonic() - before), came=bool(ready))
        return ready


class TapeLoop(asyncio.SelectorEventLoop):
    """An event loop whose `time` starts at 0 and is moved by `step` alone."""

    def __init__(self) -> None:
        selector = _Selector()
        selector.loop = self
        self._now = 0.0
        self._short: list[tuple[asyncio.TimerHandle, Callable[[], object]]] = []
        self._rounds = 0
        self._pauses: list[_Pause] = []
        self._stepping: tuple[float, asyncio.Future[bool]] | None = None
        self._stirred_at = time.monotonic()
        self._free_at: float | None = None
        self.listened = 0.0
        """For how many seconds the world outside was waited for, of those that were meant.

        A busy machine makes each wait longer, and comes to nothing else meanwhile: that does not count.
        """
        super().__init__(selector)

    # ------------------------------------------------------------------ what a tape does

    async def quiet(self, seconds: float = 0.0) -> None:
        """Wait until nothing has happened for so many seconds of the world's time, not the tape's."""
        if self.is_free:
            await asyncio.sleep(seconds)
            return
        self._rounds = 0
        self._stirred_at = time.monotonic()
        pause = _Pause(seconds, self)
        self._pauses.append(pause)
        try:
            await pause.over
        finally:
            self._pauses.remove(pause)

    async def step(self, until: float) -> bool:
        """Move the time on to the next timer that is due, or to `until` where none is before that.

        Return whether a timer was due.
        """
        if self.is_free or until <= self._now:
            return False
        self._stepping = until, self.create_future()
        try:
            return await self._stepping[1]
        finally:
            self._stepping = None

    def let_go(self) -> None:
        """Let the time pass as the world's does from here on: nobody moves it any more."""
        if not self.is_free:
            self._free_at = time.monotonic()
            self._begin_short()

    @property
    def is_free(self) -> bool:
        """Whether the time passes by itself."""
        return self._free_at is not None

    # ------------------------------------------------------------------ what asyncio asks for

    def time(self) -> float:
        """Return the tape's time, in seconds since its beginning."""
        return self._now if self._free_at is None else self._now + time.monotonic() - self._free_at

    def call_later(
        self, delay: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Call something in a while: of the tape's time, or as soon as there is nothing else to do."""
        if delay > SHORT or self.is_free:
            return super().call_later(delay, callback, *args, context=context)
        handle = asyncio.TimerHandle(self._now, callback, args, self, context)

        def begin() -> None:
            if not handle.cancelled():
                self.call_soon(callback, *args, context=context)

        self._short.append((handle, begin))
        return handle

    # ------------------------------------------------------------------ what the selector tells

    def stirred(self, *, from_outside: bool) -> None:
        """Hear that there is something to do."""
        self._stirred_at = time.monotonic()
        if from_outside:
            self._rounds = 0

    def looked(self, seconds: float, *, came: bool) -> None:
        """Hear that the world outside was waited for, for so many seconds."""
        self.listened += seconds
        if came:
            self._stirred_at = time.monotonic()
        if came or not self._pauses:
            self._rounds = 0

    def rest(self, timeout: float | None) -> float:
        """Do what is to be done where nothing else is; return how long to wait for the world outside.

        `timeout` is after how many seconds of the tape the next timer is due, if there is one.
        """
        if self._short and self._rounds < _ROUNDS:
            self._rounds += 1
            self._begin_short()
            return 0.0
        if self._pauses:
            return self._pause()
        if self._stepping is not None:
            until, moved = self._stepping
            due = None if timeout is None else self._now + timeout
            self._now = until if due is None else min(until, due)
            if not moved.done():
                moved.set_result(due is not None and due <= until)
            return 0.0
        return _SLICE

    def _begin_short(self) -> None:
        """Let all short pauses be over."""
        due, self._short = self._short, []
        for _, begin in due:
            begin()

    def _pause(self) -> float:
        """Let those go on who have waited long enough, or return how long the first of them has to wait."""
        passed = time.monotonic() - self._stirred_at
        over = [pause for pause in self._pauses if pause.seconds <= passed]
        for pause in over:
            if not pause.over.done():
                pause.over.set_result(None)
        if over:
            return 0.0
        return min(_SLICE, min(pause.seconds for pause in self._pauses) - passed)
