"""Frames one after the other: at a pace or without one, with an end or without one."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING, Final

from server.lab.endpoint import LabConsumer
from server.lab.pace import FlatOut, Pace

if TYPE_CHECKING:
    from collections.abc import Callable

BATCH_BYTES: Final = 128 * 1024
"""About how much is made at a time. Twisted closes the write gate above half of it."""


class StreamConsumer(LabConsumer):
    """A connection on which a stream of frames, numbered from 1, goes to the client."""

    clock = staticmethod(time.monotonic)

    def __init__(self) -> None:
        super().__init__()
        self.flowing = asyncio.Event()
        self.flowing.set()

    async def stream(self, make: Callable[[int, int], bytes], end: int, hz: float, most: int) -> None:
        """Send `end` frames (0: without end), `hz` a second (0: as fast as the client reads).

        `make` returns a number of frames from a first one on; it is asked for at most `most` at a time.
        """
        pace = Pace(hz, self.clock()) if hz else FlatOut()
        while (left := (end or sys.maxsize) - self.sent) > 0:
            if not self.flowing.is_set():
                await self.flowing.wait()
                pace.restart(self.clock())
            count = pace.take(self.clock(), min(left, most))
            if count:
                await self.send_frames(make(self.sent + 1, count), count)
            await asyncio.sleep(pace.wait(self.clock()))
