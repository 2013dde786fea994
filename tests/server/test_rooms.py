from __future__ import annotations

import asyncio
import contextlib
import json
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from channels.layers import BaseChannelLayer  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from server.close_codes import NOT_READING, ROOM_LOST
from server.rooms import Outbox, group_name
from tests.support.echo_server import EchoServer
from tests.support.raw_websocket import CLOSE, RawWebSocket
from tests.support.redis_server import RedisServer

if TYPE_CHECKING:
    from websockets.sync.connection import Connection

BURST = [f'{{"number": {number}}}' for number in range(1_000)]


def received(client: Connection, count: int) -> list[str]:
    return [str(client.recv()) for _ in range(count)]


def closed(client: Connection) -> tuple[list[str], int | None]:
    """Read until the end: what came, and the close code."""
    texts: list[str] = []
    with contextlib.suppress(ConnectionClosed):
        while True:
            texts.append(str(client.recv()))
    return texts, client.close_code


@given(st.text(st.characters()))
def test_channels_takes_the_group_name_of_any_room(room: str) -> None:
    assert BaseChannelLayer().require_valid_group_name(group_name(room))


def test_rooms_have_groups_of_their_own() -> None:
    assert len({group_name(room) for room in ("a", "A", "a ", "ä", "", "\ud800")}) == 6


async def test_an_outbox_keeps_the_order_and_its_bound() -> None:
    outbox = Outbox(bound=1_000)
    assert outbox.put("a" * 5_000)  # any one text has room
    assert not outbox.put("b")
    assert await outbox.get() == "a" * 5_000
    assert all(outbox.put(text) for text in "cdefg")
    assert [await outbox.get() for _ in range(5)] == list("cdefg")
    waiting = asyncio.create_task(outbox.get())
    assert outbox.put("h")
    assert await waiting == "h"


def test_everyone_in_the_room_gets_a_burst_whole_and_in_order(server: EchoServer) -> None:
    with ExitStack() as stack:
        first, *others = (stack.enter_context(connect(f"{server.base}/rooms/lobby/")) for _ in range(4))
        stranger = stack.enter_context(connect(f"{server.base}/rooms/other/"))
        for text in BURST:
            first.send(text)
        for client in (first, *others):
            assert received(client, len(BURST)) == BURST
        stranger.send('"alone"')
        assert stranger.recv() == '"alone"'


@pytest.mark.parametrize("name", ["%2F%00%0a%ff", "世界 🦀", "x" * 1_000, "..", "a/b/c"])
def test_a_room_may_have_any_name(server: EchoServer, name: str) -> None:
    with connect(f"{server.base}/rooms/{name}/") as one, connect(f"{server.base}/rooms/{name}/") as two:
        one.send(" [1.10 ]")
        assert one.recv() == two.recv() == " [1.10 ]"


def test_a_mistake_is_answered_to_its_sender_alone(server: EchoServer) -> None:
    with connect(f"{server.base}/rooms/lobby/") as one, connect(f"{server.base}/rooms/lobby/") as two:
        one.send("NaN")
        one.send(b"1")
        one.send("1")
        assert json.loads(one.recv())["error"]["code"] == "invalid_json"
        assert json.loads(one.recv())["error"]["code"] == "binary"
        assert one.recv() == two.recv() == "1"


def test_who_left_gets_nothing_and_holds_nobody_up(server: EchoServer) -> None:
    with connect(f"{server.base}/rooms/lobby/") as stays:
        for _ in range(100):
            RawWebSocket.connect(server.port, "/rooms/lobby/").reset()
        for text in BURST:
            stays.send(text)
        assert received(stays, len(BURST)) == BURST


def test_who_stops_reading_is_closed_with_a_code_and_the_others_go_on(server: EchoServer) -> None:
    large = json.dumps("x" * 4_000_000)
    path = "/rooms/lobby/"
    with (
        RawWebSocket.connect(server.port, path, receive_buffer=4096) as stalled,
        connect(f"{server.base}{path}", max_size=None) as reads,
        connect(f"{server.base}{path}", max_size=None) as sends,
    ):
        while "does not read" not in server.log():
            sends.send(large)
            assert sends.recv() == reads.recv() == large
        sends.send("1")
        assert sends.recv() == reads.recv() == "1"
        last = stalled.read_frame()
        while last.opcode != CLOSE:
            last = stalled.read_frame()
    assert last.close_code == NOT_READING
    assert last.payload[2:] == b"this client does not read what the room sends"


def test_two_servers_share_a_room_through_redis() -> None:
    with (
        RedisServer() as redis,
        EchoServer("--redis-url", redis.url) as one,
        EchoServer(env={"REDIS_URL": redis.url}) as two,
        connect(f"{one.base}/rooms/lobby/") as here,
        connect(f"{two.base}/rooms/lobby/") as there,
    ):
        for text in BURST:
            here.send(text)
        assert received(there, len(BURST)) == received(here, len(BURST)) == BURST
        there.send("[1.10]")
        assert here.recv() == there.recv() == "[1.10]"


def test_when_redis_goes_the_room_is_lost_in_words_and_the_server_lives() -> None:
    with RedisServer() as redis, EchoServer("--redis-url", redis.url) as server:
        with (
            connect(server.url) as echo,
            connect(f"{server.base}/rooms/lobby/") as listens,
            connect(f"{server.base}/rooms/lobby/") as sends,
        ):
            redis.stop()
            with contextlib.suppress(ConnectionClosed):  # whoever listens may have been told already
                sends.send("1")
            for client in (sends, listens):
                texts, code = closed(client)
                assert json.loads(texts[-1])["error"]["code"] == "room_lost"
                assert code == ROOM_LOST
            with connect(f"{server.base}/rooms/lobby/") as late:
                assert closed(late)[1] == ROOM_LOST
            echo.send("1")
            assert echo.recv() == "1"
        redis.start()
        with connect(f"{server.base}/rooms/lobby/") as again:
            again.send("2")
            assert again.recv() == "2"
        assert server.stop() == 0
        assert server.log().count("lost the room of") == 3
        assert "Traceback" not in server.log()
