from __future__ import annotations

import socket
import sys

import pytest
from websockets.sync.client import connect

from server.options import Options, UsageError
from server.run import serve
from tests.support.echo_server import EchoServer


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def test_a_host_may_have_a_name() -> None:
    with EchoServer("--host", "localhost") as server, connect(server.url) as client:
        assert server.url == f"ws://localhost:{server.port}/websock-practice2/v1/"
        client.send("1")
        assert client.recv() == "1"


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_a_host_may_be_an_ipv6_address() -> None:
    with EchoServer("--host", "::1") as server, connect(server.url) as client:
        assert server.url == f"ws://[::1]:{server.port}/websock-practice2/v1/"
        client.send("1")
        assert client.recv() == "1"


def test_it_ends_with_the_process_that_holds_its_stdin() -> None:
    with EchoServer("--until-stdin-closes") as server:  # its stdin is /dev/null, at its end from the start
        assert server.process.wait(30) == 0


def test_redis_without_its_extra_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "channels_redis", None)
    with pytest.raises(UsageError, match=r"--redis-url redis://h: .* pip install 'jsonws-tui\[redis\]'"):
        serve(Options(redis_url="redis://h"))
