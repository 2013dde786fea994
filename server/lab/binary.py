"""Binary frames of every kind that a client may meet."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, ClassVar, Final

import msgspec

from server.lab.endpoint import LabConsumer
from server.lab.framing import BINARY, frame

if TYPE_CHECKING:
    from server.consumers import Event

_MESSAGE: Final = {"type": "tick", "seq": 1, "symbol": "世界", "prices": [1.5, None, True], "id": 2**64 - 1}

PAYLOADS: Final = (
    b"\xff\xfe\x00\x80 not UTF-8 \xc3\x28 \xed\xa0\x80",
    '{"is": "JSON", "in": "a binary frame", "who": "世界"}'.encode(),
    b"",
    msgspec.msgpack.encode(_MESSAGE),
    bytes(range(256)) * 256,
)
"""Not UTF-8; JSON; nothing; MessagePack; 64 KiB of every byte."""


class Binary(LabConsumer):
    """One connection to ``/lab/binary/``."""

    path: ClassVar = "/lab/binary/"
    about: ClassVar = (
        "Sends binary frames: not UTF-8, JSON, empty, MessagePack, 64 KiB. Echoes binary frames too."
    )

    async def work(self) -> None:
        """Send one of each."""
        for payload in PAYLOADS:
            await self.send_frames(frame(BINARY, payload), 1)

    async def websocket_receive(self, message: Event) -> None:
        """Echo what is binary, and take the rest as elsewhere."""
        data = message.get("bytes")
        if data is None:
            await super().websocket_receive(message)
            return
        self.log_binary(data)
        with contextlib.suppress(ConnectionError):  # its disconnect event is on the way
            await self.send_frames(frame(BINARY, data), 1)
