"""The rows of a transcript's entries, however many there are: a line each or laid out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from textual import work
from textual.cache import LRUCache
from textual.message import Message

from client_tui.core.frame import Frame
from client_tui.core.view import View
from client_tui.core.viewport import Anchor
from client_tui.render import rows
from client_tui.render.rows import Columns, Shape
from client_tui.render.spans import Role, Span
from client_tui.render.times import Times, time_words
from client_tui.render.viewers import viewer_for
from client_tui.threads import in_thread
from client_tui.ui.anchored import AnchoredView
from client_tui.ui.layouts import Layouts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.strip import Strip

    from client_tui.core.needle import Needle
    from client_tui.core.transcript import Transcript
    from client_tui.render.rows import Row
    from client_tui.render.spans import Line

# A repaint costs some milliseconds, and nobody reads more pictures a second than this.
REPAINT_SECONDS: Final = 1 / 30
FLOOD: Final = 500
"""With so many rows more, a picture is a blur anyhow: the time between two belongs to the frames."""
FLOOD_PAUSES: Final = 5
"""How many repaints are left out in a flood that does not pause."""
TYPING_PAUSES: Final = 3
"""How many repaints are left out while somebody types: a key would wait for the whole pane."""
_CURSOR_BAR: Final = "▎"
_KEPT_WINDOWS: Final = 2
"""How many windows of strips are kept. They hold one another: many that are old make the collector slow."""


class EntryRows(AnchoredView):
    """Shows a view of a transcript, and follows its end.

    Whoever appends to the transcript calls `touch`; the pane repaints at once, and after
    that at most thirty times a second; in a flood, or while somebody types, seldom, but at once
    when nothing comes for a moment.
    """

    class TookIn(Message):
        """The pane shows what the transcript has gained."""

    class Moved(Message):
        """The window moved or shows something else; `below` rows came that have not been seen yet."""

        def __init__(self, below: int) -> None:
            super().__init__()
            self.below = below

        def can_replace(self, message: Message) -> bool:
            """Only the newest place is of interest."""
            return isinstance(message, EntryRows.Moved)

    def __init__(
        self,
        transcript: Transcript,
        *,
        pretty: bool,
        fold: int,
        control_frames: bool,
        times: Times,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(can_follow=True, id=id)
        self.transcript = transcript
        self.times = times
        """What the time column tells."""
        self.view = View(transcript, control_frames=control_frames)
        """Which entries have rows."""
        self.layouts = Layouts(transcript, pretty=pretty, fold=fold)
        """How they are laid out."""
        self._seen = 0
        self._repaint_is_due = False
        self._pauses = 0  # how many repaints are left out from now on
        self._has_given_way = False  # since the last repaint
        self._known = 0  # how many entries there were at the last look
        self._strips: LRUCache[tuple[int, int, int], tuple[Row, Strip]] = LRUCache(1)

    @property
    def needle(self) -> Needle | None:
        """What is marked wherever it stands."""
        return None

    # ------------------------------------------------------------------ rows

    def row_count(self) -> int:
        """Return how many entries are shown."""
        return len(self.view)

    def measure(self, row: int) -> int:
        """Return how many lines an entry takes as it is unfolded now."""
        return self.layouts.height(self.view.index(row))

    def line(self, row: int, line: int) -> Line:
        """Return one line of an entry."""
        columns = Columns.of(self.scrollable_content_region.width)
        is_at_cursor = row == self.cursor
        laid_out = self.layouts.row(self.view.index(row))
        time = self._time(row, columns.time)
        spans = rows.render(laid_out, line, columns, self.needle, time=time, reveal=is_at_cursor)
        if line and is_at_cursor and self.shows_cursor:
            spans[0] = Span(_CURSOR_BAR + spans[0].text[1:], Role.SENT)
        return spans

    def strip(self, row: int, line: int, width: int) -> Strip:
        """Return one line of an entry as a strip.

        Most of a picture is as it was in the one before, a few lines further down. So strips are
        kept that look the same wherever they stand; Textual keeps with them what it makes of them.
        """
        is_marked = self.needle is not None or (row == self.cursor and self.shows_cursor)
        if is_marked or self.times is Times.BEFORE:
            return super().strip(row, line, width)
        index = self.view.index(row)
        laid_out = self.layouts.row(index)
        kept = self._strips.get((index, line, width))
        if kept is None or kept[0] is not laid_out:
            kept = self._strips[index, line, width] = laid_out, super().strip(row, line, width)
        return kept[1]

    def on_resize(self) -> None:
        """Have room for the strips that a picture shares with the one before; see `AnchoredView` too."""
        self._strips.grow(_KEPT_WINDOWS * self.size.height)

    def notify_style_update(self) -> None:
        """Forget the strips of another theme."""
        self._strips.clear()
        super().notify_style_update()

    def _time(self, row: int, cells: int) -> str:
        at = self.transcript.at
        before = at(self.view.index(row - 1)) if row else None
        return time_words(self.times, at(self.view.index(row)), at(0), before, cells)

    def is_highlighted(self, row: int, line: int) -> bool:
        """Colour the first line only: a tall entry has a bar down its side instead."""
        return line == 0 and super().is_highlighted(row, line)

    # ------------------------------------------------------------------ what comes in

    @property
    def is_behind(self) -> bool:
        """Whether the transcript has entries that the pane has not taken in yet."""
        return self.view.is_behind

    def touch(self) -> None:
        """Show soon what the transcript has gained."""
        if not self._repaint_is_due:
            self._repaint_is_due = True
            self.call_later(self._catch_up)

    def give_way(self) -> None:
        """Let what is typed be painted first: put the next repaint off, but once only."""
        if not self._has_given_way:
            self._has_given_way = True
            self._pauses = max(self._pauses, TYPING_PAUSES)

    def _catch_up(self) -> None:
        self._has_given_way = False
        before = self.row_count()
        self.take_in()
        self.post_message(self.TookIn())
        self._pauses = FLOOD_PAUSES if self.row_count() - before > FLOOD else 0
        self._repaint_later()

    def _repaint_later(self) -> None:
        self._known = len(self.transcript)
        self.set_timer(REPAINT_SECONDS, self._repaint_again)

    def take_in(self) -> None:
        """Show what the transcript has gained."""
        on_last = self.cursor >= self.viewport.count - 1
        self.view.update()
        if on_last and self.viewport.following:
            self.cursor = len(self.view) - 1
        self.update_rows()

    def _repaint_again(self) -> None:
        """Allow the next repaint, and make it at once where something came meanwhile."""
        if self._pauses and len(self.transcript) > self._known:
            self._pauses -= 1
            self._repaint_later()
            return
        self._repaint_is_due = False
        if self.is_behind:
            self.touch()

    def viewport_changed(self) -> None:
        """Tell how many rows below the window have never been in it."""
        if self._visible:
            self._seen = max(self._seen, self._visible[-1].row + 1)
        if self.viewport.following:
            self._seen = self.viewport.count
        self.post_message(self.Moved(self.viewport.count - self._seen))

    def select(self, row: int) -> None:
        """Put the cursor on a row; on any but the last one, the pane stops following."""
        super().select(row)
        self.viewport.following = self.viewport.at_end and self.cursor == self.viewport.count - 1
        self.viewport_changed()

    # ------------------------------------------------------------------ what is shown

    @property
    def pretty(self) -> bool:
        """Whether frames are laid out; otherwise they take a line each."""
        return self.layouts.pretty

    def action_toggle_density(self) -> None:
        """Show frames a line each, or laid out."""
        with self.place_kept():
            self.layouts.toggle_density()

    def action_next_times(self) -> None:
        """Count times from something else: as a clock does, from the start, or from the row before."""
        self.times = self.times.following
        self._strips.clear()
        self.refresh()

    def action_toggle_control_frames(self) -> None:
        """Show or hide pings, pongs and close frames; what is seen, and what was, stays so."""
        with self.entries_kept():
            self.view.show_control_frames(not self.view.control_frames)

    @contextmanager
    def entries_kept(self, selected: int | None = None) -> Iterator[None]:
        """Change which entries have rows: those at the window's top and under the cursor stay there.

        `selected` is the index of the entry to be under the cursor, where that is another one.
        """
        top, line = self.viewport.top
        kept = [self.index_from(row) for row in (top, self.cursor, self._seen)]
        if selected is not None:
            kept[1] = selected
        with self.place_kept():
            yield
            top, self.cursor, self._seen = map(self.view.row, kept)
            self.viewport.top = Anchor(top, line if self.index_from(top) == kept[0] else 0)
            if self.viewport.following:
                self.cursor = len(self.view) - 1

    def index_from(self, row: int) -> int:
        """Return the index of the entry on a row, or the first index behind the last row."""
        if row < len(self.view):
            return self.view.index(row)
        return self.view.index(len(self.view) - 1) + 1 if len(self.view) else 0

    @property
    def shows_control_frames(self) -> bool:
        """Whether pings, pongs and close frames have rows."""
        return self.view.control_frames

    def action_unfold(self) -> None:
        """Unfold the entry under the cursor where it stands, or fold it again."""
        index = self.selected
        if index is None:
            return
        shape = self.layouts.next_shape(index)
        if shape is Shape.FULL and self.layouts.is_large(index):
            self._unfold_large(index)
        else:
            self._reshape(index, shape)

    @work(group="unfold", exclusive=True)
    async def _unfold_large(self, index: int) -> None:
        """Lay a large frame out in a thread; its viewer keeps the lines for the row that asks next."""
        entry = self.transcript[index]
        assert isinstance(entry, Frame)  # noqa: S101 - notices are small
        await in_thread(lambda: viewer_for(entry).lines(entry), name="unfold")
        self._reshape(index, Shape.FULL)

    def _reshape(self, index: int, shape: Shape | None) -> None:
        self.viewport.following = False
        with self.place_kept():
            self.layouts.reshape(index, shape)
        if index == self.selected:
            self.viewport.reveal(self.cursor)
            self.select(self.cursor)

    # ------------------------------------------------------------------ the cursor

    @property
    def selected(self) -> int | None:
        """The transcript's index of the entry under the cursor, None where there is none."""
        return self.view.index(self.cursor) if self.cursor < len(self.view) else None

    def step(self, index: int, rows_on: int) -> int:
        """Put the cursor so many rows after the entry with `index`, and return the index of the one there."""
        self.select(self.view.row(index) + rows_on)
        return self.view.index(self.cursor)

    def go_to(self, index: int) -> None:
        """Put the cursor on an entry, or where it is not shown, on the first shown one after it.

        One that was out of sight comes with what was before and after it.
        """
        row = self.view.row(index)
        if not self.is_in_sight(row):
            self.viewport.to_position(row)
            self.viewport.scroll(-(self.viewport.height // 3))
        self.select(row)
