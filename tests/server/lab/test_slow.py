from __future__ import annotations

import json
import time

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import connect

from server.close_codes import TOO_MUCH
from server.lab.slow import WAITING_CHARACTERS
from tests.support.echo_server import EchoServer
from tests.support.raw_websocket import RawWebSocket, request


def test_each_document_comes_back_after_its_own_delay_and_in_order(lab: EchoServer) -> None:
    begin = time.monotonic()
    with connect(f"{lab.base}/lab/slow/?delay=1") as client:
        for number in range(50):
            client.send(f"[{number}]")
        client.send("NaN")
        assert [client.recv() for _ in range(50)] == [f"[{number}]" for number in range(50)]
        assert json.loads(client.recv())["error"]["code"] == "invalid_json"
    assert 1 <= time.monotonic() - begin < 30  # 50, if each waited for the one before


def test_it_may_take_its_time_to_let_a_client_in(lab: EchoServer) -> None:
    begin = time.monotonic()
    with connect(f"{lab.base}/lab/slow/?handshake=0.2&delay=0") as client:
        assert time.monotonic() - begin >= 0.2
        client.send("1")
        assert client.recv() == "1"


def test_autobahns_own_five_seconds_do_not_end_a_slow_handshake(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/slow/?handshake=5.5&delay=0", open_timeout=60) as client:
        client.send("1")
        assert client.recv() == "1"


def test_it_stops_where_the_client_leaves_before_it_was_let_in() -> None:
    with EchoServer("--lab") as server:
        with RawWebSocket(server.port) as client:
            client.send(request("/lab/slow/?handshake=15"))
            with connect(server.url):  # so that the first request has been read
                pass
        assert server.wait_for("stopped").endswith("/lab/slow/ after 0 frames")


def test_it_stops_with_all_that_waits() -> None:
    with EchoServer("--lab") as server:
        with connect(f"{server.base}/lab/slow/?delay=60") as client:
            for _ in range(100):
                client.send("1")
        assert server.wait_for("stopped").endswith("/lab/slow/ after 0 frames")


def test_more_than_it_keeps_is_refused_in_words(lab: EchoServer) -> None:
    large = json.dumps("x" * (WAITING_CHARACTERS // 4))
    with connect(f"{lab.base}/lab/slow/?delay=60") as client:
        for _ in range(5):
            client.send(large)
        assert json.loads(client.recv())["error"]["code"] == "too_much"
        with pytest.raises(ConnectionClosedError):
            client.recv()
        assert client.close_code == TOO_MUCH
