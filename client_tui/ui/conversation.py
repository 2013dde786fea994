"""What every conversation has, live or recorded: the history, and the lines to filter and search it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from client_tui.core.frame import Notice
from client_tui.record.secrets import Cover
from client_tui.render.times import Times
from client_tui.ui import keys
from client_tui.ui.export_sheet import Export, ExportSheet
from client_tui.ui.filter_bar import FilterBar
from client_tui.ui.history import HistoryPane
from client_tui.ui.inspector import Inspected, Inspector
from client_tui.ui.place_bar import PlaceBar
from client_tui.ui.search_bar import SearchBar

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from client_tui.core.frame import Entry
    from client_tui.core.transcript import Transcript
    from client_tui.record.lines import Header
    from client_tui.settings import Settings
    from client_tui.ui.lookups import MakeFinder


class ConversationScreen(Screen[None]):
    """Shows a transcript; what stands above and below its panes is a subclass's business.

    `make_finder` makes what looks for things in the transcript's entries.
    """

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.CONVERSATION)

    def __init__(self, settings: Settings, transcript: Transcript, make_finder: MakeFinder) -> None:
        super().__init__()
        self.settings = settings
        self.transcript = transcript
        self._make_finder = make_finder

    def panes(self) -> ComposeResult:
        """Lay out what every conversation has, from the top down."""
        settings = self.settings
        yield FilterBar(id="filter")
        with Vertical(id="conversation"):
            yield HistoryPane(
                self.transcript,
                pretty=settings.density == "pretty",
                fold=settings.fold_lines,
                control_frames=settings.show_control_frames,
                times=Times(settings.times),
                make_finder=self._make_finder,
                hand_over=self.take_typed,
                id="history",
            )
            yield Static(id="below")
        yield SearchBar(id="search")
        yield PlaceBar(self.transcript, id="place")

    @property
    def history(self) -> HistoryPane:
        """The pane with the frames."""
        return self.query_one(HistoryPane)

    @property
    def filter_bar(self) -> FilterBar:
        """The line for a filter."""
        return self.query_one(FilterBar)

    @property
    def search_bar(self) -> SearchBar:
        """The line for a search."""
        return self.query_one(SearchBar)

    @property
    def place_bar(self) -> PlaceBar:
        """The line for a place to go to."""
        return self.query_one(PlaceBar)

    @property
    def recorded_as(self) -> Header:
        """What a recording of this conversation says of itself."""
        raise NotImplementedError

    def take_typed(self, character: str) -> None:
        """Take what is typed over the history and is no key of it: the beginning of JSON."""
        raise NotImplementedError

    def reuse(self, entry: Entry) -> None:
        """Take an entry that is to be used again."""
        raise NotImplementedError

    def keys_of(self, command: str) -> str:
        """Return the keys of a command as a person reads them."""
        default = next(known.keys for known in keys.COMMANDS if known.id == command)
        return keys.display(self.settings.keys.get(command, default))

    # ------------------------------------------------------------------ going about

    @on(TextArea.SelectionChanged)
    @on(Input.Changed)
    def _typed(self) -> None:
        """Let the pane with the frames stand back for whoever types, or moves the cursor, elsewhere."""
        self.history.give_way()

    @on(HistoryPane.Moved)
    def _moved(self, event: HistoryPane.Moved) -> None:
        below = self.query_one("#below", Static)
        below.set_class(event.below > 0, "-some")
        if event.below:
            below.update(Content(f"↓ {event.below:,} new · {self.keys_of('history-end')} to follow"))

    def on_click(self, event: events.Click) -> None:
        """Follow again when the line that counts new frames is clicked."""
        if event.widget is self.query_one("#below"):
            self.action_follow()

    def action_toggle_density(self) -> None:
        """Show frames a line each, or laid out."""
        self.history.action_toggle_density()

    def action_toggle_control_frames(self) -> None:
        """Show or hide pings, pongs and close frames."""
        self.history.action_toggle_control_frames()
        shown = "shown" if self.history.shows_control_frames else "hidden"
        self.notify(f"Pings, pongs and close frames are {shown}", timeout=2, markup=False)

    def action_follow(self) -> None:
        """Go to the newest frame."""
        self.history.action_end()

    def action_oldest(self) -> None:
        """Go to the oldest frame."""
        self.history.action_start()

    def action_page_history(self, pages: int) -> None:
        """Turn pages of the history, whatever has the focus."""
        self.history.action_page(pages)

    def action_go_to(self) -> None:
        """Open the line for a place."""
        self.place_bar.open()

    @on(PlaceBar.Chosen)
    def _go_to(self, event: PlaceBar.Chosen) -> None:
        self.history.go_to(event.index)
        self.set_focus(self.history)

    @on(PlaceBar.Closed)
    def _stay(self) -> None:
        self.set_focus(self.history)

    # ------------------------------------------------------------------ one entry

    @on(HistoryPane.Inspect)
    def _inspect(self, event: HistoryPane.Inspect) -> None:
        self.app.push_screen(Inspector(self._inspected(event.index), self._step), self._inspector_closed)

    def _inspected(self, index: int) -> Inspected:
        return Inspected(index, self.transcript[index], self.transcript.since_sent(index))

    def _step(self, index: int, rows: int) -> Inspected:
        return self._inspected(self.history.step(index, rows))

    def _inspector_closed(self, entry: Entry | None) -> None:
        if entry is not None:
            self.reuse(entry)

    @on(HistoryPane.Reuse)
    def _reuse_here(self, event: HistoryPane.Reuse) -> None:
        self.reuse(event.entry)

    def action_export(self) -> None:
        """Ask for a format and a file, and export what is shown."""
        wanted = Export(
            self.history.view.indices(),
            len(self.transcript),
            self.history.filter_text,
            self._recorded,
            self.recorded_as,
        )
        self.app.push_screen(ExportSheet(wanted, Path.cwd()))

    def _recorded(self, index: int) -> Entry:
        """Return an entry as it is recorded: the session itself shows secrets that no file may hold."""
        entry = self.transcript[index]
        return Cover(self.settings.headers)(entry) if isinstance(entry, Notice) else entry

    # ------------------------------------------------------------------ filtering

    def action_filter(self) -> None:
        """Open the line for a filter."""
        self.history.prepare()
        self.filter_bar.open()

    def action_filter_off(self) -> None:
        """Take the filter away."""
        self.filter_bar.take_away()

    @on(FilterBar.Changed)
    def _filter_changed(self, event: FilterBar.Changed) -> None:
        self.history.filter(event.text)

    @on(FilterBar.Cancelled)
    def _filter_cancelled(self) -> None:
        self.history.cancel_filter()

    @on(FilterBar.Kept)
    def _filter_kept(self) -> None:
        self.set_focus(self.history)

    @on(FilterBar.Closed)
    def _filter_closed(self) -> None:
        self.history.filter("")
        self.set_focus(self.history)

    @on(HistoryPane.Filtered)
    def _filtered(self, event: HistoryPane.Filtered) -> None:
        self.filter_bar.show(event)

    # ------------------------------------------------------------------ searching

    def action_search(self) -> None:
        """Open the search line."""
        self.history.prepare()
        self.search_bar.open()

    def end_search(self) -> bool:
        """End the search that is open; tell whether there was one."""
        if not self.search_bar.is_open:
            return False
        self.search_bar.action_close()
        return True

    def action_find_next(self) -> None:
        """Go to the next match."""
        self._find(1)

    def action_find_previous(self) -> None:
        """Go to the match before."""
        self._find(-1)

    def _find(self, direction: int) -> None:
        """Go on with the search; where none is on, begin with what was looked for last."""
        if self.history.is_searching:
            self.history.find(direction)
        else:
            self.action_search()

    @on(SearchBar.Changed)
    def _search_changed(self, event: SearchBar.Changed) -> None:
        self.history.search(event.text)

    @on(SearchBar.Find)
    def _search_find(self, event: SearchBar.Find) -> None:
        self.history.find(event.direction)

    @on(SearchBar.Closed)
    def _search_closed(self) -> None:
        self.history.search("")
        self.set_focus(self.history)

    @on(HistoryPane.Searched)
    def _searched(self, event: HistoryPane.Searched) -> None:
        self.search_bar.show_count(event)
