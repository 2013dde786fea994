from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import connect

from tests.support.raw_websocket import TEXT, RawWebSocket, frame, request

if TYPE_CHECKING:
    from tests.support.echo_server import EchoServer


def test_tcp_ends_without_a_close_frame(lab: EchoServer) -> None:
    with RawWebSocket.connect(lab.port, "/lab/drop/?after=0") as client:
        assert client.socket.recv(1) == b""


def test_or_it_is_reset(lab: EchoServer) -> None:
    with RawWebSocket(lab.port) as client:
        client.send(request("/lab/drop/?after=0&reset=1"))
        with pytest.raises(ConnectionResetError):  # which may overtake the handshake's answer
            read_until_the_end(client)


def read_until_the_end(client: RawWebSocket) -> None:
    while client.socket.recv(1_000):
        pass


def test_until_then_it_echoes(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/drop/?after=3600") as client:
        client.send("1")
        assert client.recv() == "1"


def test_it_waits_for_its_time(lab: EchoServer) -> None:
    begin = time.monotonic()
    with connect(f"{lab.base}/lab/drop/?after=0.3") as client, pytest.raises(ConnectionClosedError) as closed:
        client.recv()
    assert time.monotonic() - begin >= 0.3
    assert (closed.value.rcvd, client.close_code) == (None, 1006)


def test_who_does_not_read_is_dropped_as_well(lab: EchoServer) -> None:
    with RawWebSocket.connect(lab.port, "/lab/drop/?after=1&reset=1", receive_buffer=4096) as client:
        with contextlib.suppress(ConnectionError):  # it may come before all is sent
            client.send(frame(TEXT, b'"' + b"x" * 8_000_000 + b'"'))
        assert len(client.read_rest()) < 16_000_000
