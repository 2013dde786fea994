"""The application: its screens, its theme and its way out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.worker import WorkerFailed

from client_tui.ui import keys
from client_tui.ui.commands import CommandProvider
from client_tui.ui.last_door import LastDoor
from client_tui.ui.main_screen import MainScreen
from client_tui.ui.session import Session
from client_tui.ui.sheets import HelpSheet
from client_tui.ui.themes import DARK, OURS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType
    from textual.binding import BindingType
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.message import Message

    from client_tui.finding.finder import Finder
    from client_tui.finding.news import News
    from client_tui.record.line_file import Lines
    from client_tui.record.recording import Recording
    from client_tui.serving import BundledServer
    from client_tui.settings import Settings
    from client_tui.ui.composer import SentDocuments
    from client_tui.ui.session import MakeClient

    MakeFinder = Callable[[Lines, Callable[[News], None]], Finder]

INTERRUPTED = 130


class JsonwsApp(App[None]):
    """Wires the conversation to the screen.

    `make_client` connects to a URL and reports to an observer. `make_finder` makes what looks
    for things in a recording and tells of what it has found. `recording` keeps the session.
    `sent` is the list that the composer walks through. `server` is the bundled server that is
    started first, or None.
    """

    TITLE = "jsonws-tui"
    CSS_PATH = "jsonws.tcss"
    COMMANDS: ClassVar = {CommandProvider}
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.EVERYWHERE)

    def __init__(
        self,
        settings: Settings,
        *,
        make_client: MakeClient,
        make_finder: MakeFinder,
        recording: Recording,
        sent: SentDocuments,
        server: BundledServer | None = None,
    ) -> None:
        super().__init__()
        self._last_door = LastDoor()
        for theme in OURS:
            self.register_theme(theme)
        self.theme = settings.theme or DARK.name
        self.set_keymap(settings.keys)
        self._settings = settings
        self.session = Session(
            make_client,
            recording,
            url=settings.url,
            server=server,
            greetings=settings.send,
            post=self._post,
            spawn=partial(self.run_worker, group="send"),
        )
        self._main = MainScreen(settings, self.session, sent, partial(make_finder, recording))
        self._is_leaving = False

    def _post(self, message: Message) -> None:
        self._main.post_message(message)

    def get_driver_class(self) -> type[Driver]:
        """Return what reads and paints: Textual's choice, or ours in a terminal."""
        from textual.drivers.linux_driver import LinuxDriver

        from client_tui.ui.terminal_driver import TerminalDriver

        chosen = super().get_driver_class()
        return TerminalDriver if chosen is LinuxDriver else chosen

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line passes on its way to the terminal."""
        return [*super().get_line_filters(), self._last_door]

    @property
    def failure(self) -> BaseException | None:
        """What ended the client, where that was a mistake of its own."""
        return self._exception.error if isinstance(self._exception, WorkerFailed) else self._exception

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002 - shown nowhere
        """Leave without a traceback on the screen: `failure` has it, and whoever started the app tells."""
        self._close_messages_no_wait()

    _fatal_error = panic

    def on_mount(self) -> None:
        """Show the conversation, and begin it once it has been painted."""
        self.push_screen(self._main)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.run_worker(self.session.run(), group="session")

    async def action_help(self) -> None:
        """Show the keys, or put them away again: F1 is the app's own, even over the sheet."""
        if isinstance(self.screen, HelpSheet):
            self.screen.dismiss()
        else:
            await self.push_screen(HelpSheet(self._settings.keys))

    async def action_quit(self) -> None:
        """Close the connection and leave."""
        self.leave(0)

    def action_interrupt(self) -> None:
        """Leave as a terminal's Ctrl+C does."""
        self.leave(INTERRUPTED)

    def leave(self, status: int) -> None:
        """Close the connection, wait for that at most two seconds, and exit; asked again, exit at once."""
        if self._is_leaving:
            self.exit(return_code=status)
            return
        self._is_leaving = True
        self._main.keep_draft()
        self.run_worker(self._leave(status), group="leave")

    async def _leave(self, status: int) -> None:
        await self.session.quit()
        self.exit(return_code=status)
