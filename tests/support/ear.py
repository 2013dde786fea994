"""An observer that keeps what it hears, and lets a test wait for it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from client_tui.core.frame import Direction, Entry, Frame, Notice, Opcode
from client_tui.core.states import Closed, Failed, Open, State
from client_tui.wire.client import Client
from client_tui.wire.target import Target, Timing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

T = TypeVar("T")

PATIENCE = 120.0  # in seconds: far more than anything here takes
QUIET = Timing(ping_interval=None)  # no keepalive among the frames


class Ear:
    """Everything that was observed, in its order."""

    def __init__(self) -> None:
        self.heard: list[Entry | State] = []
        self.round_trips: list[float] = []
        self.has_room = True
        self._news = asyncio.Event()

    def on_entries(self, entries: Sequence[Entry]) -> None:
        self.heard.extend(entries)
        self._news.set()

    def on_state(self, state: State) -> None:
        self.heard.append(state)
        self._news.set()

    def on_round_trip(self, seconds: float) -> None:
        self.round_trips.append(seconds)
        self._news.set()

    @property
    def frames(self) -> list[Frame]:
        return [entry for entry in self.heard if isinstance(entry, Frame)]

    @property
    def notices(self) -> list[Notice]:
        return [entry for entry in self.heard if isinstance(entry, Notice)]

    @property
    def wire(self) -> list[tuple[str, str, bytes]]:
        """The frames as a script: direction, opcode, payload."""
        return [(frame.direction.value, frame.opcode.name, frame.payload) for frame in self.frames]

    def received(self, opcode: Opcode = Opcode.TEXT) -> list[bytes]:
        """The payloads that came with that opcode."""
        return [f.payload for f in self.frames if f.opcode is opcode and f.direction is Direction.RECEIVED]

    async def wait(self, found: Callable[[], T | None]) -> T:
        """Return what `found` returns as soon as it is true."""
        async with asyncio.timeout(PATIENCE):
            while not (result := found()):
                self._news.clear()
                await self._news.wait()
        return result

    async def state(self, kind: type[T], number: int = 1) -> T:
        """Return the state of that kind, the so-manieth, as soon as it was heard."""

        def nth() -> T | None:
            states = [entry for entry in self.heard if isinstance(entry, kind)]
            return states[number - 1] if len(states) >= number else None

        return await self.wait(nth)

    async def end(self) -> Closed | Failed:
        """Return the first state in which there is no connection."""
        return await self.wait(lambda: next((e for e in self.heard if isinstance(e, Closed | Failed)), None))


@asynccontextmanager
async def running(target: Target | str, ear: Ear, timing: Timing = QUIET) -> AsyncIterator[Client]:
    """Run a client until the block ends, and see that it ends too. Retries wait the longest."""
    client = Client(
        target if isinstance(target, Target) else Target(target), ear, timing=timing, jitter=float
    )
    task = asyncio.create_task(client.run())
    try:
        yield client
    finally:
        await client.quit(0.5)
        async with asyncio.timeout(PATIENCE):
            await task


@asynccontextmanager
async def connected(target: Target | str, ear: Ear, timing: Timing = QUIET) -> AsyncIterator[Client]:
    """Run a client, from the moment it is open."""
    async with running(target, ear, timing) as client:
        await ear.state(Open)
        yield client
