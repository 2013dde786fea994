"""The child as its parent sees it: started with as little as it needs, spoken to, and ended."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from client_tui.finding.messages import Unpacker, pack
from client_tui.finding.watch import Board

if TYPE_CHECKING:
    from collections.abc import Callable

    from client_tui.finding.messages import Message


def child_command(recording: int, board: int, limit: float) -> list[str]:
    """Return the command that runs the child: ``-P`` keeps the user's folder out, ``-S`` saves time."""
    flags = ["-S", "-P", *(["-B"] if sys.dont_write_bytecode else [])]
    return [sys.executable, *flags, "-m", "client_tui.finding.child", str(recording), str(board), str(limit)]


def child_environment() -> dict[str, str]:
    """Return all that the child is told of the environment: where modules are, and the time zone."""
    path = os.pathsep.join(filter(None, sys.path))
    return {"PYTHONPATH": path} | {name: os.environ[name] for name in ("TZ",) if name in os.environ}


class Process(asyncio.SubprocessProtocol):
    """One run of the child, which reads the file that is open here as `descriptor`, or none where that is -1.

    It gives each step `limit` seconds. What it says goes to `hear`, and its end to `ended`,
    unless it was killed: then nothing more is heard of it.
    """

    def __init__(
        self, descriptor: int, limit: float, hear: Callable[[Message], None], ended: Callable[[], None]
    ) -> None:
        self.descriptor = descriptor
        self.place = (0, 0)
        """At the end: what it was at, see `watch.Board`."""
        self._limit = limit
        self._hear = hear
        self._ended = ended
        self._unpacker = Unpacker()
        self._board: Board | None = None
        self._transport: asyncio.SubprocessTransport | None = None
        self._is_killed = False
        self._is_over = asyncio.Event()

    async def start(self) -> None:
        """Start it.

        Raises:
            OSError: it cannot be started.

        """
        self._board = Board.make()
        shared = [self._board.descriptor, *([self.descriptor] if self.descriptor >= 0 else [])]
        loop = asyncio.get_running_loop()
        try:
            await loop.subprocess_exec(
                lambda: self,
                *child_command(self.descriptor, self._board.descriptor, self._limit),
                stderr=subprocess.DEVNULL,
                env=child_environment(),
                pass_fds=shared,
                start_new_session=True,  # the terminal's Ctrl+C does not reach it
            )
        except BaseException:
            self._board.close()
            self._is_over.set()
            raise

    def send(self, message: Message) -> None:
        """Tell it something. Never waits."""
        if self._transport is not None and not self._is_killed:
            stdin = cast("asyncio.WriteTransport", self._transport.get_pipe_transport(0))
            if not stdin.is_closing():
                stdin.write(pack(message))

    def look(self) -> tuple[int, int]:
        """Return what it is at: the serial of what it looks for, 0 for nothing, and the entry's index."""
        return self.place if self._is_over.is_set() or self._board is None else self._board.place

    def kill(self) -> None:
        """End it at once.

        What connects to it is closed when it has ended: to close that sooner would take its
        exit status before asyncio does, which then complains on standard error.
        """
        self._is_killed = True
        if self._transport is not None:
            with suppress(ProcessLookupError):
                self._transport.kill()

    async def wait(self) -> None:
        """Wait until it has ended."""
        await self._is_over.wait()

    @property
    def pid(self) -> int | None:
        """Its process id; None before it runs."""
        return self._transport.get_pid() if self._transport is not None else None

    @property
    def returncode(self) -> int | None:
        """Its exit status, -N where signal N ended it; None while it runs."""
        return self._transport.get_returncode() if self._transport is not None else None

    # ------------------------------------------------------------------ what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note that it runs."""
        self._transport = cast("asyncio.SubprocessTransport", transport)
        if self._is_killed:
            self.kill()

    def pipe_data_received(self, _fd: int, data: bytes) -> None:
        """Hear what it says."""
        for message in self._unpacker.feed(data):
            if not self._is_killed:
                self._hear(message)

    def connection_lost(self, _error: Exception | None) -> None:
        """Tell that it has ended; all that it said was heard before."""
        if self._board is not None:
            self.place = self._board.place
            self._board.close()
        if self._transport is not None:
            self._transport.close()
        self._is_over.set()
        if not self._is_killed:
            self._ended()
