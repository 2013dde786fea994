"""The conversation, end to end but for the terminal: keys in, frames out and back, words on the screen."""

import asyncio
import json

import pytest

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.states import Failed
from client_tui.ui.inspector import Inspector
from client_tui.ui.sheets import LogSheet
from tests.support.echo_server import EchoServer
from tests.support.servers import CLOSE, PING, TEXT, free_port, raw_server

HOSTILE = "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\u202eevil\u2066\x00\x7f[/x][@click=app.exit][bold]"


async def a_while(peer):
    await peer.accept()
    await peer.until_gone()


def payloads(somebody, direction):
    return [
        frame.payload
        for frame in somebody.frames
        if frame.direction is direction and not frame.opcode.is_control
    ]


def told(somebody):
    return [note.message for note in somebody.app._notifications]


# Sending and receiving


async def test_a_document_is_sent_and_its_echo_shown(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        await somebody.type('{"x": 1}')
        await somebody.press("enter")
        await somebody.received(1)
        assert [(frame.direction.value, frame.payload) for frame in somebody.frames] == [
            ("sent", b'{"x": 1}'),
            ("received", b'{"x": 1}'),
        ]
        assert somebody.main.composer.text == ""
        assert somebody.text().count('{"x": 1}') == 2
        assert somebody.main.header.counts == (1, 1)


async def test_several_documents_go_in_the_order_in_which_they_were_entered(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        documents = [b"[%d]" % number for number in range(5)]
        for document in documents:
            somebody.main.composer.put(document.decode())
            await somebody.until(lambda: somebody.main.composer.check is not None)
            await somebody.press("f5")
        await somebody.received(5)
        assert payloads(somebody, Direction.SENT) == documents
        assert payloads(somebody, Direction.RECEIVED) == documents


async def test_sending_goes_to_the_end_of_the_history(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        await somebody.tell(*[Frame(0.0, Direction.RECEIVED, Opcode.TEXT, b"[]") for _ in range(60)])
        await somebody.press("ctrl+home")
        assert not somebody.history.viewport.following
        somebody.main.composer.focus_input()
        await somebody.type("[7]")
        await somebody.press("enter")
        await somebody.received(61)
        assert somebody.history.viewport.following
        assert "[7]" in somebody.rows[-1]


async def test_a_flood_arrives_whole_and_in_order_and_keys_do_too(desk):
    count = 20_000

    async def flood(peer):
        await peer.accept()
        for number in range(count):
            peer.send(TEXT, b'{"n": %d}' % number)
            if number % 500 == 0:
                await peer.writer.drain()
        await peer.until_gone()

    async with raw_server(flood) as url, desk(url) as somebody:
        await somebody.opened()
        await somebody.type('{"typed": [1')
        await somebody.received(count)
        assert payloads(somebody, Direction.RECEIVED) == [b'{"n": %d}' % number for number in range(count)]
        await somebody.until(lambda: f'{{"n": {count - 1}}}' in somebody.rows[-1])
        assert somebody.main.header.counts == (0, count)
        assert somebody.main.composer.text.startswith('{"typed": [1')


# Servers that are not there, say no, or go away


async def test_a_server_that_goes_away_is_waited_for_and_nothing_is_lost(desk):
    with EchoServer() as server:
        async with desk(server.url) as somebody:
            await somebody.opened()
            await somebody.type("[1]")
            await somebody.press("enter")
            await somebody.received(1)
            await somebody.type("[2]")
            await asyncio.to_thread(server.stop)
            await somebody.sees("closed by the server · 1001 going away")
            await somebody.sees("✗ refused · retry ")
            await somebody.press("enter")
            await somebody.sees("nothing was sent")
            assert somebody.main.composer.text == "[2]"
            again = EchoServer("--port", str(server.port))
            await asyncio.to_thread(again.__enter__)
            try:
                await somebody.opened()
                await somebody.press("enter")
                await somebody.received(2)
                assert payloads(somebody, Direction.RECEIVED) == [b"[1]", b"[2]"]
                assert [row for row in somebody.rows if "[1]" in row]
            finally:
                await asyncio.to_thread(again.stop)


async def test_where_nothing_listens_the_row_says_so_and_names_serve(desk):
    async with desk(f"ws://127.0.0.1:{free_port()}/") as somebody:
        await somebody.sees("✗ refused")
        assert "refused: nothing listens on" in somebody.text()
        assert "--serve" in somebody.text()
        await somebody.type("[1]")
        await somebody.press("enter")
        await somebody.sees("ctrl+o at once")
        assert somebody.main.composer.text == "[1]"


async def test_a_refused_handshake_can_be_read_in_full(desk):
    async def refuse(peer):
        await peer.request()
        body = b'{"why": "[/x]\x1b[2J"}'
        peer.write(
            b"HTTP/1.1 403 Forbidden\r\nX-Why: [bold]\x9b\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )

    async with raw_server(refuse) as url, desk(url) as somebody:
        await somebody.sees("✗ HTTP 403")
        somebody.history.focus()
        await somebody.press("enter")
        await somebody.sees("X-Why: [bold]")
        assert '{"why": "[/x]\\u001b[2J"}' in somebody.text()


async def test_an_unknown_path_says_what_there_is(desk, echo_server):
    async with desk(f"{echo_server.base}/nowhere") as somebody:
        await somebody.sees("closed 4404")
        assert "unknown" in somebody.text()
        await somebody.type("[1]")
        await somebody.press("enter")
        await somebody.sees("ctrl+o connects again")


async def test_a_connection_can_be_had_anew_in_any_state(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        for _ in range(3):
            await somebody.press("ctrl+o")
        await somebody.opened()
        await somebody.press("ctrl+o")
        await somebody.until(lambda: somebody.text().count("connected ·") >= 2)
        await somebody.opened()
        somebody.main.action_disconnect()
        await somebody.sees("closed 1000")
        await somebody.type("[1]")
        await somebody.press("enter")
        await somebody.sees("ctrl+o connects again")
        await somebody.press("ctrl+o")
        await somebody.opened()
        await somebody.press("enter")
        await somebody.received(1)


async def test_disconnecting_stops_the_retries(desk):
    async with desk(f"ws://127.0.0.1:{free_port()}/") as somebody:
        await somebody.until(lambda: isinstance(somebody.app.session.state, Failed))
        await somebody.press("ctrl+p")
        await somebody.type("stop retrying")
        await somebody.sees("Close the connection and stop retrying")
        await somebody.press("enter")
        await somebody.until(lambda: somebody.app.session.state.retry is None)
        await somebody.pilot.pause()
        assert "retry" not in somebody.text().splitlines()[0]


async def test_a_ping_shows_its_round_trip_and_its_row_where_asked(desk, echo_server):
    async with desk(echo_server.url, notifications=True) as somebody:
        await somebody.press("f9")
        await somebody.sees("not connected yet")
        await somebody.opened()
        await somebody.press("f9")
        await somebody.sees("rtt ")
        await somebody.sees("Ping sent")
        await somebody.press("f4")
        assert "ping 1" in somebody.text()
        assert "pong 1" in somebody.text()


async def test_greetings_are_shown_as_what_was_sent(desk, echo_server):
    async with desk(echo_server.url, send=('{"hello": 1}',)) as somebody:
        await somebody.received(1)
        assert somebody.text().count('{"hello": 1}') == 2


async def test_a_text_that_could_not_go_comes_back_to_the_composer(desk):
    async def stop_reading(peer):
        await peer.accept()
        await waiting.wait()
        peer.reset()

    waiting = asyncio.Event()
    async with raw_server(stop_reading) as url, desk(url, notifications=True) as somebody:
        await somebody.opened()
        await somebody.app.session.send(json.dumps("x" * 30_000_000))
        await somebody.type("[2]")
        await somebody.press("enter")
        assert somebody.main.composer.text == ""
        waiting.set()
        await somebody.sees("Not sent")
        assert told(somebody)[-1].endswith("was sent; it is in the composer")
        assert somebody.main.composer.text == "[2]"
        assert len(payloads(somebody, Direction.SENT)) == 1


@pytest.mark.parametrize("greeted", [False, True], ids=["typed", "--send"])
async def test_a_large_text_that_could_not_go_is_one_step_away_while_another_is_typed(desk, greeted):
    async def stop_reading(peer):
        await peer.accept()
        await waiting.wait()
        peer.reset()

    filler, large = json.dumps("x" * 30_000_000), json.dumps("y" * 2_000_000)
    greetings = (filler, large) if greeted else (filler,)
    waiting = asyncio.Event()
    async with raw_server(stop_reading) as url, desk(url, notifications=True, send=greetings) as somebody:
        composer = somebody.main.composer
        await somebody.until(lambda: payloads(somebody, Direction.SENT))
        if not greeted:
            composer.put(large)
            composer.action_send_anyway()
        assert composer.text == ""
        await somebody.type("1")
        waiting.set()
        await somebody.sees("Not sent")
        assert told(somebody)[-1].endswith("; ctrl+up or alt+up in the composer brings it back")
        assert composer.text == "1"
        await somebody.press("up")
        assert composer.text == large
        assert len(payloads(somebody, Direction.SENT)) == 1


# What was not told above


async def test_a_paste_beside_the_composer_goes_into_it(desk):
    async with desk(None) as somebody:
        somebody.history.focus()
        await somebody.pilot.pause()
        somebody.write("\x1b[200~[1,\n2]\x1b[201~")
        await somebody.until(lambda: somebody.main.composer.text == "[1,\n2]")
        assert somebody.main.composer.has_focus_within


async def test_the_log_needs_a_bundled_server(desk):
    async with desk(None, notifications=True) as somebody:
        await somebody.press("ctrl+l")
        await somebody.sees("--serve")
        assert not isinstance(somebody.app.screen, LogSheet)


async def test_remapped_keys_are_the_ones_that_are_named(desk):
    keys = {"history-end": "ctrl+n", "reconnect": "ctrl+y"}
    async with desk(f"ws://127.0.0.1:{free_port()}/", keys=keys) as somebody:
        await somebody.tell(*[Frame(0.0, Direction.RECEIVED, Opcode.TEXT, b"[]") for _ in range(60)])
        await somebody.press("ctrl+home")
        await somebody.tell(Frame(0.0, Direction.RECEIVED, Opcode.TEXT, b"[]"))
        assert "1 new · ctrl+n to follow" in somebody.text()
        await somebody.until(lambda: isinstance(somebody.app.session.state, Failed))
        somebody.main.composer.focus_input()
        await somebody.type("[1]")
        await somebody.press("enter")
        await somebody.sees("by ctrl+y at once")


# Foreign text


def assert_harmless(somebody):
    text = somebody.text()
    assert all(char.isprintable() for line in text.split("\n") for char in line), text


async def test_nothing_foreign_is_read_as_markup_or_reaches_the_screen_unescaped(desk):
    async def hostile(peer):
        await peer.accept("Server: d\x9b2J[/x]")
        for payload in (
            HOSTILE,
            json.dumps({HOSTILE: [HOSTILE]}),
            json.dumps({HOSTILE: 1}, ensure_ascii=False),
        ):
            peer.send(TEXT, payload.encode())
        peer.send(PING, HOSTILE.encode()[:100])
        peer.send(CLOSE, b"\x0f\xa0" + "[/x]\x1b[2J\u202e[@click=app.exit]".encode())
        await peer.until_gone()

    async with (
        raw_server(hostile) as url,
        desk(f"{url}{HOSTILE[-20:]}", notifications=True, show_control_frames=True) as somebody,
    ):
        await somebody.sees("closed 4000")
        await somebody.tell(Notice(0.0, NoticeKind.ERROR, HOSTILE, f"{HOSTILE}\n{HOSTILE}"))
        assert "[/x]" in somebody.text()
        assert_harmless(somebody)
        somebody.history.focus()
        await somebody.press("f2", "end")
        assert_harmless(somebody)
        for _ in range(len(somebody.app.session.transcript)):
            await somebody.press("space", "up")
            assert_harmless(somebody)
        await somebody.press("home", "enter")
        for _ in range(len(somebody.app.session.transcript)):
            assert isinstance(somebody.app.screen, Inspector)
            for _ in range(3):
                await somebody.press("down", "k", "tab")
                assert_harmless(somebody)
            await somebody.press("right")
        await somebody.press("escape", "ctrl+f")
        somebody.main.query_one("#search-text").value = HOSTILE[:40]
        await somebody.pilot.pause()
        assert_harmless(somebody)


class TalkativeServer:
    """Stands where the bundled server does, and says in its log what a client made it say."""

    url = None
    has_failed = False

    def start(self):
        return "ws://127.0.0.1:1/"

    def log(self):
        return [HOSTILE, "[/x] second line"]


async def test_the_servers_log_is_harmless_too(desk):
    async with desk(None, server=TalkativeServer()) as somebody:
        await somebody.press("ctrl+l")
        await somebody.sees("second line")
        assert "[@click=app.exit]" in somebody.text()
        assert_harmless(somebody)


async def test_any_window_from_start_to_end(desk, echo_server):
    async with desk(echo_server.url, size=(1, 1)) as somebody:
        await somebody.opened()
        for size in [(1, 1), (20, 5), (60, 16), (300, 80)]:
            await somebody.pilot.resize_terminal(*size)
            await somebody.type("[1]")
            await somebody.press("f5", "f1", "escape", "ctrl+f", "1", "escape", "enter", "escape", "escape")
        await somebody.received(4)


async def test_what_is_typed_over_the_history_goes_to_the_composer_whole_and_in_order(desk, echo_server):
    async with desk(echo_server.url) as somebody:
        await somebody.opened()
        somebody.history.focus()
        await somebody.until(lambda: somebody.history.has_focus)
        text = '{"next": "t/f", "false": false, "e": 1}'  # with keys of the history in it
        somebody.write(text)
        await somebody.until(lambda: somebody.editor.text == text)


@pytest.mark.parametrize(
    ("key", "text", "field"),
    [("f", 'is:error "{t"', "#filter-text"), ("/", "[1", "#search-text"), ("g", "12:03", "#place-text")],
)
async def test_what_is_typed_behind_the_key_that_opens_a_line_goes_into_the_line(desk, key, text, field):
    async with desk(None) as somebody:
        somebody.history.focus()
        await somebody.until(lambda: somebody.history.has_focus)
        somebody.write(key + text)
        await somebody.until(lambda: somebody.main.query_one(field).value == text)
        assert somebody.editor.text == ""


async def test_tab_stays_in_a_composer_that_holds_a_text_and_closes_nothing_within_a_word(desk):
    async with desk(None) as somebody:
        await somebody.type('{"draft": t')
        await somebody.press("tab")
        assert somebody.editor.has_focus
        assert somebody.editor.text == '{"draft": t'
        await somebody.type("rue")
        await somebody.press("tab")
        assert somebody.editor.text == '{"draft": true}'


# Small windows


@pytest.mark.parametrize("rows", [5, 8, 9])
async def test_what_is_typed_and_what_is_wrong_with_it_can_be_seen_in_a_window_of_few_rows(desk, rows):
    async with desk(None, size=(40, rows)) as somebody:
        await somebody.type("[1,]")
        await somebody.until(lambda: "[1,]" in somebody.text() and "✗ line 1" in somebody.text())
        await somebody.pilot.resize_terminal(40, 16)
        await somebody.until(lambda: "╭─ JSON" in somebody.text())
        await somebody.pilot.resize_terminal(40, rows)
        await somebody.until(lambda: "[1,]" in somebody.text() and "✗ line 1" in somebody.text())
