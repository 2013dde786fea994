"""Styled text before it has a colour: pieces of safe text, each with the role that it plays.

A role is the name of a component class; the theme decides what it looks like. Every
piece has passed `core.printable`, so a line of spans may go to a terminal as it is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from client_tui.core.printable import is_printable, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Role(StrEnum):
    """What a piece of text is, named as the component class that styles it."""

    PLAIN = "row--plain"
    TIME = "row--time"
    SENT = "row--sent"
    RECEIVED = "row--received"
    META = "row--meta"
    FOLD = "row--fold"
    INFO = "row--info"
    WARNING = "row--warning"
    ERROR = "row--error"
    MARK = "row--mark"
    ESCAPE = "row--escape"
    MATCH = "row--match"
    KEY = "json--key"
    STRING = "json--string"
    NUMBER = "json--number"
    LITERAL = "json--literal"
    PUNCTUATION = "json--punctuation"
    INVALID = "json--invalid"


class Span(NamedTuple):
    """A piece of a line that is safe to show, and its role."""

    text: str
    role: Role


Line = list[Span]
_FAR: Final = 1 << 62  # behind every line's end


def foreign(text: str, role: Role) -> Line:
    """Return foreign text as spans of `role`, what is not printable as escapes that stand out."""
    if is_printable(text):
        return [Span(text, role)] if text else []
    return [Span(piece, Role.ESCAPE if escaped else role) for piece, escaped in pieces(text)]


def plain(line: Iterable[Span]) -> str:
    """Return the text of a line."""
    return "".join(span.text for span in line)


def width(line: Iterable[Span]) -> int:
    """Return how many cells a line takes on the screen."""
    return sum(cell_len(span.text) for span in line)


def fit(line: Line, cells: int, *, ellipsis: bool = True) -> Line:
    """Cut or fill a line to exactly `cells` cells; an ellipsis tells that something was cut."""
    left = cells
    for number, span in enumerate(line):
        taken = cell_len(span.text)
        if taken > left:
            return _cut(line, number, left, "…" if ellipsis and cells > 0 else "")
        left -= taken
    return [*line, Span(" " * left, Role.PLAIN)] if left > 0 else line


def _cut(line: Line, number: int, left: int, end: str) -> Line:
    """End a line within its span `number`, of which `left` cells have room, the new end's among them."""
    left -= len(end)
    while left < 0 < number:
        number -= 1
        left += cell_len(line[number].text)
    text, role = line[number]
    piece = chop(text, left)
    end = " " * (left - cell_len(piece)) + end  # room is left where a wide character had too little
    return [*line[:number], *([Span(piece, role)] if piece else []), *([Span(end, Role.FOLD)] if end else [])]


def mark_matches(line: Line, ranges: Sequence[tuple[int, int]]) -> Line:
    """Give the characters in `ranges` (ascending, half-open, within the line's text) the role of a match.

    A combining mark is never torn from its character: a match of either marks both.
    """
    if not ranges:
        return line
    marked: Line = []
    edges = iter(_whole(plain(line), ranges))
    start, end = next(edges)
    position = 0
    for text, role in line:
        rest = text
        while rest:
            while position >= end:
                start, end = next(edges, (_FAR, _FAR))
            inside = position >= start
            take = min(len(rest), (end if inside else start) - position)
            marked.append(Span(rest[:take], Role.MATCH if inside else role))
            rest, position = rest[take:], position + take
    return marked


def _whole(text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Widen ranges to whole characters, with the marks that are drawn over them."""
    for start, end in ranges:
        yield _before_marks(text, start), _behind_marks(text, end)


def wrap(line: Line, cells: int) -> list[Line]:
    """Break a line into lines of at most `cells` cells, anywhere: payloads have no words to keep whole.

    A character that is wider than `cells` has a line of its own.
    """
    lines: list[Line] = [[]]
    left = cells
    for text, role in line:
        rest = text
        while rest:
            piece = chop(rest, left)
            if not piece and not lines[-1]:
                piece = rest[: _behind_marks(rest, 1)]
            if piece:
                lines[-1].append(Span(piece, role))
                rest = rest[len(piece) :]
                left -= cell_len(piece)
            if rest:
                lines.append([])
                left = cells
    return lines


def chop(text: str, cells: int) -> str:
    """Return as much of the beginning of `text` as fits into `cells` cells; no mark is torn off."""
    cells = max(cells, 0)
    if text.isascii():
        return text[:cells]
    end = _behind_marks(text, 0)
    while end < len(text) and (room := cells - cell_len(text[:end])) > 0:
        end = _behind_marks(text, end + room)
    while end and (over := cell_len(text[:end]) - cells) > 0:
        end = _before_marks(text, end - max(1, over // 2))
    return text[:end]


def _before_marks(text: str, position: int) -> int:
    """Return the last position up to this one at which `text` may be cut."""
    while 0 < position < len(text) and _is_joined(text[position]):
        position -= 1
    return position


def _behind_marks(text: str, position: int) -> int:
    """Return the first position from this one on at which `text` may be cut."""
    while position < len(text) and _is_joined(text[position]):
        position += 1
    return min(position, len(text))


def _is_joined(char: str) -> bool:
    """Tell whether a character has no cells of its own, and is drawn over the one before it."""
    return char > "\u02ff" and not cell_len(char)
