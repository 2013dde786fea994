"""Draws the README's pictures: the real client on the bundled server, in two themes.

    python docs/pictures.py

The clock is the script's own, so that times and latencies are the same each time.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from client_tui.finding.finder import Finder
from client_tui.record.lines import Header
from client_tui.record.recording import Recording
from client_tui.record.sent import SentList
from client_tui.serving import BundledServer
from client_tui.settings import Settings
from client_tui.ui.app import JsonwsApp
from client_tui.ui.history import HistoryPane
from client_tui.wire.client import Client
from client_tui.wire.target import Target, Timing

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from client_tui.wire.observer import Observer

DOCS = Path(__file__).parent
SIZE = (100, 26)
START = datetime(2026, 11, 22, 12, 1, 2, 118_000).timestamp()
TICK = 0.0019  # seconds that pass each time somebody looks at the clock
PAUSE = 6.4  # seconds that pass between two documents
DOCUMENTS = (
    '{"x": 1, "who": "wörld"}',
    '{"type": "subscribe", "channels": ["ticker", "book"], "depth": 10}',
    '{"type": "order", "price": 43125.10, "id": 90071992547409931, "flags": [true, null]}',
)
MISTAKE = '{"type": "subscribe",, "channels": ["ticker"]}'
FILTER = "dir:received .price > 40000 or .depth"
SHOWN = 2  # rows
# Textual's pictures name a font on another host; a README must not.
FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


class Clock:
    """A clock that moves on by a tick each time it is read, and otherwise when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        """Return the time, in seconds since the epoch."""
        self.now += TICK
        return self.now


def save(app: JsonwsApp, name: str) -> None:
    """Write what is on the screen as an SVG."""
    svg = FONT_FACE.sub("", app.export_screenshot(title="jsonws-tui"))
    (DOCS / name).write_text(svg, encoding="utf-8")


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait for what must happen."""
    async with asyncio.timeout(30):
        while not condition():
            await pilot.pause(0.01)


async def converse(pilot: Pilot[None], app: JsonwsApp, clock: Clock) -> None:
    """Send the documents, one by one, and wait for their echoes."""
    await until(pilot, lambda: app.session.is_open)
    for number, document in enumerate(DOCUMENTS, start=1):
        clock.now += PAUSE
        await pilot.press(*document, "enter")
        await until(pilot, lambda number=number: app.session.transcript.received == number)
    await pilot.pause(0.2)


async def draw(theme: str, suffix: str, folder: Path) -> None:
    """Play the conversation in a theme, and take its pictures."""
    clock = Clock()
    server = BundledServer("127.0.0.1", 0, "/websock-practice2/v1/")
    url = server.start()

    def make_client(_url: str, observer: Observer) -> Client:
        return Client(Target(url), observer, timing=Timing(ping_interval=None), clock=clock)

    settings = Settings(
        url="ws://127.0.0.1:8000/websock-practice2/v1/",
        theme=theme,
        state_dir=folder,
    )
    recording = Recording(folder / f"session{suffix}.jsonl", lambda: Header("", settings.url or "", START))
    app = JsonwsApp(
        settings,
        make_client=make_client,
        make_finder=Finder,
        recording=recording,
        sent=SentList(folder / f"sent{suffix}.jsonl"),
    )
    try:
        async with app.run_test(size=SIZE) as pilot:
            await converse(pilot, app, clock)
            await pilot.press(*MISTAKE)
            await pilot.pause(0.2)
            save(app, f"conversation{suffix}.svg")
            await pilot.press("f2", "shift+tab")
            await pilot.pause(0.2)
            save(app, f"pretty{suffix}.svg")
            await pilot.press("f2", "up", "up", "enter", "down", "down")
            await pilot.pause(0.2)
            save(app, f"inspector{suffix}.svg")
            await pilot.press("escape", "f6", *FILTER)
            await until(pilot, lambda: app.screen.query_one(HistoryPane).row_count() == SHOWN)
            await pilot.pause(0.2)
            save(app, f"filter{suffix}.svg")
            await app.session.quit()
    finally:
        server.stop()
        recording.close()


async def main() -> None:
    """Draw everything."""
    with tempfile.TemporaryDirectory() as folder:
        await draw("jsonws-dark", "-dark", Path(folder))
        await draw("jsonws-light", "-light", Path(folder))


if __name__ == "__main__":
    asyncio.run(main())
