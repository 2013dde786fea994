"""A WebSocket client that may do everything a good one would not (RFC 6455 §5.2, by hand)."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import Self

_PATIENCE = 120.0  # in seconds: far more than anything here takes
_KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # RFC 6455 §1.3's own

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


@dataclass(frozen=True, slots=True)
class RawFrame:
    """One unfragmented frame from the server."""

    opcode: int
    payload: bytes

    @property
    def close_code(self) -> int:
        """The code of a close frame."""
        assert self.opcode == CLOSE, self
        return int.from_bytes(self.payload[:2], "big")


def request(path: str, *headers: str) -> bytes:
    """Spell an opening handshake for `path`, with more headers."""
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {_KEY}",
        "Sec-WebSocket-Version: 13",
        *headers,
    ]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1")


def frame(opcode: int, payload: bytes = b"", *, fin: bool = True, rsv: int = 0, masked: bool = True) -> bytes:
    """Spell one frame, with a mask of zeros."""
    size = len(payload)
    mask_bit = 0x80 if masked else 0
    if size < 126:  # RFC 6455 §5.2
        length = bytes([mask_bit | size])
    elif size < 1 << 16:
        length = bytes([mask_bit | 126]) + struct.pack("!H", size)
    else:
        length = bytes([mask_bit | 127]) + struct.pack("!Q", size)
    return bytes([fin << 7 | rsv << 4 | opcode]) + length + (bytes(4) if masked else b"") + payload


class RawWebSocket:
    """A TCP connection, and what a test makes of it. A context manager; `connect` does the handshake."""

    def __init__(self, port: int, *, receive_buffer: int | None = None) -> None:
        self.socket = socket.socket()
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(_PATIENCE)
        self.socket.connect(("127.0.0.1", port))
        self._received = b""

    @classmethod
    def connect(cls, port: int, path: str, *, receive_buffer: int | None = None) -> Self:
        """Open a connection to `path`, and wait for the 101."""
        client = cls(port, receive_buffer=receive_buffer)
        client.send(request(path))
        head = client.read_head()
        assert head.startswith("HTTP/1.1 101 "), head
        return client

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the socket, without a closing handshake."""
        self.socket.close()

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)

    def reset(self) -> None:
        """Cut the connection with a TCP reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def read_head(self) -> str:
        """Read the head of an HTTP response."""
        while b"\r\n\r\n" not in self._received:
            self._received += self._receive()
        head, _, self._received = self._received.partition(b"\r\n\r\n")
        return head.decode("latin-1")

    def read_rest(self) -> bytes:
        """Read until the server closes the connection, or cuts it."""
        parts = [self._received]
        self._received = b""
        try:
            while part := self.socket.recv(1 << 20):
                parts.append(part)
        except ConnectionResetError:
            pass
        return b"".join(parts)

    def read_frame(self) -> RawFrame:
        """Read one frame."""
        first, length = self.take(2)
        if length == 126:  # RFC 6455 §5.2
            (length,) = struct.unpack("!H", self.take(2))
        elif length == 127:  # RFC 6455 §5.2
            (length,) = struct.unpack("!Q", self.take(8))
        return RawFrame(first & 0x0F, self.take(length))

    def take(self, size: int) -> bytes:
        """Read so many bytes."""
        parts = [self._received]
        missing = size - len(self._received)
        while missing > 0:
            parts.append(self._receive())
            missing -= len(parts[-1])
        received = b"".join(parts)
        taken, self._received = received[:size], received[size:]
        return taken

    def _receive(self) -> bytes:
        part = self.socket.recv(1 << 20)
        if not part:
            raise ConnectionError("the server closed the connection")
        return part
