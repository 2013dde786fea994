from __future__ import annotations

import asyncio
import json
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from websockets.exceptions import ConnectionClosed, ConnectionClosedError
from websockets.sync.client import connect

from server.close_codes import GOING_AWAY, WRONG_PARAMETER
from server.lab.catalogue import CONSUMERS, ENDPOINTS
from server.lab.endpoint import LabConsumer
from tests.support.echo_server import EchoServer
from tests.support.raw_websocket import CLOSE, RawWebSocket, frame, request

if TYPE_CHECKING:
    from server.consumers import Event


@pytest.mark.parametrize("path", CONSUMERS)
def test_an_unknown_parameter_is_told_with_those_there_are(lab: EchoServer, path: str) -> None:
    with connect(f"{lab.base}{path}?bogus=1") as client:
        answer = json.loads(client.recv())
        with pytest.raises(ConnectionClosedError):
            client.recv()
        assert (client.close_code, client.close_reason) == (WRONG_PARAMETER, "wrong parameter")
    assert answer["error"]["code"] == "wrong_parameter"
    assert answer["error"]["message"].startswith("bogus: no such parameter here")
    names = [parameter.name for parameter in CONSUMERS[path].parameters]
    assert [each.partition(":")[0] for each in answer["parameters"]] == names


@pytest.mark.parametrize(
    ("endpoint", "name"),
    [(endpoint, parameter.name) for endpoint in ENDPOINTS for parameter in endpoint.parameters],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_each_parameter_is_refused_where_it_is_nonsense(
    lab: EchoServer, endpoint: type[LabConsumer], name: str
) -> None:
    nonsense = "%00" * 200
    with connect(f"{lab.base}{endpoint.path}?{name}={nonsense}") as client:
        message = json.loads(client.recv())["error"]["message"]
    assert message.startswith(rf"{name}=\u0000")
    assert "give " in message


async def test_a_fault_in_the_work_ends_the_connection_and_is_told_as_it_is() -> None:
    class Faulty(LabConsumer):
        path = "/faulty/"
        about = "Fails."

        async def work(self) -> None:
            raise LookupError("a fault")

    events: asyncio.Queue[Event] = asyncio.Queue()
    events.put_nowait({"type": "websocket.connect"})
    sent: asyncio.Queue[dict[str, object]] = asyncio.Queue()
    with pytest.raises(LookupError, match="a fault"):
        await Faulty()({"path": "/faulty/", "query_string": b""}, events.get, sent.put)
    assert sent.get_nowait() == {"type": "websocket.accept"}


def test_clients_that_come_and_vanish_leave_no_work_behind() -> None:
    with EchoServer("--lab") as server:
        for endpoint in ENDPOINTS:
            RawWebSocket.connect(server.port, endpoint.path).reset()
            half = RawWebSocket(server.port)
            half.send(request(endpoint.path))
            half.reset()
        for endpoint in ENDPOINTS:
            with RawWebSocket.connect(server.port, endpoint.path) as polite:
                polite.send(frame(CLOSE, b"\x03\xe8"))
                polite.read_rest()
        with connect(server.url) as client:
            client.send("1")
            assert client.recv() == "1"
        assert server.stop() == 0
        assert "Traceback" not in server.log()
        assert "Error" not in server.log()


def test_a_signal_ends_the_server_amid_all_of_them() -> None:
    with EchoServer("--lab") as server, ExitStack() as stack:
        for path in ("/lab/slow/?handshake=15", *CONSUMERS):
            stack.enter_context(RawWebSocket(server.port)).send(request(path))
        polite = stack.enter_context(connect(f"{server.base}/lab/close/?after=3600"))
        assert server.stop() == 0
        with pytest.raises(ConnectionClosed):
            polite.recv()
        assert polite.close_code == GOING_AWAY
        assert "Traceback" not in server.log()
        assert "xception" not in server.log()
