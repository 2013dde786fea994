import asyncio
import socket
import threading

import pytest

from client_tui.wire import tcp
from tests.support.ear import PATIENCE
from tests.support.servers import deaf_address, free_port, raw_server

V4, V6 = socket.AF_INET, socket.AF_INET6


def port_of(url):
    return int(url.rstrip("/").rsplit(":", 1)[1])


async def test_a_name_has_addresses():
    addresses = await tcp.lookup("127.0.0.1", 80)
    assert addresses == [(V4, ("127.0.0.1", 80))]


async def test_a_name_that_is_unknown_is_an_error():
    with pytest.raises(socket.gaierror):
        await tcp.lookup("no-such-name.invalid", 80)


async def test_a_name_that_cannot_be_one_is_an_error():
    with pytest.raises(UnicodeError):
        await tcp.lookup("a" * 64 + ".example", 80)


async def test_a_lookup_that_hangs_can_be_given_up(monkeypatch):
    release = threading.Event()

    def hang(*_args, **_options):
        release.wait(PATIENCE)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await tcp.lookup("localhost", 80)
    (thread,) = (t for t in threading.enumerate() if t.name == "lookup")
    assert thread.daemon
    release.set()
    thread.join(PATIENCE)


def test_families_take_turns():
    assert tcp.interleave([(V6, 1), (V6, 2), (V6, 3), (V4, 4)]) == [(V6, 1), (V4, 4), (V6, 2), (V6, 3)]
    assert tcp.interleave([]) == []


async def test_the_first_address_that_answers_is_taken():
    async def idle(peer):
        await peer.until_gone()

    async with raw_server(idle) as url:
        dead = (V4, ("127.0.0.1", free_port()))
        sock = await tcp.open_socket([dead, (V4, ("127.0.0.1", port_of(url)))])
        with sock:
            assert sock.getpeername()[1] == port_of(url)


async def test_that_a_machine_refused_says_the_most():
    refused = (V4, ("127.0.0.1", free_port()))
    odd = (V4, ("255.255.255.255", 80))
    with pytest.raises(ConnectionRefusedError):
        await tcp.open_socket([refused, odd])


async def test_no_address_is_an_error():
    with pytest.raises(OSError, match="no address"):
        await tcp.open_socket([])


async def test_given_up_it_leaves_no_socket_behind():
    with deaf_address() as address, pytest.raises(TimeoutError):
        async with asyncio.timeout(tcp.STAGGER * 1.5):
            await tcp.open_socket([(V4, address), (V4, address)])


async def test_a_deaf_address_does_not_hold_the_next_one_up():
    async def idle(peer):
        await peer.until_gone()

    with deaf_address() as address:
        async with raw_server(idle) as url:
            live = (V4, ("127.0.0.1", port_of(url)))
            with await tcp.open_socket([(V4, address), live]) as sock:
                assert sock.getpeername() == live[1]
