"""The history pane: the transcript's rows, and what the user does with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.message import Message

from client_tui.ui import keys
from client_tui.ui.clipboard import copy_entry
from client_tui.ui.entry_rows import EntryRows
from client_tui.ui.lookups import Lookups

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.binding import BindingType
    from textual.timer import Timer

    from client_tui.core.frame import Entry
    from client_tui.core.needle import Needle
    from client_tui.core.query import Mistake
    from client_tui.core.transcript import Transcript
    from client_tui.render.times import Times
    from client_tui.ui.lookups import Lookup, MakeFinder


# What JSON begins with, but for words: those keys mean something in the history.
_JSON_BEGINS: Final = (
    *(("left_curly_bracket", "{"), ("left_square_bracket", "["), ("quotation_mark", '"'), ("minus", "-")),
    *((digit, digit) for digit in "0123456789"),
)
LANDING_SECONDS: Final = 0.5
"""How long a search waits for what is newest to be looked at, before it goes to what it has found."""


class HistoryPane(EntryRows):
    """The transcript's rows, with what is done with them: read, copied, filtered, searched."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings(keys.Scope.HISTORY),
        # Before the keys behind it, as the commands that move the focus are: see keys.Command.
        *(Binding(key, f"hand_over({char!r})", show=False, priority=True) for key, char in _JSON_BEGINS),
    ]

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

    class Filtered(Message):
        """The filter found more, or is another one: `text`, "" where all is shown.

        `count` of the transcript's entries are shown so far, of `looked_at` entries out of
        `total`. `mistake` is what is wrong with the expression: then another one is in force.
        `words` say why no more is looked at, where that has a reason. `unread` of them are too
        large for jq.
        """

        def __init__(self, asked: Lookup | None, count: int, total: int) -> None:
            super().__init__()
            self.text = asked.text if asked is not None else ""
            self.count = count
            self.looked_at = asked.findings.looked_at if asked is not None else total
            self.total = total
            self.mistake: Mistake | None = asked.mistake if asked is not None else None
            self.words = asked.words if asked is not None else ""
            self.unread = asked.unread if asked is not None else 0
            self.is_done = self.looked_at >= total

        def can_replace(self, message: Message) -> bool:
            """Only the newest count is of interest."""
            return isinstance(message, HistoryPane.Filtered)

    class Searched(Message):
        """The search found more, or its cursor moved: hit `ordinal` (from 1) of `count`.

        `words` say why no more is looked at, where that has a reason.
        """

        def __init__(self, ordinal: int | None, count: int, *, is_done: bool, words: str = "") -> None:
            super().__init__()
            self.ordinal = ordinal
            self.count = count
            self.is_done = is_done
            self.words = words

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
        times: Times,
        make_finder: MakeFinder,
        hand_over: Callable[[str], None],
        id: str | None = None,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(
            transcript, pretty=pretty, fold=fold, control_frames=control_frames, times=times, id=id
        )
        self._lookups = Lookups(make_finder, filtered=self._filtered, searched=self._searched)
        self._lookups.control_frames = control_frames
        self._hand_over = hand_over
        self._wanted: int | None = None
        self._goes_to_hit = False
        self._origin = 0
        self._landed = -1
        self._landing: Timer | None = None

    async def on_unmount(self) -> None:
        """End what looks for things."""
        await self._lookups.close()

    @property
    def needle(self) -> Needle | None:
        """What is searched for; it is marked wherever it stands."""
        return self._lookups.needle

    @property
    def shows_cursor(self) -> bool:
        """Whether the cursor can be seen; while something is looked for, it is on what was found."""
        return super().shows_cursor or self.is_searching

    def select(self, row: int) -> None:
        """Put the cursor on a row."""
        self._wanted = None
        super().select(row)

    def take_in(self) -> None:
        """Show what the transcript has gained, and look for things in it too."""
        super().take_in()
        self._lookups.look_on()

    def action_toggle_density(self) -> None:
        """Show frames a line each, or laid out; what was found stays in sight."""
        super().action_toggle_density()
        search = self._lookups.search
        if search is not None and self.selected is not None and search.findings.ordinal(self.selected):
            self._reveal_hit(self.selected)

    def action_toggle_control_frames(self) -> None:
        """Show or hide pings, pongs and close frames, and find them, or not."""
        super().action_toggle_control_frames()
        self._lookups.show_control_frames(self.shows_control_frames)

    # ------------------------------------------------------------------ the cursor

    def action_copy(self) -> None:
        """Copy the entry under the cursor, a frame as it was on the wire."""
        if self.selected is not None:
            copy_entry(self.app, self.transcript[self.selected])

    def action_reuse(self) -> None:
        """Ask for the frame under the cursor to be put into the composer."""
        if self.selected is not None:
            self.post_message(self.Reuse(self.transcript[self.selected]))

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

    def action_hand_over(self, character: str) -> None:
        """Hand what is typed on, with the focus: whoever types JSON means the composer."""
        self._hand_over(character)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    # ------------------------------------------------------------------ the filter

    def prepare(self) -> None:
        """Get ready to look for something: it is about to be typed."""
        self._lookups.prepare()

    def filter(self, text: str) -> None:
        """Show only what matches `text` (see `core.query`); "" shows everything again."""
        if self._wanted is None:
            self._wanted = self.selected
        self._lookups.ask_filter(text)

    @property
    def filter_text(self) -> str:
        """The filter in force; "" where there is none."""
        return self._lookups.filter.text if self._lookups.filter is not None else ""

    def cancel_filter(self) -> None:
        """Look no further; what was found stays."""
        self._lookups.cancel_filter()

    @property
    def has_looked(self) -> bool:
        """Whether every entry was looked at for the filter and the search, and is shown if it is to be."""
        return not self.is_behind and self._lookups.are_done(len(self.transcript))

    def _filtered(self) -> None:
        """Show what the filter lets through by now."""
        applied = self._lookups.filter
        wanted = self._wanted
        with self.entries_kept(wanted):
            self.view.narrow(applied.findings if applied is not None else None)
        current = self._lookups.asked or applied
        total = len(self.transcript)
        is_done = current is None or current.findings.is_done(total)
        self._wanted = None if is_done else wanted
        self.post_message(self.Filtered(current, len(self.view), total))

    # ------------------------------------------------------------------ search

    @property
    def is_searching(self) -> bool:
        """Whether something is looked for."""
        return self._lookups.needle is not None

    def search(self, text: str) -> None:
        """Mark every match of `text`, and go to the newest at or before the cursor; "" ends the search.

        A text that is typed on is looked for from where the cursor was when it was begun.
        """
        if not self.is_searching or self.selected != self._landed:
            self._origin = self.index_from(self.cursor)
        self._goes_to_hit = bool(text)
        self._lookups.ask_search(text)
        if self._landing is not None:
            self._landing.stop()
        self._landing = self.set_timer(LANDING_SECONDS, self._land) if text else None
        self.refresh()

    def _searched(self) -> None:
        """Go to a hit where all was looked at up to where the search began, and tell of all."""
        search = self._lookups.search
        if search is None:
            self.post_message(self.Searched(None, 0, is_done=True))
            return
        findings = search.findings
        if findings.high > self._origin or findings.is_done(len(self.transcript)):
            self._land()
        self._tell(search)

    def _land(self) -> None:
        """Go to the newest hit at or before where the search began, or to the last where there is none."""
        search = self._lookups.search
        if search is None or not self._goes_to_hit:
            return
        hit = search.findings.before(self._origin + 1)
        if hit is not None and (hit <= self._origin or search.findings.is_done(len(self.transcript))):
            self._goes_to_hit = False
            self._reveal_hit(hit)
            self._landed = hit

    def find(self, direction: int) -> None:
        """Go to the next match (1) or to the one before (-1); behind the last comes the first."""
        search, selected = self._lookups.search, self.selected
        if search is None or selected is None:
            return
        findings = search.findings
        hit = findings.after(selected) if direction > 0 else findings.before(selected)
        if hit is not None:
            self._reveal_hit(hit)
        self._landed = -1
        self._goes_to_hit = False
        self._tell(search)

    def _reveal_hit(self, index: int) -> None:
        """Put the cursor on a hit, and what was found into the window; stop following, to stay there."""
        assert self._lookups.needle is not None  # noqa: S101 - it was found by it
        self.cursor = self.view.row(index)
        self.viewport.following = False
        self.layouts.conceal()
        line = self.layouts.reveal(index, self._lookups.needle)
        self.viewport.settle()
        self.viewport.reveal_line(self.cursor, line)
        self.viewport.following = False
        self.repaint()

    def _tell(self, search: Lookup) -> None:
        findings = search.findings
        ordinal = findings.ordinal(self.selected) if self.selected is not None else None
        is_done = findings.is_done(len(self.transcript))
        self.post_message(self.Searched(ordinal, len(findings.hits), is_done=is_done, words=search.words))
