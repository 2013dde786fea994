"""What bad input gets, in the running program: words, a mark or an exit status, and a client that goes on."""

import asyncio
import os
import signal
import subprocess
import threading

import pytest

from tests.end_to_end.conftest import FOOTER, OPEN, command, has_ended, server_of
from tests.support.servers import BINARY, TEXT, free_port
from tests.support.servers import frame as wire_frame

ENTER, CTRL_O, CTRL_Q, F2, UP = "\r", "\x0f", "\x11", "\x1bOQ", "\x1b[A"
MASKED_TEXT = b"\x81\x83"  # how a frame begins that holds [1]: final, text, masked, 3 bytes (RFC 6455 §5.2)
UNDERLINED = (b"\x1b[4;", b"\x1b[1;4;")


def goes_on(terminal, number):
    """Type and send a document, and see it in the history as the one of that number."""
    terminal.wait_for(OPEN)
    terminal.type('["still here"]' + ENTER)
    terminal.wait_for(f"▲ {number}")
    terminal.wait_for(lambda: '"still here"' in terminal.text() and "type JSON" in terminal.text())


def refused_while_not_open(terminal, document="[1]"):
    """Wait for the verdict on a document, press Enter, and see why nothing is sent, and the text stay."""
    terminal.wait_for("✓")
    terminal.type(ENTER)
    terminal.wait_for("nothing was sent: not connected")
    assert f"│ {document}" in terminal.text()


def sends(*frames):
    """Return a server that sends frames, each given by its opcode and payload, and then listens."""

    async def handle(peer):
        await peer.accept()
        for opcode, payload in frames:
            peer.send(opcode, payload)
        await peer.until_gone()

    return handle


# ---------------------------------------------------------------------- text that is not JSON


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('{"a": 1,, }', "✗ line 1, column 9: "),
        ("{'a': 1}", "✗ line 1, column 2: "),
        ("[1,\n nulL]", "✗ line 2, column 2: "),
        ("[01]", "✗ line 1, column 2: "),
    ],
    ids=["two commas", "single quotes", "a word, in the second line", "a leading zero"],
)
def test_text_that_is_not_json_is_not_sent_and_stays(opened, echo, typed, words):
    terminal = opened(echo.url)
    terminal.paste(typed)
    terminal.wait_for(words)
    terminal.wait_for(lambda: any(underlined in terminal.raw for underlined in UNDERLINED))
    terminal.type(ENTER + "\x1b")  # refused, by a bell and its reason
    terminal.wait_for(lambda: b"\x07" in terminal.raw)
    assert words in terminal.text()
    assert typed.split("\n")[0] in terminal.text()
    assert "▲ 0  ▼ 0" in terminal.text()
    assert echo.received.empty()


# ---------------------------------------------------------------------- odd frames

ODD = {
    "not JSON": (TEXT, b"plain words", "▼ plain words", "not JSON"),
    "binary": (BINARY, b"\x00\x01\xfe\xff", "▼ 00 01 fe ff", "binary"),
    "empty": (TEXT, b"", "▼ ", "empty"),
    "empty and binary": (BINARY, b"", "▼ ", "binary empty"),
    "NaN": (TEXT, b"[NaN]", "▼ [NaN]", "not JSON"),
    "deep": (TEXT, b"[" * 100_000 + b"]" * 100_000, "▼ [[[[[[", "200 kB"),
    "deep and not closed": (TEXT, b'{"a":' * 100_000, '▼ {"a":{"a":', "not JSON"),
    "large": (TEXT, b'["' + b"a" * 50_000_000 + b'"]', '▼ ["aaaaa', "50.0 MB"),
}


def test_odd_frames_are_shown_for_what_they_are(serving, opened):
    terminal = opened(serving(sends(*((opcode, payload) for opcode, payload, _, _ in ODD.values()))))
    terminal.wait_for(f"▼ {len(ODD)}")
    for _, _, shown, mark in ODD.values():
        terminal.wait_for(
            lambda shown=shown, mark=mark: any(
                shown in row and mark in row for row in terminal.text().split("\n")
            )
        )
    goes_on(terminal, 1)
    terminal.type(F2)
    terminal.wait_for("50.0 MB")
    goes_on(terminal, 2)


def test_text_that_is_not_utf_8_is_shown_and_ends_the_connection(serving, run):
    terminal = run(serving(sends((TEXT, b'["\xff\xfe"]'))))
    terminal.wait_for("not UTF-8")
    terminal.wait_for(r'▼ ["\xff\xfe"]')
    terminal.wait_for("closed by this client · 1007")


def test_a_frame_that_is_too_large_ends_the_connection_and_names_the_flag(serving, run):
    terminal = run(serving(sends((TEXT, b"1" * 1025))), "--max-size", "1024")
    terminal.wait_for("closed by this client · 1009")
    terminal.wait_for("--max-size BYTES")


# ---------------------------------------------------------------------- a server that …


def test_is_not_there_until_it_is(serving, run):
    port = free_port()
    terminal = run(f"ws://127.0.0.1:{port}/")
    terminal.wait_for(f"refused: nothing listens on 127.0.0.1:{port}")
    terminal.wait_for("--serve")
    terminal.type("[1]")
    refused_while_not_open(terminal)
    serving(sends((TEXT, b'"welcome"')), port=port)
    terminal.type(CTRL_O)
    terminal.wait_for('▼ "welcome"')
    terminal.type(ENTER)
    terminal.wait_for("▲ [1]")


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        (b"403 Forbidden\r\nContent-Length: 4\r\n\r\nnope", "✗ HTTP 403", "answered HTTP 403 Forbidden"),
        (b"500 Oh\r\nContent-Length: 0\r\n\r\n", "✗ HTTP 500 · retry", "answered HTTP 500 Oh"),
        (b"302 Found\r\nLocation: ws://b/\r\n\r\n", "✗ redirected", "HTTP 302 Found, and points to ws://b/"),
    ],
    ids=["403", "500", "a redirect"],
)
def test_refuses(serving, run, answer, state, words):
    async def refuses(peer):
        await peer.request()
        peer.write(b"HTTP/1.1 " + answer)

    terminal = run(serving(refuses))
    terminal.wait_for(state)
    terminal.wait_for(words)
    terminal.type("[1]")
    refused_while_not_open(terminal)


def test_drops_the_connection(serving, opened):
    async def drops(peer):
        await peer.accept()
        peer.send(TEXT, b'"before"')
        await peer.reader.readuntil(MASKED_TEXT)
        peer.reset()

    terminal = opened(serving(drops))
    terminal.wait_for('▼ "before"')
    terminal.type("[1]" + ENTER + '{"draft": ')
    terminal.wait_for("connection lost · 1006")
    terminal.wait_for('│ {"draft": ')
    terminal.wait_for('▼ "before"')


def test_never_answers_the_handshake(serving, run):
    async def stalls(peer):
        await peer.reader.read()

    terminal = run(serving(stalls))
    terminal.wait_for(FOOTER)
    terminal.type("[1]")
    refused_while_not_open(terminal)
    assert "◌ connecting" in terminal.text()
    terminal.type(CTRL_Q)
    assert terminal.wait() == 0


def test_never_answers_the_close(serving, opened):
    async def stalls(peer):
        await peer.accept()
        await asyncio.Event().wait()

    terminal = opened(serving(stalls))
    terminal.type(CTRL_Q)
    assert terminal.wait() == 0


def test_floods(serving, opened):
    enough = threading.Event()

    async def floods(peer):
        await peer.accept()
        batch = b"".join(wire_frame(TEXT, b'{"some": "frame"}') for _ in range(500))
        sent = 0
        while sent < 100_000 or not enough.is_set():
            peer.write(batch)
            await peer.writer.drain()
            sent += 500
        peer.send(TEXT, b'{"the": "last"}')
        await peer.until_gone()

    terminal = opened(serving(floods))
    terminal.type('{"typed": "meanwhile"}')
    terminal.wait_for('│ {"typed": "meanwhile"}')
    terminal.type(ENTER)
    terminal.wait_for("▲ 1")
    enough.set()
    terminal.wait_for('▼ {"the": "last"}')
    goes_on(terminal, 2)


# ---------------------------------------------------------------------- a wrong flag, file or setting


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--prot", "9"], "--prot: "),
        (["--port", "x"], "--port: "),
        (["--port"], "--port: "),
        (["ws://a/", "--host", "b"], "--host"),
        (["ws://a/", "--serve"], "--serve"),
        (["--send", "{"], "--send: is not JSON: "),
        (["--theme", "none"], "--theme: "),
        (["--max-size", "huge"], "--max-size: "),
        (["--config", "/nowhere/c.toml"], "--config: there is no file /nowhere/c.toml"),
    ],
    ids=" ".join,
)
def test_a_wrong_flag_is_one_line_and_status_2(run, argv, words):
    terminal = run(*argv, columns=300)
    assert terminal.wait() == 2
    (line,) = terminal.raw.decode().splitlines()
    assert line.startswith("jsonws-tui: ")
    assert words in line


@pytest.mark.parametrize(
    ("content", "words"),
    [("port = ", "is not TOML"), ("prot = 1", "prot"), ("[keys]\nsedn = 'f5'", "did you mean send?")],
)
def test_a_wrong_file_is_one_line_and_status_2(run, tmp_path, content, words):
    file = tmp_path / "c.toml"
    file.write_text(content)
    terminal = run("--config", str(file), columns=300)
    assert terminal.wait() == 2
    (line,) = terminal.raw.decode().splitlines()
    assert words in line


def test_a_wrong_variable_is_one_line_and_status_2(run):
    terminal = run(env={"JSONWS_TUI_PORT": "x"}, columns=300)
    assert terminal.wait() == 2
    (line,) = terminal.raw.decode().splitlines()
    assert line.startswith("jsonws-tui: JSONWS_TUI_PORT: ")


def test_output_that_is_no_terminal_is_one_line_and_status_2(environ):
    ended = subprocess.run(command(), env=environ, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("jsonws-tui: standard output is not a terminal")
    assert ended.stderr.count("\n") == 1


# ---------------------------------------------------------------------- ends that come from outside


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_the_bundled_server_too(opened, number):
    terminal = opened("--serve")
    with server_of(terminal) as server:
        terminal.process.send_signal(number)
        assert terminal.wait() == 128 + number
        assert has_ended(server)
    assert terminal.modes_now() == terminal.modes


def test_a_terminal_that_goes_away_ends_the_session_in_order(opened, tmp_path):
    terminal = opened("--serve")
    with server_of(terminal) as server:
        terminal.hang_up()
        assert terminal.process.wait(30) == 128 + signal.SIGHUP
        assert has_ended(server)
    (recording,) = (tmp_path / "state" / "sessions").iterdir()
    assert "closed by this client · 1000" in recording.read_text().splitlines()[-1]


def test_a_kill_ends_the_bundled_server_too_and_loses_nothing_that_was_sent(opened):
    terminal = opened("--serve")
    terminal.type("[1]" + ENTER)
    terminal.wait_for("▲ 1  ▼ 1")
    with server_of(terminal) as server:
        terminal.process.kill()
        assert terminal.wait() == -signal.SIGKILL
        assert has_ended(server)
    second = opened("--serve")
    second.type(UP)
    second.wait_for("│ [1]")


# ---------------------------------------------------------------------- a state folder that cannot be used


@pytest.mark.parametrize("how", ["a file", "a full disk", "no rights"])
def test_a_state_folder_that_cannot_be_written_is_told_once(opened, echo, tmp_path, how):
    state = tmp_path / "elsewhere"
    if how == "a file":
        state.write_text("")
    else:
        state.mkdir()
    if how == "a full disk":
        (state / "sent.jsonl").symlink_to("/dev/full")
    if how == "no rights":
        if os.geteuid() == 0:
            pytest.skip("root may write everywhere")
        state.chmod(0o500)
    terminal = opened(echo.url, env={"JSONWS_TUI_STATE_DIR": str(state)})
    terminal.type("[1]" + ENTER)
    assert echo.next() == b"[1]"
    terminal.wait_for("not kept for the next run")
    terminal.type("[2]" + ENTER)
    assert echo.next() == b"[2]"
    terminal.wait_for("▲ 2  ▼ 2")
    terminal.type(UP + UP)
    terminal.wait_for("│ [1]")
    terminal.type(CTRL_Q)
    assert terminal.wait() == 0
