"""The installed command in a terminal of its own, and an echo that keeps what it got, to the byte."""

from __future__ import annotations

import os
import queue
import select
import sys
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from tests.support.background import in_background
from tests.support.servers import Peer, raw_server
from tests.support.terminal import PATIENCE, Terminal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

FOOTER = "^j new line"  # what shows that the client is there
OPEN = "● open"


def command() -> list[str]:
    """Return how to start the client: the script beside this Python, as a user has it."""
    script = Path(sys.executable).with_name("jsonws-tui")
    return [str(script)] if script.exists() else [sys.executable, "-m", "client_tui"]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A user's environment, with a state folder of the test's own."""
    ours = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return dict(os.environ) | ours | {"JSONWS_TUI_STATE_DIR": str(tmp_path / "state")}


@pytest.fixture
def run(environ: dict[str, str]) -> Iterator[Callable[..., Terminal]]:
    """Return what runs the command with flags; `env` is added to the environment."""
    with ExitStack() as stack:

        def started(*flags: str, env: dict[str, str] | None = None, **size: int) -> Terminal:
            return stack.enter_context(Terminal([*command(), *flags], environ | (env or {}), **size))

        yield started


@pytest.fixture
def opened(run: Callable[..., Terminal]) -> Callable[..., Terminal]:
    """Return what runs the command with flags, and waits until its connection is open."""

    def started(*flags: str, **options: Any) -> Terminal:
        terminal = run(*flags, **options)
        terminal.wait_for(OPEN)
        return terminal

    return started


class Echo:
    """A server by `websockets` that echoes each message and keeps it in `received`."""

    def __init__(self) -> None:
        self.received: queue.Queue[bytes] = queue.Queue()
        self.url = ""

    def next(self) -> bytes:
        """Wait for the next message, and return its payload."""
        return self.received.get(timeout=PATIENCE)

    def serve(self, connection: ServerConnection) -> None:
        """Serve one connection."""
        try:
            while True:
                message = connection.recv(decode=False)
                self.received.put(message)
                connection.send(message, text=True)
        except ConnectionClosed:
            pass


@pytest.fixture
def echo() -> Iterator[Echo]:
    """An echo that keeps what it got."""
    echo = Echo()
    with serve(echo.serve, "127.0.0.1", 0, max_size=None, compression=None) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        echo.url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
        yield echo
        server.shutdown()
        thread.join(PATIENCE)


@pytest.fixture
def serving() -> Iterator[Callable[..., str]]:
    """Return what serves each connection with a coroutine function, see `raw_server`, and returns the URL."""
    with ExitStack() as stack:

        def served(handle: Callable[[Peer], Awaitable[object]], **options: Any) -> str:
            return stack.enter_context(in_background(raw_server(handle, **options)))

        yield served


@contextmanager
def server_of(terminal: Terminal) -> Iterator[int]:
    """Hold on to the bundled server of the client in `terminal`: a descriptor of its process."""
    threads = Path(f"/proc/{terminal.process.pid}/task").iterdir()
    (pid,) = (pid for thread in threads for pid in (thread / "children").read_text().split())
    descriptor = os.pidfd_open(int(pid))
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def has_ended(process: int) -> bool:
    """Wait for the end of the process that a descriptor stands for; False where it goes on and on."""
    return bool(select.select([process], [], [], PATIENCE)[0])
