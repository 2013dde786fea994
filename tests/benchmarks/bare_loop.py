"""A bare loop over websockets with orjson: ``python -m tests.benchmarks.bare_loop URL N``.

It shows nothing. It says when it has connected, and when the document with the number N has come.
"""

from __future__ import annotations

import asyncio
import sys

import orjson
from websockets.asyncio.client import connect


async def receive(url: str, last: int) -> None:
    """Read and parse whatever comes, and forget it."""
    async with connect(url, compression=None, max_size=None) as ws:
        tell("Connected")
        async for message in ws:
            if orjson.loads(message)["n"] == last:
                tell(str(last))


def tell(words: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(receive(sys.argv[1], int(sys.argv[2])))
