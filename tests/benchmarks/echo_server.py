"""How many echoes a second one connection gets, from this server and from a plain Channels consumer.

Run it with ``python -m tests.benchmarks.echo_server [--echoes N] [--rounds N]``. Each server is a
process of its own; the client pipelines: it sends on without waiting for the answers.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from websockets.asyncio.client import connect

from tests.support.echo_server import EchoServer

if TYPE_CHECKING:
    from collections.abc import Iterator

MESSAGE = '{"type": "ticker", "symbol": "EURUSD", "bid": 1.0842, "ask": 1.0844, "time": "12:01:02.118"}'
GOAL = 5_000

_ROOT = Path(__file__).parents[2]
_PLAIN_PROJECT = """
import django
from django.conf import settings

settings.configure(SECRET_KEY="-", DATABASES={}, INSTALLED_APPS=[])
django.setup()

from channels.generic.websocket import AsyncJsonWebsocketConsumer


class Echo(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
        await self.send_json(content)


application = Echo.as_asgi()
"""


@contextlib.contextmanager
def plain_server() -> Iterator[str]:
    """Run an AsyncJsonWebsocketConsumer on Daphne, as its documentation has it. Yield its URL."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "plain_project.py").write_text(_PLAIN_PROJECT, encoding="utf-8")
        with subprocess.Popen(
            [sys.executable, "-m", "daphne", "--port", "0", "plain_project:application"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": folder},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as daphne:
            assert daphne.stderr is not None
            try:
                ports = (re.search(r"TCP address .*:(\d+)", line) for line in daphne.stderr)
                yield f"ws://127.0.0.1:{next(filter(None, ports))[1]}/"
            finally:
                daphne.terminate()


async def pipelined(url: str, echoes: int) -> float:
    """Return the echoes a second of one connection."""
    async with connect(url, compression=None, max_queue=1024) as client:

        async def send() -> None:
            for _ in range(echoes):
                await client.send(MESSAGE)

        begin = time.perf_counter()
        sending = asyncio.create_task(send())
        for _ in range(echoes):
            await client.recv()
        await sending
        return echoes / (time.perf_counter() - begin)


async def one_at_a_time(url: str, echoes: int) -> float:
    """Return the echoes a second of a client that waits for each."""
    async with connect(url, compression=None) as client:
        begin = time.perf_counter()
        for _ in range(echoes):
            await client.send(MESSAGE)
            await client.recv()
        return echoes / (time.perf_counter() - begin)


def measure(name: str, url: str, echoes: int, rounds: int) -> float:
    """Print one server's rates, the best of `rounds`; return the pipelined one."""
    asyncio.run(pipelined(url, echoes // 10))
    many = max(asyncio.run(pipelined(url, echoes)) for _ in range(rounds))
    single = max(asyncio.run(one_at_a_time(url, echoes // 10)) for _ in range(rounds))
    print(f"{name:<28} {many:>10,.0f}/s pipelined {single:>10,.0f}/s one at a time")  # noqa: T201
    return many


def main() -> int:
    """Measure both. Return 1 where this server does not reach the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--echoes", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with EchoServer() as server:
        ours = measure("this server", server.url, options.echoes, options.rounds)
    with plain_server() as url:
        plain = measure("AsyncJsonWebsocketConsumer", url, options.echoes // 4, options.rounds)
    print(f"{ours / plain:.1f} times as fast; the goal is {GOAL:,}/s pipelined")  # noqa: T201
    return 0 if ours >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
