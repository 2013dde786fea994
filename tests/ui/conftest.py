"""The client's screen on a real server, driven by Textual's pilot: no user's folders, no user's settings."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from textual._xterm_parser import XTermParser  # what reads a terminal in Textual

from client_tui.finding.finder import Finder
from client_tui.record.lines import Header
from client_tui.record.recording import Recording
from client_tui.record.sent import SentList
from client_tui.settings import Settings
from client_tui.ui.app import JsonwsApp
from client_tui.ui.main_screen import MainScreen
from client_tui.wire.client import Client
from client_tui.wire.target import Target, Timing
from tests.support.echo_server import EchoServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from client_tui.core.frame import Entry, Frame
    from client_tui.ui.editor import Editor
    from client_tui.ui.history import HistoryPane
    from client_tui.ui.witness import Witness
    from client_tui.wire.observer import Observer

PATIENCE = 120.0  # in seconds: far more than anything here takes


class Desk:
    """Somebody at the client: what they do, and what they see."""

    def __init__(self, app: JsonwsApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def main(self) -> MainScreen:
        screen = self.app.screen_stack[1]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def history(self) -> HistoryPane:
        return self.main.history

    @property
    def rows(self) -> list[str]:
        """What stands in the history, line by line, as the reader of a screen has it."""
        pane = self.history
        return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]

    @property
    def frames(self) -> list[Frame]:
        return [entry for entry in self.app.session.transcript if hasattr(entry, "opcode")]

    async def left(self) -> int | None:
        """Wait until the app has ended, and return its status."""
        async with asyncio.timeout(PATIENCE):
            while self.app.is_running:  # noqa: ASYNC110 - the app has no event for its end
                await asyncio.sleep(0)
        return self.app.return_code

    async def until(self, condition: Callable[[], Any]) -> None:
        """Wait for what must happen."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await self.pilot.pause()
                await asyncio.sleep(0)

    async def tell(self, *entries: Entry) -> None:
        """Let entries happen, and wait until the history has them."""
        self.app.session.on_entries(entries)
        await self.until(lambda: not self.history.is_behind)
        await self.pilot.pause()

    async def opened(self) -> None:
        """Wait until the connection is open."""
        await self.until(lambda: self.app.session.is_open)

    async def type(self, text: str) -> None:
        """Type a text, key by key."""
        await self.pilot.press(*text)

    async def press(self, *keys: str) -> None:
        """Press keys, named as Textual names them."""
        await self.pilot.press(*keys)

    def write(self, data: str) -> None:
        """Give the app all that a terminal sends in one write: keys, pastes, the mouse."""
        driver = self.app._driver
        assert driver is not None
        parser = XTermParser()
        for event in [*parser.feed(data), *parser.tick()]:
            driver.send_message(event)

    @property
    def editor(self) -> Editor:
        return self.main.composer.editor

    async def received(self, count: int) -> None:
        """Wait until so many data frames have come, and the screen shows them."""
        await self.until(lambda: self.app.session.transcript.received >= count)
        await self.until(lambda: self.main.history.row_count() >= count)
        await self.pilot.pause()

    def text(self) -> str:
        """Return what is on the screen, a line a row."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips[:height] if width)

    async def sees(self, words: str) -> None:
        """Wait until words are on the screen."""
        await self.until(lambda: words in self.text())


@pytest.fixture(scope="session")
def echo_server() -> Iterator[EchoServer]:
    """One bundled server for all tests of the screen."""
    with EchoServer() as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that touch nothing of the developer's."""
    return Settings(url=None, state_dir=tmp_path / "state")


@pytest.fixture
def desk(settings: Settings) -> Callable[..., Any]:
    """Return what opens the client: ``async with desk(url) as somebody``."""

    @asynccontextmanager
    async def opened(
        url: str | None,
        *,
        size: tuple[int, int] = (100, 30),
        server: Any = None,
        record: Path | None = None,
        notifications: bool = False,
        witness: Witness | None = None,
        **changes: Any,
    ) -> AsyncIterator[Desk]:
        chosen = replace(settings, url=url, **changes)

        def make_client(url: str, observer: Observer) -> Client:
            target = Target(url, chosen.headers, chosen.subprotocols, chosen.max_size, chosen.insecure)
            return Client(target, observer, timing=Timing(ping_interval=None))

        sent = SentList(chosen.state_dir / "sent.jsonl", chosen.sent_limit)
        recording = Recording(record, lambda: Header("0", app.session.url or "", 0.0))
        app = JsonwsApp(
            chosen,
            make_client=make_client,
            make_finder=Finder,
            recording=recording,
            sent=sent,
            server=server,
            witness=witness,
        )
        async with app.run_test(size=size, notifications=notifications) as pilot:
            yield Desk(app, pilot)
            await app.session.quit()
        assert await asyncio.to_thread(recording.close, PATIENCE)

    return opened
