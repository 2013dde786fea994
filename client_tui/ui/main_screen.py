"""The live conversation: the connection's header, the history and the composer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual import on

from client_tui import __version__
from client_tui.core.printable import printable
from client_tui.core.states import Closed, Closing, Connecting, Failed, Open
from client_tui.record.lines import Header
from client_tui.ui import keys
from client_tui.ui.clipboard import wire_text
from client_tui.ui.composer import Composer, SentDocuments
from client_tui.ui.conversation import ConversationScreen
from client_tui.ui.header import ConnectionHeader, Kept
from client_tui.ui.history import HistoryPane
from client_tui.ui.key_line import KeyLine
from client_tui.ui.session import Arrived, NotSent, RecordingChanged, RoundTrip, StateChanged
from client_tui.ui.sheets import LogSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.notifications import SeverityLevel

    from client_tui.core.frame import Entry
    from client_tui.settings import Settings
    from client_tui.ui.lookups import MakeFinder
    from client_tui.ui.session import Session


class MainScreen(ConversationScreen):
    """What the client shows when it opens."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.CONNECTION)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (9, "-tall")]  # noqa: RUF012  # Textual declares it so that no ClassVar fits

    def __init__(
        self,
        settings: Settings,
        session: Session,
        sent: SentDocuments,
        make_finder: MakeFinder,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(settings, session.transcript, make_finder)
        self._session = session
        self._sent = sent
        self._clock = clock

    def compose(self) -> ComposeResult:
        """Lay the panes out, from the top down."""
        yield ConnectionHeader(clock=self._clock)
        yield from self.panes()
        yield Composer(self._sent, self._submit, id="composer")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin in the composer."""
        self.composer.focus_input()
        self.header.url = self._session.url or ""
        self._show_what_is_kept()

    @property
    def header(self) -> ConnectionHeader:
        """The line at the top."""
        return self.query_one(ConnectionHeader)

    @property
    def composer(self) -> Composer:
        """The pane that is typed into."""
        return self.query_one(Composer)

    # ------------------------------------------------------------------ what the session reports

    @on(Arrived)
    def _arrived(self) -> None:
        self.history.touch()

    @on(HistoryPane.TookIn)
    def _took_in(self) -> None:
        self._session.heard()
        if self.history.is_behind:  # of what came in between nobody has told
            self.history.touch()
        self.header.counts = (self.transcript.sent, self.transcript.received)

    @on(StateChanged)
    def _state_changed(self, event: StateChanged) -> None:
        self.header.url = self._session.url or ""
        self.header.state = event.state
        self.header.remedy = self._remedy
        if isinstance(event.state, Open):
            self.composer.forget_refusal()

    @on(RoundTrip)
    def _round_trip(self, event: RoundTrip) -> None:
        self.header.round_trip = event.seconds

    @on(RecordingChanged)
    def _recording_changed(self, event: RecordingChanged) -> None:
        self._show_what_is_kept()
        severity: SeverityLevel = "information" if event.is_over else "warning"
        self.notify(printable(event.words), title="Recording", severity=severity, markup=False)

    def _show_what_is_kept(self) -> None:
        recording = self._session.recording
        if recording.is_in_trouble:
            self.header.kept = Kept.IN_TROUBLE
        else:
            self.header.kept = Kept.NOWHERE if recording.path is None else Kept.IN_FILE

    @property
    def _remedy(self) -> str:
        """What helps where the connection is gone and is not retried."""
        if self._session.url is None:
            return f"{self.keys_of('server-log')} shows why"
        return f"{self.keys_of('reconnect')} connects"

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
            "it is in the composer" if is_back else f"{self.keys_of('older')} in the composer brings it back"
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
                f"Its round trip is in the header; {self.keys_of('control-frames')} shows pings and pongs",
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

    # ------------------------------------------------------------------ from the history to the composer

    @property
    def recorded_as(self) -> Header:
        """What a recording of this conversation says of itself."""
        start = self.transcript.at(0) if len(self.transcript) else 0.0
        return Header(__version__, self._session.url or "", start)

    def take_typed(self, character: str) -> None:
        """Put what was typed over the history into the composer."""
        self.composer.type(character)

    def reuse(self, entry: Entry) -> None:
        """Put an entry's text into the composer."""
        self.composer.put(wire_text(entry))
        self.composer.focus_input()

    def action_to_composer(self) -> None:
        """End the search that is open; where there is none, go back to typing."""
        if not self.end_search():
            self.composer.focus_input()

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted anywhere else into the composer."""
        event.stop()
        self.composer.paste(event.text)

    def keep_draft(self) -> None:
        """Keep what is being typed for the next run: it is one Up away."""
        if self.composer.text.strip():
            self.composer.keep(self.composer.text)

    def _why_not_open(self) -> str:
        """Say why nothing can be sent, and what to do."""
        reconnect = self.keys_of("reconnect")
        match self._session.state:
            case Connecting():
                return "not connected yet"
            case Closing():
                return "the connection is closing"
            case Failed() if self._session.url is None:
                return f"the bundled server did not start; {self.keys_of('server-log')} shows its log"
            case Closed(retry=None) | Failed(retry=None):
                return f"not connected; {reconnect} connects again"
            case _:
                return f"not connected; retried by itself, or by {reconnect} at once"
