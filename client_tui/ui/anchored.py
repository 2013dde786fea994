"""A pane that scrolls over rows of any number and any height, on Textual's Line API."""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from client_tui.core.viewport import Anchor, Viewport
from client_tui.render.spans import Line, Role, fit
from client_tui.ui import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType
    from textual.scrollbar import ScrollDown, ScrollUp

_WHEEL_LINES = 3


class AnchoredView(ScrollView, can_focus=True):
    """Shows the lines of rows; a subclass knows the rows, how tall each is and how a line of it looks.

    The place is an anchor (see `core.viewport`), so neither a million rows nor a row that
    grows costs more than what is seen. The scrollbar is told an estimate: exact where all
    rows are one line tall, close where they are not.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {*Role, "row--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.LINES)

    def __init__(self, *, can_follow: bool, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.viewport = Viewport(self.measure, can_follow=can_follow)
        self.cursor = 0
        """The row that is selected, from 0."""
        self._visible: list[Anchor] = []
        self._styles: dict[tuple[Role, bool], Style] = {}
        self._lines_a_row = 1.0
        self._moving_scrollbar = False

    def row_count(self) -> int:
        """Return how many rows there are."""
        raise NotImplementedError

    def measure(self, row: int) -> int:
        """Return how many lines a row takes, at least 1."""
        raise NotImplementedError

    def line(self, row: int, line: int) -> Line:
        """Return one line of a row as spans; it is cut and filled to the pane's width."""
        raise NotImplementedError

    # ------------------------------------------------------------------ what is seen

    def update_rows(self) -> None:
        """Show what has changed: rows that came, heights that are others, a pane of a new size."""
        viewport = self.viewport
        viewport.resize(self.scrollable_content_region.height, self.row_count())
        viewport.settle()
        self.cursor = max(0, min(self.cursor, viewport.count - 1))
        self.repaint()

    def repaint(self) -> None:
        """Paint the window as it stands, and put the scrollbar beside it."""
        self._visible = self.viewport.visible()
        rows = self._visible[-1].row - self._visible[0].row + 1 if self._visible else 1
        self._lines_a_row = max(1.0, len(self._visible) / rows)
        self._move_scrollbar()
        self.refresh()
        self.viewport_changed()

    def _move_scrollbar(self) -> None:
        """Tell the scrollbar where the window stands, without being told the same by it."""
        self._moving_scrollbar = True
        position = self.viewport.position * self._lines_a_row
        height = math.ceil(self.viewport.last_position * self._lines_a_row) + self.viewport.height
        self._make_scrollable(height)
        self.scroll_to(y=position, animate=False, force=True, immediate=True)
        self.vertical_scrollbar.position = position  # it may come into being with the next layout only
        self._moving_scrollbar = False

    def _make_scrollable(self, height: int) -> None:
        """Let the scrollbar run over so many lines; only where it comes or goes is all laid out anew."""
        if self.show_vertical_scrollbar and height > self.container_size.height:
            self.set_reactive(AnchoredView.virtual_size, Size(0, height))
            self.vertical_scrollbar.window_virtual_size = height
        else:
            self.virtual_size = Size(0, height)

    def viewport_changed(self) -> None:
        """Tell a subclass that the window has moved or shows something else."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow the scrollbar when it is the one that moves."""
        super().watch_scroll_y(old_value, new_value)
        if not self._moving_scrollbar and old_value != new_value:
            if new_value >= self.max_scroll_y:
                self.viewport.to_end()
            else:
                self.viewport.to_position(new_value / self._lines_a_row)
            self._visible = self.viewport.visible()
            self.refresh()
            self.viewport_changed()

    def on_resize(self) -> None:
        """Fit the window to the pane."""
        with self.place_kept():
            pass

    @contextmanager
    def place_kept(self) -> Iterator[None]:
        """Change what rows there are, or the room they take: a cursor in sight stays in sight."""
        in_sight = self.is_in_sight(self.cursor)
        yield
        self.update_rows()
        if in_sight and not self.viewport.following:
            self.select(self.cursor)

    def render_line(self, y: int) -> Strip:
        """Return one line of the window as a strip of exactly the pane's width (Line API)."""
        width = self.scrollable_content_region.width
        if y >= len(self._visible):
            return Strip.blank(width, self.rich_style)
        return self.strip(*self._visible[y], width)

    def strip(self, row: int, line: int, width: int) -> Strip:
        """Return one line of a row as a strip of so many cells."""
        return self._strip(fit(self.line(row, line), width), highlighted=self.is_highlighted(row, line))

    def is_highlighted(self, row: int, line: int) -> bool:  # noqa: ARG002 - for subclasses that tell lines apart
        """Tell whether a line has the cursor's colour."""
        return row == self.cursor and self.shows_cursor

    @property
    def shows_cursor(self) -> bool:
        """Whether the cursor can be seen."""
        return self.has_focus

    def _strip(self, line: Line, *, highlighted: bool) -> Strip:
        style = self._style
        return Strip([Segment(text, style(role, highlighted=highlighted)) for text, role in line])

    def _style(self, role: Role, *, highlighted: bool) -> Style:
        """Return the style of a role; it is looked up for every piece of every line, so it is kept."""
        kept = self._styles.get((role, highlighted))
        if kept is None:
            base = self.get_component_rich_style("row--cursor") if highlighted else self.rich_style
            kept = self._styles[role, highlighted] = base + self.get_component_rich_style(role, partial=True)
        return kept

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        self._styles.clear()
        super().notify_style_update()

    # ------------------------------------------------------------------ moving about

    def select(self, row: int) -> None:
        """Put the cursor on a row, and the row into the window; one that fills it already stays as it is."""
        if not self.viewport.count:
            return
        self.cursor = max(0, min(row, self.viewport.count - 1))
        if not (self._is_too_tall(self.cursor) and self.is_in_sight(self.cursor)):
            self.viewport.reveal(self.cursor)
        self.repaint()

    def scroll_lines(self, lines: int) -> None:
        """Move the window by so many lines, down or up where negative."""
        self.viewport.scroll(lines)
        self.repaint()

    def action_cursor(self, rows: int) -> None:
        """Move the cursor by rows; one that is taller than the window is scrolled through, either way."""
        row = self.cursor + rows
        if self._is_too_tall(self.cursor) and not self._edgeis_in_sight(rows):
            self.scroll_lines(rows)
        elif rows < 0 and self._is_too_tall(row) and not self.is_in_sight(row):
            self.scroll_lines(rows)
            self.select(row)
        else:
            self.select(row)

    def _is_too_tall(self, row: int) -> bool:
        return 0 <= row < self.viewport.count and self.measure(row) > self.viewport.height

    def is_in_sight(self, row: int) -> bool:
        """Tell whether any line of a row is in the window."""
        return any(anchor.row == row for anchor in self._visible)

    def _edgeis_in_sight(self, direction: int) -> bool:
        edge = self.measure(self.cursor) - 1 if direction > 0 else 0
        return Anchor(self.cursor, edge) in self._visible

    def action_page(self, pages: int) -> None:
        """Move the window by pages, and the cursor with it."""
        self.viewport.scroll(pages * max(1, self.viewport.height - 1))
        visible = self.viewport.visible()
        if visible:
            edge = visible[-1] if pages > 0 else visible[0]
            self.cursor = edge.row
        self.repaint()

    def action_start(self) -> None:
        """Go to the first row."""
        self.viewport.to_start()
        self.cursor = 0
        self.repaint()

    def action_end(self) -> None:
        """Go to the last row, and follow what comes."""
        self.viewport.to_end()
        self.cursor = max(0, self.viewport.count - 1)
        self.repaint()

    # ------------------------------------------------------------------ the mouse

    def row_at(self, event: events.MouseEvent) -> int | None:
        """Return the row under the mouse, or None beside the rows."""
        offset = event.get_content_offset(self)
        if offset is None or not 0 <= offset.y < len(self._visible):
            return None
        return self._visible[offset.y].row

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by lines, where Textual would move the scrollbar."""
        event.stop()
        event.prevent_default()
        self.scroll_lines(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by lines, where Textual would move the scrollbar."""
        event.stop()
        event.prevent_default()
        self.scroll_lines(-_WHEEL_LINES)

    def on_scroll_up(self, event: ScrollUp) -> None:
        """Turn a page where the scrollbar was clicked above its handle."""
        event.stop()
        event.prevent_default()
        self.action_page(-1)

    def on_scroll_down(self, event: ScrollDown) -> None:
        """Turn a page where the scrollbar was clicked below its handle."""
        event.stop()
        event.prevent_default()
        self.action_page(1)
