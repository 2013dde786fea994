"""The history pane: the transcript, a row an entry, however many there are."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, work
from textual.message import Message

from client_tui.core.frame import Entry, Frame
from client_tui.core.search import Search
from client_tui.core.view import Needle, View, is_conversation
from client_tui.core.viewport import Anchor
from client_tui.render import rows
from client_tui.render.rows import Columns, Shape
from client_tui.render.spans import Role, Span
from client_tui.render.viewers import viewer_for
from client_tui.threads import in_thread
from client_tui.ui import keys
from client_tui.ui.anchored import AnchoredView
from client_tui.ui.clipboard import copy_entry
from client_tui.ui.layouts import Layouts

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from client_tui.core.transcript import Transcript
    from client_tui.render.spans import Line

# A repaint costs some milliseconds, and nobody reads more pictures a second than this.
REPAINT_SECONDS: Final = 1 / 30
_CURSOR_BAR: Final = "▎"
_SEARCH_ROWS: Final = 5_000


def _all(_entry: Entry) -> bool:
    return True


class HistoryPane(AnchoredView):
    """Shows a view of the transcript, follows its end, and finds texts in it.

    Whoever appends to the transcript calls `touch`; the pane repaints at once, and after
    that at most thirty times a second.
    """

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.HISTORY)

    class Inspect(Message):
        """The user wants to see an entry in full."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Reuse(Message):
        """The user wants a frame in the composer."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    class Moved(Message):
        """The window moved or shows something else; `below` rows came that have not been seen yet."""

        def __init__(self, below: int) -> None:
            super().__init__()
            self.below = below

        def can_replace(self, message: Message) -> bool:
            """Only the newest place is of interest."""
            return isinstance(message, HistoryPane.Moved)

    class Searched(Message):
        """The search found more, or its cursor moved: hit `ordinal` (from 1) of `count`."""

        def __init__(self, ordinal: int | None, count: int, *, is_done: bool) -> None:
            super().__init__()
            self.ordinal = ordinal
            self.count = count
            self.is_done = is_done

        def can_replace(self, message: Message) -> bool:
            """Only the newest count is of interest."""
            return isinstance(message, HistoryPane.Searched)

    def __init__(
        self,
        transcript: Transcript,
        *,
        pretty: bool,
        fold: int,
        control_frames: bool,
        hand_over: Callable[[str], None],
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(can_follow=True, id=id)
        self._transcript = transcript
        self._control_frames = control_frames
        self._view = View(transcript, self._accept)
        self._hand_over = hand_over
        self._hands_over = False
        self._layouts = Layouts(transcript, pretty=pretty, fold=fold)
        self._seen = 0
        self._search: Search | None = None
        self._search_is_due = False
        self._goes_to_hit = False
        self._origin = 0
        self._landed = -1
        self._repaint_is_due = False

    @property
    def _accept(self) -> Callable[[Entry], bool]:
        return _all if self._control_frames else is_conversation

    # ------------------------------------------------------------------ rows

    def row_count(self) -> int:
        """Return how many entries are shown."""
        return len(self._view)

    def measure(self, row: int) -> int:
        """Return how many lines an entry takes as it is unfolded now."""
        return self._layouts.height(self._view.index(row))

    def line(self, row: int, line: int) -> Line:
        """Return one line of an entry."""
        columns = Columns.of(self.scrollable_content_region.width)
        needle = self._search.needle if self._search is not None else None
        is_at_cursor = row == self.cursor
        laid_out = self._layouts.row(self._view.index(row))
        spans = rows.render(laid_out, line, columns, needle, reveal=is_at_cursor)
        if line and is_at_cursor and self.shows_cursor:
            spans[0] = Span(_CURSOR_BAR + spans[0].text[1:], Role.SENT)
        return spans

    @property
    def shows_cursor(self) -> bool:
        """Whether the cursor can be seen; while something is looked for, it is on what was found."""
        return super().shows_cursor or self._search is not None

    def is_highlighted(self, row: int, line: int) -> bool:
        """Colour the first line only: a tall entry has a bar down its side instead."""
        return line == 0 and super().is_highlighted(row, line)

    # ------------------------------------------------------------------ what comes in

    @property
    def is_behind(self) -> bool:
        """Whether the transcript has entries that the pane has not taken in yet."""
        return self._view.is_behind

    def touch(self) -> None:
        """Show soon what the transcript has gained."""
        if not self._repaint_is_due:
            self._repaint_is_due = True
            self.call_later(self._catch_up)

    def _catch_up(self) -> None:
        on_last = self.cursor >= self.viewport.count - 1
        self._view.update()
        if on_last and self.viewport.following:
            self.cursor = len(self._view) - 1
        self.update_rows()
        if self._search is not None:
            self._search_soon()
        self.set_timer(REPAINT_SECONDS, self._repaint_again)

    def _repaint_again(self) -> None:
        """Allow the next repaint, and make it at once where something came meanwhile."""
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
        return self._layouts.pretty

    def action_toggle_density(self) -> None:
        """Show frames a line each, or laid out."""
        with self.place_kept():
            self._layouts.toggle_density()
        if self._search is not None and self._search.ordinal(self.cursor):
            self._go_to(self._search, self.cursor)

    def action_toggle_control_frames(self) -> None:
        """Show or hide pings, pongs and close frames; what is seen, and what was, stays so."""
        top, line = self.viewport.top
        kept = [self._index_from(row) for row in (top, self.cursor, self._seen)]
        with self.place_kept():
            self._control_frames = not self._control_frames
            self._view.refilter(self._accept)
            top, self.cursor, self._seen = map(self._view.row, kept)
            self.viewport.top = Anchor(top, line if self._index_from(top) == kept[0] else 0)
            if self._search is not None:
                self._search = Search(self._view, self._search.needle)
                self._search_soon()

    def _index_from(self, row: int) -> int:
        """Return the index of the entry on a row, or the first index behind the last row."""
        if row < len(self._view):
            return self._view.index(row)
        return self._view.index(len(self._view) - 1) + 1 if len(self._view) else 0

    @property
    def shows_control_frames(self) -> bool:
        """Whether pings, pongs and close frames have rows."""
        return self._control_frames

    def action_unfold(self) -> None:
        """Unfold the entry under the cursor where it stands, or fold it again."""
        index = self.selected
        if index is None:
            return
        shape = self._layouts.next_shape(index)
        if shape is Shape.FULL and self._layouts.is_large(index):
            self._unfold_large(index)
        else:
            self._reshape(index, shape)

    @work(group="unfold", exclusive=True)
    async def _unfold_large(self, index: int) -> None:
        """Lay a large frame out in a thread; its viewer keeps the lines for the row that asks next."""
        entry = self._transcript[index]
        assert isinstance(entry, Frame)  # noqa: S101 - notices are small
        await in_thread(lambda: viewer_for(entry).lines(entry), name="unfold")
        self._reshape(index, Shape.FULL)

    def _reshape(self, index: int, shape: Shape | None) -> None:
        self.viewport.following = False
        with self.place_kept():
            self._layouts.reshape(index, shape)
        if index == self.selected:
            self.viewport.reveal(self.cursor)
            self.select(self.cursor)

    # ------------------------------------------------------------------ the cursor

    @property
    def selected(self) -> int | None:
        """The transcript's index of the entry under the cursor, None where there is none."""
        return self._view.index(self.cursor) if self.cursor < len(self._view) else None

    def step(self, index: int, rows_on: int) -> int:
        """Put the cursor so many rows after the entry with `index`, and return the index of the one there."""
        self.select(self._view.row(index) + rows_on)
        return self._view.index(self.cursor)

    def action_copy(self) -> None:
        """Copy the entry under the cursor, a frame as it was on the wire."""
        if self.selected is not None:
            copy_entry(self.app, self._transcript[self.selected])

    def action_reuse(self) -> None:
        """Ask for the frame under the cursor to be put into the composer."""
        if self.selected is not None:
            self.post_message(self.Reuse(self._transcript[self.selected]))

    def action_inspect(self) -> None:
        """Open the entry under the cursor in full."""
        if self.selected is not None:
            self.post_message(self.Inspect(self.selected))

    def on_click(self, event: events.Click) -> None:
        """Select the row that was clicked; open it on a double click."""
        row = self.row_at(event)
        if row is None:
            return
        if event.chain == 1:
            self.select(row)
        else:
            self.action_inspect()

    def on_key(self, event: events.Key) -> None:
        """Hand what is typed to the composer: whoever types JSON means it."""
        if not event.is_printable or not event.character:
            return
        if self._hands_over or event.character in '{["-0123456789':
            self._hands_over = True  # and with it what was typed behind it, before the focus could move
            event.stop()
            self._hand_over(event.character)  # at once: the next key may reach the composer itself

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._hands_over = False
        self.refresh()

    # ------------------------------------------------------------------ search

    @property
    def is_searching(self) -> bool:
        """Whether something is looked for."""
        return self._search is not None

    def search(self, text: str) -> None:
        """Mark every match of `text`, and go to the newest at or before the cursor; "" ends the search.

        A text that is typed on is looked for from where the cursor was when it was begun.
        """
        if self._search is None or self.cursor != self._landed:
            self._origin = self.cursor
        self._search = Search(self._view, Needle(text)) if text else None
        self.refresh()
        if self._search is None:
            self.post_message(self.Searched(None, 0, is_done=True))
        else:
            self._goes_to_hit = True
            self._search_soon()

    def _search_soon(self) -> None:
        if not self._search_is_due:
            self._search_is_due = True
            self.call_later(self._look_further)

    async def _look_further(self) -> None:
        """Search a stretch, and go on when the event loop has turned to all that waits."""
        self._search_is_due = False
        search = self._search
        if search is None:
            return
        search.step(_SEARCH_ROWS)
        if not search.is_done:
            await asyncio.sleep(0)
            self._search_soon()
        elif self._goes_to_hit:
            self._goes_to_hit = False
            self._go_to(search, search.before(self._origin + 1))
            self._landed = self.cursor
        self._tell(search)

    def find(self, direction: int) -> None:
        """Go to the next match (1) or to the one before (-1); behind the last comes the first."""
        search = self._search
        if search is not None:
            self._go_to(search, search.after(self.cursor) if direction > 0 else search.before(self.cursor))
            self._landed = -1
            self._tell(search)

    def _go_to(self, search: Search, row: int | None) -> None:
        """Put the cursor on a hit, and what was found into the window; stop following, to stay there."""
        if row is None:
            return
        self.cursor = row
        self.viewport.following = False
        self._layouts.conceal()
        line = self._layouts.reveal(self._view.index(row), search.needle)
        self.viewport.settle()
        self.viewport.reveal_line(row, line)
        self.viewport.following = False
        self.repaint()

    def _tell(self, search: Search) -> None:
        ordinal = search.ordinal(self.cursor)
        self.post_message(self.Searched(ordinal, len(search.hits), is_done=search.is_done))
