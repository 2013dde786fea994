from __future__ import annotations

import asyncio
import itertools

import pytest

from server.lab.framing import TEXT, frame
from server.lab.stream import StreamConsumer


class Numbers(StreamConsumer):
    """Streams so many numbers, and remembers what it would send."""

    path = "/numbers/"

    def __init__(self, end: int, hz: float, most: int) -> None:
        super().__init__()
        self.how = (end, hz, most)
        self.batches: list[bytes] = []

    async def work(self) -> None:
        await self.stream(lambda first, count: self.make(first, count), *self.how)

    def make(self, first: int, count: int) -> bytes:
        return b"".join(frame(TEXT, b"%d" % number) for number in range(first, first + count))

    async def send(self, message: dict[str, object]) -> None:
        assert message["type"] == "lab.frames"
        self.batches.append(message["frames"])
        if len(self.batches) == 1_000:
            raise ConnectionResetError


@pytest.mark.parametrize("hz", [0.0, 50_000.0])
@pytest.mark.parametrize(("end", "most"), [(10, 3), (9, 3), (1, 100), (500, 7)])
async def test_it_sends_each_once_and_in_order(end: int, hz: float, most: int) -> None:
    numbers = Numbers(end, hz, most)
    await numbers.work()
    assert b"".join(numbers.batches) == numbers.make(1, end)
    assert numbers.sent == end
    assert max(len(batch) for batch in numbers.batches) <= 5 * most


async def test_without_an_end_it_goes_on_until_the_client_has_left() -> None:
    numbers = Numbers(0, 0.0, 5)
    with pytest.raises(ConnectionResetError):
        await numbers.work()
    assert b"".join(numbers.batches) == numbers.make(1, 5_000)


async def test_what_was_not_sent_while_it_was_halted_is_not_made_up_for() -> None:
    numbers = Numbers(3, 1_000.0, 100)
    now = itertools.count(5.0, 0.0001)  # a clock
    numbers.clock = staticmethod(lambda: next(now))
    numbers.flowing.clear()
    working = asyncio.create_task(numbers.work())
    await asyncio.sleep(0)
    now = itertools.count(5.5, 0.0001)
    numbers.flowing.set()
    await working
    assert numbers.batches[0] == numbers.make(1, 1)
