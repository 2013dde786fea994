"""How a connection ends in a tape's time."""

import asyncio
from itertools import pairwise

import pytest
from websockets.asyncio.server import serve

from client_tui.demo.conductor import Conductor
from tests.demo.conftest import on_tape_loop, seated

FRAMES = 50
INTERVAL = 0.05
LIMIT = 120.0  # in seconds of the world: far more than anything here takes


async def goes_away(connection):
    """Send all frames at once, and go for a reason that passes."""
    for number in range(FRAMES):
        await connection.send(str(number))
    await connection.close(1001, "back soon")


async def is_cut(connection):
    for number in range(FRAMES):
        await connection.send(str(number))
    await asyncio.sleep(0)
    connection.transport.close()


@pytest.mark.parametrize("serve_one", [goes_away, is_cut])
def test_a_retry_is_counted_from_when_the_tape_has_come_to_the_end_of_the_connection(serve_one):
    async def work(loop):
        async with serve(serve_one, "127.0.0.1", 0) as server:
            host, port = next(iter(server.sockets)).getsockname()
            async with seated(loop, f"ws://{host}:{port}/", latency=0.0, interval=INTERVAL) as seat:
                states = []
                conductor = Conductor(
                    loop, [seat], 0.01, lambda: states.append((seat.puppet.is_retrying, loop.time()))
                )
                await conductor.wait(lambda: seat.puppet.is_retrying, LIMIT, frame_by_frame=True)
                received = seat.pacer.received
                await conductor.wait(lambda: seat.puppet.is_connected, LIMIT, frame_by_frame=True)
                return received, [at for (was, _), (now, at) in pairwise(states) if was is not now]

    received, (lost, back) = on_tape_loop(work)
    assert received == FRAMES
    assert lost == pytest.approx((FRAMES - 1) * INTERVAL, abs=0.02)
    assert back - lost == pytest.approx(0.45, abs=0.02)
