"""What goes over the wire is what is shown, in its order, however the server behaves."""

import asyncio
import zlib

import pytest
from websockets.asyncio.server import serve

from client_tui.core.frame import Direction, Opcode
from client_tui.core.states import Closed, ClosedBy, Closing, Open
from client_tui.wire.link import LARGE
from client_tui.wire.target import Target, Timing
from tests.support import servers
from tests.support.ear import PATIENCE, Ear, connected
from tests.support.echo_server import EchoServer
from tests.support.servers import BINARY, CLOSE, CONT, PING, PONG, TEXT, raw_server

US, THEM, NOBODY = ClosedBy.US, ClosedBy.THEM, ClosedBy.NOBODY
NORMAL = b"\x03\xe8"
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate"
ALIVE = Timing(ping_interval=20)


@pytest.fixture
def ear():
    return Ear()


def scripted(*steps):
    """Serve a handshake and then these steps, each of which is called with the peer."""

    async def handle(peer):
        await peer.accept()
        for step in steps:
            step(peer)
        await peer.until_gone()

    return raw_server(handle)


def sends(*args, **options):
    return lambda peer: peer.send(*args, **options)


async def ending(ear, *steps, target=Target):
    """Return how the connection with a server that does these steps ended."""
    async with scripted(*steps) as url, connected(target(url), ear):
        return await ear.state(Closed)


# Frames in their order


async def test_both_directions_and_the_control_frames_are_shown_in_their_order(ear):
    steps = [
        sends(TEXT, b"1"),
        sends(PING, b"p"),
        sends(PONG, b"unasked"),
        sends(BINARY, b"\0"),
        sends(CLOSE, NORMAL),
    ]
    await ending(ear, *steps)
    assert ear.wire == [
        ("received", "TEXT", b"1"),
        ("received", "PING", b"p"),
        ("sent", "PONG", b"p"),
        ("received", "PONG", b"unasked"),
        ("received", "BINARY", b"\0"),
        ("received", "CLOSE", NORMAL),
        ("sent", "CLOSE", NORMAL),
    ]


async def test_frames_that_come_with_the_handshake_follow_its_notice(ear):
    async def handle(peer):
        peer.writer.transport.set_write_buffer_limits(0)
        await peer.accept()
        for number in range(100):
            peer.send(TEXT, b"%d" % number)
        await peer.until_gone()

    async with raw_server(handle) as url, connected(url, ear):
        await ear.wait(lambda: len(ear.received()) == 100)
    assert ear.heard.index(ear.notices[0]) < ear.heard.index(ear.frames[0])
    assert isinstance(ear.heard[2], Open)


async def test_a_fragmented_message_comes_after_the_pings_within_it(ear):
    steps = [
        sends(TEXT, "wörld".encode()[:2], fin=False),
        sends(PING, b"a"),
        sends(CONT, "wörld".encode()[2:4], fin=False),
        sends(PING, b"b"),
        sends(CONT, "wörld".encode()[4:]),
        sends(CLOSE, NORMAL),
    ]
    await ending(ear, *steps)
    assert [(opcode, payload) for way, opcode, payload in ear.wire if way == "received"][:3] == [
        ("PING", b"a"),
        ("PING", b"b"),
        ("TEXT", "wörld".encode()),
    ]


async def test_payloads_are_verbatim(ear):
    text = "\u2028\x1b[31m\x00\ufeff é 𝄞\r\n".encode()
    await ending(ear, sends(TEXT, text), sends(TEXT, b""), sends(CLOSE, NORMAL))
    assert ear.received() == [text, b""]


async def test_what_is_sent_is_shown_before_its_answer(ear):
    async def echo(ws):
        async for message in ws:
            await ws.send(message)

    async with serve(echo, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with connected(f"ws://127.0.0.1:{port}/", ear) as client:
            for number in range(200):
                assert await client.send(f'{{"x":{number}}}')
            await ear.wait(lambda: len(ear.received()) == 200)
    sent_at = {f.payload: i for i, f in enumerate(ear.frames) if f.direction is Direction.SENT}
    came_at = {f.payload: i for i, f in enumerate(ear.frames) if f.direction is Direction.RECEIVED}
    assert all(sent_at[payload] < came_at[payload] for payload in came_at)


async def test_a_flood_is_shown_whole_and_in_its_order(ear):
    count = 100_000

    async def handle(peer):
        await peer.accept()
        for start in range(0, count, 1000):
            frames = (servers.frame(TEXT, b"%0100d" % number) for number in range(start, start + 1000))
            peer.write(b"".join(frames))
            await peer.writer.drain()
        await peer.until_gone()

    async with raw_server(handle) as url, connected(url, ear):
        await ear.wait(lambda: ear.frames and len(ear.frames) >= count)
    assert [int(payload) for payload in ear.received()] == list(range(count))


async def test_no_more_is_read_while_there_is_no_room_and_nothing_is_lost(ear):
    count, size = 400, 100_000  # far more than the sockets' own buffers hold
    steps = [sends(TEXT, b"first"), *(sends(TEXT, b"%07d" % number + b"x" * size) for number in range(count))]
    ear.has_room = False
    async with scripted(*steps) as url, connected(Target(url), ear):
        await ear.wait(lambda: ear.frames or None)
        for _ in range(200):  # turns of the loop, in each of which a piece could be read
            await asyncio.sleep(0)
        assert ear.received() == [b"first"]
        ear.has_room = True
        await ear.wait(lambda: len(ear.frames) == count + 1 or None)
    assert [int(payload[:7]) for payload in ear.received()[1:]] == list(range(count))


async def test_the_bundled_server_answers_verbatim(ear):
    with EchoServer() as server:
        async with connected(server.url, ear, ALIVE) as client:
            text = '{"x":1.10, "x":12345678901234567890}'
            assert await client.send(text)
            await ear.wait(lambda: ear.received() == [text.encode()])
            await ear.wait(lambda: ear.round_trips)
    assert ear.notices[0].text.startswith("connected · HTTP 101 · daphne")


# Sending


async def echoed(ear, messages, url):
    async with connected(url, ear) as client:
        for message, options in messages:
            assert await client.send(message, **options)
        await ear.wait(lambda: len(ear.received()) + len(ear.received(Opcode.BINARY)) == len(messages))
    return [(f.opcode, f.payload) for f in ear.frames if f.direction is Direction.RECEIVED][: len(messages)]


async def test_text_binary_and_text_as_bytes(ear):
    async def echo(ws):
        async for message in ws:
            await ws.send(message)

    messages = [("é", {}), (b"\xff", {}), ("é".encode(), {"text": True}), ("a", {"text": False})]
    async with serve(echo, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        assert await echoed(ear, messages, url) == [
            (Opcode.TEXT, "é".encode()),
            (Opcode.BINARY, b"\xff"),
            (Opcode.TEXT, "é".encode()),
            (Opcode.BINARY, b"a"),
        ]


@pytest.mark.parametrize("compression", [None, "deflate"])
async def test_large_and_small_messages_keep_their_order(ear, compression):
    async def echo(ws):
        async for message in ws:
            await ws.send(message)

    texts = [str(n % 10) * (LARGE * 3 if n % 2 else 10) for n in range(10)]
    async with serve(echo, "127.0.0.1", 0, compression=compression, max_size=None) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with connected(url, ear) as client:
            assert all(await asyncio.gather(*map(client.send, texts)))
            await ear.wait(lambda: len(ear.received()) == len(texts))
    assert ear.received() == [text.encode() for text in texts]


async def test_a_cancelled_send_leaves_nothing_out_of_step(ear):
    async def echo(ws):
        async for message in ws:
            await ws.send(message)

    async with serve(echo, "127.0.0.1", 0, max_size=None) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with connected(url, ear) as client:
            large = asyncio.create_task(client.send("abc" * LARGE))
            await asyncio.sleep(0)
            large.cancel()
            assert await client.send("abcabc")
            await ear.wait(lambda: ear.received() and ear.received()[-1] == b"abcabc")


async def test_a_peer_that_never_reads_blocks_nobody(ear):
    hold = asyncio.Event()

    async def deaf(peer):
        await peer.accept()
        await hold.wait()

    async with raw_server(deaf) as url, connected(url, ear) as client:
        sends = [asyncio.create_task(client.send("x" * 4 * LARGE)) for _ in range(20)]
        _, waiting = await asyncio.wait(sends, return_when=asyncio.FIRST_COMPLETED)
        assert waiting
        assert client.ping()
        client.disconnect()
        assert isinstance(client.state, Closing)
        results = await asyncio.wait_for(asyncio.gather(*sends), PATIENCE)
        assert results[0] is True
        assert results[-1] is False
        assert results == sorted(results, reverse=True)
        shown = [f for f in ear.frames if f.opcode is Opcode.TEXT]
        assert len(shown) == sum(results)
        hold.set()


async def test_a_str_without_utf8_is_the_callers_error(ear):
    async with scripted() as url, connected(url, ear) as client:
        with pytest.raises(UnicodeEncodeError):
            await client.send("\ud800")
        assert await client.send("fine")


# How it ends


@pytest.mark.parametrize(
    ("payload", "code", "reason"),
    [
        (NORMAL, 1000, ""),
        (b"", 1005, ""),
        (b"\x03\xe9bye", 1001, "bye"),
        (b"\x03\xf3" + b"\x1b[31m\x07", 1011, "\x1b[31m\x07"),
        (b"\x11\x34", 4404, ""),
    ],
)
async def test_a_close_frame_is_reported_as_it_was(ear, payload, code, reason):
    closed = await ending(ear, sends(CLOSE, payload))
    assert (closed.code, closed.reason, closed.by) == (code, reason, THEM)
    assert ear.wire == [("received", "CLOSE", payload), ("sent", "CLOSE", payload)]
    assert Closing(1, code, reason, THEM) in ear.heard


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (sends(TEXT, b"x", rsv=4), "reserved bits must be 0"),
        (sends(TEXT, b"x", rsv=1), "reserved bits must be 0"),
        (sends(3, b"x"), "invalid opcode"),
        (sends(PING, b"x" * 126), "control frame too long"),
        (sends(PING, b"x", fin=False), "fragmented control frame"),
        (sends(CONT, b"x"), "unexpected continuation frame"),
        (sends(CLOSE, b"\x03"), "close frame too short"),
        (sends(CLOSE, b"\x00\x01"), "invalid status code"),
        (lambda peer: peer.write(b"\x81\x81mask\x00"), "incorrect masking"),
    ],
)
async def test_a_breach_of_the_protocol_ends_with_1002(ear, step, reason):
    closed = await ending(ear, sends(TEXT, b"before"), step, sends(TEXT, b"after"))
    assert (closed.code, closed.reason, closed.by) == (1002, reason, US)
    assert ear.received() == [b"before"]
    assert ear.wire[-1][:2] == ("sent", "CLOSE")


async def test_text_that_is_not_utf8_is_shown_and_ends_with_1007(ear):
    closed = await ending(ear, sends(TEXT, b'{"x": "\xff"}'), sends(BINARY, b"\xff"))
    assert (closed.code, closed.by) == (1007, US)
    assert closed.reason == "text is not UTF-8: invalid start byte at byte 7"
    assert ear.received() == [b'{"x": "\xff"}']


async def test_utf8_split_by_fragments_is_fine(ear):
    parts = [sends(TEXT, b"\xe4", fin=False), sends(CONT, b"\xb8\x96")]
    closed = await ending(ear, *parts, sends(CLOSE, NORMAL))
    assert closed.code == 1000
    assert ear.received() == ["世".encode()]


@pytest.mark.parametrize(
    "steps",
    [
        [sends(TEXT, b"x" * 1001)],
        [lambda peer: peer.write(b"\x81\x7f" + (100 * 2**20).to_bytes(8) + b"x" * 100)],
        [sends(TEXT, b"x" * 600, fin=False), sends(CONT, b"x" * 600)],
    ],
    ids=["a frame", "the announcement of a huge frame", "fragments"],
)
async def test_a_message_that_is_too_large_ends_with_1009_and_the_remedy(ear, steps):
    closed = await ending(ear, *steps, target=lambda url: Target(url, max_size=1000))
    assert (closed.code, closed.by) == (1009, US)
    assert "exceeds limit of 1000 bytes" in closed.reason
    assert "--max-size" in closed.remedy
    assert "1009 message too big" in ear.notices[-1].text


async def test_without_a_limit_anything_is_taken(ear):
    steps = [sends(TEXT, b"x" * 2**20, fin=False), sends(CONT, b"x" * 2**20), sends(CLOSE, NORMAL)]
    assert (await ending(ear, *steps, target=lambda url: Target(url, max_size=None))).code == 1000
    assert len(ear.received()[0]) == 2**21


def deflated(data):
    compressor = zlib.compressobj(wbits=-15)
    return (compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH))[:-4]


async def compressed(ear, payload, max_size):
    async def handle(peer):
        await peer.accept(DEFLATE)
        peer.send(TEXT, payload, rsv=4)
        peer.send(CLOSE, NORMAL)
        await peer.until_gone()

    async with raw_server(handle) as url, connected(Target(url, max_size=max_size), ear):
        return await ear.state(Closed)


async def test_a_compressed_message_is_shown_unpacked(ear):
    assert (await compressed(ear, deflated(b'{"x":1}' * 50), 1000)).code == 1000
    assert ear.received() == [b'{"x":1}' * 50]


async def test_a_zip_bomb_is_too_large(ear):
    bomb = deflated(bytes(50 * 2**20))
    assert len(bomb) < 100_000
    closed = await compressed(ear, bomb, 2**20)
    assert (closed.code, closed.by) == (1009, US)
    assert ear.received() == []


async def test_garbage_in_place_of_deflate_ends_with_1002(ear):
    assert (await compressed(ear, b"\xff\xff\xff\xff", 1000)).code == 1002


async def test_a_server_that_hangs_up_is_a_lost_connection(ear):
    async def handle(peer):
        await peer.accept()

    async with raw_server(handle) as url, connected(url, ear):
        closed = await ear.state(Closed)
    assert (closed.code, closed.by) == (1006, NOBODY)
    assert closed.retry is not None
    assert ear.notices[1].text == "connection lost · 1006 no close frame"


@pytest.mark.parametrize("secure", [False, True])
async def test_what_came_before_the_end_is_shown_to_the_last_frame(ear, tmp_path, secure):
    count = 5000

    async def handle(peer):
        await peer.accept()
        peer.write(b"".join(servers.frame(TEXT, b"%0100d" % number) for number in range(count)))

    tls = servers.tls_context(servers.certificate(tmp_path)) if secure else None
    async with raw_server(handle, tls) as url, connected(Target(url, insecure=True), ear):
        assert (await ear.state(Closed)).by is NOBODY
    assert [int(payload) for payload in ear.received()] == list(range(count))


async def test_a_reset_in_the_middle_of_a_frame_is_a_lost_connection(ear):
    async def handle(peer):
        await peer.accept()
        peer.send(TEXT, b"whole")
        peer.write(servers.frame(TEXT, b"x" * 1000)[:500])
        await peer.writer.drain()
        await ear.wait(lambda: ear.received())
        peer.reset()

    async with raw_server(handle) as url, connected(url, ear):
        closed = await ear.state(Closed)
    assert (closed.code, closed.by) == (1006, NOBODY)
    assert closed.reason == "Connection reset by peer"
    assert ear.received() == [b"whole"]


@pytest.mark.parametrize("began", [US, THEM])
async def test_a_peer_that_never_finishes_closing_is_left(ear, began):
    hold = asyncio.Event()

    async def handle(peer):
        await peer.accept()
        if began is THEM:
            peer.send(CLOSE, NORMAL)
        await hold.wait()

    async with (
        raw_server(handle) as url,
        connected(url, ear, Timing(close=0.05, ping_interval=None)) as client,
    ):
        client.disconnect()
        closed = await ear.state(Closed)
    assert (closed.code, closed.by) == (1000, began)
    assert closed.reason == ("the server did not answer" if began is US else "")
    hold.set()


# Keepalive


async def test_a_silent_server_is_lost(ear):
    hold = asyncio.Event()

    async def handle(peer):
        await peer.accept()
        await hold.wait()

    async with raw_server(handle) as url, connected(url, ear, Timing(ping_interval=0.05, ping_timeout=0.1)):
        closed = await ear.state(Closed)
    hold.set()
    assert (closed.code, closed.by) == (1006, NOBODY)
    assert closed.reason == "no answer to a ping for 0.1 s"
    assert closed.retry is not None
    assert ("sent", "PING", b"1") in ear.wire


async def test_pings_are_shown_and_timed(ear):
    async def idle(ws):
        await ws.wait_closed()

    async with serve(idle, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with connected(url, ear, ALIVE) as client:
            await ear.wait(lambda: ear.round_trips)
            assert client.ping()
            await ear.wait(lambda: len(ear.round_trips) == 2)
    assert ear.wire[:4] == [
        ("sent", "PING", b"1"),
        ("received", "PONG", b"1"),
        ("sent", "PING", b"2"),
        ("received", "PONG", b"2"),
    ]


async def test_a_pong_answers_the_pings_before_it_too(ear):
    async def handle(peer):
        await peer.accept()
        await ear.wait(lambda: ("sent", "PING", b"3") in ear.wire)
        peer.send(PONG, b"2")
        peer.send(PONG, b"1")
        peer.send(PONG, b"3")
        await peer.until_gone()

    async with raw_server(handle) as url, connected(url, ear) as client:
        for _ in range(3):
            client.ping()
        await ear.wait(lambda: ear.received(Opcode.PONG) == [b"2", b"1", b"3"])
    assert len(ear.round_trips) == 2
