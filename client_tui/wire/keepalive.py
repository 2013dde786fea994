"""Asks a peer at intervals whether it is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle
    from collections.abc import Callable


class Keepalive:
    """Pings every `interval` seconds, and calls `lost` when `timeout` seconds pass without a word.

    Anything that is heard from the peer counts as life, not only the pong: a slow pong
    behind a large message is no reason to hang up.
    """

    def __init__(
        self,
        loop: AbstractEventLoop,
        interval: float,
        timeout: float,
        *,
        ping: Callable[[], object],
        lost: Callable[[], object],
    ) -> None:
        self._loop = loop
        self._interval = interval
        self._timeout = timeout
        self._ping = ping
        self._lost = lost
        self._waiting = False
        self._next: TimerHandle | None = None
        self._expiry: TimerHandle | None = None

    def beat(self) -> None:
        """Ping now, and then at intervals. A peer that still owes a sign of life is not asked again."""
        self._next = self._loop.call_later(self._interval, self.beat)
        if not self._waiting:
            self._waiting = True
            self._cancel(self._expiry)
            self._expiry = self._loop.call_later(self._timeout, self._expire)
            self._ping()

    def heard(self) -> None:
        """Take note of a sign of life."""
        self._waiting = False

    def stop(self) -> None:
        """Ask no more."""
        self._cancel(self._next)
        self._cancel(self._expiry)

    def _expire(self) -> None:
        if self._waiting:
            self._lost()

    @staticmethod
    def _cancel(timer: TimerHandle | None) -> None:
        if timer is not None:
            timer.cancel()
