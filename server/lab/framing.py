"""WebSocket frames as bytes (RFC 6455 §5.2), made here because Autobahn makes them one at a time."""

from __future__ import annotations

import struct
from typing import Final

TEXT: Final = 1
BINARY: Final = 2

_FIN: Final = 0x80


def header(opcode: int, size: int) -> bytes:
    """Return what comes before a payload of `size` bytes, in a frame that is a whole message."""
    if size < 126:
        return bytes((_FIN | opcode, size))
    if size < 1 << 16:
        return struct.pack("!BBH", _FIN | opcode, 126, size)
    return struct.pack("!BBQ", _FIN | opcode, 127, size)


def frame(opcode: int, payload: bytes) -> bytes:
    """Return a frame that is a whole message. Unlike Daphne's, it may be empty."""
    return header(opcode, len(payload)) + payload
