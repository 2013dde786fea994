"""Entries in a file, as a recording has them, and where their lines are."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from client_tui.core.frame import Direction, Entry, Frame, Notice, NoticeKind, Opcode
from client_tui.record.line_file import LineFile, write_at
from client_tui.record.lines import Header, encode, header_line

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable
    from pathlib import Path

AT = 1_700_000_000.5


def text(payload: str | bytes, direction: Direction = Direction.RECEIVED) -> Frame:
    """Return a text frame."""
    data = payload if isinstance(payload, bytes) else payload.encode()
    return Frame(AT, direction, Opcode.TEXT, data)


def sent(payload: str | bytes) -> Frame:
    """Return a text frame that was sent."""
    return text(payload, Direction.SENT)


def binary(payload: bytes) -> Frame:
    """Return a binary frame."""
    return Frame(AT, Direction.RECEIVED, Opcode.BINARY, payload)


def control(opcode: Opcode, payload: bytes = b"") -> Frame:
    """Return a ping, a pong or a close frame."""
    return Frame(AT, Direction.RECEIVED, opcode, payload)


def notice(words: str, detail: str = "", kind: NoticeKind = NoticeKind.INFO) -> Notice:
    """Return a notice."""
    return Notice(AT, kind, words, detail)


class Recorded:
    """A recording that is written at once, for another process to read (`record.line_file.Lines`)."""

    def __init__(self, path: Path, entries: Iterable[Entry] = ()) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        start = write_at(self.descriptor, header_line(Header("0.1.0", "ws://127.0.0.1/", AT)), 0)
        self._file = LineFile(self.descriptor, start)
        self.append(*entries)

    def __len__(self) -> int:
        return len(self._file)

    def append(self, *entries: Entry) -> None:
        """Write entries behind the others."""
        encoded = (encode(number, entry) for number, entry in enumerate(entries, len(self) + 1))
        lines = [line if isinstance(line, bytes) else b"".join(line) for line in encoded]
        write_at(self.descriptor, b"".join(lines), self._file.end)
        self._file.add(map(len, lines))

    def append_line(self, line: bytes) -> None:
        """Write a line as it is behind the others."""
        write_at(self.descriptor, line, self._file.end)
        self._file.add([len(line)])

    def truncate(self, index: int) -> None:
        """Cut the file where an entry begins; where its lines were stays known."""
        os.ftruncate(self.descriptor, self._file.span(index)[0])

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._file.descriptor

    def bounds(self, start: int) -> array[int]:
        """Return where lines begin, and where the last one ends."""
        return self._file.bounds(start)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
