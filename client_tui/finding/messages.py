"""What the finder and its child say to each other: messages as bytes, and back.

A message is one byte for its kind, four for the length of the rest, and the rest. Long rows
of numbers go as they are in memory: both ends are on one machine.
"""

from __future__ import annotations

import json
import struct
from array import array
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from client_tui.core.query import Mistake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the lines of the entries from `start` on begin, then where the last of them ends.

    They take the place of what was said of these entries before.
    """

    start: int
    bounds: array[int]


@dataclass(frozen=True, slots=True)
class Find:
    """Look for what matches all of the queries.

    What stands from `low` up to `high` was looked at before; None where nothing was.
    """

    serial: int
    queries: tuple[str, ...]
    control: bool
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """Look for that no more."""

    serial: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking from `low` up to `high`, where `total` entries are known; see `news.Found`."""

    serial: int
    low: int
    high: int
    total: int
    unread: int
    hits: array[int]


@dataclass(frozen=True, slots=True)
class Wrong:
    """The so-manieth of the queries, from 0, cannot be read."""

    serial: int
    query: int
    mistake: Mistake


@dataclass(frozen=True, slots=True)
class GaveUp:
    """That is looked for no more."""

    serial: int
    words: str


Message = Bounds | Find | Stop | Looked | Wrong | GaveUp

_HEAD: Final = struct.Struct("<BI")
_START: Final = struct.Struct("<Q")
_LOOKED: Final = struct.Struct("<5Q")


def pack(message: Message) -> bytes:
    """Return a message as bytes."""
    number = _KINDS.index(type(message))
    if isinstance(message, Bounds):
        body = _START.pack(message.start) + message.bounds.tobytes()
    elif isinstance(message, Looked):
        numbers = (message.serial, message.low, message.high, message.total, message.unread)
        body = _LOOKED.pack(*numbers) + message.hits.tobytes()
    else:
        body = json.dumps(asdict(message)).encode()
    return _HEAD.pack(number, len(body)) + body


class Unpacker:
    """Makes messages of bytes, in whatever pieces these come."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[Message]:
        """Take more bytes, and yield the messages that are complete."""
        self._data += data
        at = 0
        while len(self._data) - at >= _HEAD.size:
            number, length = _HEAD.unpack_from(self._data, at)
            end = at + _HEAD.size + length
            if end > len(self._data):
                break
            yield _UNPACK[number](bytes(self._data[at + _HEAD.size : end]))
            at = end
        del self._data[:at]


def _bounds(body: bytes) -> Bounds:
    (start,) = _START.unpack_from(body)
    return Bounds(start, array("Q", body[_START.size :]))


def _looked(body: bytes) -> Looked:
    serial, low, high, total, unread = _LOOKED.unpack_from(body)
    return Looked(serial, low, high, total, unread, array("I", body[_LOOKED.size :]))


def _find(body: bytes) -> Find:
    fields = json.loads(body)
    return Find(**fields | {"queries": tuple(fields["queries"])})


def _wrong(body: bytes) -> Wrong:
    fields = json.loads(body)
    return Wrong(**fields | {"mistake": Mistake(**fields["mistake"])})


_KINDS: Final[tuple[type[Message], ...]] = (Bounds, Find, Stop, Looked, Wrong, GaveUp)
_UNPACK: Final[tuple[Callable[[bytes], Message], ...]] = (
    _bounds,
    _find,
    lambda body: Stop(**json.loads(body)),
    _looked,
    _wrong,
    lambda body: GaveUp(**json.loads(body)),
)
