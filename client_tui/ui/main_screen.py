"""The conversation: header, history, search line and composer, and what the user does with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from client_tui.core.printable import printable
from client_tui.core.states import Closed, Closing, Connecting, Failed, Open
from client_tui.render.times import Times
from client_tui.ui import keys
from client_tui.ui.clipboard import wire_text
from client_tui.ui.composer import Composer, SentDocuments
from client_tui.ui.header import ConnectionHeader
from client_tui.ui.history import HistoryPane
from client_tui.ui.inspector import Inspected, Inspector
from client_tui.ui.search_bar import SearchBar
from client_tui.ui.session import Arrived, NotSent, RecordingChanged, RoundTrip, StateChanged
from client_tui.ui.sheets import LogSheet

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.notifications import SeverityLevel

    from client_tui.core.frame import Entry
    from client_tui.settings import Settings
    from client_tui.ui.lookups import MakeFinder
    from client_tui.ui.session import Session


class MainScreen(Screen[None]):
    """What the client shows when it opens."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.CONVERSATION)

    def __init__(
        self, settings: Settings, session: Session, sent: SentDocuments, make_finder: MakeFinder
    ) -> None:
        super().__init__()
        self._make_finder = make_finder
        self._settings = settings
        self._session = session
        self._sent = sent

    def compose(self) -> ComposeResult:
        """Lay the panes out, from the top down."""
        settings = self._settings
        yield ConnectionHeader()
        with Vertical(id="conversation"):
            yield HistoryPane(
                self._session.transcript,
                pretty=settings.density == "pretty",
                fold=settings.fold_lines,
                control_frames=settings.show_control_frames,
                times=Times.CLOCK,
                make_finder=self._make_finder,
                hand_over=self._type,
                id="history",
            )
            yield Static(id="below")
        yield SearchBar(id="search")
        yield Composer(self._sent, self._submit, id="composer")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin in the composer."""
        self.composer.focus_input()
        self.header.url = self._session.url or ""

    @property
    def header(self) -> ConnectionHeader:
        """The line at the top."""
        return self.query_one(ConnectionHeader)

    @property
    def history(self) -> HistoryPane:
        """The pane with the frames."""
        return self.query_one(HistoryPane)

    @property
    def composer(self) -> Composer:
        """The pane that is typed into."""
        return self.query_one(Composer)

    # ------------------------------------------------------------------ what the session reports

    @on(Arrived)
    def _arrived(self) -> None:
        transcript = self._session.transcript
        self.history.touch()
        self.header.counts = (transcript.sent, transcript.received)

    @on(StateChanged)
    def _state_changed(self, event: StateChanged) -> None:
        self.header.url = self._session.url or ""
        self.header.state = event.state
        if isinstance(event.state, Open):
            self.composer.forget_refusal()

    @on(RoundTrip)
    def _round_trip(self, event: RoundTrip) -> None:
        self.header.round_trip = event.seconds

    @on(RecordingChanged)
    def _recording_changed(self, event: RecordingChanged) -> None:
        severity: SeverityLevel = "information" if event.is_over else "warning"
        self.notify(printable(event.words), title="Recording", severity=severity, markup=False)

    # ------------------------------------------------------------------ sending

    def _submit(self, text: str) -> str | None:
        """Send a text soon, or return why it cannot be sent."""
        if not self._session.is_open:
            return self._why_not_open()
        self.history.action_end()
        self._session.send_soon(text)
        return None

    @on(NotSent)
    def _not_sent(self, event: NotSent) -> None:
        """Give a text back that was on its way, or greeted, when the connection went away."""
        is_back = self.composer.restore(event.text)
        where = (
            "it is in the composer" if is_back else f"{self._keys_of('older')} in the composer brings it back"
        )
        self.notify(
            f"The connection went away before a document was sent; {where}",
            title="Not sent",
            severity="error",
            markup=False,
        )

    # ------------------------------------------------------------------ the connection

    def action_reconnect(self) -> None:
        """Connect now."""
        if not self._session.reconnect():
            self.notify(self._why_not_open(), severity="warning", markup=False)

    def action_disconnect(self) -> None:
        """Close the connection."""
        self._session.disconnect()

    def action_ping(self) -> None:
        """Send a ping."""
        if not self._session.ping():
            self.notify(self._why_not_open(), title="No ping was sent", severity="warning", markup=False)
        elif not self.history.shows_control_frames:
            self.notify(
                f"Its round trip is in the header; {self._keys_of('control-frames')} shows pings and pongs",
                title="Ping sent",
                markup=False,
            )

    def action_server_log(self) -> None:
        """Show what the bundled server wrote."""
        server = self._session.server
        if server is None:
            self.notify(
                "No bundled server runs: start the client with --serve", severity="warning", markup=False
            )
        else:
            self.app.push_screen(LogSheet(server.log))

    # ------------------------------------------------------------------ the history

    @on(HistoryPane.Moved)
    def _moved(self, event: HistoryPane.Moved) -> None:
        below = self.query_one("#below", Static)
        below.set_class(event.below > 0, "-some")
        if event.below:
            below.update(Content(f"↓ {event.below:,} new · {self._keys_of('history-end')} to follow"))

    def _type(self, character: str) -> None:
        """Put what was typed over the history into the composer."""
        self.composer.type(character)

    @on(HistoryPane.Inspect)
    def _inspect(self, event: HistoryPane.Inspect) -> None:
        self.app.push_screen(Inspector(self._inspected(event.index), self._step), self._reuse)

    def _inspected(self, index: int) -> Inspected:
        transcript = self._session.transcript
        return Inspected(index, transcript[index], transcript.since_sent(index))

    def _step(self, index: int, rows: int) -> Inspected:
        return self._inspected(self.history.step(index, rows))

    @on(HistoryPane.Reuse)
    def _reuse_here(self, event: HistoryPane.Reuse) -> None:
        self._reuse(event.entry)

    def _reuse(self, entry: Entry | None) -> None:
        """Put an entry's text into the composer."""
        if entry is not None:
            self.composer.put(wire_text(entry))
            self.composer.focus_input()

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

    def action_to_composer(self) -> None:
        """End the search that is open; where there is none, go back to typing."""
        bar = self.query_one(SearchBar)
        if bar.is_open:
            bar.action_close()
        else:
            self.composer.focus_input()

    # ------------------------------------------------------------------ searching

    def action_search(self) -> None:
        """Open the search line."""
        self.query_one(SearchBar).open()

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
        self.history.focus()

    @on(HistoryPane.Searched)
    def _searched(self, event: HistoryPane.Searched) -> None:
        self.query_one(SearchBar).show_count(event)

    # ------------------------------------------------------------------ the rest

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted anywhere else into the composer."""
        event.stop()
        self.composer.paste(event.text)

    def keep_draft(self) -> None:
        """Keep what is being typed for the next run: it is one Up away."""
        if self.composer.text.strip():
            self.composer.keep(self.composer.text)

    def _keys_of(self, command: str) -> str:
        keymap = self._settings.keys
        default = next(known.keys for known in keys.COMMANDS if known.id == command)
        return keys.display(keymap.get(command, default))

    def _why_not_open(self) -> str:
        """Say why nothing can be sent, and what to do."""
        reconnect = self._keys_of("reconnect")
        match self._session.state:
            case Connecting():
                return "not connected yet"
            case Closing():
                return "the connection is closing"
            case Failed() if self._session.url is None:
                return f"the bundled server did not start; {self._keys_of('server-log')} shows its log"
            case Closed(retry=None) | Failed(retry=None):
                return f"not connected; {reconnect} connects again"
            case _:
                return f"not connected; retried by itself, or by {reconnect} at once"
