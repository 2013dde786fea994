from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from server.close_codes import GOING_AWAY
from server.daphne_server import INBOX_BYTES, Inbox, WriteGate
from server.paths import ECHO
from tests.support.echo_server import EchoServer
from tests.support.raw_websocket import BINARY, CLOSE, PING, PONG, TEXT, RawWebSocket, frame, request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.connection import Connection


@pytest.fixture
def other(server: EchoServer) -> Iterator[Connection]:
    """Another client, who is not to notice anything."""
    with connect(server.url) as client:
        yield client
        client.send("1")
        assert client.recv() == "1"


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (frame(TEXT, b'"\xff\xfe"'), 1007),
        (frame(TEXT, b"1", rsv=4), 1002),
        (frame(TEXT, b"1", masked=False), 1002),
        (frame(3, b"1"), 1002),
        (frame(PING, b"x" * 200), 1002),
        (frame(PING, fin=False), 1002),
        (frame(0, b"1"), 1002),
        (frame(CLOSE, b"\x03"), 1002),
        (frame(CLOSE, b"\x03\xed"), 1002),
        (b"\x81\xff" + bytes([0x40, *[0] * 7]) + bytes(4), 1009),
    ],
    ids=[
        "invalid UTF-8",
        "reserved bit",
        "no mask",
        "reserved opcode",
        "long ping",
        "fragmented ping",
        "continuation of nothing",
        "half a close code",
        "reserved close code",
        "4 EiB",
    ],
)
def test_a_breach_of_the_protocol_ends_its_own_connection_with_a_code(
    server: EchoServer, sent: bytes, code: int
) -> None:
    with RawWebSocket.connect(server.port, ECHO) as client:
        client.send(sent)
        assert client.read_frame().close_code == code


def test_fragments_make_one_message(server: EchoServer) -> None:
    with RawWebSocket.connect(server.port, ECHO) as client:
        client.send(frame(TEXT, b'["\xe4', fin=False) + frame(PING, b"!") + frame(0, b'\xb8\x96"]'))
        assert client.read_frame().opcode == PONG
        assert client.read_frame().payload == '["世"]'.encode()


@pytest.mark.parametrize("code", [b"", b"\x03\xe8", b"\x0f\xa0"], ids=["none", "1000", "4000"])
def test_a_close_is_answered(server: EchoServer, code: bytes) -> None:
    with RawWebSocket.connect(server.port, ECHO) as client:
        client.send(frame(CLOSE, code))
        assert client.read_frame().opcode == CLOSE
        assert client.read_rest() == b""


def test_what_cannot_be_echoed_any_more_ends_nothing_but_its_connection(server: EchoServer) -> None:
    with RawWebSocket.connect(server.port, ECHO) as client:
        client.send(frame(TEXT, b"1") * 3 + frame(CLOSE, b"\x03\xe8"))
        assert client.read_frame().opcode == CLOSE
        address, port = client.socket.getsockname()
        assert server.wait_for(f"disconnected {address}:{port}").endswith(" 1000")


@pytest.mark.parametrize("size", [101, 64 * 1024 * 1024])
def test_too_large_a_message_is_closed_with_1009(size: int) -> None:
    with EchoServer("--max-size", "100") as server, connect(server.url) as client:
        client.send('"' + "x" * 98 + '"')
        client.recv()
        with contextlib.suppress(ConnectionClosed):  # the answer may be here before it is all sent
            client.send(b"x" * size)
        with pytest.raises(ConnectionClosed) as closed:
            client.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", 400),
        (b"GET\r\n\r\n", 400),
        (request("/\xff\xfe"), 400),
        (request(ECHO, "Sec-WebSocket-Protocol: \xff"), 400),
        (request(ECHO, "Origin: http://[::1"), 400),
        (request(ECHO).replace(b"Sec-WebSocket-Key", b"X"), 400),
        (request(ECHO).replace(b"Version: 13", b"Version: 99"), 400),
        (request(ECHO, "Origin: http://example.org"), 403),
        (request(ECHO, "Origin: null"), 403),
        (request(ECHO, "Origin: http://localhost:3000"), 101),
        (request(ECHO, "X-Odd: \xff\xfe"), 101),
        (request(ECHO, "Daphne-Root-Path: /elsewhere"), 101),
        (request("/rooms/" + "%ff%00%0a" * 300 + "/"), 101),
    ],
    ids=lambda value: repr(value)[-40:],
)
def test_an_odd_handshake_gets_a_status(server: EchoServer, sent: bytes, status: int) -> None:
    with RawWebSocket(server.port) as client:
        client.send(sent)
        assert client.read_head().startswith(f"HTTP/1.1 {status} ")


@pytest.mark.usefixtures("other")
def test_clients_that_come_and_vanish_leave_no_trace(server: EchoServer) -> None:
    for _ in range(250):
        with RawWebSocket(server.port) as silent, RawWebSocket(server.port) as garbage:
            garbage.send(os.urandom(64))
            half = RawWebSocket(server.port)
            half.send(request(ECHO)[:40])
            half.reset()
            silent.send(request(ECHO))
        cut = RawWebSocket.connect(server.port, ECHO)
        cut.send(frame(TEXT, b"[1, 2]") + frame(BINARY, b"", fin=False) + b"\x81")
        cut.reset()


@pytest.mark.usefixtures("other")
def test_a_client_that_never_reads_is_no_longer_read_from(server: EchoServer) -> None:
    flood = frame(TEXT, b'"' + b"x" * 100_000 + b'"') * 10
    with RawWebSocket.connect(server.port, ECHO, receive_buffer=4096) as client:
        client.socket.settimeout(1)
        with pytest.raises(TimeoutError):
            client.send(flood * 100)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_every_client_with_1001(number: int) -> None:
    with EchoServer() as server:
        with (
            connect(server.url) as polite,
            connect(f"{server.base}/rooms/lobby/") as member,
            RawWebSocket.connect(server.port, ECHO) as mute,
            RawWebSocket.connect(server.port, ECHO, receive_buffer=4096) as stalled,
            RawWebSocket(server.port) as half,
        ):
            half.send(b"GET /")
            stalled.send(frame(TEXT, b'"' + b"x" * 10_000_000 + b'"'))
            server.wait_for(" 10000002 bytes")
            server.process.send_signal(number)
            for client in (polite, member):
                with pytest.raises(ConnectionClosed) as closed:
                    client.recv()
                assert closed.value.rcvd is not None
                assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (
                    1001,
                    "the server is going away",
                )
            assert mute.read_frame().close_code == GOING_AWAY
            assert server.process.wait(30) == 0
        assert server.log().count("disconnected") == 4
        assert "Traceback" not in server.log()


def test_the_gate_opens_and_closes() -> None:
    gate = WriteGate()
    assert gate.is_open
    gate.pauseProducing()
    assert not gate.is_open
    gate.resumeProducing()
    assert gate.is_open
    gate.pauseProducing()
    gate.stopProducing()
    assert gate.is_open


class Transport:
    """Remembers whether it is read from."""

    reading = True

    def pauseProducing(self) -> None:  # noqa: N802  # Twisted's name
        self.reading = False

    def resumeProducing(self) -> None:  # noqa: N802  # Twisted's name
        self.reading = True


def test_a_full_inbox_stops_the_reading_until_it_is_half_empty() -> None:
    transport = Transport()
    inbox = Inbox(transport)
    event = {"type": "websocket.receive", "text": "x" * (INBOX_BYTES // 4)}
    for _ in range(3):
        inbox.put_nowait(event)
    assert transport.reading
    inbox.put_nowait(event)
    assert not transport.reading
    inbox.get_nowait()
    inbox.get_nowait()
    assert not transport.reading
    inbox.get_nowait()
    assert transport.reading
