"""Where a tape is played: a folder and a server of its own, and clients that know no user's settings."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from client_tui import __version__
from client_tui.core.secrets_told import Secret
from client_tui.demo.paced_client import PacedClient
from client_tui.demo.pacer import Pacer, Tape
from client_tui.finding.finder import Finder
from client_tui.picture.cover import covered
from client_tui.record.lines import Header
from client_tui.record.recording import Recording
from client_tui.record.sent import SentList
from client_tui.serving import BundledServer
from client_tui.settings import Settings, Wrong, address
from client_tui.settings.model import DEFAULT_HOST, DEFAULT_PATH, DEFAULT_PORT
from client_tui.ui.app import JsonwsApp
from client_tui.ui.puppet import Puppet
from client_tui.wire.target import Target, Timing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from client_tui.core.redaction import Path as RedactedPath
    from client_tui.demo.setup import Setup
    from client_tui.demo.tape_loop import TapeLoop
    from client_tui.picture.picture import Picture
    from client_tui.wire.client import Client
    from client_tui.wire.observer import Observer

START: Final = datetime(2026, 11, 22, 12, 1, 2)  # it is that time wherever a tape is played
"""When every tape begins."""
SERVED: Final = f"ws://{DEFAULT_HOST}:{DEFAULT_PORT}"
"""Where its server seems to be; it listens on whichever port is free."""
_DIFFERENT: Final = re.compile(
    rf"^\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{{3}}|(?<={re.escape(DEFAULT_HOST)}:)(?!{DEFAULT_PORT}\b)\d+"
)
"""In a line of the server's log: its time, which is the machine's, and a client's port."""
_JITTER: Final = 0.2
_NO_KEEPALIVE: Final = Timing(ping_interval=None)
# What of the user's environment changes how a client looks, besides our own variables.
_LOOKS: Final = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
_FIXED: Final = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "SOURCE_DATE_EPOCH": f"{START.replace(tzinfo=UTC).timestamp():.0f}",  # of the server's market
}


@contextmanager
def neutral_environment(extra: Mapping[str, str]) -> Iterator[None]:
    """Take the user's taste out of the environment for a while, and put what a tape names into it."""
    before = dict(os.environ)
    for name in before:
        if name in _LOOKS or name.startswith(("JSONWS_TUI_", "TEXTUAL")):
            del os.environ[name]
    os.environ.update(_FIXED | dict(extra))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class DemoServer(BundledServer):
    """The bundled server, which says that it listens where every tape's server does."""

    def __init__(self, path: str, *, lab: bool, port: int = 0) -> None:
        super().__init__(DEFAULT_HOST, port, path, lab=lab)
        self._shown = f"{SERVED}{path}"

    def start(self) -> str:
        """Wait until it listens, and return the URL that is shown."""
        self.listening()
        return self._shown

    @property
    def place(self) -> tuple[str, int]:
        """The host and the port where it really listens."""
        parts = urlsplit(self.url or self._shown)
        return parts.hostname or DEFAULT_HOST, parts.port or DEFAULT_PORT

    def log(self) -> list[str]:
        """Return its lines, with the port that is shown, and without what is another each time."""
        lines = [line.replace(f":{self.place[1]}", f":{DEFAULT_PORT}") for line in super().log()]
        return [_DIFFERENT.sub("…", line) for line in lines]


class Seat:
    """Somebody at a client of their own: what they do, and what comes to them."""

    def __init__(self, puppet: Puppet, pacer: Pacer, recording: Recording) -> None:
        self.puppet = puppet
        self.pacer = pacer
        self._recording = recording

    def picture(self) -> Picture:
        """Return what is on the screen, without the secrets that stand elsewhere than in documents."""
        picture = self.puppet.picture()
        secrets = self.puppet.secrets_in_urls(picture)
        if self.pacer.secrets:
            self.pacer.learn(self.puppet.typed)
            secrets |= set(map(Secret, self.pacer.secret_texts))
        return covered(picture, secrets)

    def cover(self, secrets: tuple[RedactedPath, ...]) -> None:
        """Cover what stands there in what is typed, and in what goes over the wire from now on."""
        self.pacer.secrets = secrets
        self.puppet.cover(secrets)

    async def leave(self) -> None:
        """End the client, and what it keeps."""
        await self.puppet.stop()
        self._recording.close()


class Stage:
    """The server and the clients of one tape, on a loop whose time is the tape's."""

    def __init__(self, loop: TapeLoop) -> None:
        self._loop = loop
        self._folder = Path(tempfile.mkdtemp(prefix="jsonws-tui-demo-"))
        self._server: DemoServer | None = None
        self._port = 0
        self._is_told = False  # whether a client has told that it listens
        self._made = 0
        self._tape = Tape(START.timestamp(), loop.time, lambda: loop.listened)

    def now(self) -> float:
        """Return the tape's time, in seconds since the epoch."""
        return self._tape.start + self._loop.time()

    # ------------------------------------------------------------------ the server

    @property
    def has_server(self) -> bool:
        """Whether there is a server of the tape's own, be it stopped for now."""
        return self._server is not None

    def serve(self, *, lab: bool) -> None:
        """Begin with a server, in the place of the one before it; the first client waits until it listens."""
        self.stop_serving()
        self._server = DemoServer(DEFAULT_PATH, lab=lab, port=self._port)
        self._server.begin()
        if self._port:
            self._server.start()

    def stop_serving(self) -> None:
        """End the server; its port is kept for the next."""
        if self._server is not None:
            self._server.start()
            self._port = self._server.place[1]
            self._server.stop()

    # ------------------------------------------------------------------ the clients

    async def open(self, setup: Setup, url: str | None) -> Seat:
        """Open a client on a URL, on a path of the server, or where it is None on the server itself.

        Raises:
            ClientError: the server does not start.

        """
        self._made += 1
        folder = self._folder / str(self._made)
        folder.mkdir()
        waits_for_it = url is None and self._server is not None and not self._is_told
        self._is_told = True
        if not waits_for_it and self._server is not None:
            await asyncio.to_thread(self._server.start)
        shown = self._shown(url)
        settings = Settings(
            url=None if waits_for_it else shown.text,
            theme=setup.theme,
            density=setup.density,
            times=setup.times,
            state_dir=folder,
        )
        pacer = Pacer(self._tape, latency=setup.latency, interval=setup.interval)

        def make_client(url: str, observer: Observer) -> Client:
            pacer.observer = observer
            login = (("Authorization", shown.authorization),) if shown.authorization else ()
            target = Target(url, login, via=self._place(url))
            return PacedClient(target, pacer, timing=_NO_KEEPALIVE, clock=pacer.clock, jitter=lambda: _JITTER)

        def header() -> Header:
            return Header(__version__, app.session.url or "", START.timestamp())

        recording = Recording(folder / "session.jsonl", header)
        app = JsonwsApp(
            settings,
            make_client=make_client,
            make_finder=Finder,
            recording=recording,
            sent=SentList(folder / "sent.jsonl", settings.sent_limit),
            server=self._server if waits_for_it else None,
            clock=self.now,
        )
        app.writes_files = False
        seat = Seat(Puppet(app, setup.width, setup.height, self._loop.quiet), pacer, recording)
        try:
            await seat.puppet.start()
        except BaseException:
            await seat.leave()
            raise
        return seat

    def _shown(self, url: str | None) -> address.Url:
        """Return the URL that is shown: a user's name and password are none of it."""
        whole = f"{SERVED}{url or DEFAULT_PATH}" if url is None or url.startswith("/") else url
        parsed = address.url(whole)
        return address.Url(whole) if isinstance(parsed, Wrong) else parsed

    def _place(self, url: str) -> tuple[str, int] | None:
        """Return where a URL really leads, if that is to the server of the tape."""
        is_ours = self._server is not None and url.startswith(SERVED)
        return self._server.place if is_ours and self._server is not None else None

    def clear(self) -> None:
        """End the server at once, as nobody is left to say goodbye to, and leave nothing behind."""
        if self._server is not None:
            self._server.kill()
        shutil.rmtree(self._folder, ignore_errors=True)
