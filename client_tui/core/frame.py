"""What a conversation is made of: frames, and notices of what happened to the connection."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

import msgspec


class Direction(Enum):
    """Which way a frame went, as seen from this client."""

    SENT = "sent"
    RECEIVED = "received"


class Opcode(IntEnum):
    """What a frame is (RFC 6455 §5.2). A fragmented message counts as one frame of its first opcode."""

    TEXT = 0x1
    BINARY = 0x2
    CLOSE = 0x8
    PING = 0x9
    PONG = 0xA

    @property
    def is_control(self) -> bool:
        """Whether frames of this opcode carry the protocol's own talk and not the user's (RFC 6455 §5.5)."""
        return self >= Opcode.CLOSE


class Frame(msgspec.Struct, frozen=True, gc=False):
    """One frame as it was on the wire.

    A hundred thousand may come in a second. So it is no dataclass, which takes ten times as
    long to make, and the garbage collector does not walk over it.

    `at` is in seconds since the epoch. `payload` is verbatim: a text frame's bytes are
    kept even where they are not UTF-8.
    """

    at: float
    direction: Direction
    opcode: Opcode
    payload: bytes


class NoticeKind(Enum):
    """How a notice is to be read: as news, as a warning, or as a failure."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that happened to the connection, in words.

    `text` is one line. `detail` may be many: the headers and the body of a refused
    handshake, say. Neither is escaped: both may quote what a server said.
    """

    at: float
    kind: NoticeKind
    text: str
    detail: str = ""


Entry = Frame | Notice
