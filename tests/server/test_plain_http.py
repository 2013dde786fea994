from __future__ import annotations

from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.echo_server import EchoServer


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_an_ordinary_request_is_told_in_words_what_to_do(server: EchoServer, method: str) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, "/", body=b"x" * 100_000 if method == "POST" else None)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    assert (response.status, response.reason) == (426, "Upgrade Required")
    assert response.getheader("Upgrade") == "websocket"
    assert response.getheader("Content-Type") == "text/plain; charset=utf-8"
    assert body == "" if method == "HEAD" else "/websock-practice2/v1/" in body
