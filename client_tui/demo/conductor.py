"""Lets a tape's time pass: clients do what is due, frames come in, and all is painted."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from client_tui.demo.stage import Seat
    from client_tui.demo.tape_loop import TapeLoop

BUSY_PATIENCE: Final = 10.0
"""How long the tape's time stands still for what is under way, in seconds of the world's time."""
_MOMENT: Final = 0.001
"""How long the world is listened to at a time, in its seconds."""
_SLOWEST: Final = (1.0, 3.0)
"""For how long a stream is waited for that is slower than the tape has it, in seconds of the world.

The first is for any time of the tape, the second for each second of it.
"""
_COUNTDOWN: Final = 0.1
"""In which steps the tape's time passes while a retry is waited for, in its seconds."""


class Conductor:
    """Moves the time of `loop` for the clients of `seats`; `painted` is called after each moment.

    In one moment, of `moment` seconds, many frames may come in: the screen is painted once.
    """

    def __init__(
        self, loop: TapeLoop, seats: Collection[Seat], moment: float, painted: Callable[[], None]
    ) -> None:
        self._loop = loop
        self._seats = seats
        self._moment = moment
        self._painted = painted
        self._busy_since: float | None = None

    async def settle(self, patience: float = BUSY_PATIENCE) -> None:
        """Wait until nothing is under way, be it a handshake, a search or a thread, and all is painted.

        What takes longer than `patience`, in seconds of the world, is waited for no more.
        """
        while True:
            for seat in self._seats:
                await seat.puppet.settle()
            if not self._is_kept_waiting(patience):
                break
            await self._loop.quiet(_MOMENT)
        self._painted()

    def _is_kept_waiting(self, patience: float) -> bool:
        """Tell whether something is under way, and not for too long already."""
        if not any(seat.puppet.is_busy for seat in self._seats if seat.puppet.is_running):
            self._busy_since = None
            return False
        if self._busy_since is None:
            self._busy_since = time.monotonic()
        return time.monotonic() - self._busy_since < min(patience, BUSY_PATIENCE)

    async def pass_time(self, seconds: float) -> None:
        """Let so much of the tape's time pass, and let in what comes meanwhile."""
        target = round(self._loop.time() + seconds, 6)
        patience = _SLOWEST[0] + _SLOWEST[1] * seconds
        await self.settle()
        while True:
            until = min(target, self._loop.time() + self._moment)
            patience -= await self._hear(until, patience)
            if self._let_in(until):
                await self.settle()
            elif self._loop.time() < target:
                due = self._next_due()
                if await self._loop.step(target if due is None else min(target, due)):
                    await self.settle()
            else:
                return

    async def wait(self, is_over: Callable[[], bool], limit: float, *, frame_by_frame: bool = False) -> bool:
        """Wait until something holds; return False when it does not after `limit` seconds of the world.

        It is asked once the screen is painted; where it is to be asked `frame_by_frame`, also
        after each frame, and no other frame comes in once it holds.

        Meanwhile the tape's time passes only by what comes in, and by the wait for a retry.
        """
        deadline = time.monotonic() + limit
        while True:
            await self.settle(limit)
            if is_over():
                return True
            if time.monotonic() > deadline:
                return False
            until = self._loop.time() + self._moment
            if not frame_by_frame:
                await self._hear(until, deadline - time.monotonic())
            if not self._let_in(until, is_over if frame_by_frame else bool):
                await self._go_on()

    async def _go_on(self) -> None:
        """Go on to what is due next; where nothing is, listen to the world for a moment."""
        due = self._next_due()
        if due is not None:
            await self._loop.step(due)
        elif any(seat.puppet.is_retrying for seat in self._seats):
            await self._hear(self._loop.time())
            await self._loop.step(self._loop.time() + _COUNTDOWN)
        else:
            await self._loop.quiet(_MOMENT)

    @property
    def is_calm(self) -> bool:
        """Whether nothing is under way, and nothing more is expected to come."""
        is_busy = any(seat.puppet.is_busy for seat in self._seats)
        return not is_busy and self._next_due() is None and not self._is_expecting(self._loop.time())

    async def _hear(self, until: float, patience: float = math.inf) -> float:
        """Give all that is due by then, in the loop's time, the time to come.

        That is `patience` at most, in seconds of the world; return how long it took.
        """
        began = time.monotonic()
        while self._is_expecting(until) and time.monotonic() - began < patience:
            await self._loop.quiet(_MOMENT)
        return time.monotonic() - began

    def _is_expecting(self, until: float) -> bool:
        return any(seat.pacer.patience(until) > 0 for seat in self._seats if seat.puppet.is_connected)

    def _next_due(self) -> float | None:
        """Return when the next frame comes in, in the loop's time; None where none waits."""
        dues = [seat.pacer.due for seat in self._seats]
        return min((due for due in dues if due is not None), default=None)

    def _let_in(self, until: float, is_enough: Callable[[], bool] = bool) -> bool:
        """Let in what is due by then, in the loop's time; tell whether anything was."""
        came = False
        while not (came and is_enough()):
            due = self._next_due()
            if due is None or due > until:
                break
            next(seat.pacer for seat in self._seats if seat.pacer.due == due).let_in()
            came = True
        return came
