from __future__ import annotations

import json
import time
from urllib.parse import quote

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from server.lab.close import CODE
from tests.support.echo_server import EchoServer
from tests.support.raw_websocket import CLOSE, RawWebSocket, frame

SENT = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999]


@pytest.mark.parametrize("code", SENT)
def test_every_code_that_a_server_may_send_arrives(lab: EchoServer, code: int) -> None:
    with RawWebSocket.connect(lab.port, f"/lab/close/?after=0&code={code}") as client:
        assert client.read_frame().close_code == code
        client.send(frame(CLOSE, b"\x03\xe8"))
        assert client.read_rest() == b""


@pytest.mark.parametrize("text", ["999", "1004", "1005", "1006", "1015", "2999", "5000", "01000", "", "x"])
def test_no_other_code_is_taken(text: str) -> None:
    assert CODE.read(text) is None


@pytest.mark.parametrize("reason", ["", "see you", "世界" * 20, "\x1b[31m\x00 &=+%"], ids=repr)
def test_the_reason_arrives(lab: EchoServer, reason: str) -> None:
    with connect(f"{lab.base}/lab/close/?after=0&reason={quote(reason)}") as client:
        with pytest.raises(ConnectionClosed):
            client.recv()
        assert (client.close_code, client.close_reason) == (1000, reason)


def test_until_then_it_echoes(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/close/?after=3600") as client:
        client.send("1")
        assert client.recv() == "1"


def test_it_waits_for_its_time(lab: EchoServer) -> None:
    begin = time.monotonic()
    with connect(f"{lab.base}/lab/close/?after=0.3&code=1012") as client:
        with pytest.raises(ConnectionClosed):
            client.recv()
        assert time.monotonic() - begin >= 0.3
        assert client.close_code == 1012


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("code=1005", "code=1005: give a code: 1000 to 1003, 1007 to 1014, 3000 to 4999"),
        ("after=3601", "after=3601: give a number from 0 to 3600"),
        ("reason=" + "%c3%a4" * 62, "give at most 123 bytes of UTF-8"),
    ],
)
def test_what_it_does_not_do(lab: EchoServer, query: str, words: str) -> None:
    with connect(f"{lab.base}/lab/close/?{query}") as client:
        assert words in json.loads(client.recv())["error"]["message"]


def test_it_does_not_close_who_has_left() -> None:
    with EchoServer("--lab") as server:
        with connect(f"{server.base}/lab/close/?after=3600"):
            pass
        assert server.wait_for("stopped").endswith("/lab/close/ after 0 frames")
