"""The client itself: rooms wired together, the screen run until its end, and the session kept."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from client_tui import __version__
from client_tui.cli.talk import refuse, report_failure, say
from client_tui.cli.terminal import why_no_screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from client_tui.finding.finder import Finder
    from client_tui.finding.news import News
    from client_tui.record.line_file import Lines
    from client_tui.record.recording import Recording
    from client_tui.serving import BundledServer
    from client_tui.settings import Settings
    from client_tui.ui.app import JsonwsApp
    from client_tui.ui.witness import Witness
    from client_tui.wire.client import Client
    from client_tui.wire.observer import Observer

_LAST_LINES: Final = 5
_DAY: Final = 86_400.0


def run_client(settings: Settings, witness: Witness | None = None) -> int:
    """Run the client until its end, and return the exit status. `witness` is told what the user does."""
    if why_not := why_no_screen():
        return refuse(why_not)
    if settings.record_file is not None and (why_not := _cannot_record(settings.record_file)):
        return refuse(f"--record: {why_not}: name a new file")
    server = _server(settings)
    app, recording = _wire(settings, server, witness)
    try:
        _run_to_end(app, server)
    finally:
        is_whole = recording.close()
    if not is_whole:
        where = recording.path or "the temporary file of this session"
        say(f"not all of the session could be written to {where}")
    if server and server.has_failed:
        _report_server(server)
    if app.failure is not None:
        return report_failure(app.failure, settings.state_dir)
    return app.return_code or 0


def _cannot_record(path: Path) -> str:
    """Return why a session cannot be recorded in this file, or ""; it is made where it is missing."""
    import os

    from client_tui.record.recording import open_recording

    try:
        os.close(open_recording(path))
    except OSError as error:
        return f"{path}: {error.strerror}"
    return ""


def _server(settings: Settings) -> BundledServer | None:
    from client_tui.serving import BundledServer

    if not settings.serve:
        return None
    return BundledServer(settings.serve_host, settings.serve_port, settings.serve_path, lab=settings.lab)


def _wire(
    settings: Settings, server: BundledServer | None, witness: Witness | None
) -> tuple[JsonwsApp, Recording]:
    from client_tui.record.lines import Header
    from client_tui.record.recording import Recording
    from client_tui.record.secrets import Cover
    from client_tui.record.sent import SentList
    from client_tui.record.sessions import clean_up
    from client_tui.ui.app import JsonwsApp

    def make_client(url: str, observer: Observer) -> Client:
        from client_tui.wire.client import Client  # websockets is not needed for the first paint
        from client_tui.wire.target import Target, Timing

        target = Target(url, settings.headers, settings.subprotocols, settings.max_size, settings.insecure)
        # Pings of the keepalive are entries, and a tape has none: its time is not the world's.
        timing = Timing() if witness is None else Timing(ping_interval=None)
        return Client(target, observer, timing=timing)

    started = time.time()
    recording = Recording(
        _recording_path(settings, started),
        lambda: Header(__version__, app.session.url or "", started),
        cover=Cover(settings.headers),
    )
    age = None if settings.recordings_age is None else settings.recordings_age * _DAY
    app = JsonwsApp(
        settings,
        make_client=make_client,
        make_finder=find_in,
        recording=recording,
        sent=SentList(settings.state_dir / "sent.jsonl", settings.sent_limit),
        server=server,
        tidy=lambda: clean_up(settings.recordings_dir, settings.recordings_size, age, time.time()),
        witness=witness,
    )
    return app, recording


def find_in(lines: Lines, on_news: Callable[[News], None]) -> Finder:
    """Return what looks for things in a recording; it is imported when that is wanted first."""
    from client_tui.finding.finder import Finder

    return Finder(lines, on_news)


def _recording_path(settings: Settings, started: float) -> Path | None:
    """Return the file in which the session is kept; None where it is not."""
    from client_tui.record.sessions import new_path

    if settings.record_file is not None or not settings.record:
        return settings.record_file
    return new_path(settings.recordings_dir, started, settings.url or f"ws://{settings.serve_host}/")


def _run_to_end(app: JsonwsApp, server: BundledServer | None) -> None:
    import asyncio
    import gc

    from client_tui.ending import run_until_signalled

    async def run() -> None:
        try:
            await app.run_async()
        finally:
            if server:
                await asyncio.to_thread(server.stop)

    # What is made by now stays: the collector would walk over it while somebody types. What comes later it
    # looks through in whole a fifth as often as by itself: that takes as long as three pictures.
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, 5 * middle)
    asyncio.run(run_until_signalled(run, app.leave))


def _report_server(server: BundledServer) -> None:
    """Say that the bundled server did not last as long as the client."""
    say(f"the bundled server ended by itself, with status {server.returncode}. Its last lines:")
    for line in server.log()[-_LAST_LINES:]:
        say(f"  {line}")
