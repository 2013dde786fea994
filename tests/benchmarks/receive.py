"""How fast frames come in: through `Client`, beside a bare loop over websockets with orjson.

    python -m tests.benchmarks.receive [frames]

A server in a process of its own sends 100 B text frames flat out. Both sides read the
same flood, one after the other, in this process; what counts is their ratio, and the
longest time for which a task that wakes every 5 ms was kept waiting.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import sys
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import orjson
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.frames import Frame, Opcode

from client_tui.core.states import Open, State
from client_tui.wire.client import Client
from client_tui.wire.target import Target

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from multiprocessing.connection import Connection

    from client_tui.core.frame import Entry

PAYLOAD = b'{"id": 12345, "text": "' + b"x" * 74 + b'"} '
BATCH = 1000
ROUNDS = 3
TICK = 0.005


def serve_flood(port: Connection, frames: int) -> None:
    """Run a server that answers the first message with so many frames, and report its port."""

    async def flood(ws: ServerConnection) -> None:
        batch = Frame(Opcode.TEXT, PAYLOAD).serialize(mask=False) * BATCH
        await ws.recv()
        for _ in range(frames // BATCH):
            ws.transport.write(batch)
            await ws.drain()
        await ws.wait_closed()

    async def run() -> None:
        async with serve(flood, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
            port.send(server.sockets[0].getsockname()[1])
            await asyncio.Future()

    asyncio.run(run())


@asynccontextmanager
async def gaps() -> AsyncIterator[list[float]]:
    """Collect by how much a tick comes too late, in seconds, while the block runs."""
    late: list[float] = []

    async def tick() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            late.append(time.perf_counter() - before - TICK)

    task = asyncio.create_task(tick())
    try:
        yield late
    finally:
        task.cancel()


class Counter:
    """An observer that counts entries and does nothing else."""

    def __init__(self, goal: int) -> None:
        self.count = 0
        self.goal = goal
        self.open = asyncio.Event()
        self.full = asyncio.Event()

    @property
    def has_room(self) -> bool:
        return True

    def on_entries(self, entries: Sequence[Entry]) -> None:
        self.count += len(entries)
        if self.count >= self.goal:
            self.full.set()

    def on_state(self, state: State) -> None:
        if isinstance(state, Open):
            self.open.set()

    def on_round_trip(self, seconds: float) -> None:
        pass


async def through_client(url: str, frames: int) -> tuple[float, float]:
    """Return frames a second through `Client`, and the worst gap in seconds."""
    observer = Counter(frames)
    client = Client(Target(url), observer)
    run = asyncio.create_task(client.run())
    await observer.open.wait()
    async with gaps() as late:
        before = time.perf_counter()
        await client.send("go")
        await observer.full.wait()
        took = time.perf_counter() - before
    await client.quit()
    await run
    return frames / took, max(late, default=0.0)


async def through_bare_loop(url: str, frames: int) -> tuple[float, float]:
    """Return frames a second of a loop that only parses JSON, and the worst gap in seconds."""
    async with connect(url, compression=None) as ws, gaps() as late:
        before = time.perf_counter()
        await ws.send("go")
        count = 0
        async for message in ws:
            orjson.loads(message)
            count += 1
            if count == frames:
                break
        took = time.perf_counter() - before
    return frames / took, max(late, default=0.0)


def main() -> None:
    """Print one line a round."""
    frames = int(sys.argv[1]) // BATCH * BATCH if len(sys.argv) > 1 else 200_000
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve_flood, args=(theirs, frames))
    server.start()
    try:
        url = f"ws://127.0.0.1:{ours.recv()}/"
        for _ in range(ROUNDS):
            bare, bare_gap = asyncio.run(through_bare_loop(url, frames))
            client, gap = asyncio.run(through_client(url, frames))
            print(  # noqa: T201 - a benchmark's output
                f"bare loop {bare:9,.0f} frames/s, worst gap {bare_gap * 1000:5.1f} ms   "
                f"Client {client:9,.0f} frames/s, worst gap {gap * 1000:5.1f} ms   ratio {client / bare:.2f}"
            )
    finally:
        server.terminate()
        server.join()


if __name__ == "__main__":
    main()
