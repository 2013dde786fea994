"""The frames that every side is sent: JSON documents with a number in them, by which they are found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.support.servers import TEXT, frame

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST: Final = 10_000_001
"""The number of the first frame. All have eight digits: no time and no count on a screen has."""

PRICES: Final = 900
"""So many frames in a row have prices of their own, from 100.25 on."""

_LARGE: Final = 1_000
"""From this size on, in bytes, a document is a list of items, and not one text."""
_ITEM: Final = b'{"id": 4711, "name": "somebody", "tags": ["a", "b"], "ok": true}, '
_LETTERS: Final = b"the quick brown fox jumps over the lazy dog "
_BATCH: Final = 64 * 1024


def last(count: int) -> int:
    """Return the number of the last of so many frames."""
    return FIRST + count - 1


def price(number: int) -> int:
    """Return the price in the frame with this number, without its quarter."""
    return 100 + (number - FIRST) % PRICES


def payload(number: int, size: int) -> bytes:
    """Return a document of exactly `size` bytes, at least 100."""
    head, tail = _ends(size)
    return head % (number, price(number)) + tail


def wire_frame(number: int, size: int) -> bytes:
    """Return the frame with this number as it goes over the wire."""
    return frame(TEXT, payload(number, size))


def batches(count: int, size: int) -> Iterator[bytes]:
    """Yield so many frames as they go over the wire, some 64 kB at a time."""
    head, tail = _ends(size)
    begin = frame(TEXT, bytes(size))[:-size]
    each = max(1, _BATCH // size)
    for start in range(FIRST, FIRST + count, each):
        numbers = range(start, min(start + each, FIRST + count))
        yield b"".join([begin + head % (number, price(number)) + tail for number in numbers])


def _ends(size: int) -> tuple[bytes, bytes]:
    """Return what stands before and behind the two numbers of a document; the first is a format."""
    head = b'{"n": %d, "type": "tick", "price": %d.25, '
    room = size - len(head % (FIRST, price(FIRST)))
    if size < _LARGE:
        begin, end = b'"text": "', b'"}'
        fill = _LETTERS * (size // len(_LETTERS) + 1)
        return head, begin + fill[: room - len(begin) - len(end)] + end
    begin, end = b'"items": [', b"{}]}"
    items = _ITEM * ((room - len(begin) - len(end)) // len(_ITEM))
    return head, begin + items + b" " * (room - len(begin) - len(items) - len(end)) + end
