"""Attempts against servers, proxies and certificates as they can be met."""

import logging

import pytest
from websockets.asyncio.server import serve

from client_tui import __version__
from client_tui.core.failure import FailureKind
from client_tui.core.states import Failed, Open
from client_tui.wire.dial import is_loopback
from client_tui.wire.target import Target, Timing
from tests.support.ear import QUIET, Ear, connected, running
from tests.support.servers import certificate, deaf_address, free_port, raw_server, tls_context

BRIEF = Timing(connect=0.1, ping_interval=None)
ELSEWHERE = "ws://server.invalid:8000/"


@pytest.fixture
def ear():
    return Ear()


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    for scheme in ("all", "http", "https", "ws", "wss", "socks", "no"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme}_proxy".upper(), raising=False)


async def failure(ear, target, timing=QUIET):
    """Return why an attempt failed."""
    async with running(target, ear, timing):
        return (await ear.state(Failed)).failure


async def answered(ear, answer, **options):
    """Return why an attempt failed whose request was answered with these bytes."""

    async def handle(peer):
        await peer.request()
        peer.write(answer)

    async with raw_server(handle, **options) as url:
        return await failure(ear, url)


# The request


async def request(ear, target):
    """Return the request that a client sends, its lines in their order."""
    requests = []

    async def handle(peer):
        requests.append(await peer.accept())
        await peer.until_gone()

    async with raw_server(handle) as url, connected(target(url), ear):
        return requests[0].decode().split("\r\n")


async def test_the_client_says_who_it_is(ear):
    assert f"User-Agent: jsonws-tui/{__version__}" in await request(ear, Target)


async def test_the_users_headers_win_and_keep_their_order(ear):
    headers = (
        ("Host", "other.example"),
        ("user-agent", "mine"),
        ("Origin", "https://other.example"),
        ("Cookie", "a=1"),
        ("Cookie", "b=2"),
    )
    lines = await request(ear, lambda url: Target(url, headers=headers))
    assert [line for line in lines if line.startswith(("Cookie", "Host", "Origin"))] == [
        "Host: other.example",
        "Origin: https://other.example",
        "Cookie: a=1",
        "Cookie: b=2",
    ]
    assert [line for line in lines if line.lower().startswith("user-agent")] == ["user-agent: mine"]


async def test_a_subprotocol_is_agreed_on(ear):
    async def idle(ws):
        await ws.wait_closed()

    async with serve(idle, "127.0.0.1", 0, subprotocols=["b"]) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with connected(Target(url, subprotocols=("a", "b")), ear) as client:
            assert isinstance(client.state, Open)
            assert client.state.handshake.subprotocol == "b"
            assert dict(client.state.handshake.headers)["Sec-WebSocket-Extensions"].startswith(
                "permessage-deflate"
            )


@pytest.mark.parametrize(
    "target",
    [
        Target("http://127.0.0.1/"),
        Target("ws://"),
        Target("ws://127.0.0.1:0x/"),
        Target("ws://127.0.0.1/", headers=(("X", "a\r\nY: b"),)),
        Target("ws://127.0.0.1/", subprotocols=("a b",)),
    ],
)
async def test_what_cannot_be_used_is_said(ear, target):
    if target.headers:
        async with raw_server(lambda peer: peer.until_gone()) as url:
            found = await failure(ear, Target(url, headers=target.headers))
    else:
        found = await failure(ear, target)
    assert found.kind in {FailureKind.TARGET, FailureKind.HANDSHAKE}
    assert not found.retryable


# Nobody there


async def test_a_refused_connection_names_serve(ear):
    port = free_port()
    found = await failure(ear, f"ws://127.0.0.1:{port}/")
    assert found.words == f"refused: nothing listens on 127.0.0.1:{port}"
    assert "--serve" in found.remedy
    assert found.retryable


async def test_localhost_is_tried_on_both_families(ear):
    async def idle(ws):
        await ws.wait_closed()

    async with serve(idle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with connected(f"ws://localhost:{port}/", ear):
            assert ear.frames == []


async def test_a_name_that_is_not_found(ear):
    found = await failure(ear, ELSEWHERE)
    assert found.kind in {FailureKind.NAME_NOT_FOUND, FailureKind.NAME_LOOKUP}
    assert "server.invalid" in found.words


async def test_a_machine_that_does_not_answer(ear):
    with deaf_address() as (host, port):
        found = await failure(ear, f"ws://{host}:{port}/", BRIEF)
    assert found.words == f"timed out: no answer from {host}:{port} within 0.1 s"
    assert found.retryable


async def test_a_server_that_never_answers_the_handshake(ear):
    async with raw_server(lambda peer: peer.reader.read(-1)) as url:
        found = await failure(ear, url, BRIEF)
    assert found.kind is FailureKind.TIMED_OUT
    assert found.words.endswith("did not answer the handshake within 0.1 s")


async def test_a_server_that_hangs_up_at_once(ear):
    found = await answered(ear, b"")
    assert found.kind is FailureKind.DROPPED
    assert found.retryable
    assert "--tls" in found.remedy


async def test_a_server_that_hangs_up_in_its_answer(ear):
    found = await answered(ear, b"HTTP/1.1 101 Switching")
    assert found.kind is FailureKind.DROPPED
    assert found.detail == "HTTP/1.1 101 Switching"


# Other answers


async def test_a_refusal_is_shown_as_it_came(ear):
    found = await answered(
        ear, b'HTTP/1.1 403 Forbidden\r\nX-Why: because\r\nContent-Length: 9\r\n\r\n{"no":1}\n'
    )
    assert found.words == "the server answered HTTP 403 Forbidden"
    assert found.detail == 'HTTP/1.1 403 Forbidden\nX-Why: because\nContent-Length: 9\n\n{"no":1}\n'
    assert "-H" in found.remedy
    assert not found.retryable


async def test_a_long_refusal_is_cut(ear):
    found = await answered(ear, b"HTTP/1.1 404 Not Found\r\n\r\n" + b"x" * 100_000)
    assert found.detail.endswith("x\n… 34464 more bytes")
    assert len(found.detail) < 70_000


async def test_a_gateway_in_trouble_is_tried_again(ear):
    found = await answered(ear, b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
    assert found.words == "the server answered HTTP 503 Service Unavailable"
    assert found.retryable


@pytest.mark.parametrize(
    "answer", [b"SSH-2.0-OpenSSH_9.2\r\n", b"\x00\x01\x02\n", b"HTTP/2 200 OK\r\n\r\n", b"x" * 100_000]
)
async def test_an_answer_that_is_not_http(ear, answer):
    found = await answered(ear, answer)
    assert found.kind is FailureKind.HANDSHAKE
    assert not found.retryable


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"403\r\n\r\n", "not valid HTTP: invalid HTTP status line: HTTP/1.1 403"),
        (b"403 No\r\nX-\xdc: 1\r\n\r\n", "not valid HTTP: invalid HTTP header name: "),
        (b"403 No\r\nContent-Length: -5\r\n\r\n", "not valid HTTP: invalid content length: -5"),
        (b"500 No\r\nContent-Length: 3000000\r\n\r\n", "too large: body too large: 3000000 bytes"),
        (b"200 OK\r\n" + b"A: b\r\n" * 5000, "too large: expected no more than 128 headers"),
    ],
)
async def test_http_with_a_fault_is_not_taken_for_something_else(ear, answer, words):
    found = await answered(ear, b"HTTP/1.1 " + answer)
    assert found.kind is FailureKind.HANDSHAKE
    assert found.words.startswith(f"the server's answer is {words}")
    assert "host and port" not in found.remedy
    assert found.detail.startswith("HTTP/1.1 ")


@pytest.mark.parametrize(
    ("headers", "fault"),
    [
        (b"", "missing Connection header"),
        (b"Connection: Upgrade\r\nUpgrade: websocket\r\n", "missing Sec-WebSocket-Accept header"),
        (b"Connection: Upgrade\r\nUpgrade: h2c\r\n", "invalid Upgrade header: h2c"),
    ],
)
async def test_a_handshake_that_is_not_valid(ear, headers, fault):
    found = await answered(ear, b"HTTP/1.1 101 Switching Protocols\r\n" + headers + b"\r\n")
    assert found.kind is FailureKind.HANDSHAKE
    assert found.words.endswith(fault)
    assert found.detail.startswith("HTTP/1.1 101 Switching Protocols")


async def test_a_redirect_is_told_and_not_followed(ear):
    visits = []

    async def elsewhere(peer):
        visits.append(await peer.request())

    async with raw_server(elsewhere) as other:
        answer = b"HTTP/1.1 302 Found\r\nLocation: %s\r\n\r\n" % other.replace("ws", "http", 1).encode()
        found = await answered(ear, answer)
    assert found.kind is FailureKind.REDIRECT
    assert found.words == f"the server answered HTTP 302 Found, and points to {other}"
    assert not found.retryable
    assert visits == []


async def test_a_redirect_to_what_is_no_url(ear):
    found = await answered(ear, b"HTTP/1.1 302 Found\r\nLocation: http://[/x]/\r\n\r\n")
    assert found.kind is FailureKind.REDIRECT
    assert found.words.endswith(", and points to http://[/x]/")


# TLS


async def with_certificate(ear, path, **options):
    """Return the failure at a server of that certificate, or None when it opened."""

    async def handle(peer):
        await peer.accept()
        await peer.until_gone()

    async with raw_server(handle, tls_context(path)) as url, running(Target(url, **options), ear):
        state = await ear.wait(lambda: next((s for s in ear.heard if isinstance(s, Open | Failed)), None))
        return state.failure if isinstance(state, Failed) else None


async def test_a_certificate_that_nobody_vouches_for(ear, tmp_path):
    found = await with_certificate(ear, certificate(tmp_path))
    assert found is not None
    assert found.words == "TLS: the certificate of 127.0.0.1 is self-signed"
    assert not found.retryable


@pytest.mark.parametrize(
    ("options", "fault"),
    [({"days": -1}, "has expired"), ({"host": "other.example"}, "is for another address")],
)
async def test_a_certificate_that_is_wrong(ear, tmp_path, monkeypatch, options, fault):
    path = certificate(tmp_path, **options)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    found = await with_certificate(ear, path)
    assert found is not None
    assert found.words == f"TLS: the certificate of 127.0.0.1 {fault}"


async def test_a_certificate_that_the_system_trusts(ear, tmp_path, monkeypatch):
    path = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    assert await with_certificate(ear, path) is None


async def test_any_certificate_does_when_the_user_says_so(ear, tmp_path):
    assert await with_certificate(ear, certificate(tmp_path), insecure=True) is None


async def test_tls_with_a_server_that_speaks_none(ear):
    async def handle(peer):
        await peer.reader.read(100)
        peer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with raw_server(handle) as url:
        found = await failure(ear, url.replace("ws", "wss", 1))
    assert found.kind is FailureKind.TLS
    assert found.words.endswith("does not speak TLS")
    assert "ws://" in found.remedy


async def test_plain_text_with_a_server_that_speaks_tls(ear, tmp_path):
    async with raw_server(lambda peer: peer.until_gone(), tls_context(certificate(tmp_path))) as url:
        found = await failure(ear, url.replace("wss", "ws", 1))
    assert found.kind in {FailureKind.TLS, FailureKind.DROPPED}
    assert "wss://" in found.remedy


async def test_plain_text_answered_with_a_tls_alert(ear):
    found = await answered(ear, b"\x15\x03\x03\x00\x02\x02\x46")
    assert found.kind is FailureKind.TLS
    assert found.words.endswith("speaks TLS")


async def test_a_tls_handshake_that_stalls_is_bounded(ear):
    async with raw_server(lambda peer: peer.reader.read(-1)) as url:
        found = await failure(ear, url.replace("ws", "wss", 1), BRIEF)
    assert found.kind is FailureKind.TIMED_OUT


# Proxies


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("api.localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("localhost.example", False),
        ("", False),
    ],
)
def test_loopback(host, loopback):
    assert is_loopback(host) is loopback


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "all_proxy", "ws_proxy", "socks_proxy"])
async def test_a_proxy_of_the_environment_does_not_touch_loopback(ear, monkeypatch, variable):
    monkeypatch.setenv(variable, f"http://127.0.0.1:{free_port()}")

    async def handle(peer):
        await peer.accept()
        await peer.until_gone()

    async with raw_server(handle) as url, connected(url, ear):
        assert "connected" in ear.notices[0].text


@pytest.mark.parametrize("variable", ["http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"])
async def test_other_hosts_are_reached_through_the_proxy(ear, monkeypatch, variable):
    asked = []

    async def proxy(peer):
        asked.append(await peer.request())
        peer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await peer.accept()
        await peer.until_gone()

    async with raw_server(proxy) as url:
        monkeypatch.setenv(variable, url.replace("ws", "http", 1))
        async with connected(ELSEWHERE, ear):
            assert asked[0].startswith(b"CONNECT server.invalid:8000 HTTP/1.1\r\n")


async def test_a_dead_proxy_is_named(ear, monkeypatch):
    port = free_port()
    monkeypatch.setenv("http_proxy", f"http://me:secret@127.0.0.1:{port}")
    found = await failure(ear, ELSEWHERE)
    assert found.words == f"refused: nothing listens on the proxy 127.0.0.1:{port}"
    assert "NO_PROXY" in found.remedy
    assert "--serve" not in found.remedy


async def test_a_proxy_that_says_no(ear, monkeypatch):
    async def proxy(peer):
        await peer.request()
        peer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")

    async with raw_server(proxy) as url:
        monkeypatch.setenv("http_proxy", url.replace("ws", "http", 1))
        found = await failure(ear, ELSEWHERE)
    assert found.kind is FailureKind.PROXY
    assert "407 Proxy Authentication Required" in found.words
    assert not found.retryable


async def test_no_proxy_names_exceptions_from_all_of_them(ear, monkeypatch):
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("NO_PROXY", "server.invalid")
    found = await failure(ear, ELSEWHERE)
    assert found.kind in {FailureKind.NAME_NOT_FOUND, FailureKind.NAME_LOOKUP}


@pytest.mark.parametrize(
    ("proxy", "words"),
    [
        ("socks5://127.0.0.1:1", "proxy: connecting through a SOCKS proxy requires python-socks"),
        (
            "ftp://me:secret@127.0.0.1:1",
            "the proxy ftp://127.0.0.1:1 cannot be used: scheme ftp isn't supported",
        ),
        ("http://me:secret@[::1", "the proxy http://[::1 cannot be used: it is not a URL"),
        ("http://me:p://w@proxy:1", "the proxy http://proxy:1 cannot be used: path is meaningless"),
        ("http://me:se#cret@proxy:1", "the proxy http://proxy:1 cannot be used: fragment is meaningless"),
    ],
)
async def test_a_proxy_that_cannot_be_used(ear, monkeypatch, proxy, words):
    monkeypatch.setenv("http_proxy", proxy)
    found = await failure(ear, ELSEWHERE)
    assert found.kind is FailureKind.PROXY
    assert found.words == words
    assert "NO_PROXY" in found.remedy
    assert not found.retryable


# Silence


async def test_nothing_is_logged_or_printed(ear, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    headers = (("Authorization", "Bearer secret"),)
    await request(ear, lambda url: Target(url, headers=headers))
    await failure(Ear(), Target(f"ws://127.0.0.1:{free_port()}/", headers=headers))
    assert [record for record in caplog.records if record.name != "asyncio"] == []
    assert capfd.readouterr() == ("", "")


async def test_a_socket_may_be_opened_elsewhere_than_the_url_says(ear):
    requests = []

    async def handle(peer):
        requests.append(await peer.accept())
        await peer.until_gone()

    async with raw_server(handle) as url:
        host, port = url.removeprefix("ws://").rstrip("/").split(":")
        target = Target(ELSEWHERE, via=(host, int(port)))
        async with connected(target, ear):
            pass
    assert b"Host: server.invalid:8000\r\n" in requests[0]
