"""A service that takes its time: to let a client in, and to answer."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING, ClassVar, Final

from server import answers, close_codes
from server.lab.endpoint import LabConsumer
from server.lab.parameters import Number
from server.rooms import Outbox

if TYPE_CHECKING:
    from server.consumers import Event

DELAY: Final = Number("delay", 1.0, "seconds between a document and its echo", 0, 60)
# Daphne itself refuses a client whom the application has not let in after 20 s.
HANDSHAKE: Final = Number("handshake", 0.0, "seconds until the handshake is answered", 0, 15)

WAITING_CHARACTERS: Final = 16 * 1024 * 1024
"""How much may wait for its time."""


class Slow(LabConsumer):
    """One connection to ``/lab/slow/``."""

    path: ClassVar = "/lab/slow/"
    about: ClassVar = (
        "Echoes each document a while after it came, and takes as long as you like to let you in."
    )
    parameters: ClassVar = (DELAY, HANDSHAKE)

    def __init__(self) -> None:
        super().__init__()
        self._outbox = Outbox(WAITING_CHARACTERS)
        self._due: deque[float] = deque()

    async def welcome(self, message: Event) -> None:
        """Let the client in, but not at once."""
        await asyncio.sleep(self.values[HANDSHAKE])
        await super().welcome(message)

    async def say(self, text: str) -> None:
        """Send one text frame when its time has come; refuse it where too much waits already."""
        if self._outbox.put(text):
            self._due.append(time.monotonic() + self.values[DELAY])
        else:
            await super().say(answers.error(answers.TOO_MUCH))
            await self.close(close_codes.TOO_MUCH, answers.TOO_MUCH.message)

    async def work(self) -> None:
        """Send what waits, each at its time."""
        while True:
            text = await self._outbox.get()
            await asyncio.sleep(self._due.popleft() - time.monotonic())
            await super().say(text)
            self.sent += 1
