"""An entry of the transcript as the lines of its row: time, direction, body, size, latency."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len

from client_tui.core import amounts
from client_tui.core.frame import Direction, Entry, Frame, Notice, NoticeKind
from client_tui.core.printable import decoded
from client_tui.render.excerpt import excerpt
from client_tui.render.spans import Line, Role, Span, fit, foreign, mark_matches, plain, width
from client_tui.render.viewers import Viewer, marks, viewer_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from client_tui.core.view import Needle

NARROW: Final = 72
"""A pane of fewer cells than this gives up milliseconds and latency, to have room for the body."""
_BEYOND: Final = 64
"""How many characters behind the window's edge are read: combining marks in it take no cells, and a
token that the edge cuts keeps its colour."""
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

    `since_sent` is in seconds, None where there is nothing to say.
    """

    entry: Entry
    since_sent: float | None
    viewer: Viewer | None
    lines: Sequence[str] | None
    """The body's lines, not yet safe to show; None where it is a summary of one line."""
    is_cut: bool = False
    remaining: int | None = None
    """How many lines follow those, where that was cheap to find out."""

    @property
    def height(self) -> int:
        """How many lines the row takes."""
        return 1 if self.lines is None else max(1, len(self.lines)) + self.is_cut


def lay_out(entry: Entry, since_sent: float | None, shape: Shape, fold: int) -> Row:
    """Lay an entry out; `fold` is how many lines a folded one shows."""
    if isinstance(entry, Notice):
        return _lay_out_notice(entry, shape)
    viewer = viewer_for(entry)
    if shape is Shape.LINE or entry.opcode.is_control:
        return Row(entry, since_sent, viewer, None)
    if shape is Shape.FULL:
        return Row(entry, since_sent, viewer, viewer.lines(entry))
    lines, more = viewer.preview(entry, fold)
    return Row(entry, since_sent, viewer, lines, more, viewer.remaining(entry, fold) if more else None)


def _lay_out_notice(notice: Notice, shape: Shape) -> Row:
    """Lay a notice out: what went wrong always shows the first line of its detail, what to do about it."""
    lines = [notice.text, *(line.removesuffix("\r") for line in notice.detail.split("\n") if notice.detail)]
    shown = len(lines) if shape is Shape.FULL else 1 if notice.kind is NoticeKind.INFO else 2
    return Row(notice, None, None, lines[:shown], remaining=max(0, len(lines) - shown))


def line_with(row: Row, needle: Needle) -> int | None:
    """Return the line of a row on which what is searched for stands first; None where it is on none.

    A frame on one line is taken to have it: `render` can show any stretch of the payload there.
    """
    if row.lines is None:
        return 0
    return next((number for number, text in enumerate(row.lines) if needle.find(text)), None)


def render(row: Row, number: int, columns: Columns, needle: Needle | None, *, reveal: bool = False) -> Line:
    """Return one line of a row, `number` from 0, as spans; every piece of it is safe to show.

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
    return [*_lead(row.entry, columns), *fit(body, room), *meta]


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
    return decoded(row.entry.payload) if isinstance(row.entry, Frame) else row.entry.text


def _lead(entry: Entry, columns: Columns) -> Line:
    time = amounts.time_of_day(entry.at)[: columns.time]
    symbol = _SYMBOLS[entry.direction] if isinstance(entry, Frame) else Span("·", _NOTICE_ROLES[entry.kind])
    return [Span(f" {time}  ", Role.TIME), symbol, Span(" ", Role.PLAIN)]


def _meta(row: Row, columns: Columns) -> Line:
    """Return the right end: what is odd about a frame, its size, and its latency."""
    frame = row.entry
    if not isinstance(frame, Frame):
        return [Span(" ▸ ", Role.FOLD)] if row.remaining else []
    assert row.viewer is not None  # noqa: S101 - a frame always has one
    odd = [Span(f" {word}", Role.MARK) for word in marks(frame, row.viewer)]
    latency = f"+{amounts.duration(row.since_sent)}" if row.since_sent is not None else ""
    size = amounts.size(len(frame.payload))
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
