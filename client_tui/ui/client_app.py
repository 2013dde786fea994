"""What every run of the client has, whatever it shows: themes, keys, sheets, and the way out."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.filter import Monochrome, NoColor
from textual.worker import WorkerFailed

from client_tui.core.errors import ClientError
from client_tui.core.printable import printable
from client_tui.ui import keys
from client_tui.ui.commands import CommandProvider
from client_tui.ui.last_door import LastDoor
from client_tui.ui.main_screen import MainScreen
from client_tui.ui.sheets import HelpSheet
from client_tui.ui.themes import OURS, plain, theme_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rich.console import RenderableType
    from textual.binding import BindingType
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.notifications import SeverityLevel

    from client_tui.finding.finder import Finder
    from client_tui.finding.news import News
    from client_tui.record.line_file import Lines
    from client_tui.settings import Settings
    from client_tui.ui.witness import Watch

    MakeFinder = Callable[[Lines, Callable[[News], None]], Finder]

INTERRUPTED = 130


class ClientApp(App[None]):
    """What every run of the client has: themes, keys, the palette, the help, and an end without a traceback.

    `make_finder` makes what looks for things in a recording and tells of what it has found.
    `clock` tells the seconds since the epoch.
    """

    TITLE = "jsonws-tui"
    CSS_PATH = "jsonws.tcss"
    COMMANDS: ClassVar = {CommandProvider}
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.Scope.EVERYWHERE)
    watching: Watch | None = None
    """What tells somebody of what the user does; None where nobody looks on."""
    writes_files = True
    """Whether exports and pictures are written: none are while a tape is played, maybe a stranger's."""

    def __init__(
        self, settings: Settings, make_finder: MakeFinder, *, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__()
        self._last_door = LastDoor()
        for theme in OURS:
            self.register_theme(theme)
        self.theme = settings.theme or theme_for(self.console.color_system)
        self.set_keymap(settings.keys)
        self.settings = settings
        self.make_finder = make_finder
        self.clock = clock

    def get_driver_class(self) -> type[Driver]:
        """Return what reads and paints: Textual's choice, or ours in a terminal."""
        from textual.drivers.linux_driver import LinuxDriver

        from client_tui.ui.terminal_driver import TerminalDriver

        chosen = super().get_driver_class()
        return TerminalDriver if chosen is LinuxDriver else chosen

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's colours, none of them in words that a part of a line cannot have."""
        self.theme_variables = plain(super().get_css_variables())
        return self.theme_variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line passes on its way to the terminal."""
        filters = super().get_line_filters()
        if self.native_ansi_color:  # whose colours Textual cannot turn into grey
            filters = [NoColor() if isinstance(each, Monochrome) else each for each in filters]
        return [*filters, self._last_door]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a notification in the place of those with its title: what is told again need not pile up."""
        for shown in [shown for shown in self._notifications if shown.title == title]:
            self._unnotify(shown, refresh=False)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    @property
    def failure(self) -> BaseException | None:
        """What ended the client, where that was a mistake of its own."""
        return self._exception.error if isinstance(self._exception, WorkerFailed) else self._exception

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002 - shown nowhere
        """Leave without a traceback on the screen: `failure` has it, and whoever started the app tells."""
        self._close_messages_no_wait()

    _fatal_error = panic

    async def action_help(self) -> None:
        """Show the keys, or put them away again: F1 is the app's own, even over the sheet."""
        if isinstance(self.screen, HelpSheet):
            self.screen.dismiss()
        else:
            await self.push_screen(HelpSheet(self.settings.keys))

    def action_take_picture(self) -> None:
        """Take a picture of what is there, and ask where it is to be saved."""
        from client_tui.ui.picture_sheet import take_picture

        take_picture(self)

    def action_sessions(self) -> None:
        """List the recorded sessions, and open the one that is chosen."""
        from client_tui.record.sessions import sessions
        from client_tui.ui.sessions_sheet import SessionsSheet

        self.push_screen(SessionsSheet(partial(sessions, self.settings.recordings_dir)), self._open)

    def _open(self, path: Path | None) -> None:
        """Open a recording over the conversation."""
        from client_tui.record.opened import OpenedRecording
        from client_tui.ui.recording_screen import RecordingScreen

        if path is None:
            return
        try:
            opened = OpenedRecording(path)
        except ClientError as error:
            self.notify(printable(error.message), title=error.title, severity="error")
            return
        live = next((screen for screen in self.screen_stack if isinstance(screen, MainScreen)), None)
        reuse_in = live.reuse if live is not None else None
        screen = RecordingScreen(self.settings, opened, path.name, self.make_finder, reuse_in=reuse_in)
        self.push_screen(screen)

    async def action_quit(self) -> None:
        """Close the connection and leave."""
        self._leave_unseen(0)

    def action_interrupt(self) -> None:
        """Leave as a terminal's Ctrl+C does."""
        self._leave_unseen(INTERRUPTED)

    def _leave_unseen(self, status: int) -> None:
        if self.watching is not None:
            self.watching.see_out()
        self.leave(status)

    def leave(self, status: int) -> None:
        """Leave with an exit status."""
        self.exit(return_code=status)
