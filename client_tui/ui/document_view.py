"""One payload in full: every line of it, wrapped, with a cursor on one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.cache import LRUCache
from textual.message import Message

from client_tui.render.spans import Line, Role, foreign, wrap
from client_tui.ui.anchored import AnchoredView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

_LONG = 4_096  # characters; a longer line is cut into rows of this length, without colour
_KEPT_ROWS = 512


class Piece(NamedTuple):
    """A row: a line, or a stretch of a long one."""

    line: int
    start: int


class DocumentView(AnchoredView):
    """Shows lines of text that `spans` makes safe and colours; long ones wrap."""

    class Moved(Message):
        """The cursor stands on another line."""

        def can_replace(self, message: Message) -> bool:
            """Only the newest line is of interest."""
            return isinstance(message, DocumentView.Moved)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(can_follow=False, id=id)
        self._lines: Sequence[str] = ()
        self._spans: Callable[[str], Line] = lambda text: foreign(text, Role.PLAIN)
        self._pieces: list[Piece] | None = None
        self._wrapped: LRUCache[int, list[Line]] = LRUCache(_KEPT_ROWS)

    def show(self, lines: Sequence[str], spans: Callable[[str], Line], *, may_be_long: bool) -> None:
        """Show other lines, from the first one on. Lines that `may_be_long` are looked at once each."""
        self._lines = lines
        self._spans = spans
        is_long = may_be_long and any(len(line) > _LONG for line in lines)
        self._pieces = _pieces(lines) if is_long else None
        self._wrapped.clear()
        self.cursor = 0
        self.viewport.count = self.row_count()
        self.viewport.to_start()
        self.update_rows()

    @property
    def cursor_line(self) -> int:
        """The line that the cursor is on, from 0."""
        return self._piece(self.cursor).line

    def row_count(self) -> int:
        """Return how many lines there are, the stretches of long ones counted."""
        return len(self._lines) if self._pieces is None else len(self._pieces)

    def measure(self, row: int) -> int:
        """Return how many lines of the screen a line takes."""
        return len(self._wrap(row))

    def line(self, row: int, line: int) -> Line:
        """Return one line of the screen."""
        wrapped = self._wrap(row)
        return wrapped[min(line, len(wrapped) - 1)]

    def _wrap(self, row: int) -> list[Line]:
        kept = self._wrapped.get(row)
        if kept is None:
            cells = max(1, self.scrollable_content_region.width)
            kept = self._wrapped[row] = wrap(self._safe(row), cells)
        return kept

    def _safe(self, row: int) -> Line:
        line, start = self._piece(row)
        text = self._lines[line]
        if len(text) <= _LONG:
            return self._spans(text)
        return foreign(text[start : start + _LONG], Role.PLAIN)

    def _piece(self, row: int) -> Piece:
        return Piece(row, 0) if self._pieces is None else self._pieces[row]

    def viewport_changed(self) -> None:
        """Tell that the cursor may stand elsewhere."""
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Wrap anew."""
        self._wrapped.clear()
        super().on_resize()

    def on_click(self, event: events.Click) -> None:
        """Select the line that was clicked."""
        row = self.row_at(event)
        if row is not None:
            self.select(row)


def _pieces(lines: Sequence[str]) -> list[Piece]:
    return [
        Piece(number, start)
        for number, line in enumerate(lines)
        for start in range(0, max(1, len(line)), _LONG)
    ]
