"""Bytes as a hex dump: an offset, sixteen bytes, and the ASCII among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, overload

BYTES_A_LINE: Final = 16
_ASCII: Final = bytes(byte if 0x20 <= byte < 0x7F else 0x2E for byte in range(256))


class HexLines(Sequence[str]):
    """The lines of a hex dump, each made when it is asked for: a dump of any size costs nothing to open."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __len__(self) -> int:
        return max(1, -(-len(self._data) // BYTES_A_LINE))

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self._line(number) for number in range(*index.indices(len(self)))]
        return self._line(range(len(self))[index])

    def _line(self, number: int) -> str:
        offset = number * BYTES_A_LINE
        row = self._data[offset : offset + BYTES_A_LINE]
        left, right = row[:8].hex(" "), row[8:].hex(" ")
        return f"{offset:08x}  {left:<23}  {right:<23}  {row.translate(_ASCII).decode('ascii')}"
