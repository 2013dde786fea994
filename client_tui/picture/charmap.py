"""Which characters a font file has: its ``cmap`` table, read where Pillow would only draw an empty box."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_COLLECTION: Final = b"ttcf"
_RANK: Final = {(3, 10): 2, (0, 4): 2, (0, 6): 2, (3, 1): 1, (0, 3): 1}
"""Of the encodings that are Unicode, all of it before the Basic Multilingual Plane alone."""
_LONGEST: Final = 4 << 20
"""Bytes of a table that are read: one of all characters there are, with a group each, is shorter."""


@dataclass(frozen=True, slots=True)
class CharacterMap:
    """The subtable of a font that tells the glyph of a character: in OpenType's format 4 or 12, or none."""

    table: bytes = b""

    def __contains__(self, char: object) -> bool:
        """Tell whether the font draws `char`, a single character."""
        if not (isinstance(char, str) and len(char) == 1 and self.table):
            return False
        try:
            found = self._segments if self._format == 4 else self._groups
            return found(ord(char)) != 0
        except struct.error:  # a table that ends before it said
            return False

    @property
    def _format(self) -> int:
        return self._short(0)

    def _short(self, at: int) -> int:
        return int(struct.unpack_from(">H", self.table, at)[0])

    def _segments(self, code: int) -> int:
        """Return the glyph of a code in format 4, 0 for none: segments by their last code, in four rows."""
        double = self._short(6)
        number = _first_not_below(code, double // 2, lambda index: self._short(14 + 2 * index))
        place = 14 + 2 * number
        if 2 * number >= double or code > 0xFFFF:
            return 0
        start, delta = (self._short(place + 2 + double * row) for row in (1, 2))
        if code < start:
            return 0
        pointer = place + 2 + 3 * double
        offset = self._short(pointer)
        if not offset:
            return (code + delta) & 0xFFFF
        return self._short(pointer + offset + 2 * (code - start))

    def _groups(self, code: int) -> int:
        """Return the glyph of a code in format 12, 0 for none: groups of first and last code, first glyph."""
        (count,) = struct.unpack_from(">L", self.table, 12)
        number = _first_not_below(
            code, count, lambda index: int(struct.unpack_from(">L", self.table, 20 + 12 * index)[0])
        )
        if number >= count:
            return 0
        first, _, glyph = struct.unpack_from(">LLL", self.table, 16 + 12 * number)
        return int(glyph + code - first) if code >= first else 0


def _first_not_below(code: int, count: int, last_code: Callable[[int], int]) -> int:
    """Return the first of `count` stretches that ends at `code` or after it."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if last_code(middle) < code:
            low = middle + 1
        else:
            high = middle
    return low


@lru_cache(maxsize=1024)
def character_map(path: Path) -> CharacterMap:
    """Return the characters of a font file, of the first font in a collection; none where it is no font."""
    try:
        with path.open("rb") as file:
            return CharacterMap(_subtable(file))
    except (OSError, struct.error, ValueError):
        return CharacterMap()


def _subtable(file: BinaryIO) -> bytes:
    """Return the best subtable of format 4 or 12, as OpenType's chapters "otff" and "cmap" lay them out."""
    at = _cmap(file)
    (count,) = _read(file, at + 2, ">H")
    records = [_read(file, at + 4 + 8 * number, ">HHL") for number in range(count)]
    ranked = [(_RANK[record[:2]], -record[2]) for record in records if record[:2] in _RANK]
    for _, offset in sorted(ranked, reverse=True):
        start = at - offset
        (kind,) = _read(file, start, ">H")
        if kind in (4, 12):
            (length,) = _read(file, start + (2 if kind == 4 else 4), ">H" if kind == 4 else ">L")
            file.seek(start)
            return file.read(min(length, _LONGEST))
    return b""


def _cmap(file: BinaryIO) -> int:
    """Return where the cmap table begins."""
    start = 0
    file.seek(0)
    if file.read(4) == _COLLECTION:
        (start,) = _read(file, 12, ">L")
    (count,) = _read(file, start + 4, ">H")
    for number in range(count):
        tag, _, offset, _ = _read(file, start + 12 + 16 * number, ">4sLLL")
        if tag == b"cmap":
            return int(offset)
    raise ValueError("no cmap")


def _read(file: BinaryIO, at: int, layout: str) -> tuple[Any, ...]:
    file.seek(at)
    return struct.unpack(layout, file.read(struct.calcsize(layout)))
