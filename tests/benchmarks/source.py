"""The server that all sides are measured against: numbered frames, sent flat out or at a rate.

It is a process of its own. What it sends is spelled before the clock starts, so that the
kernel's buffers are what limits it; it neither compresses nor looks at what it is sent.
"""

from __future__ import annotations

import base64
import hashlib
import multiprocessing
import queue
import socket
import struct
import threading
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from tests.benchmarks import payloads
from tests.support.servers import CLOSE, GUID, PING, PONG, frame

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.connection import Connection

_SPELLED: Final = 512 * 1024 * 1024  # bytes; what is more than this is spelled while it is sent
_STALLED: Final = 30  # in seconds: a client that has read nothing for so long is given up
_TICK: Final = 0.001  # in seconds, between the batches of a stream


class Streamed(NamedTuple):
    """How many frames of a stream were sent, and in how many seconds."""

    count: int
    seconds: float


class Source:
    """The server's process, seen from outside: a context manager that listens once entered."""

    def __enter__(self) -> Self:
        """Start it."""
        self._commands, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self.url = f"ws://127.0.0.1:{self._commands.recv()}/"
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._process.terminate()
        self._process.join()

    def forget(self) -> None:
        """Forget the clients that have connected so far: one that is ended may have come back once more."""
        self._ask("forget")

    def accept(self, seconds: float) -> bool:
        """Wait until the next client has its answer to the handshake; tell whether one came.

        It is the one that is sent to from now on.
        """
        return bool(self._ask("accept", seconds))

    def spell(self, count: int, size: int) -> None:
        """Make ready what `flood` sends: so many frames of so many bytes."""
        self._ask("spell", count, size)

    def flood(self) -> float:
        """Send what was made ready, flat out. Return when that began, by `time.monotonic`."""
        return float(self._ask("flood"))

    def stream(self, rate: int, size: int) -> None:
        """Send so many frames a second, until `stop`."""
        self._ask("stream", rate, size)

    def stop(self) -> Streamed:
        """End a stream, and return how much it was."""
        return Streamed(*self._ask("stop"))

    def _ask(self, *command: object) -> Any:
        self._commands.send(command)
        return self._commands.recv()


def _serve(commands: Connection) -> None:
    """Do what is asked, until the process is ended."""
    with socket.create_server(("127.0.0.1", 0)) as listener, suppress(EOFError):
        commands.send(listener.getsockname()[1])
        server = _Server(listener, commands)
        while True:
            name, *arguments = commands.recv()
            getattr(server, name)(*arguments)


class _Server:
    """Takes connections in a thread, and sends to the newest in the thread that gives the commands."""

    def __init__(self, listener: socket.socket, commands: Connection) -> None:
        self._listener = listener
        self._commands = commands
        self._peers: queue.SimpleQueue[_Peer] = queue.SimpleQueue()
        self._peer: _Peer | None = None
        self._spelled: Iterable[bytes] = ()
        threading.Thread(target=self._accept_all, daemon=True).start()

    def _accept_all(self) -> None:
        while True:
            connection = self._listener.accept()[0]
            threading.Thread(target=self._take, args=(connection,), daemon=True).start()

    def _take(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _STALLED, 0))
            peer = _Peer(connection)
            peer.answer_handshake()
            self._peers.put(peer)
            peer.read()

    def forget(self) -> None:
        with suppress(queue.Empty):
            while True:
                self._peers.get_nowait()
        self._commands.send(None)

    def accept(self, seconds: float) -> None:
        try:
            self._peer = self._peers.get(timeout=seconds)
        except queue.Empty:
            self._peer = None
        self._commands.send(self._peer is not None)

    def spell(self, count: int, size: int) -> None:
        made = payloads.batches(count, size)
        self._spelled = list(made) if count * size < _SPELLED else made
        self._commands.send(None)

    def flood(self) -> None:
        assert self._peer is not None
        self._commands.send(time.monotonic())
        with suppress(OSError):  # the client has had enough
            self._peer.send(self._spelled)

    def stream(self, rate: int, size: int) -> None:
        assert self._peer is not None
        self._commands.send(None)
        number, start = payloads.FIRST, time.monotonic()
        with suppress(OSError):
            while not self._commands.poll(_TICK):
                due = payloads.FIRST + int((time.monotonic() - start) * rate)
                self._peer.send([payloads.wire_frame(each, size) for each in range(number, due)])
                number = due
        seconds = time.monotonic() - start
        assert self._commands.recv() == ("stop",)
        self._commands.send((number - payloads.FIRST, seconds))


class _Peer:
    """One client. What is sent is never torn apart by the pong that answers a ping meanwhile."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._input = connection.makefile("rb")
        self._answers: deque[bytes] = deque()
        self._turn = threading.Lock()

    def answer_handshake(self) -> None:
        """Answer as RFC 6455 §4.2.2 says; no extension is taken, so nothing is compressed."""
        headers = {}
        while (line := self._input.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            headers[name.strip().lower()] = value.strip()
        digest = hashlib.sha1(headers[b"sec-websocket-key"] + GUID, usedforsecurity=False).digest()
        lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"]
        accept = f"Sec-WebSocket-Accept: {base64.b64encode(digest).decode()}"
        self._socket.sendall("\r\n".join([*lines, accept, "", ""]).encode())

    def send(self, batches: Iterable[bytes]) -> None:
        """Send whole frames."""
        with self._turn:
            for batch in batches:
                self._socket.sendall(batch)
                self._send_answers()
        self._answer()

    def read(self) -> None:
        """Answer pings and the close frame, until the client has gone."""
        with self._input:
            opcode = None
            while opcode != CLOSE and (head := self._input.read(2)):
                opcode, length = head[0] & 0xF, head[1] & 0x7F
                if length >= 126:
                    length = int.from_bytes(self._input.read(2 if length == 126 else 8))
                mask, data = self._input.read(4), self._input.read(length)
                if opcode in (PING, CLOSE):
                    self._answers.append(frame(PONG if opcode == PING else CLOSE, _unmasked(data, mask)))
                    self._answer()

    def _answer(self) -> None:
        """Send the answers now, or leave them to the thread that is sending."""
        while self._answers and self._turn.acquire(blocking=False):
            with suppress(OSError):
                self._send_answers()
            self._turn.release()

    def _send_answers(self) -> None:
        while self._answers:
            self._socket.sendall(self._answers.popleft())


def _unmasked(data: bytes, mask: bytes) -> bytes:
    return bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))
