"""A recording that exists: read a slice at a time, also while it still grows, and read back by index."""

from __future__ import annotations

import math
import os
import re
import stat
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from client_tui.core import amounts
from client_tui.core.errors import ClientError
from client_tui.core.frame import Entry, Frame, Notice, NoticeKind
from client_tui.record.line_file import LineFile, read_at
from client_tui.record.lines import DamagedLineError, Header, decode, decode_or_tell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SLICE: Final = 2**20
"""How many bytes are read at once at most; a longer line is read by itself."""
_LEAST: Final = 2**16  # and at least
_LINE: Final = 256  # bytes, that a line has more often than not
LONGEST: Final = 2**28
"""Bytes. A longer line is not read: it would take a gigabyte of memory, and no frame is that large."""
_STRIDE: Final = 4 * SLICE  # in which the end of a long line is looked for
_LOOKED_AT: Final = 1_000  # lines, before a file is taken for something else
_BLANK_LINES: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t\r]*+\n)*+")  # and a byte order mark
_BEGINNING: Final = re.compile(rb'\s*\{\s*"(?:recording|seq|time|direction|opcode|payload|event)"\s*:')
_TITLE: Final = "No recording"
_REMEDY: Final = "a recording is what --record FILE writes and what jsonws-tui sessions lists"


class OpenedRecording:
    """The entries of the recording at a path, or in a file that is open already and is closed with this.

    It holds where the lines are, and nothing of what is in them. One thread reads on, any may
    read back. Entry i is just the bytes from bound i to bound i + 1: white space between two
    lines belongs to the one before it.

    Raises:
        ClientError: there is no such file, or it is no recording at all.

    """

    def __init__(self, source: Path | int) -> None:
        name = "the input" if isinstance(source, int) else str(source)
        descriptor = source if isinstance(source, int) else open_file(source)
        try:
            head = _head(descriptor, name)
        except ClientError:
            os.close(descriptor)
            raise
        self.header: Header | None = None
        """What the recording says of itself in its first line."""
        self._is_ended = True  # whether the last line that was read has its line feed
        self._torn = 0  # how many bytes are behind the last line feed
        self._failure = ""
        # Behind how many entries there are blank lines, and how many up to there: for the numbers of lines.
        self._blank_behind, self._blank_lines = array("Q"), array("Q")
        blank = _BLANK_LINES.match(head)
        assert blank is not None  # noqa: S101 - it matches nothing, too
        self._first_line = 1 + blank[0].count(b"\n")
        self._file = LineFile(descriptor, blank.end())
        self._take_header(head)

    def _take_header(self, head: bytes) -> None:
        start = self._file.end
        line = head[start : head.find(b"\n", start) + 1] or head[start:]
        header = _decoded(line)
        if isinstance(header, Header):
            self.header = header
            self._file.lengthen(len(line))
            self._first_line += 1
            self._is_ended = line.endswith(b"\n")

    # ------------------------------------------------------------------ reading on

    def read(self, most: int) -> list[Entry]:
        """Return the next entries, at most `most` and a mebibyte of them; a larger one goes alone.

        There are none when there is no whole line more for now; while the file grows there may
        be later. A line that is damaged is a notice that says so.
        """
        try:
            size = min(SLICE, max(_LEAST, most * _LINE))
            while True:
                start = self._file.end
                data = read_at(self._file.descriptor, start, start + size)
                last = data.rfind(b"\n")
                if last < 0:
                    return self._read_one(start, start + len(data))
                self._torn = 0
                if entries := self._take(data[:last].split(b"\n"), most):
                    return entries
        except OSError as error:
            self._failure = error.strerror or str(error)
            return []

    def _take(self, lines: Iterable[bytes], most: int) -> list[Entry]:
        """Return the entries in whole lines, at most so many, and note where they are."""
        entries: list[Entry] = []
        lengths = array("Q")
        number = self._number(len(self))
        for line in lines:
            if line.startswith(b"{") or line.strip():
                if len(entries) == most:
                    break
                entries.append(decode_or_tell(line, number))
                lengths.append(len(line) + 1)
                number += 1
            else:
                if lengths:
                    lengths[-1] += len(line) + 1
                else:
                    self._file.lengthen(len(line) + 1)
                if self._is_ended:
                    self._count_blank(len(self) + len(entries))
                    number += 1
            self._is_ended = True
        self._file.add(lengths)
        return entries

    def _count_blank(self, behind: int) -> None:
        """Count a blank line behind so many entries."""
        count = self._blank_lines[-1] + 1 if self._blank_lines else 1
        if self._blank_behind and self._blank_behind[-1] == behind:
            self._blank_lines[-1] = count
        else:
            self._blank_lines.append(count)
            self._blank_behind.append(behind)

    def _read_one(self, start: int, searched: int) -> list[Entry]:
        """Return the one entry that begins at `start` and does not end before `searched`, if it is whole."""
        end = searched
        while data := read_at(self._file.descriptor, end, end + _STRIDE):
            place = data.find(b"\n")
            if place >= 0:
                return self._take_one(start, end + place + 1)
            end += len(data)
        self._torn = end - start
        if self._is_whole(start, end):
            self._is_ended = False
            return self._take_one(start, end)
        return []

    def _take_one(self, start: int, end: int) -> list[Entry]:
        self._torn = 0
        self._file.add([end - start])
        return [self[len(self) - 1]]

    def _is_whole(self, start: int, end: int) -> bool:
        """Tell whether what is behind the last line feed is a whole line but for its own."""
        if not 0 < end - start <= LONGEST:
            return False
        line = read_at(self._file.descriptor, start, end)
        return line.rstrip().endswith(b"}") and _decoded(line) is not None

    # ------------------------------------------------------------------ how far it was read

    @property
    def progress(self) -> float:
        """How much of the file was read, from 0 to 1."""
        try:
            size = os.fstat(self._file.descriptor).st_size
        except OSError:
            return 1.0
        return min(1.0, (self._file.end + self._torn) / size) if size else 1.0

    @property
    def torn(self) -> str:
        """Why the file cannot be read on, in words; "" where its last line is whole, as far as it was read.

        While another client records into it, this may be a line that is not written yet.
        """
        line = f"line {self._number(len(self)):,}"
        if self._failure:
            return f"{line} and what follows cannot be read: {self._failure}"
        return (
            f"{line} breaks off after {amounts.size(self._torn)}: the file ends there" if self._torn else ""
        )

    # ------------------------------------------------------------------ reading back

    def __len__(self) -> int:
        return len(self._file)

    def __getitem__(self, index: int) -> Entry:
        """Return an entry that was read before; where the file does not have it any more, a notice."""
        number = self._number(index)
        start, end = self._file.span(index)
        if end - start > LONGEST:
            words = f"line {number:,} of the recording has {amounts.size(end - start)}: too much to be read"
            return Notice(math.nan, NoticeKind.ERROR, words)
        try:
            line = self._file.line(index)
        except OSError as error:
            return Notice(math.nan, NoticeKind.ERROR, f"it cannot be read back: {error.strerror}")
        return decode_or_tell(line, number)

    def _number(self, index: int) -> int:
        """Return the number of an entry's line, from 1."""
        place = bisect_right(self._blank_behind, index)
        return self._first_line + index + (self._blank_lines[place - 1] if place else 0)

    def fileno(self) -> int:
        """Return the file's descriptor; -1 where it is closed."""
        return self._file.descriptor

    def bounds(self, start: int) -> array[int]:
        """Return where the entries that were read begin, from `start` on, and where the last of them ends."""
        return self._file.bounds(start)

    def close(self) -> None:
        """Close the file. What was in it cannot be read back any more."""
        self._file.close()


def open_file(path: Path) -> int:
    """Open a file for reading, and return its descriptor.

    Raises:
        ClientError: it cannot be opened.

    """
    try:  # neither a pipe nor a terminal is waited for
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError as error:
        raise ClientError("Cannot open", f"{path}: {error.strerror}") from error
    except ValueError as error:  # a NUL in it
        raise ClientError("Cannot open", f"{path}: {error}") from error


def _head(descriptor: int, name: str) -> bytes:
    """Return a recording's beginning, or refuse what is none."""
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISDIR(mode):
        raise _refusal(name, "is a folder")
    if not stat.S_ISREG(mode):
        raise _refusal(name, "is no file")
    try:
        head = read_at(descriptor, 0, SLICE)
    except OSError as error:
        raise ClientError("Cannot open", f"{name}: {error.strerror}") from error
    if not _is_recording(head):
        raise _refusal(name, _what(head))
    return head


def _refusal(name: str, what: str) -> ClientError:
    return ClientError(_TITLE, f"{name} {what}: {_REMEDY}")


def _is_recording(head: bytes) -> bool:
    """Tell whether there is an entry or a header in a file's beginning, or at least the beginning of one."""
    lines = [line for line in head.split(b"\n", _LOOKED_AT) if line.strip()]
    return any(map(_is_record, lines)) or (len(lines) == 1 and _BEGINNING.match(lines[0]) is not None)


def _is_record(line: bytes) -> bool:
    found = _decoded(line)
    # Other programmes' logs have a time and an event, too.
    return isinstance(found, Header | Frame) or (found is not None and b'"seq"' in line)


def _what(head: bytes) -> str:
    start = head[:4096]
    if not start:
        return "is empty"
    if b"\x00" in start or len(start) - len(start.decode("utf-8", "ignore").encode()) > 3:
        return "is no text"
    return "holds other JSON" if start.lstrip()[:1] in (b"{", b"[") else "holds other text"


def _decoded(line: bytes) -> Entry | Header | None:
    try:
        return decode(line)
    except DamagedLineError:
        return None
