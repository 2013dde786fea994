"""What of a long line is on the screen, and its colours: nobody waits for those of the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from client_tui.core import jsontext
from client_tui.core.jsontext import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

# How far behind the window a string is read on, to see whether it ends before a colon.
_AHEAD: Final = 200
_TAB: Final = 2  # the most cells that a tab takes in the editor
_PIECE: Final = 128  # characters
_WIDENS: Final = "\N{VARIATION SELECTOR-16}"
# All up to a quote that is not closed.
_CLOSED: Final = re.compile(r'[^"]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"]*+)*+', re.DOTALL)
_PART_OF_TOKEN: Final = re.compile(r'[^ \t\r\n{}\[\],:"]*\Z')


def columns_between(line: str, left: int, right: int) -> tuple[int, int]:
    """Return columns of `line` between which everything stands that is shown in these cells."""
    if line.isascii() and "\t" not in line:
        return min(left, len(line)), min(right, len(line))
    column = start = least = most = 0
    for piece in _pieces(line):
        if most <= left:
            start = column
        if least >= right:
            break
        least += cell_len(piece)
        most = least + _TAB * line.count("\t", 0, column + len(piece))
        column += len(piece)
    return start, column


def width(text: str) -> int:
    """Return how many cells `text` takes, its tabs left out.

    Rich measures a text that is not ASCII character by character, but remembers short ones:
    so of a long line only what has changed is measured at each key.
    """
    return len(text) if text.isascii() else sum(map(cell_len, _pieces(text)))


def _pieces(text: str) -> Iterator[str]:
    """Cut a text up, with what changes the width of the character before it left at its side."""
    start = 0
    while start < len(text):
        end = start + _PIECE
        while text[end : end + 1] == _WIDENS:
            end += 1
        yield text[start:end]
        start = end


def tokens_between(line: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens that stand between two columns, the first and the last of them whole or in part."""
    begin = _token_start(line, start)
    for kind, first, last in jsontext.tokens(line[begin : end + _AHEAD]):
        if begin + first < end:
            yield Token(kind, begin + first, min(begin + last, end))


def _token_start(line: str, column: int) -> int:
    """Return where the token begins that `column` stands in."""
    closed = _CLOSED.match(line, 0, column)
    if closed is not None and closed.end() < column:
        return closed.end()
    part = _PART_OF_TOKEN.search(line, max(0, column - _AHEAD), column)
    return part.start() if part else column
