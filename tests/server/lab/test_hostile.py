from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from websockets.exceptions import ConnectionClosedOK
from websockets.sync.client import connect

from server.jsontext import check
from server.lab.hostile import FRAMES, REASON
from tests.support.raw_websocket import TEXT, RawWebSocket

if TYPE_CHECKING:
    from tests.support.echo_server import EchoServer

NO_JSON = {"controls", "nul", "title", "clipboard", "colours", "screen", "device", "separators"}
NO_JSON |= {"empty", "blank", "no-json", "bom", "nest-100000"}


def test_one_frame_of_each_arrives_as_it_is_and_then_it_echoes(lab: EchoServer) -> None:
    with RawWebSocket.connect(lab.port, "/lab/hostile/") as client:
        for text in FRAMES.values():
            received = client.read_frame()
            assert (received.opcode, received.payload.decode()) == (TEXT, text)
    with connect(f"{lab.base}/lab/hostile/?only=nul") as client:
        client.recv()
        client.send('"\x7f"')
        assert client.recv() == '"\x7f"'


@pytest.mark.parametrize("name", FRAMES)
def test_which_of_them_are_json(name: str) -> None:
    assert (check(FRAMES[name]) is not None) == (name in NO_JSON)
    if name not in NO_JSON | {"nest-2000", "objects-2000", "many-lines", "numbers"}:
        assert list(json.loads(FRAMES[name])) == [name]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("title", "\x1b]0;"),
        ("clipboard", "\x1b]52;c;"),
        ("screen", "\x1b[2J"),
        ("device", "\x1bP"),
        ("colours", "\x9b32m"),
        ("markup", "[@click=app.exit]"),
        ("bidi", "\u202e"),
        ("zero-width", "\u200b"),
        ("separators", "\u2028"),
        ("nul", "\x00"),
        ("title-escaped", r"\u001b]0;"),
        ("surrogates", r"\ud800"),
        ("numbers", "1e400"),
        ("numbers", "9" * 5_000),
    ],
)
def test_what_they_hold(name: str, part: str) -> None:
    assert part in FRAMES[name]


def test_a_megabyte_on_one_line() -> None:
    assert len(FRAMES["long-line"].encode()) >= 1_000_000
    assert "\n" not in FRAMES["long-line"]


def test_one_of_them_alone_and_a_hostile_reason(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/hostile/?only=markup&close=1") as client:
        assert client.recv() == FRAMES["markup"]
        with pytest.raises(ConnectionClosedOK):
            client.recv()
        assert (client.close_code, client.close_reason) == (1000, REASON)
    assert len(REASON.encode()) <= 123


def test_another_name_is_refused_with_those_there_are(lab: EchoServer) -> None:
    with connect(f"{lab.base}/lab/hostile/?only=friendly") as client:
        message = json.loads(client.recv())["error"]["message"]
    assert message.startswith("only=friendly: give one of all, controls, nul, ")
