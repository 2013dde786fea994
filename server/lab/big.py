"""One document of an exact size. It is made while it is sent, so that no more than a part of it exists."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from server.lab.endpoint import LabConsumer
from server.lab.framing import TEXT, header
from server.lab.parameters import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE: Final = Whole("bytes", 10_000_000, "the bytes of the document", 512, 256 * 1024 * 1024)

_PART_BYTES: Final = 128 * 1024
_ITEM: Final = (
    '{"id":%d,"name":"item 世界 🦀 \\u00e9","tags":["a","β",[],{}],'
    '"size":{"width":1.50,"height":-2e3,"unit":null},"ok":true}'
).encode()
_HEAD: Final = b'{"type":"big","bytes":%d,"items":['
_TAIL: Final = b'],"padding":"%s"}'


def document(size: int) -> Iterator[bytes]:
    """Make a document of `size` bytes, in parts."""
    begin = _HEAD % size + _ITEM % 1
    yield begin
    left = size - len(begin) - len(_TAIL % b"")
    number = 2
    while (length := len(b"," + _ITEM % number)) <= left:
        digits_end = 10 ** len(str(number))  # up to there all items are as long
        count = min(left // length, digits_end - number, _PART_BYTES // length)
        yield (b"," + _ITEM) * count % tuple(range(number, number + count))
        left -= count * length
        number += count
    yield _TAIL % (b"x" * left)


class Big(LabConsumer):
    """One connection to ``/lab/big/``."""

    path: ClassVar = "/lab/big/"
    about: ClassVar = (
        "Sends one document of exactly so many bytes: objects, arrays, numbers and text in them."
    )
    parameters: ClassVar = (SIZE,)

    def __init__(self) -> None:
        super().__init__()
        self._whole = asyncio.Event()

    async def work(self) -> None:
        """Send it, as one frame."""
        size = self.values[SIZE]
        try:
            await self.send_frames(header(TEXT, size), 0, unfinished=True)
            for part in document(size):
                await self.send_frames(part, 0, unfinished=True)
                await asyncio.sleep(0)  # others want to be served too
            await self.send_frames(b"", 1)
        finally:
            self._whole.set()

    async def say(self, text: str) -> None:
        """Send one text frame, but not amid the document."""
        await self._whole.wait()
        await super().say(text)
