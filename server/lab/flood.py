"""Numbered frames of one size, as fast as the client reads them, or so many a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from server.lab.framing import TEXT, header
from server.lab.parameters import Number, Switch, Values, Whole, wrong
from server.lab.stream import BATCH_BYTES, StreamConsumer

if TYPE_CHECKING:
    from server.jsontext import Problem

COUNT: Final = Whole("n", 0, "how many frames; 0 for no end", 0, 1_000_000_000)
SIZE: Final = Whole("size", 100, "the bytes of each frame", 9, 16 * 1024 * 1024)
RATE: Final = Number("hz", 0.0, "how many a second; 0 for as many as the client reads", 0, 100_000)
CLOSE: Final = Switch("close", default=False, meaning="whether to close with 1000 after the last")

_ENDLESS_DIGITS: Final = 16  # more than anybody will ever wait for
_LONG_PREFIX: Final = b'{"type":"flood","seq":%d,"pad":"'
_LONG: Final = 64
"""From this size on a frame is filled by a string; below it, by white space."""


def numbered(first: int, count: int, size: int) -> bytes:
    """Return `count` frames of `size` bytes of JSON, numbered from `first` on, as they go onto the wire."""
    parts = []
    end = first + count
    while first < end:
        digits = len(str(first))
        stop = min(end, 10**digits)
        parts.append(_template(size, digits) * (stop - first) % tuple(range(first, stop)))
        first = stop
    return b"".join(parts)


def _template(size: int, digits: int) -> bytes:
    """Return a frame with %d where its number of so many digits belongs."""
    body = _long(size, digits) if size >= _LONG else _short(size, digits)
    return header(TEXT, size).replace(b"%", b"%%") + body


def _long(size: int, digits: int) -> bytes:
    rest = size - (len(_LONG_PREFIX) - len("%d") + digits) - len('"}')
    return _LONG_PREFIX + b"x" * rest + b'"}'


def _short(size: int, digits: int) -> bytes:
    return b'{"seq":%d' + b" " * (size - len('{"seq":}') - digits) + b"}"


class Flood(StreamConsumer):
    """One connection to ``/lab/flood/``."""

    path: ClassVar = "/lab/flood/"
    about: ClassVar = "Sends numbered frames of one size."
    parameters: ClassVar = (COUNT, SIZE, RATE, CLOSE)

    def objection(self, values: Values) -> Problem | None:
        """Refuse frames that are too small for their own numbers."""
        count = values[COUNT]
        need = len('{"seq":}') + (len(str(count)) if count else _ENDLESS_DIGITS)
        if values[SIZE] >= need:
            return None
        return wrong(f"size={values[SIZE]}: give {need} or more, which the last frame's number needs")

    async def work(self) -> None:
        """Send them; then stay until the client leaves, or close."""
        size = self.values[SIZE]
        most = max(1, BATCH_BYTES // size)
        await self.stream(
            lambda first, count: numbered(first, count, size), self.values[COUNT], self.values[RATE], most
        )
        if self.values[CLOSE]:
            await self.close(1000, "that was all")
