"""Nothing foreign reaches the terminal as anything but what it looks like, wherever it comes from.

The client runs in a terminal, everything hostile comes at it by every road there is, every
pane shows it, and then the bytes that came out are looked at.
"""

import base64
import json

import pytest

from client_tui.core.printable import printable
from tests.end_to_end.conftest import FOOTER
from tests.support.foreign import COMMANDS, EVERYTHING, HIDDEN, MARKUP, WORST
from tests.support.output import copies, faults
from tests.support.servers import BINARY, CLOSE, PING, TEXT
from tests.support.terminal import Terminal

ENTER, ESCAPE, TAB, BACK_TAB = "\r", "\x1b", "\t", "\x1b[Z"
UP, DOWN, RIGHT, HOME, END, F2, F4 = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[H", "\x1b[F", "\x1bOQ", "\x1bOS"
CTRL_F, CTRL_L, CTRL_O, CTRL_P, CTRL_Q, CTRL_V = "\x06", "\x0c", "\x0f", "\x10", "\x11", "\x16"
PASTED = "".join((HIDDEN | MARKUP).values())  # a terminal gives an ESC in a paste as a key
WIDE = {"columns": 120, "rows": 46}


def leave(terminal, **allowed):
    """Leave the client, and hold everything that it painted to what it may paint."""
    terminal.type(CTRL_Q)
    assert terminal.wait() == 0, terminal.text()
    assert faults(terminal.raw, **allowed) == []


def to_history(terminal):
    """Go from the composer to the history. What is typed before it is there goes into the composer."""
    terminal.type(BACK_TAB)
    terminal.wait_for("esc composer")


# ---------------------------------------------------------------------- the test can fail


@pytest.mark.parametrize("name", [*COMMANDS, *HIDDEN])
def test_cat_lets_through_what_the_client_must_not(environ, tmp_path, name):
    file = tmp_path / "foreign"
    file.write_text(EVERYTHING[name], newline="")
    with Terminal(["cat", str(file)], environ) as terminal:
        terminal.wait()
    assert faults(terminal.raw) != []


def test_bytes_that_are_not_utf_8_and_torn_sequences_are_caught():
    assert faults("plain ✓ text\r\n\x1b[1;31mred\x1b[0m\x1b[2;7H".encode()) == []
    for raw in (b"\xff", b"\x1b", b"\x1b[3", b"\x1b]52;c;", b"\x1b[?9999h", b"\x1b[6n", b"\x07"):
        assert faults(raw) != [], raw


def test_only_what_was_copied_may_go_into_the_clipboard():
    raw = b"\x1b]52;c;" + base64.b64encode(b"mine") + b"\x07"
    assert faults(raw) != []
    assert faults(raw, copied=["yours"]) != []
    assert faults(raw, copied=["mine"]) == []
    assert copies(raw) == ["mine"]


# ---------------------------------------------------------------------- frames, in every pane

PAYLOADS = {
    **{f"text {name}": (TEXT, text) for name, text in EVERYTHING.items()},
    **{f"JSON {name}": (TEXT, f'{{"{text}":["{text}"]}}') for name, text in (HIDDEN | MARKUP).items()},
}
LUMPS = {
    "text": (TEXT, WORST),
    "JSON": (TEXT, f'{{"{PASTED}":\r\n["{PASTED}"]}}'),
    "JSON escapes": (TEXT, json.dumps({WORST: WORST})),
    "binary": (BINARY, WORST),
    "binary JSON": (BINARY, json.dumps(list(HIDDEN.values()), ensure_ascii=False)),
}


def sends(payloads):
    """Return a server that sends payloads, and a ping with another one."""

    async def handle(peer):
        await peer.accept()
        for opcode, text in payloads.values():
            peer.send(opcode, text.encode())
        peer.send(PING, WORST.encode()[:125])
        await peer.until_gone()

    return handle


def test_frames_in_the_history(serving, opened):
    terminal = opened(serving(sends(PAYLOADS)), **WIDE)
    terminal.wait_for(f"▼ {len(PAYLOADS)}")
    terminal.type(F4)
    terminal.wait_for("ping " + printable(WORST[:10]))
    for text in EVERYTHING.values():
        terminal.wait_for(printable(text))
    leave(terminal)


def test_frames_that_are_laid_out_and_unfolded(serving, opened):
    terminal = opened(serving(sends(LUMPS)), **WIDE)
    terminal.wait_for(f"▼ {len(LUMPS)}")
    to_history(terminal)
    terminal.type(" ")
    terminal.wait_for('"\\u009b2J",')  # of the last frame, unfolded
    terminal.type(F2)
    terminal.wait_for("00000000  ")  # of the binary frame before it
    terminal.type(HOME)
    terminal.wait_for("connected")
    leave(terminal)


def test_frames_in_the_inspector_and_what_is_copied_from_them(serving, opened):
    def title():
        return terminal.text().partition("\n")[0]

    terminal = opened(serving(sends(LUMPS)), **WIDE)
    terminal.wait_for(f"▼ {len(LUMPS)}")
    to_history(terminal)
    terminal.type(HOME + DOWN + ENTER)  # the first row tells of the connection
    before = ""
    for _, text in LUMPS.values():
        terminal.wait_for(lambda before=before: "╭─ #" in title() and title() != before)
        before = title()
        views = 3 if "pretty" in before else 2
        terminal.type(f"{DOWN}pkv{TAB}" * views + "c" + RIGHT)
        terminal.wait_for(lambda text=text: text in copies(terminal.raw))
    # What else was copied is paths, values and documents laid out: all of it by the client, none by itself.
    assert "owned" not in copies(terminal.raw)
    leave(terminal, copied=copies(terminal.raw))


# ---------------------------------------------------------------------- what a server says besides frames

HEADERS = (
    "Server: \x9b31m\u202eevil",
    "Set-Cookie: a=\x9d0;x\x9c\u2066",
    "X-Note: [/x][@click=app.exit]\u200b",
)
BODY = WORST.encode()
REFUSALS = {
    "HTTP 403": b"HTTP/1.1 403 \xc2\x9b2J\xe2\x80\xae[/x]\r\n%(headers)s%(length)s\r\n\r\n%(body)s",
    "HTTP 302": b"HTTP/1.1 302 Found\r\nLocation: http://\xc2\x9d0;x\xe2\x80\xae[/x]/\r\n%(length)s\r\n\r\n%(body)s",
    "is not valid": b"HTTP/1.1 101 X\r\nUpgrade: \xc2\x9b2J\r\nConnection: Upgrade\r\n%(headers)s\r\n\r\n",
    "is not valid HTTP": b"HTTP/1.1 200 OK\r\nX-Evil: %(body)s\r\n\r\n%(body)s",
    "HTTP 500": b"HTTP/1.1 500 \xe2\x80\xae\r\n%(headers)s%(length)s\r\n\r\n%(body)s",
}


def inspect_last(terminal):
    """Open the last row in full, look at it in each way, and come back to the composer."""
    to_history(terminal)
    terminal.type(END + ENTER)
    terminal.wait_for("╭─ #")
    terminal.type(TAB + TAB + ESCAPE)
    terminal.wait_for(lambda: "╭─ #" not in terminal.text() and "esc composer" in terminal.text())
    terminal.type(" " + ESCAPE)  # unfold it, and go back to the composer
    terminal.wait_for(FOOTER)


def test_the_headers_of_the_handshake_and_a_close_reason(serving, run):
    async def closes(peer):
        await peer.accept(*HEADERS)
        peer.send(CLOSE, b"\x0f\xa0" + WORST.encode()[:123])
        await peer.until_gone()

    terminal = run(serving(closes), **WIDE)
    terminal.wait_for("closed by the server")
    terminal.wait_for("31mâ\\u0080")  # of the Server header, whose bytes are Latin-1 (RFC 9110 §5.5)
    to_history(terminal)
    terminal.type(HOME + ENTER)
    terminal.wait_for("Set-Cookie")
    terminal.type(ESCAPE)
    terminal.wait_for(lambda: "Set-Cookie" not in terminal.text() and "esc composer" in terminal.text())
    terminal.type(ESCAPE)
    terminal.wait_for(FOOTER)
    inspect_last(terminal)
    leave(terminal)


def test_answers_that_refuse_the_handshake(serving, run):
    headers = "\r\n".join(HEADERS).encode()
    parts = {b"headers": headers + b"\r\n", b"length": b"Content-Length: %d" % len(BODY), b"body": BODY}
    answers = iter(REFUSALS.values())

    async def refuses(peer):
        await peer.request()
        peer.write(next(answers) % parts)

    terminal = run(serving(refuses), **WIDE)
    for words in REFUSALS:
        terminal.wait_for(words)
        inspect_last(terminal)
        terminal.type(CTRL_O)
    leave(terminal)


def test_a_subprotocol_that_was_not_offered(serving, run):
    async def chooses(peer):
        await peer.accept("Sec-WebSocket-Protocol: [/x]\x9b2J\u202e")

    terminal = run(serving(chooses), "--subprotocol", "[bold]".strip("[]"), **WIDE)
    terminal.wait_for("handshake is not valid")
    inspect_last(terminal)
    leave(terminal)


# ---------------------------------------------------------------------- what the user brings

TYPEABLE = WORST.replace("\0", "")  # no argument, variable or file name holds a NUL


@pytest.mark.parametrize(
    "argv",
    [
        [f"ws://{TYPEABLE}/"],
        [f"--{TYPEABLE}"],
        ["-H", f"{TYPEABLE}: x"],
        ["-H", f"X: {TYPEABLE}"],
        ["--subprotocol", TYPEABLE],
        ["--theme", TYPEABLE],
        ["--send", TYPEABLE],
        ["--port", TYPEABLE],
        ["--config", f"/nowhere/{TYPEABLE.replace('/', '')}"],
        ["one", TYPEABLE],
    ],
    ids=lambda argv: argv[0][:12].encode("unicode_escape").decode(),
)
def test_a_wrong_argument(run, argv):
    terminal = run(*argv, columns=1000)
    assert terminal.wait() == 2
    assert faults(terminal.raw) == []
    assert terminal.raw.count(b"\n") == 1


@pytest.mark.parametrize("content", ["port = [", f"{json.dumps(TYPEABLE)} = 1", "theme = '\\x1b]0;x'", None])
def test_a_settings_file_with_a_hostile_name(run, tmp_path, content):
    file = tmp_path / TYPEABLE.replace("/", "")[:100]
    if content is not None:
        file.write_text(content)
    terminal = run(env={"JSONWS_TUI_CONFIG": str(file)}, columns=1000)
    assert terminal.wait() == 2
    assert faults(terminal.raw) == []
    assert terminal.raw.count(b"\n") == 1


def test_hostile_variables(run):
    for name in ("JSONWS_TUI_THEME", "JSONWS_TUI_PORT", "JSONWS_TUI_HEADERS", "JSONWS_TUI_\x1b[2J"):
        terminal = run(env={name: TYPEABLE}, columns=1000)
        assert terminal.wait() == 2, name
        assert faults(terminal.raw) == [], name


def test_a_url_in_the_header_and_a_path_in_the_servers_log(run):
    terminal = run("--serve", "--path", "/\u202e\u2066[/x]\u200b", **WIDE)
    terminal.wait_for("/\\u202e\\u2066[/x]\\u200b")
    terminal.type(CTRL_L)
    terminal.wait_for("connected 127.0.0.1")
    leave(terminal)


def test_a_state_folder_and_an_editor_that_cannot_be_used(run, tmp_path):
    file = tmp_path / TYPEABLE.replace("/", "")[:100]
    file.write_text("a file, where a folder is wanted")
    environ = {"JSONWS_TUI_STATE_DIR": str(file), "EDITOR": TYPEABLE}
    terminal = run("--port", "9", env=environ, **WIDE)
    terminal.wait_for("not kept for the next run")
    terminal.type("\x05")
    terminal.wait_for("The editor did not open")
    leave(terminal)


@pytest.mark.parametrize("key", ["\\u009b2J", "\\u202e", "[@click=app.exit]"])
def test_keys_that_are_none(run, tmp_path, key):
    file = tmp_path / "config.toml"
    file.write_text(f'[keys]\nenter = "{key}"\n')
    terminal = run("--config", str(file), **WIDE)
    terminal.wait_for("keys are called")  # the line wraps, wherever its path ends
    assert terminal.wait() == 2


# ---------------------------------------------------------------------- what is pasted and copied


def test_a_text_that_is_pasted_sent_and_recalled(opened, echo):
    document = f'{{"{PASTED}": ["{PASTED}"]}}'
    terminal = opened(echo.url, **WIDE)
    terminal.paste(document)
    terminal.type(ENTER)
    assert echo.next().decode() == document
    terminal.wait_for("▲ 1  ▼ 1")
    terminal.type(UP)
    terminal.wait_for("✓ object")
    terminal.type(ENTER)
    assert echo.next().decode() == document
    terminal.wait_for("▲ 2  ▼ 2")
    leave(terminal)


def test_a_text_that_is_pasted_and_is_not_json(opened, echo):
    terminal = opened(echo.url, **WIDE)
    terminal.paste(f"{PASTED} and more")
    terminal.wait_for("✗ line 1")
    leave(terminal)


def test_a_paste_that_becomes_an_attachment(opened, echo):
    document = f'["{PASTED}",\r\n"{"x" * 70_000}"]'
    terminal = opened(echo.url, **WIDE)
    terminal.paste(document)
    terminal.wait_for("✓ array")
    terminal.type(ENTER)
    assert echo.next().decode() == document
    terminal.wait_for("▲ 1  ▼ 1")
    leave(terminal)


def test_what_is_pasted_into_the_search_line_and_the_palette(serving, opened):
    terminal = opened(serving(sends(LUMPS)), **WIDE)
    terminal.wait_for(f"▼ {len(LUMPS)}")
    terminal.type(CTRL_F)
    terminal.wait_for("in whatever case")
    terminal.paste(PASTED)  # of which an Input takes the first line
    terminal.wait_for(" of 3")
    terminal.type(CTRL_P)
    terminal.wait_for("Search")
    terminal.paste(PASTED)
    terminal.wait_for("No matches found")
    leave(terminal)


def test_a_frame_that_was_copied_and_is_put_into_the_search_line(serving, opened):
    terminal = opened(serving(sends({"text": (TEXT, WORST)})), **WIDE)
    terminal.wait_for("▼ 1")
    to_history(terminal)
    terminal.type(END + "c")
    terminal.wait_for("Copied")
    terminal.type(CTRL_F)
    terminal.wait_for("in whatever case")
    terminal.type(CTRL_V)
    terminal.wait_for("1 of 1")
    leave(terminal, copied=[WORST])
