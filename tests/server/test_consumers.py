from __future__ import annotations

import json

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import connect

from server.jsontext import MAX_DEPTH
from server.paths import PATHS
from tests.support.echo_server import EchoServer


@pytest.mark.parametrize(
    "text",
    [
        '{"x":1}',
        ' {"x" : 1.10, "x": -0, "big": 123456789012345678901234567890}\r\n',
        "1e400",
        r'"\ud800"',
        '"世界 🦀 \u2028"',
        "[" * 2_000 + "]" * 2_000,
        "[" + "1.10, " * 50_000 + r'"\udfff"]',
    ],
    ids=lambda text: text[:20],
)
def test_valid_json_comes_back_verbatim(server: EchoServer, text: str) -> None:
    with connect(server.url, max_size=None) as client:
        client.send(text)
        assert client.recv() == text


def test_sixteen_mebibytes_come_back_verbatim(server: EchoServer) -> None:
    text = '"' + "x" * (16 * 1024 * 1024 - 2) + '"'
    with connect(server.url, max_size=None) as client:
        client.send(text)
        assert client.recv() == text


@pytest.mark.parametrize(
    ("frame", "code", "line", "column"),
    [
        ("NaN", "invalid_json", 1, 1),
        ("\ufeff{}", "invalid_json", 1, 1),
        ('{"a":\n"世界",}', "invalid_json", 2, 6),
        ("[" * 100_000 + "]" * 100_000, "too_deep", 1, MAX_DEPTH + 1),
        ("", "empty", 1, 1),
        (b"", "binary", 1, 1),
        (b'{"x":1}', "binary", 1, 1),
        (b"\xff\xfe", "binary", 1, 1),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_mistake_gets_one_answer_and_the_connection_stays(
    server: EchoServer, frame: str | bytes, code: str, line: int, column: int
) -> None:
    with connect(server.url) as client:
        client.send(frame)
        client.send("1")
        error = json.loads(client.recv())["error"]
        assert (error["code"], error["line"], error["column"]) == (code, line, column)
        assert error["message"]
        assert client.recv() == "1"


def test_answers_keep_the_order_of_the_questions(server: EchoServer) -> None:
    questions = [f"{number}" if number % 3 else f"{number}!" for number in range(500)]
    with connect(server.url) as client:
        for question in questions:
            client.send(question)
        answers = [str(client.recv()) for _ in questions]
    for question, answer in zip(questions, answers, strict=True):
        assert answer.startswith('{"error":') if question.endswith("!") else answer == question


def test_a_hostile_document_does_not_keep_the_others_waiting(server: EchoServer) -> None:
    with connect(server.url) as hostile, connect(server.url) as other:
        hostile.send("[" + "[], " * 200_000 + "NaN]")
        other.send("1")
        assert other.recv() == "1"
        with pytest.raises(TimeoutError):
            hostile.recv(timeout=0)
        assert "NaN" in str(hostile.recv())


def test_an_unknown_path_lists_the_paths_and_closes_with_4404(server: EchoServer) -> None:
    with connect(f"{server.base}/elsewhere") as client:
        answer = json.loads(client.recv())
        with pytest.raises(ConnectionClosedError) as closed:
            client.recv()
    assert answer["error"]["code"] == "unknown_path"
    assert answer["paths"] == list(PATHS)
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4404, "unknown path")


def test_the_log_has_one_line_for_each_event_and_no_content() -> None:
    with EchoServer() as server:
        with connect(server.url) as client:
            client.send('"secret 世界"')
            client.recv()
            client.send(b"secret")
            client.recv()
        server.wait_for("disconnected")
        with connect(f"{server.base}/%1b[31m%0a") as client:
            client.recv()
        server.wait_for(" 4404")
        server.stop()
    first, *events = server.log().splitlines()
    assert first == f"Listening on {server.url}"
    words = [line.split(" ", 2)[2].split(" ") for line in events]
    peer = words[0][1]
    assert words[:4] == [
        ["connected", peer, "/websock-practice2/v1/"],
        ["received", peer, "text", "15", "bytes"],
        ["received", peer, "binary", "6", "bytes"],
        ["disconnected", peer, "1000"],
    ]
    assert words[4][2] == r"/\u001b[31m\u000a"
    assert "secret" not in server.log()


def test_verbose_logs_the_content_escaped() -> None:
    with EchoServer("--verbose") as server:
        with connect(server.url) as client:
            client.send('"\x7f\u202e 世界"\n')
            client.recv()
            client.send('"' + "x" * 10_000 + '"')
            client.recv()
        assert server.wait_for("14 bytes").endswith(r'14 bytes: "\u007f\u202e 世界"\u000a')
        assert server.wait_for("10002 bytes").endswith("x… (8002 more characters)")
