"""Finds what belongs to a bracket; brackets inside strings are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from client_tui.core import jsontext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.document._document import Location

# How far a partner is looked for, in lines: further away it cannot be seen anyway.
_LINES: Final = 200
_PARTNERS: Final = {"{": "}", "[": "]", "}": "{", "]": "["}
_PUNCTUATION: Final = jsontext.TokenKind.PUNCTUATION


def partner(lines: Sequence[str], bracket: str, at: Location) -> Location | None:
    """Return where the partner stands of the `bracket` at a row and column, or None."""
    if bracket not in _PARTNERS:
        return None
    forward = bracket in "{["
    depth = 0
    for char, location in _brackets(lines, at, forward=forward):
        if depth == 0 and location != at:
            return None  # the bracket itself stands in a string
        depth += 1 if (char in "{[") is forward else -1
        if depth == 0:
            return location if char == _PARTNERS[bracket] else None
    return None


def opener(lines: Sequence[str], at: Location) -> Location | None:
    """Return where the bracket stands that is open behind the character at a row and column, or None."""
    depth = 0
    for char, location in _brackets(lines, at, forward=False):
        depth += 1 if char in "]}" else -1
        if depth < 0:
            return location
    return None


def _brackets(lines: Sequence[str], start: Location, *, forward: bool) -> Iterator[tuple[str, Location]]:
    """Walk over the brackets from `start` on that stand outside of strings."""
    row, column = start
    step = 1 if forward else -1
    last = len(lines) if forward else -1
    for number in range(row, max(-1, min(last, row + step * _LINES)), step):
        line = lines[number]
        found = [
            at for kind, at, _ in jsontext.tokens(line) if kind is _PUNCTUATION and line[at] in _PARTNERS
        ]
        for at in found if forward else reversed(found):
            if number != row or (at >= column if forward else at <= column):
                yield line[at], (number, at)
