"""A market feed: prices that walk, the same way for the same seed."""

from __future__ import annotations

import json
import os
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final, Literal

import msgspec

from server.lab.framing import TEXT, frame
from server.lab.parameters import Number, Whole
from server.lab.stream import StreamConsumer

if TYPE_CHECKING:
    from collections.abc import Callable

RATE: Final = Number("hz", 10.0, "how many ticks a second", 0.01, 100_000)
COUNT: Final = Whole("n", 0, "how many ticks; 0 for no end", 0, 1_000_000_000)
SEED: Final = Whole("seed", 0, "which walk the prices take", 0, 2**32 - 1)

START_CENTS: Final = {"ACME": 10_125, "GLOBEX": 23_010, "HOOLI": 5_840, "INITECH": 1_275, "UMBRELLA": 9_990}
_STEP_CENTS: Final = 25
_BATCH: Final = 1_000


class Market:
    """Prices in cents. Each step moves one symbol's price, and the same `seed` the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  # a walk that can be repeated, not a secret
        self._cents = dict(START_CENTS)
        self._symbols = tuple(START_CENTS)

    def step(self) -> tuple[str, str]:
        """Move one price; return its symbol, and the price as JSON."""
        # Not randrange, which takes several times as long.
        symbol = self._symbols[int(self._random.random() * len(self._symbols))]
        moved = self._cents[symbol] + int(self._random.random() * (2 * _STEP_CENTS + 1)) - _STEP_CENTS
        self._cents[symbol] = cents = max(moved, 1)
        return symbol, f"{cents // 100}.{cents % 100:02d}"

    def ticks(self, first: int, count: int, time: Callable[[int], str]) -> bytes:
        """Return so many ticks as frames, numbered from `first` on; `time` tells when a number is."""
        return b"".join(self._tick(number, time(number)) for number in range(first, first + count))

    def _tick(self, number: int, time: str) -> bytes:
        symbol, price = self.step()
        text = f'{{"type":"tick","seq":{number},"symbol":"{symbol}","price":{price},"time":"{time}"}}'
        return frame(TEXT, text.encode())


def times(hz: float) -> Callable[[int], str]:
    """Return what tells when the tick of a number is: now, for those that are made together.

    Where SOURCE_DATE_EPOCH (reproducible-builds.org) says that what is made is to be the same
    each time, the first tick is then, and the others `hz` a second.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdecimal():
        return lambda _number: datetime.now(UTC).isoformat()
    start = datetime.fromtimestamp(int(epoch), UTC)
    return lambda number: (start + timedelta(seconds=(number - 1) / hz)).isoformat(timespec="milliseconds")


class Operation(msgspec.Struct):
    """What a client may ask of the ticker."""

    op: Literal["start", "stop"]


class Ticker(StreamConsumer):
    """One connection to ``/lab/ticker/``."""

    path: ClassVar = "/lab/ticker/"
    about: ClassVar = (
        'Sends ticks of a market; {"op": "stop"} and {"op": "start"} halt them and let them go on.'
    )
    parameters: ClassVar = (RATE, COUNT, SEED)

    async def work(self) -> None:
        """Send the ticks."""
        market = Market(self.values[SEED])
        time = times(self.values[RATE])
        await self.stream(
            lambda first, count: market.ticks(first, count, time),
            self.values[COUNT],
            self.values[RATE],
            _BATCH,
        )

    async def document(self, text: str) -> None:
        """Obey an operation, and echo all else."""
        try:
            operation = msgspec.json.decode(text, type=Operation).op
        except (msgspec.DecodeError, RecursionError):
            await self.say(text)
            return
        if operation == "start":
            self.flowing.set()
        else:
            self.flowing.clear()
        await self.say(json.dumps({"type": operation, "seq": self.sent}))
