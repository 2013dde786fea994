"""The client as the screen uses it: retries, the user's wishes, and the way out."""

import asyncio

import pytest

from client_tui.core.failure import FailureKind
from client_tui.core.frame import NoticeKind
from client_tui.core.states import Closed, ClosedBy, Closing, Connecting, Failed, Open, Retry
from client_tui.wire.client import Client
from client_tui.wire.target import Target, Timing
from tests.support.ear import PATIENCE, QUIET, Ear, connected, running
from tests.support.servers import CLOSE, TEXT, deaf_address, free_port, raw_server


@pytest.fixture
def ear():
    return Ear()


async def idle(peer):
    await peer.accept()
    await peer.until_gone()


def kinds(ear):
    return [
        type(entry) for entry in ear.heard if isinstance(entry, Connecting | Open | Closing | Closed | Failed)
    ]


# Retries


async def test_a_server_that_starts_later_is_found(ear):
    port = free_port()
    async with running(f"ws://127.0.0.1:{port}/", ear):
        failed = await ear.state(Failed)
        assert isinstance(failed.retry, Retry)
        async with raw_server(idle, port=port):
            await ear.state(Open)


async def test_a_lost_connection_comes_back_and_the_history_goes_on(ear):
    visits = []

    async def handle(peer):
        visits.append(peer)
        await peer.accept()
        peer.send(TEXT, b"%d" % len(visits))
        if len(visits) > 1:
            await peer.until_gone()

    async with raw_server(handle) as url, running(url, ear):
        await ear.wait(lambda: ear.received() == [b"1", b"2"])
        closed = await ear.state(Closed)
        assert isinstance(closed.retry, Retry)
        assert (await ear.state(Connecting, 2)).retry == 1


async def test_the_user_need_not_wait_for_a_retry(ear):
    visits = []

    async def handle(peer):
        visits.append(peer)
        if len(visits) == 1:
            return
        await idle(peer)

    async with raw_server(handle) as url, running(url, ear) as client:
        await ear.state(Failed)
        client.reconnect()
        await ear.state(Open)
    assert ear.heard.index(ear.notices[0]) < ear.heard.index(ear.notices[1])
    assert ear.notices[0].kind is NoticeKind.ERROR


async def test_disconnect_ends_the_retries(ear):
    async with running(f"ws://127.0.0.1:{free_port()}/", ear) as client:
        await ear.state(Failed)
        client.disconnect()
        assert isinstance(client.state, Failed)
        assert client.state.retry is None


# What the user wants


async def test_reconnect_while_open_closes_and_connects(ear):
    async with raw_server(idle) as url, connected(url, ear) as client:
        client.reconnect()
        await ear.state(Open, 2)
        assert await client.send("again")
    assert kinds(ear) == [Connecting, Open, Closing, Connecting, Open, Closing, Closed]


async def test_reconnect_twice_does_not_wait_for_a_stalled_peer(ear):
    hold = asyncio.Event()
    visits = []

    async def handle(peer):
        visits.append(peer)
        await peer.accept()
        await hold.wait()

    timing = Timing(close=PATIENCE, ping_interval=None)
    async with raw_server(handle) as url, connected(url, ear, timing) as client:
        client.reconnect()
        client.reconnect()
        await ear.state(Open, 2)
        hold.set()


async def test_disconnect_while_connecting(ear):
    with deaf_address() as (host, port):
        async with running(f"ws://{host}:{port}/", ear) as client:
            await ear.state(Connecting)
            client.disconnect()
            assert (await ear.state(Failed)).failure.kind is FailureKind.STOPPED


async def test_nothing_is_sent_while_it_is_not_open(ear):
    async with raw_server(idle) as url, connected(url, ear) as client:
        client.disconnect()
        assert not await client.send("late")
        assert not client.ping()
        await ear.state(Closed)
        assert not await client.send("later")
        assert not client.ping()
    assert ear.wire == [("sent", "CLOSE", b"\x03\xe8")]


async def test_what_an_observer_does_in_a_call_waits_its_turn(ear):
    class Impatient(Ear):
        def on_state(self, state):
            super().on_state(state)
            if isinstance(state, Open):
                client.disconnect()

    ear = Impatient()
    async with raw_server(idle) as url, running(url, ear) as client:
        await ear.state(Closed)
    assert kinds(ear) == [Connecting, Open, Closing, Closed]


async def test_a_state_comes_after_what_led_to_it(ear):
    async def handle(peer):
        await peer.accept()
        peer.send(TEXT, b"last")
        peer.send(CLOSE, b"\x03\xe8")
        await peer.until_gone()

    async with raw_server(handle) as url, running(url, ear):
        await ear.state(Closed)
    order = [type(entry).__name__ for entry in ear.heard]
    assert order == ["Connecting", "Notice", "Open", "Frame", "Frame", "Frame", "Closing", "Notice", "Closed"]


# The way out


async def test_quit_says_goodbye(ear):
    seen = []

    async def handle(peer):
        await peer.accept()
        await peer.until_gone()
        seen.append("close frame")

    async with raw_server(handle) as url:
        client = Client(Target(url), ear, timing=QUIET)
        task = asyncio.create_task(client.run())
        await ear.state(Open)
        await client.quit()
        await task
    assert seen == ["close frame"]
    assert ear.wire[0] == ("sent", "CLOSE", b"\x03\xe8")
    assert isinstance(client.state, Closed)


async def test_quit_does_not_wait_for_a_stalled_peer(ear):
    hold = asyncio.Event()

    async def handle(peer):
        await peer.accept()
        await hold.wait()

    timing = Timing(close=PATIENCE * 2, ping_interval=None)
    async with raw_server(handle) as url:
        client = Client(Target(url), ear, timing=timing)
        task = asyncio.create_task(client.run())
        await ear.state(Open)
        async with asyncio.timeout(PATIENCE):
            await client.quit(timeout=0.05)
            await task
        hold.set()


async def test_quit_whose_patience_ends_with_the_links_own(ear):
    hold = asyncio.Event()

    async def handle(peer):
        await peer.accept()
        await hold.wait()

    async with raw_server(handle) as url:
        client = Client(Target(url), ear, timing=Timing(close=0.05, ping_interval=None))
        task = asyncio.create_task(client.run())
        await ear.state(Open)
        async with asyncio.timeout(PATIENCE):
            await client.quit(timeout=0.05)  # as both are 2 s where nobody says otherwise
            await task
        hold.set()
    closed = await ear.state(Closed)
    assert (closed.code, closed.by, closed.retry) == (1000, ClosedBy.US, None)


@pytest.mark.parametrize("scheme", ["ws", "wss"])
async def test_quit_gives_a_stuck_handshake_up(ear, scheme):
    reached = asyncio.Event()

    async def handle(peer):
        reached.set()
        await peer.reader.read(-1)

    async with raw_server(handle) as url, running(url.replace("ws", scheme, 1), ear):
        await reached.wait()
    assert len(asyncio.all_tasks()) == 1


async def test_quit_during_a_pending_retry(ear):
    async with running(f"ws://127.0.0.1:{free_port()}/", ear):
        await ear.state(Failed)
    assert len(asyncio.all_tasks()) == 1


async def test_a_cancelled_run_leaves_nothing_behind(ear):
    async with raw_server(idle) as url:
        task = asyncio.create_task(Client(Target(url), ear, timing=QUIET).run())
        await ear.state(Open)
        task.cancel()
        await asyncio.wait([task])
        await ear.state(Closed)
