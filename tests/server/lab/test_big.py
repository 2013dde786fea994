from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.sync.client import connect

from server.lab.big import Big, document
from tests.support.echo_server import EchoServer
from tests.support.raw_websocket import CLOSE, PING, PONG, TEXT, RawWebSocket, frame

SIXTY_FOUR_MEBIBYTES = 64 * 1024 * 1024


@given(st.integers(512, 40_000))
def test_a_document_has_exactly_its_size_and_is_json(size: int) -> None:
    text = b"".join(document(size))
    assert len(text) == size
    assert json.loads(text)["bytes"] == size


@pytest.mark.parametrize("size", [512, 1_000_000, 10_000_000])
def test_it_arrives_as_one_frame(lab: EchoServer, size: int) -> None:
    with RawWebSocket.connect(lab.port, f"/lab/big/?bytes={size}") as client:
        received = client.read_frame()
    assert (received.opcode, len(received.payload)) == (TEXT, size)
    items = json.loads(received.payload)["items"]
    assert [item["id"] for item in items] == list(range(1, len(items) + 1))
    assert items[-1]["name"] == "item 世界 🦀 é"
    assert size - sum(len(json.dumps(item, ensure_ascii=False)) for item in items) < 0.2 * size + 1_000


def test_sixty_four_mebibytes_cost_the_server_next_to_no_memory() -> None:
    with EchoServer("--lab") as server:
        with connect(server.url) as client:
            client.send("1")
            client.recv()
        before = peak(server)
        with connect(f"{server.base}/lab/big/?bytes={SIXTY_FOUR_MEBIBYTES}", max_size=None) as client:
            assert len(client.recv(decode=False)) == SIXTY_FOUR_MEBIBYTES
        assert peak(server) - before < 16 * 1024


def peak(server: EchoServer) -> int:
    """Return the most that a server ever held, in KiB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def test_what_is_sent_meanwhile_is_answered_behind_it(lab: EchoServer) -> None:
    with RawWebSocket.connect(lab.port, "/lab/big/?bytes=20000000") as client:
        client.send(frame(PING, b"!") + frame(TEXT, b'"after"') + frame(TEXT, b"NaN"))
        assert len(client.read_frame().payload) == 20_000_000
        answers = [client.read_frame() for _ in range(3)]
    assert sorted(answer.opcode for answer in answers) == [TEXT, TEXT, PONG]
    echo, error = [answer.payload for answer in answers if answer.opcode == TEXT]
    assert echo == b'"after"'
    assert b"invalid_json" in error


async def test_an_echo_waits_for_the_document_instead_of_being_held_in_memory() -> None:
    sent: list[dict[str, object]] = []

    class Remembers(Big):
        async def send(self, message: dict[str, object]) -> None:
            sent.append(message)

    big = Remembers()
    saying = asyncio.create_task(big.say("1"))
    await asyncio.sleep(0)
    assert sent == []
    await big.work()
    await saying
    assert sent[-1] == {"type": "websocket.send", "text": "1"}


@pytest.mark.parametrize("how", ["close", "reset"])
def test_it_stops_when_its_client_leaves_in_the_middle(how: str) -> None:
    with EchoServer("--lab") as server:
        with RawWebSocket.connect(server.port, "/lab/big/?bytes=200000000", receive_buffer=4096) as client:
            client.take(1_000_000)
            if how == "reset":
                client.reset()
            else:
                client.send(frame(TEXT, b"1") + frame(CLOSE, b"\x03\xe8"))
                assert len(client.read_rest()) < 100_000_000
        assert server.wait_for("stopped").endswith("/lab/big/ after 0 frames")
        assert server.stop() == 0
        assert "xception" not in server.log()
