"""An entry of the transcript as the lines of its row: time, direction, body, size, latency."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import structs
from rich.cells import cell_len

from client_tui.core import amounts
from client_tui.core.frame import Direction, Entry, Frame, Notice, NoticeKind
from client_tui.core.printable import decoded
from client_tui.render.excerpt import excerpt
from client_tui.render.spans import Line, Role, Span, fit, foreign, mark_matches, plain, width
from client_tui.render.viewers import Viewer, marks, viewer_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from client_tui.core.needle import Needle

NARROW: Final = 72
"""A pane of fewer cells than this gives up milliseconds and latency, to have room for the body."""
_BEYOND: Final = 64
"""How many characters behind the window's edge are read: combining marks in it take no cells, and a
token that the edge cuts keeps its colour."""
_HEAD: Final = 16 * 1024
"""Bytes. Of a larger payload a row keeps the beginning only: no window is wider than this."""
_SYMBOLS: Final = {Direction.SENT: Span("▲", Role.SENT), Direction.RECEIVED: Span("▼", Role.RECEIVED)}
_NOTICE_ROLES: Final = {
    NoticeKind.INFO: Role.INFO,
    NoticeKind.WARNING: Role.WARNING,
    NoticeKind.ERROR: Role.ERROR,
}


class Shape(Enum):
    """How much of an entry its row shows."""

    LINE = "a line"
    FOLDED = "folded"  # laid out, up to a number of lines
    FULL = "full"


class Columns(NamedTuple):
    """How a row's width, in cells, is shared out."""

    time: int
    body: int
    size: int
    latency: int

    @property
    def indent(self) -> int:
        """Where the body begins: after the time and the direction."""
        return self.time + 5

    @property
    def rest(self) -> int:
        """How many cells there are from where the body begins."""
        return self.body + self.size + self.latency

    @classmethod
    def of(cls, cells: int) -> Columns:
        """Share out so many cells."""
        time, latency = (12, 10) if cells >= NARROW else (8, 0)
        size = 9
        return cls(time, max(1, cells - time - 5 - size - latency), size, latency)


@dataclass(slots=True)
class Row:
    """An entry laid out: its lines, which are asked for one by one, and whether they go on.

    It does not hold a large payload; `whole` gets the entry again. `since_sent` is in
    seconds, None where there is nothing to say.
    """

    entry: Entry
    """The entry, or its beginning where the payload is large."""
    whole: Callable[[], Entry]
    since_sent: float | None
    viewer: Viewer | None
    lines: Sequence[str] | None
    """The body's lines, not yet safe to show; None where it is a summary of one line."""
    is_cut: bool = False
    remaining: int | None = None
    """How many lines follow those, where that was cheap to find out."""
    size: int = 0
    """How many bytes the payload has."""
    marks: Sequence[str] = ()
    """In what way a frame is not what a JSON service sends."""

    @property
    def height(self) -> int:
        """How many lines the row takes."""
        return 1 if self.lines is None else max(1, len(self.lines)) + self.is_cut


def lay_out(whole: Callable[[], Entry], since_sent: float | None, shape: Shape, fold: int) -> Row:
    """Lay out the entry that `whole` returns; `fold` is how many lines a folded one shows."""
    entry = whole()
    if isinstance(entry, Notice):
        return _lay_out_notice(entry, whole, shape)
    viewer = viewer_for(entry)
    row = Row(
        _head(entry), whole, since_sent, viewer, None, size=len(entry.payload), marks=marks(entry, viewer)
    )
    if shape is Shape.FULL and not entry.opcode.is_control:
        row.lines = viewer.lines(entry)
    elif shape is Shape.FOLDED and not entry.opcode.is_control:
        row.lines, row.is_cut = viewer.preview(entry, fold)
        row.remaining = viewer.remaining(entry, fold) if row.is_cut else None
    return row


def _head(frame: Frame) -> Frame:
    return frame if len(frame.payload) <= _HEAD else structs.replace(frame, payload=frame.payload[:_HEAD])


def _lay_out_notice(notice: Notice, whole: Callable[[], Entry], shape: Shape) -> Row:
    """Lay a notice out: what went wrong always shows the first line of its detail, what to do about it."""
    lines = [notice.text, *(line.removesuffix("\r") for line in notice.detail.split("\n") if notice.detail)]
    shown = len(lines) if shape is Shape.FULL else 1 if notice.kind is NoticeKind.INFO else 2
    return Row(notice, whole, None, None, lines[:shown], remaining=max(0, len(lines) - shown))


def line_with(row: Row, needle: Needle) -> int | None:
    """Return the line of a row on which what is searched for stands first; None where it is on none.

    A frame on one line is taken to have it: `render` can show any stretch of the payload there.
    """
    if row.lines is None:
        return 0
    return next((number for number, text in enumerate(row.lines) if needle.find(text)), None)


def render(
    row: Row, number: int, columns: Columns, needle: Needle | None, *, time: str, reveal: bool = False
) -> Line:
    """Return one line of a row, `number` from 0, as spans; every piece of it is safe to show.

    `time` is what the time column of the first line says, as wide as the column.
    What `needle` finds in it is marked. With `reveal`, a line that breaks off before its
    first match shows the stretch around the match instead of its beginning.
    """
    meta = [] if number else _meta(row, columns)
    room = columns.rest - width(meta)
    body = _body(row, number, columns)
    if needle is not None:
        if reveal and not _shows_match(body, needle, room):
            body = excerpt(_text_of(row, number), needle, room) or body
        body = mark_matches(body, needle.spans(plain(body)))
    if number:
        return [Span(" " * columns.indent, Role.PLAIN), *body]
    return [*_lead(row.entry, time), *fit(body, room), *meta]


def _shows_match(body: Line, needle: Needle, room: int) -> bool:
    """Tell whether the first match ends before the line is cut."""
    text = plain(body)
    found = needle.find(text)
    cut = cell_len(text) > room
    return found is not None and cell_len(text[: found[1]]) + cut <= room


def _text_of(row: Row, number: int) -> str:
    """Return the whole text of which a line of a row shows the beginning."""
    if row.lines is not None:
        return row.lines[number] if number < len(row.lines) else ""
    entry = row.whole()
    return decoded(entry.payload) if isinstance(entry, Frame) else entry.text


def _lead(entry: Entry, time: str) -> Line:
    symbol = _SYMBOLS[entry.direction] if isinstance(entry, Frame) else Span("·", _NOTICE_ROLES[entry.kind])
    return [Span(f" {time}  ", Role.TIME), symbol, Span(" ", Role.PLAIN)]


def _meta(row: Row, columns: Columns) -> Line:
    """Return the right end: what is odd about a frame, its size, and its latency."""
    if not isinstance(row.entry, Frame):
        return [Span(" ▸ ", Role.FOLD)] if row.remaining else []
    odd = [Span(f" {word}", Role.MARK) for word in row.marks]
    latency = f"+{amounts.duration(row.since_sent)}" if row.since_sent is not None else ""
    size = amounts.size(row.size)
    return [*odd, Span(f"{size:>{columns.size}}{latency[: columns.latency]:>{columns.latency}} ", Role.META)]


def _body(row: Row, number: int, columns: Columns) -> Line:
    if isinstance(row.entry, Notice):
        assert row.lines is not None  # noqa: S101 - a notice always has them
        text, role = row.lines[number], Role.PLAIN if number else _NOTICE_ROLES[row.entry.kind]
        return _beginning(text, columns, lambda part: foreign(part, role))
    assert row.viewer is not None  # noqa: S101 - a frame always has one
    if row.lines is None:
        return row.viewer.summary(row.entry, columns.rest + _BEYOND)
    if number < len(row.lines):
        return _beginning(row.lines[number], columns, row.viewer.spans)
    return [Span(_how_much_more(row.remaining), Role.FOLD)]


def _beginning(text: str, columns: Columns, spans: Callable[[str], Line]) -> Line:
    """Return as much of a line as may have room, with an ellipsis where that is not all of it."""
    seen = columns.rest + _BEYOND
    return spans(text) if len(text) <= seen else [*spans(text[:seen]), Span("…", Role.FOLD)]


def _how_much_more(lines: int | None) -> str:
    if lines is None:
        return "… more"
    return f"… {lines:,} more line{'' if lines == 1 else 's'}"
