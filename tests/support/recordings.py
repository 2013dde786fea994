"""Recordings for tests, written as the client writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from client_tui.core.frame import Direction, Entry, Frame, Notice, NoticeKind, Opcode
from client_tui.record.lines import Header, encode, header_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

START: Final = 1_795_348_862.118  # 12:01:02 on the 22nd of November 2026, UTC
URL: Final = "ws://127.0.0.1:8000/feed"


def lines_of(entries: Iterable[Entry], url: str = URL, started: float = START) -> bytes:
    """Return a recording of entries."""
    pieces = [header_line(Header("0.1.0", url, started))]
    for number, entry in enumerate(entries, 1):
        line = encode(number, entry)
        pieces.append(line if isinstance(line, bytes) else b"".join(line))
    return b"".join(pieces)


def ticks(count: int, *, start: int = 0) -> list[Entry]:
    """Return frames, one a second: every tenth one is sent, the others are received."""
    ways = (Direction.SENT, *(Direction.RECEIVED,) * 9)
    return [
        Frame(START + number, ways[number % 10], Opcode.TEXT, b'{"type": "tick", "n": %d}' % number)
        for number in range(start, start + count)
    ]


def a_bit_of_everything() -> list[Entry]:
    """Return a notice, and frames of several kinds."""
    return [
        Notice(START, NoticeKind.INFO, "connected · HTTP 101 · daphne · 4.1 ms"),
        Frame(START + 1, Direction.SENT, Opcode.TEXT, b'{"op": "hello"}'),
        Frame(START + 2, Direction.RECEIVED, Opcode.TEXT, b'{"error": "no such op"}'),
        Frame(START + 3, Direction.RECEIVED, Opcode.BINARY, b"\x00\xff"),
        Frame(START + 4, Direction.RECEIVED, Opcode.PING, b""),
    ]


def written(path: Path, entries: Iterable[Entry], url: str = URL, started: float = START) -> Path:
    """Write a recording to `path`, and return the path."""
    path.write_bytes(lines_of(entries, url, started))
    return path
