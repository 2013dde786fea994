"""The command `jsonws-tui sessions`: what was recorded, a line a session."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from client_tui.cli.talk import put, say
from client_tui.core import amounts
from client_tui.core.printable import printable

if TYPE_CHECKING:
    from client_tui.record.sessions import SessionInfo
    from client_tui.settings import Settings


def list_sessions(settings: Settings) -> int:
    """Print a line for each recorded session, the newest first."""
    from client_tui.record.sessions import sessions

    found = sessions(settings.recordings_dir)
    if not found:
        say(f"there are no sessions in {settings.recordings_dir}")
    for session in found:
        put(f"{_line(session)}\n")
    return 0


def _line(session: SessionInfo) -> str:
    """Return what there is to say of a session: start, length, entries, size, URL and file."""
    length = "live" if session.is_live else amounts.duration(session.changed - session.started)
    count = "?" if session.count is None else f"{session.count:,}"
    return (
        f"{_moment(session.started)}  {length:>8}  {count:>11}  {amounts.size(session.size):>8}"
        f"  {printable(session.url) or '-'}  {printable(str(session.path))}"
    )


def _moment(at: float) -> str:
    try:
        return f"{datetime.fromtimestamp(at):%Y-%m-%d %H:%M:%S}"
    except (OverflowError, ValueError, OSError):
        return "-" * 19
