"""The command `jsonws-tui`: the only room where all the others meet."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Final

from client_tui import __version__
from client_tui.core.printable import printable
from client_tui.settings import Settings, Wrong, load
from client_tui.settings.flags import help_text, parse_flags

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from client_tui.serving import BundledServer
    from client_tui.wire.client import Client
    from client_tui.wire.observer import Observer

FAILED: Final = 1
WRONG_USE: Final = 2
INTERRUPTED: Final = 130
_LAST_LINES: Final = 5


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (the process's own where it is None) and return its exit status.

    0 after the user left, 1 when the client failed, 2 for a wrong flag, variable or setting
    and without a terminal, 130 after Ctrl+C, and 128 + N after signal N.
    """
    try:
        return _main(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return INTERRUPTED


def _main(argv: Sequence[str]) -> int:
    flags = parse_flags(argv)
    if isinstance(flags, Wrong):
        return _refuse(str(flags))
    if flags["help"] or flags["version"]:
        _print(help_text() if flags["help"] else f"jsonws-tui {__version__}\n")
        return 0
    settings = load(flags, os.environ, key_ids=_key_ids, key_fault=_key_fault, theme_names=_theme_names)
    if isinstance(settings, Wrong):
        return _refuse(str(settings))
    from client_tui.ending import missing_terminal

    if stream := missing_terminal():
        return _refuse(f"{stream} is not a terminal: start it where the screen and the keyboard are")
    try:
        return run_app(settings)
    except Exception as error:  # whatever fails, the user gets one line, and the traceback in a file
        return _report_failure(error, settings.state_dir)


def run_app(settings: Settings) -> int:
    """Wire the rooms together, run the screen until its end, and return the exit status."""
    import asyncio
    import gc

    from client_tui.ending import run_until_signalled
    from client_tui.record.sent import SentList
    from client_tui.serving import BundledServer
    from client_tui.ui.app import JsonwsApp

    server = None
    if settings.serve:
        server = BundledServer(settings.serve_host, settings.serve_port, settings.serve_path)

    def make_client(url: str, observer: Observer) -> Client:
        from client_tui.wire.client import Client  # websockets is not needed for the first paint
        from client_tui.wire.target import Target

        target = Target(url, settings.headers, settings.subprotocols, settings.max_size, settings.insecure)
        return Client(target, observer)

    sent = SentList(settings.state_dir / "sent.jsonl", settings.sent_limit)
    app = JsonwsApp(settings, make_client=make_client, sent=sent, server=server)

    async def run() -> None:
        try:
            await app.run_async()
        finally:
            if server:
                await asyncio.to_thread(server.stop)

    gc.freeze()  # what is made by now stays: the collector would walk over it while somebody types
    asyncio.run(run_until_signalled(run, app.leave))
    if server and server.has_failed:
        _report_server(server)
    if app.failure is not None:
        return _report_failure(app.failure, settings.state_dir)
    return app.return_code or 0


def _key_ids() -> Collection[str]:
    from client_tui.ui.keys import command_ids

    return command_ids()


def _key_fault(remapped: Mapping[str, str]) -> str | None:
    from client_tui.ui.keymap import fault

    return fault(remapped)


def _theme_names() -> Collection[str]:
    from client_tui.ui.themes import theme_names

    return theme_names()


def _refuse(reason: str) -> int:
    _say(reason)
    return WRONG_USE


def _report_server(server: BundledServer) -> None:
    """Say that the bundled server did not last as long as the client."""
    _say(f"the bundled server ended by itself, with status {server.returncode}. Its last lines:")
    for line in server.log()[-_LAST_LINES:]:
        _say(f"  {line}")


def _report_failure(error: BaseException, folder: Path) -> int:
    """Say in one line what failed, and where the traceback is."""
    from datetime import UTC, datetime

    from client_tui.record.failure import write_failure

    path = write_failure(folder, error, datetime.now(UTC))
    where = f"the traceback is in {path}" if path else f"its traceback could not be written to {folder}"
    _say(f"the client failed: {type(error).__name__}: {error}; {where}")
    return FAILED


def _print(text: str) -> None:
    """Print what was asked for, in whatever encoding standard output has."""
    if isinstance(sys.stdout, TextIOWrapper):  # stderr does so by itself
        sys.stdout.reconfigure(errors="backslashreplace")
    if sys.stdout is not None:  # it is None where the shell closed it
        sys.stdout.write(text)


def _say(line: str) -> None:
    if sys.stderr is not None:  # it is None where the shell closed it
        sys.stderr.write(f"jsonws-tui: {printable(line)}\n")
