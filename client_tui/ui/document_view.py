"""One payload in full: every line of it, wrapped, with a cursor on one."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from textual.cache import LRUCache
from textual.message import Message

from client_tui.render.spans import Line, Role, foreign, wrap
from client_tui.ui.anchored import AnchoredView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

LONG: Final = 4_096
"""Characters. A longer line is cut into rows of this length, without colour."""
_KEPT_ROWS: Final = 512


class Document:
    """Lines of text that `spans` makes safe and colours, as rows: one a line, several for a long one.

    Making it looks at every line, unless they are known not to be `may_be_long`.
    """

    def __init__(
        self, lines: Sequence[str], spans: Callable[[str], Line], *, may_be_long: bool = True
    ) -> None:
        self.lines = lines
        self._spans = spans
        has_long = may_be_long and max(map(len, lines), default=0) > LONG  # most documents have none
        self._long = [number for number, line in enumerate(lines) if len(line) > LONG] if has_long else []
        self._first_rows: list[int] = []
        more = 0
        for number in self._long:
            self._first_rows.append(number + more)
            more += self._rows_of(number) - 1
        self._count = len(lines) + more

    def __len__(self) -> int:
        """Return how many rows there are."""
        return self._count

    def line_of(self, row: int) -> int:
        """Return the line, from 0, of which a row shows all or a stretch."""
        return self.place(row)[0]

    def row(self, row: int) -> Line:
        """Return a row, not yet wrapped, as safe text."""
        line, start = self.place(row)
        text = self.lines[line]
        if len(text) <= LONG:
            return self._spans(text)
        return foreign(text[start : start + LONG], Role.PLAIN)

    def place(self, row: int) -> tuple[int, int]:
        """Return the line that a row belongs to, and from which character on it shows it."""
        nearest = bisect_right(self._first_rows, row) - 1
        if nearest < 0:
            return row, 0
        line, offset = self._long[nearest], row - self._first_rows[nearest]
        rows = self._rows_of(line)
        return (line, offset * LONG) if offset < rows else (line + 1 + offset - rows, 0)

    def _rows_of(self, line: int) -> int:
        return -(-len(self.lines[line]) // LONG)


NOTHING: Final = Document((), lambda text: foreign(text, Role.PLAIN))


class DocumentView(AnchoredView):
    """Shows a document; its rows wrap."""

    class Moved(Message):
        """The cursor stands on another line."""

        def can_replace(self, message: Message) -> bool:
            """Only the newest line is of interest."""
            return isinstance(message, DocumentView.Moved)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(can_follow=False, id=id)
        self._document = NOTHING
        self._wrapped: LRUCache[int, list[Line]] = LRUCache(_KEPT_ROWS)

    @property
    def document(self) -> Document:
        """What is shown."""
        return self._document

    def show(self, document: Document) -> None:
        """Show another document, from its first line on."""
        self._document = document
        self._wrapped.clear()
        self.cursor = 0
        self.viewport.count = self.row_count()
        self.viewport.to_start()
        self.update_rows()

    @property
    def cursor_line(self) -> int:
        """The line that the cursor is on, from 0."""
        return self._document.line_of(self.cursor)

    def row_count(self) -> int:
        """Return how many lines there are, the stretches of long ones counted."""
        return len(self._document)

    def measure(self, row: int) -> int:
        """Return how many lines of the screen a row takes."""
        return len(self._wrap(row))

    def line(self, row: int, line: int) -> Line:
        """Return one line of the screen."""
        wrapped = self._wrap(row)
        return wrapped[min(line, len(wrapped) - 1)]

    def _wrap(self, row: int) -> list[Line]:
        kept = self._wrapped.get(row)
        if kept is None:
            cells = max(1, self.scrollable_content_region.width)
            kept = self._wrapped[row] = wrap(self._document.row(row), cells)
        return kept

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
