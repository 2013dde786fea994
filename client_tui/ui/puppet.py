"""The application without a terminal: somebody else is its keyboard, and takes its pictures."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, contextmanager
from typing import TYPE_CHECKING, Final, cast

from textual import events
from textual._compositor import Compositor
from textual.widgets import Input, TextArea

from client_tui.core.states import Closed, Failed
from client_tui.threads import are_working
from client_tui.ui.main_screen import MainScreen
from client_tui.ui.screenshot import Camera
from client_tui.ui.secrets_shown import secrets_in_urls

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from textual.message import Message

    from client_tui.core.redaction import Path
    from client_tui.core.secrets_told import Secret
    from client_tui.picture.picture import Picture
    from client_tui.ui.app import JsonwsApp

_MOST_PAINTS: Final = 100
"""How often the screen may ask to be painted again before a picture is taken all the same."""


@contextmanager
def unseen() -> Iterator[None]:
    """Let Textual paint nothing for a while: nobody sees what lies between two pictures."""
    before = Compositor.render_partial_update
    Compositor.render_partial_update = _paint_nothing  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        Compositor.render_partial_update = before  # type: ignore[method-assign]


def _paint_nothing(compositor: Compositor) -> None:
    compositor._dirty_regions.clear()


class Puppet:
    """Plays an application on a screen of `width` times `height` cells that nobody sees.

    `quiet` waits until the event loop has nothing left to do.
    """

    def __init__(self, app: JsonwsApp, width: int, height: int, quiet: Callable[[], Awaitable[None]]) -> None:
        self._app = app
        self._size = width, height
        self._quiet = quiet
        self._running = AsyncExitStack()
        self._camera = Camera(app)
        self._is_up = False
        app.animation_level = "none"

    async def start(self) -> None:
        """Open the client, and show its first screen."""
        app = self._app
        await self._running.enter_async_context(app.run_test(size=self._size, notifications=True))
        self._is_up = True
        await self.settle()

    async def stop(self) -> None:
        """Close the connection and the client."""
        if not self._is_up:
            return
        self._is_up = False
        await self._app.session.quit()
        try:
            await self._running.aclose()
        except BaseException as error:
            if error is not self._app._exception:  # that is its `failure`
                raise

    @property
    def is_running(self) -> bool:
        """Whether the client is there: it can be left by its own keys, and it can fail."""
        return self._is_up and self._app.is_running and self._app.failure is None

    @property
    def is_connected(self) -> bool:
        """Whether its connection is open."""
        return self._app.session.is_open

    @property
    def is_retrying(self) -> bool:
        """Whether it will try to connect again by itself."""
        state = self._app.session.state
        return isinstance(state, (Closed, Failed)) and state.retry is not None

    @property
    def has_given_up(self) -> bool:
        """Whether its connection is gone, and stays so."""
        return isinstance(self._app.session.state, (Closed, Failed)) and not self.is_retrying

    @property
    def failure(self) -> BaseException | None:
        """What made the client fail, where it did."""
        return self._app.failure

    # ------------------------------------------------------------------ what it is made to do

    def press(self, key: str, character: str | None) -> None:
        """Press a key, by Textual's name, and by the character that it types if it types one."""
        self._tell(events.Key(key, character))

    def paste(self, text: str) -> None:
        """Paste a text, as a terminal does."""
        self._tell(events.Paste(text))

    def _tell(self, event: Message) -> None:
        driver = self._app._driver
        assert driver is not None  # noqa: S101  # a running application has one
        driver.send_message(cast("events.Event", event))

    def send(self, text: str) -> bool:
        """Send a text; tell whether the connection is open for it."""
        if not self._app.session.is_open:
            return False
        self._app.session.send_soon(text)
        return True

    def show_theme(self, name: str) -> None:
        """Change the colours."""
        self._app.theme = name

    def cover(self, secrets: tuple[Path, ...]) -> None:
        """Cover what stands there in what is being typed."""
        self._main.composer.editor.secrets = secrets

    # ------------------------------------------------------------------ what it shows

    async def settle(self) -> None:
        """Let it do all that it has to do, and paint."""
        app = self._app
        for _ in range(_MOST_PAINTS):
            with app._context():
                self._hold_still()
                painted = asyncio.Event()
                is_asked = app.screen.call_after_refresh(painted.set)
            await self._quiet()
            if painted.is_set() or not is_asked or not self.is_running:
                return
            with app._context():
                app.screen._on_timer_update()

    def _hold_still(self) -> None:
        """Keep the cursor from blinking, and the countdown from waiting for its turn."""
        screen = self._app.screen
        if isinstance(screen.focused, (TextArea, Input)):
            screen.focused.cursor_blink = False
        if isinstance(screen, MainScreen):
            screen.header.tick()

    @property
    def is_busy(self) -> bool:
        """Whether something is under way that will change what it shows."""
        if self._app.session.is_waiting or are_working():
            return True
        has_looked = self._main.history.has_looked
        if not has_looked:
            self._app.session.recording.hurry()
        return not has_looked

    def picture(self) -> Picture:
        """Return what it shows now."""
        with self._app._context():
            return self._camera.take()

    def secrets_in_urls(self, picture: Picture) -> set[Secret]:
        """Return what is to be covered in a picture of it, since the query of a URL says it."""
        with self._app._context():
            return secrets_in_urls(picture, self._app.screen_stack)

    @property
    def typed(self) -> str:
        """What stands in the composer."""
        return self._main.composer.text

    @property
    def cursor_row(self) -> int:
        """The row that is typed into, counted from 0."""
        focused, at = self._app.screen.focused, self._app.cursor_position
        if isinstance(focused, (TextArea, Input)):
            at = focused.cursor_screen_offset  # the field may have moved since the app was told
        return max(0, min(at.y, self._size[1] - 1))

    @property
    def _main(self) -> MainScreen:
        return next(screen for screen in self._app.screen_stack if isinstance(screen, MainScreen))
