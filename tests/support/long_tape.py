"""A tape that is still played when a signal comes, and what must be gone when it has ended."""

from __future__ import annotations

import os
import select
import signal
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from websockets.sync.server import serve

from tests.support.tapes import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.server import ServerConnection

PATIENCE = 120.0  # in seconds: far more than anything here takes


@contextmanager
def long_tape(path: Path) -> Iterator[threading.Event]:
    """Write a tape that takes a minute; yield an event for when it is in the midst of it.

    By then a server of its own runs, and two clients.
    """
    heard = threading.Event()

    def hear(connection: ServerConnection) -> None:
        connection.recv()
        heard.set()

    with serve(hear, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
        path.write_text(f'{SMALL}Client other\nConnect {url}\nSend {{"now": true}}\nWait@60s /never/\n')
        yield heard
        server.shutdown()
        thread.join(PATIENCE)


def hear_ctrl_c() -> None:
    """Do so even where the tests run in the background of a shell, which would have it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def children_of(pid: int) -> list[int]:
    """Return descriptors of the processes that a process has started, and that have not ended."""
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in (thread / "children").read_text().split():
                found.append(os.pidfd_open(int(child)))  # noqa: PERF401  # what came before one that is gone counts
    return found


def have_ended(children: list[int]) -> bool:
    """Wait until they have; close the descriptors."""
    gone = [bool(select.select([child], [], [], PATIENCE)[0]) for child in children]
    for child in children:
        os.close(child)
    return bool(children) and all(gone)
