from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from websockets.sync.client import connect

from server.lab.binary import PAYLOADS

if TYPE_CHECKING:
    from tests.support.echo_server import EchoServer


def test_one_of_each_arrives_as_binary(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/binary/") as client:
        assert [client.recv() for _ in PAYLOADS] == list(PAYLOADS)


def test_they_are_what_they_say() -> None:
    not_utf_8, text, nothing, message, large = PAYLOADS
    with pytest.raises(UnicodeDecodeError):
        not_utf_8.decode()
    assert json.loads(text)["is"] == "JSON"
    assert nothing == b""
    assert msgspec.msgpack.decode(message)["symbol"] == "世界"
    assert len(large) == 64 * 1024


@pytest.mark.parametrize("data", [b"\xff\x00", b"", b"{}", b"x" * 1_000_000])
def test_binary_frames_come_back_as_binary_and_text_as_text(lab: EchoServer, data: bytes) -> None:
    with connect(f"{lab.base}/lab/binary/") as client:
        for _ in PAYLOADS:
            client.recv()
        client.send(data)
        client.send("[1.10]")
        client.send("NaN")
        assert client.recv() == data
        assert client.recv() == "[1.10]"
        assert json.loads(client.recv())["error"]["code"] == "invalid_json"
