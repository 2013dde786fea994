"""The conversation over real sockets: connecting, greeting, losing and finding a server again."""

from __future__ import annotations

import asyncio
import signal
import sys
from os import kill

import pytest

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind
from client_tui.core.states import Closed, Failed
from client_tui.record.lines import Header, decode_or_tell
from client_tui.record.recording import Recording
from client_tui.serving import BundledServer
from client_tui.ui.session import Arrived, NotSent, RecordingChanged, Session
from client_tui.wire.client import Client
from client_tui.wire.target import Target, Timing
from tests.support.servers import BINARY, CLOSE, TEXT, free_port, raw_server

PATIENCE = 120.0
GREETINGS = ('{"hello": 1}', "[2]")


class Conversation:
    """A session that runs, and what it told the screen."""

    def __init__(self, url=None, *, server=None, greetings=(), record=None):
        self.told = []
        self._woken = asyncio.Event()
        self._spawned = set()
        self.recording = Recording(record, lambda: Header("0", url or "", 0.0))
        self.session = Session(
            self._client,
            self.recording,
            url=url,
            server=server,
            greetings=greetings,
            post=self._hear,
            spawn=self._spawn,
        )

    def _spawn(self, coroutine):
        task = asyncio.ensure_future(coroutine)
        self._spawned.add(task)

    def _hear(self, message):
        self.told.append(message)
        if isinstance(message, Arrived):
            self.session.heard()
        self._woken.set()

    def _client(self, url, observer):
        return Client(Target(url), observer, timing=Timing(ping_interval=None), jitter=lambda: 1.0)

    async def __aenter__(self):
        self.task = asyncio.create_task(self.session.run())
        return self

    async def __aexit__(self, *_):
        await self.session.quit()
        await self.task
        await asyncio.gather(*self._spawned)
        assert await asyncio.to_thread(self.recording.close, PATIENCE)

    async def until(self, condition):
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._woken.clear()
                await self._woken.wait()

    async def opened(self):
        await self.until(lambda: self.session.is_open)

    @property
    def transcript(self):
        return self.session.transcript

    @property
    def sent(self):
        return [
            entry.payload.decode()
            for entry in self.transcript
            if isinstance(entry, Frame) and entry.direction is Direction.SENT and not entry.opcode.is_control
        ]

    @property
    def unsent(self):
        return [message.text for message in self.told if isinstance(message, NotSent)]

    @property
    def errors(self):
        return [
            entry.text
            for entry in self.transcript
            if not isinstance(entry, Frame) and entry.kind is NoticeKind.ERROR
        ]


async def a_while(peer):
    """Accept, and take what comes until the client closes."""
    await peer.accept()
    await peer.until_gone()


async def test_what_was_sent_and_what_came_is_in_the_transcript_in_order():
    async def handle(peer):
        await peer.accept()
        peer.send(TEXT, b"[1]")
        peer.send(BINARY, b"\x00")
        await peer.until_gone()

    async with raw_server(handle) as url, Conversation(url) as talk:
        await talk.until(lambda: talk.transcript.received == 2)
        assert await talk.session.send('{"x": "\u2028"}')
        frames = [(entry.direction, entry.payload) for entry in talk.transcript if isinstance(entry, Frame)]
        assert frames == [
            (Direction.RECEIVED, b"[1]"),
            (Direction.RECEIVED, b"\x00"),
            (Direction.SENT, '{"x": "\u2028"}'.encode()),
        ]


async def test_nothing_is_sent_before_there_is_a_connection():
    talk = Conversation("ws://127.0.0.1:1/")
    assert not await talk.session.send("[]")
    assert not talk.session.ping()
    assert not talk.session.reconnect()
    talk.session.disconnect()
    await talk.session.quit()


async def test_greetings_are_sent_in_their_order_once_it_is_open():
    async with raw_server(a_while) as url, Conversation(url, greetings=GREETINGS) as talk:
        await talk.until(lambda: len(talk.sent) == 2)
        assert talk.sent == list(GREETINGS)


async def test_greetings_wait_for_the_first_attempt_that_succeeds():
    port = free_port()
    async with Conversation(f"ws://127.0.0.1:{port}/", greetings=GREETINGS) as talk:
        await talk.until(lambda: isinstance(talk.session.state, Failed))
        async with raw_server(a_while, port=port):
            await talk.until(lambda: len(talk.sent) == 2)
            assert talk.sent == list(GREETINGS)
            await talk.session.quit()


async def test_greetings_that_could_not_go_are_told_in_their_order():
    async def stop_reading(peer):
        await peer.accept()
        await filled.wait()
        peer.reset()

    filled = asyncio.Event()
    greetings = ('"' + "x" * 30_000_000 + '"', *GREETINGS)
    async with raw_server(stop_reading) as url, Conversation(url, greetings=greetings) as talk:
        await talk.until(lambda: talk.sent)
        filled.set()
        await talk.until(lambda: len(talk.unsent) == 2)
        assert talk.unsent == list(GREETINGS)


async def test_a_connection_that_comes_back_by_itself_is_not_greeted_but_one_asked_for_is():
    async def drop_once(peer):
        await peer.accept()
        connections.append(peer)
        if len(connections) == 1:
            peer.send(CLOSE, b"\x03\xe9")
        await peer.until_gone()

    connections = []
    async with raw_server(drop_once) as url, Conversation(url, greetings=GREETINGS) as talk:
        await talk.until(lambda: len(connections) == 2 and talk.session.is_open)
        greeted = len(talk.sent)
        assert await talk.session.send("[3]")
        assert talk.sent[greeted:] == ["[3]"]
        assert talk.session.reconnect()
        await talk.until(lambda: talk.sent[greeted:] == ["[3]", *GREETINGS])


async def test_disconnecting_stops_the_retries_and_reconnecting_works_after_it():
    port = free_port()
    async with Conversation(f"ws://127.0.0.1:{port}/") as talk:
        await talk.until(lambda: isinstance(talk.session.state, Failed) and talk.session.state.retry)
        talk.session.disconnect()
        assert talk.session.state.retry is None
        async with raw_server(a_while, port=port):
            talk.session.reconnect()
            await talk.opened()
            talk.session.disconnect()
            await talk.until(lambda: isinstance(talk.session.state, Closed))
            assert talk.session.state.code == 1000
            assert talk.session.state.retry is None


@pytest.mark.parametrize("while_connecting", [True, False])
async def test_reconnecting_works_in_any_state(while_connecting):
    async with raw_server(a_while) as url, Conversation(url) as talk:
        await talk.until(lambda: talk.told if while_connecting else talk.session.is_open)
        for _ in range(5):
            assert talk.session.reconnect()
            await asyncio.sleep(0)
        await talk.opened()
        assert await talk.session.send("[]")


async def test_a_ping_is_told_with_its_round_trip(echo_server):
    async with Conversation(echo_server.url) as talk:
        await talk.opened()
        assert talk.session.ping()
        await talk.until(lambda: any(hasattr(message, "seconds") for message in talk.told))


async def test_the_bundled_server_is_started_and_connected_to():
    server = BundledServer("127.0.0.1", 0, "/websock-practice2/v1/")
    try:
        async with Conversation(server=server) as talk:
            await talk.opened()
            assert talk.session.url == server.url
            assert server.url in talk.transcript[0].text
    finally:
        server.stop()


async def test_a_bundled_server_that_does_not_start_is_a_failure_in_words():
    complaint = "import sys; print('no\\x1b [/x]'); sys.exit(3)"
    server = BundledServer("127.0.0.1", 0, "/", command=[sys.executable, "-c", complaint])
    async with Conversation(server=server) as talk:
        await talk.until(lambda: isinstance(talk.session.state, Failed))
        assert talk.errors == ["The bundled server did not start"]
        assert "no\x1b [/x]" in talk.transcript[0].detail
        assert not talk.session.reconnect()


async def test_the_end_of_the_bundled_server_is_told_once():
    server = BundledServer("127.0.0.1", 0, "/websock-practice2/v1/")
    try:
        async with Conversation(server=server) as talk:
            await talk.opened()
            kill(server.pid, signal.SIGKILL)
            await talk.until(
                lambda: (
                    isinstance(talk.session.state, Failed)
                    and talk.session.state.retry
                    and talk.session.state.retry.number == 3
                )
            )
            assert talk.errors.count("the bundled server has ended") == 1
    finally:
        server.stop()


async def test_states_are_told_in_their_order():
    async with raw_server(a_while) as url:
        async with Conversation(url) as talk:
            await talk.opened()
        states = [type(message.state).__name__ for message in talk.told if hasattr(message, "state")]
        assert states == ["Connecting", "Open", "Closing", "Closed"]


async def test_the_conversation_is_in_the_recording(echo_server, tmp_path):
    file = tmp_path / "session.jsonl"
    async with Conversation(echo_server.url, record=file) as it:
        await it.opened()
        await it.session.send('{"x": 1}')
        await it.until(lambda: it.transcript.received == 1)
        told = list(it.transcript)
    header, *lines = file.read_bytes().splitlines(keepends=True)
    assert echo_server.url in header.decode()
    kept = [decode_or_tell(line, 0) for line in lines][: len(told)]
    assert [entry.payload for entry in kept if isinstance(entry, Frame)] == [
        entry.payload for entry in told if isinstance(entry, Frame)
    ]
    assert kept[0].text == told[0].text


async def test_a_recording_that_cannot_be_written_is_told_once_and_the_conversation_goes_on(
    echo_server, tmp_path
):
    (tmp_path / "file").touch()
    async with Conversation(echo_server.url, record=tmp_path / "file" / "session.jsonl") as it:
        await it.until(lambda: any(isinstance(message, RecordingChanged) for message in it.told))
        await it.opened()
        await it.session.send('{"x": 1}')
        await it.until(lambda: it.transcript.received == 1)
        assert len([message for message in it.told if isinstance(message, RecordingChanged)]) == 1
        warnings = [entry for entry in it.transcript if isinstance(entry, Notice)]
        (notice,) = [notice for notice in warnings if notice.kind is NoticeKind.WARNING]
        assert "session.jsonl cannot be written" in notice.text
        assert it.sent == ['{"x": 1}']
