"""A row of cells as what is drawn into them: each character with its marks, in its column.

It is also where the text of a picture becomes harmless: what is not printable has no place in a file
that a browser, a terminal or an XML parser reads, wherever the cells came from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len, get_character_cell_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from client_tui.picture.picture import Pen, Row

# What every monospaced font draws in one cell. The rest may come from another font, as wide as it likes.
_SURE: Final = re.compile("[ -~¡-¬®-ſΆ-ώЀ-џ–—‘’“”•…‹›€]")

_FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)
"""Regional indicators: two of them are the flag of a country, in a cell each."""

_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


class Cluster(NamedTuple):
    """A character and the marks on it: it takes `cells` cells from `column` on."""

    text: str
    column: int
    cells: int
    pen: Pen

    @property
    def is_sure(self) -> bool:
        """Tell whether it is as wide as its one cell in any monospaced font."""
        return self.cells == 1 and _SURE.fullmatch(self.text) is not None


def clusters(row: Row) -> Iterator[Cluster]:
    """Yield what stands in `row`, blanks too. A run never reaches beyond its cells."""
    start = 0
    for run in row:
        column, end = start, start + run.cells
        for text in _parts(run.text):
            cells = cell_len(text)
            if column + cells > end:
                break
            yield Cluster(text, column, cells, run.pen)
            column += cells
        start = end


def shown(text: str) -> str:
    """Return `text` on one line, without anything that is not printable."""
    return text if text.isascii() and text.isprintable() else "".join(_parts(text))


def flag(text: str) -> str:
    """Return the two letters of a country's flag, "" where `text` is none."""
    is_flag = len(text) == 2 and all(ord(char) in _FLAG_LETTERS for char in text)
    return "".join(chr(ord(char) - _FLAG_LETTERS[0] + ord("A")) for char in text) if is_flag else ""


def wrapped(text: str, cells: int) -> list[str]:
    """Return `text` in lines of at most `cells` cells, cut between words, or within one that is too long."""
    lines = [""]
    for word in shown(" ".join(text.split())).split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(joined) <= cells:
            lines[-1] = joined
            continue
        lines += _cut(word, cells)
    return [line for line in lines if line]


def _cut(word: str, cells: int) -> list[str]:
    lines = [""]
    for part in _parts(word):
        if cell_len(lines[-1] + part) > cells:
            lines.append("")
        lines[-1] += part
    return lines


_MOST_MARKS: Final = 16
"""Over one character: more are a joke, or an attack."""


def _parts(text: str) -> list[str]:
    """Cut `text` into characters with their marks: what takes no cell belongs to what is before it."""
    if text.isascii() and text.isprintable():
        return list(text)
    parts: list[str] = []
    for char in text:
        if parts and flag(parts[-1] + char):
            parts[-1] += char
        elif get_character_cell_size(char):
            parts.append(char if char.isprintable() else " " if char.isspace() else _REPLACEMENT)
        elif char.isprintable() and parts and len(parts[-1]) <= _MOST_MARKS:
            parts[-1] += char
    return parts
