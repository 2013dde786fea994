"""The live conversation as an application: its parts, wired to its screen."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from client_tui.threads import in_thread
from client_tui.ui.client_app import ClientApp
from client_tui.ui.main_screen import MainScreen
from client_tui.ui.session import Session
from client_tui.ui.witness import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Event
    from textual.message import Message

    from client_tui.record.recording import Recording
    from client_tui.serving import BundledServer
    from client_tui.settings import Settings
    from client_tui.ui.client_app import MakeFinder
    from client_tui.ui.composer import SentDocuments
    from client_tui.ui.session import MakeClient
    from client_tui.ui.witness import Witness


class JsonwsApp(ClientApp):
    """The live conversation, wired to its screen.

    `make_client` connects to a URL and reports to an observer. `recording` keeps the session.
    `sent` is the list that the composer walks through. `server` is the bundled server that is
    started first, or None. `tidy` is called in a thread once the screen has been painted.
    `witness` is told what the user does.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        make_client: MakeClient,
        make_finder: MakeFinder,
        recording: Recording,
        sent: SentDocuments,
        server: BundledServer | None = None,
        tidy: Callable[[], object] = lambda: None,
        clock: Callable[[], float] = time.time,
        witness: Witness | None = None,
    ) -> None:
        super().__init__(settings, make_finder, clock=clock)
        self.session = Session(
            make_client,
            recording,
            url=settings.url,
            server=server,
            greetings=settings.send,
            post=self._post,
            spawn=partial(self.run_worker, group="send"),
            clock=clock,
        )
        self._main = MainScreen(settings, self.session, sent, partial(make_finder, recording), clock=clock)
        self._tidy = tidy
        self._is_leaving = False
        if witness is not None:
            self.watching = Watch(witness, self, lambda: self.session.transcript.received)

    async def on_event(self, event: Event) -> None:
        """Take what comes; a witness sees it before anything is done about it."""
        if self.watching is not None:
            self.watching.see(event)
        await super().on_event(event)

    def _post(self, message: Message) -> None:
        self._main.post_message(message)

    def on_mount(self) -> None:
        """Show the conversation, and begin it once it has been painted."""
        self.push_screen(self._main)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._converse()
        self._tidy_up()

    @work(group="session")
    async def _converse(self) -> None:
        await self.session.run()

    @work(group="tidy")
    async def _tidy_up(self) -> None:
        await in_thread(self._tidy, name="tidy")

    def leave(self, status: int) -> None:
        """Close the connection, wait for that at most two seconds, and exit; asked again, exit at once."""
        if self._is_leaving:
            self.exit(return_code=status)
            return
        self._is_leaving = True
        self._main.keep_draft()
        self._leave(status)

    @work(group="leave")
    async def _leave(self, status: int) -> None:
        await self.session.quit()
        self.exit(return_code=status)
