from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosedError, ConnectionClosedOK
from websockets.sync.client import connect

from server.close_codes import WRONG_PARAMETER
from server.daphne_server import CLOSE_SECONDS
from server.lab.flood import numbered
from tests.support.echo_server import EchoServer
from tests.support.raw_websocket import CLOSE, TEXT, RawWebSocket, frame


@pytest.mark.parametrize("size", [14, 37, 63, 64, 100, 125, 126, 1_000, 70_000])
def test_each_frame_has_its_size_and_its_number_across_every_digit(lab: EchoServer, size: int) -> None:
    with RawWebSocket.connect(lab.port, f"/lab/flood/?n=1002&size={size}") as client:
        for number in range(1, 1_003):
            received = client.read_frame()
            assert (received.opcode, len(received.payload)) == (TEXT, size)
            assert json.loads(received.payload)["seq"] == number


def test_a_flood_of_a_hundred_thousand_arrives_whole_and_in_order(lab: EchoServer) -> None:
    expected = numbered(1, 100_000, 100)
    with RawWebSocket.connect(lab.port, "/lab/flood/?n=100000&close=1") as client:
        assert client.take(len(expected)) == expected
        assert client.read_frame().close_code == 1000


def test_after_the_last_it_stays_and_echoes(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/flood/?n=3") as client:
        assert [json.loads(client.recv())["seq"] for _ in range(3)] == [1, 2, 3]
        client.send(" [1.10]")
        assert client.recv() == " [1.10]"


def test_after_the_last_it_closes_where_it_is_asked_to(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/flood/?n=1&close=1") as client:
        client.recv()
        with pytest.raises(ConnectionClosedOK):
            client.recv()
        assert (client.close_code, client.close_reason) == (1000, "that was all")


def test_what_is_sent_amid_a_flood_comes_back_whole(lab: EchoServer) -> None:
    with RawWebSocket.connect(lab.port, "/lab/flood/") as client:
        client.send(frame(TEXT, b' "amid"'))
        number = 0
        while (payload := client.read_frame().payload) != b' "amid"':
            number += 1
            assert json.loads(payload)["seq"] == number


def test_it_is_never_faster_than_it_was_asked_to_be(lab: EchoServer) -> None:
    begin = time.monotonic()
    with connect(f"{lab.base}/lab/flood/?n=201&hz=1000") as client:
        for _ in range(201):
            client.recv()
    assert time.monotonic() - begin >= 0.2


def test_who_does_not_read_makes_it_wait() -> None:
    with EchoServer("--lab") as server:
        read_a_flood(server)
        before = memory(server)
        with RawWebSocket.connect(server.port, "/lab/flood/?size=1000", receive_buffer=4096) as stalled:
            read_a_flood(server)  # which takes the stalled one's time as well
            assert memory(server) - before < 10_000
            stalled.reset()
        words = server.wait_for("stopped").split()
        assert words[-1] == "frames"
        assert 0 < int(words[-2]) < 20_000  # 20 MB: what the kernel takes for a socket, and no more


def read_a_flood(server: EchoServer) -> None:
    with RawWebSocket.connect(server.port, "/lab/flood/?n=200000&size=1000") as client:
        for _ in range(200):
            client.take(1_000 * 1_004)


def memory(server: EchoServer) -> int:
    """Return what a server holds, in KiB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


def test_it_stops_when_its_client_leaves() -> None:
    with EchoServer("--lab") as server:
        with connect(f"{server.base}/lab/flood/?hz=100") as client:
            client.recv()
        server.wait_for("disconnected")
        assert "/lab/flood/ after" in server.wait_for("stopped")


def test_it_stops_at_the_close_frame_of_a_client_that_does_not_read_any_more() -> None:
    with EchoServer("--lab") as server:
        with RawWebSocket.connect(server.port, "/lab/flood/", receive_buffer=4096) as client:
            client.take(1_000)
            client.send(frame(CLOSE, b"\x03\xe8"))
            server.wait_for("stopped")
        server.wait_for("disconnected")
        log = server.log()
        assert log.index("stopped") < log.index("disconnected")


def test_leaving_amid_a_flood_is_a_clean_close(lab: EchoServer) -> None:
    with RawWebSocket.connect(lab.port, "/lab/flood/", receive_buffer=4096) as client:
        client.take(1_000_000)
        client.socket.settimeout(CLOSE_SECONDS / 2)  # the server itself would not wait for longer
        client.send(frame(CLOSE, b"\x03\xe8"))
        assert client.read_rest().endswith(b"\x88\x02\x03\xe8")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("n=1000000&size=14", "size=14: give 15 or more, which the last frame's number needs"),
        ("size=20", "size=20: give 24 or more"),
        ("size=8", "size=8: give a whole number from 9"),
        ("hz=100001", "hz=100001: give a number from 0 to 100000"),
        ("n=many", "n=many: give a whole number"),
    ],
)
def test_what_it_does_not_do(lab: EchoServer, query: str, words: str) -> None:
    with connect(f"{lab.base}/lab/flood/?{query}") as client:
        error = json.loads(client.recv())["error"]
        assert error["code"] == "wrong_parameter"
        assert words in error["message"]
        with pytest.raises(ConnectionClosedError):
            client.recv()
        assert client.close_code == WRONG_PARAMETER
