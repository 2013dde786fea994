"""Styled text before it has a colour: pieces of safe text, each with the role that it plays.

A role is the name of a component class; the theme decides what it looks like. Every
piece has passed `core.printable`, so a line of spans may go to a terminal as it is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len, set_cell_size

from client_tui.core.printable import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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


def foreign(text: str, role: Role) -> Line:
    """Return foreign text as spans of `role`, what is not printable as escapes that stand out."""
    if text.isprintable():
        return [Span(text, role)] if text else []
    spans: Line = []
    start = 0
    for position, char in enumerate(text):
        if not char.isprintable():
            if position > start:
                spans.append(Span(text[start:position], role))
            spans.append(Span(escape(char), Role.ESCAPE))
            start = position + 1
    if start < len(text):
        spans.append(Span(text[start:], role))
    return spans


def plain(line: Iterable[Span]) -> str:
    """Return the text of a line."""
    return "".join(span.text for span in line)


def width(line: Iterable[Span]) -> int:
    """Return how many cells a line takes on the screen."""
    return sum(cell_len(span.text) for span in line)


def fit(line: Line, cells: int, *, ellipsis: bool = True) -> Line:
    """Cut or fill a line to exactly `cells` cells; an ellipsis tells that something was cut."""
    fitted: Line = []
    left = cells
    for span in line:
        taken = cell_len(span.text)
        if taken > left:
            return _cut(fitted, span, left, ellipsis=ellipsis)
        fitted.append(span)
        left -= taken
    if left > 0:
        fitted.append(Span(" " * left, Role.PLAIN))
    return fitted


def _cut(fitted: Line, span: Span, left: int, *, ellipsis: bool) -> Line:
    """End a line within `span`, of which `left` cells have room."""
    if not ellipsis:
        return [*fitted, Span(set_cell_size(span.text, left), span.role)] if left > 0 else fitted
    if left <= 0:
        if not fitted:
            return fitted
        last = fitted.pop()
        kept = cell_len(last.text) - 1
        span, left = last, kept + 1
    return [*fitted, Span(set_cell_size(span.text, left - 1), span.role), Span("…", Role.FOLD)]


def mark_matches(line: Line, ranges: Sequence[tuple[int, int]]) -> Line:
    """Give the characters in `ranges` (ascending, half-open, within the line's text) the role of a match."""
    if not ranges:
        return line
    marked: Line = []
    edges = iter(ranges)
    start, end = next(edges)
    position = 0
    for text, role in line:
        rest = text
        while rest:
            if position >= end:
                start, end = next(edges, (1 << 62, 1 << 62))
            inside = position >= start
            take = min(len(rest), (end if inside else start) - position)
            marked.append(Span(rest[:take], Role.MATCH if inside else role))
            rest, position = rest[take:], position + take
    return marked


def wrap(line: Line, cells: int) -> list[Line]:
    """Break a line into lines of at most `cells` cells, anywhere: payloads have no words to keep whole."""
    lines: list[Line] = [[]]
    left = cells
    for text, role in line:
        rest = text
        while rest:
            piece = chop(rest, left)
            if piece:
                lines[-1].append(Span(piece, role))
                rest = rest[len(piece) :]
                left -= cell_len(piece)
            if rest:
                lines.append([])
                left = cells
    return lines


def chop(text: str, cells: int) -> str:
    """Return as much of the beginning of `text` as fits into `cells` cells."""
    if text.isascii():
        return text[:cells]
    head = text[:cells]
    while cell_len(head) > cells:
        head = head[: -max(1, (cell_len(head) - cells) // 2)]
    return head
