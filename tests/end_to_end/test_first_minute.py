"""What a user does in the first minute, with the command that they installed, in a terminal."""

import json

from tests.end_to_end.conftest import FOOTER, OPEN, has_ended, server_of
from tests.support.output import faults

UP, F5, CTRL_C, CTRL_L, CTRL_Q = "\x1b[A", "\x1b[15~", "\x03", "\x0c", "\x11"
ENTER, CTRL_ENTER, SHIFT_ENTER, ALT_ENTER, CTRL_J = "\r", "\x1b[13;5u", "\x1b[13;2u", "\x1b\r", "\n"
SENT_ONE, SENT_TWO = "▲ 1  ▼ 1", "▲ 2  ▼ 2"


def composed(terminal) -> str:
    """Return the composer's text, as the screen shows it."""
    lines = terminal.text().split("\n")
    top = next(number for number, line in enumerate(lines) if line.startswith("╭─ JSON"))
    end = next(number for number, line in enumerate(lines) if number > top and line.startswith("╰"))
    return "\n".join(line[2:-2].rstrip() for line in lines[top + 1 : end])


def test_with_serve_a_document_goes_out_and_comes_back(opened):
    terminal = opened("--serve")
    with server_of(terminal) as server:
        terminal.type('{"x":1}')
        terminal.wait_for("✓ object")
        terminal.type(ENTER)
        terminal.wait_for(SENT_ONE)
        terminal.wait_for(lambda: '▲ {"x":1}' in terminal.text() and '▼ {"x":1}' in terminal.text())
        terminal.type(CTRL_L)
        terminal.wait_for("received 127.0.0.1")
        assert "text 7 bytes" in terminal.text()
        terminal.type(CTRL_Q)
        assert terminal.wait() == 0
        assert has_ended(server)
    assert terminal.modes_now() == terminal.modes
    assert terminal.raw.count(b"\x1b[?1049h") == terminal.raw.count(b"\x1b[?1049l") == 1
    assert faults(terminal.raw) == []
    assert b"jsonws-tui: " not in terminal.raw


def test_ctrl_c_leaves_with_130_and_takes_the_server_along(opened):
    terminal = opened("--serve")
    with server_of(terminal) as server:
        terminal.type(CTRL_C)
        assert terminal.wait() == 130
        assert has_ended(server)
    assert terminal.modes_now() == terminal.modes


def test_keys_in_one_burst_are_taken_in_their_order(opened, echo):
    terminal = opened(echo.url)
    documents = [f'{{"number":{number},"list":[1,2]}}' for number in range(8)]
    terminal.type("".join(document + ENTER for document in documents))
    assert [echo.next().decode() for _ in documents] == documents
    terminal.wait_for("▲ 8  ▼ 8")


def test_a_paste_of_a_megabyte_is_sent_as_it_is(opened, echo):
    words = '"世界\u2028 1e400 \\ud800 1.10",\r\n -0,\t123456789012345678901234567890, {"a":1,"a":2},'
    document = f"[{words * 14_000}null]"
    assert len(document) > 1_000_000
    terminal = opened(echo.url)
    terminal.paste(document)
    terminal.wait_for("⚠ array")
    terminal.type(ENTER)
    assert echo.next() == document.encode()
    terminal.wait_for(SENT_ONE)


PASTED = {
    "CRLF": '{\r\n  "a": 1\r\n}',
    "Unicode's line breaks": '["\u2028\u2029\x85", 1]',
    "mixed line breaks": '[\r\n"a",\n"b"\r]',
    "white space and digits": '{"a":\t1.10,\n\n\n"a":-0}',
    "what is not printable": '["\u202e\u200b\ufeff\x7f\x9b"]',
}


def test_what_is_pasted_is_sent_byte_for_byte(opened, echo):
    terminal = opened(echo.url)
    for document in PASTED.values():
        terminal.paste(document)
        terminal.type(ENTER)
    assert {name: echo.next().decode() for name in PASTED} == PASTED


def test_some_keys_break_the_line_of_a_valid_document(opened, echo):
    terminal = opened(echo.url)
    for key in (ALT_ENTER, CTRL_J, SHIFT_ENTER):
        terminal.type(f'["a"{key},"b"]{ENTER}')
        sent = echo.next().decode()
        assert json.loads(sent) == ["a", "b"], key
        assert sent.count("\n") == 1, key


def test_some_keys_always_send(opened, echo):
    terminal = opened(echo.url)
    for key in (CTRL_ENTER, F5):
        terminal.type("[1]" + key)
        assert echo.next() == b"[1]", key


def test_enter_breaks_the_line_of_an_incomplete_document_and_indents(opened, echo):
    terminal = opened(echo.url)
    terminal.type('{"a": {' + ENTER + '"b": 1')
    terminal.wait_for(lambda: composed(terminal) == '{"a": {\n  "b": 1')
    terminal.type(ENTER + "}}")
    terminal.wait_for("✓ object")
    terminal.type(ENTER)
    assert json.loads(echo.next()) == {"a": {"b": 1}}


def test_a_resize_lays_everything_out_anew(opened):
    def reaches_the_edge(columns: int, rows: int) -> bool:
        lines = terminal.text().split("\n")
        return len(lines[-4]) == columns and lines[-4].endswith("╮") and "new line" in lines[rows - 1]

    terminal = opened("--serve")
    terminal.type('{"x":1}' + ENTER)
    terminal.wait_for(SENT_ONE)
    for columns, rows in ((60, 16), (300, 80), (80, 24)):
        terminal.resize(columns, rows)
        terminal.wait_for(lambda columns=columns, rows=rows: reaches_the_edge(columns, rows))
        terminal.wait_for('▼ {"x":1}')
        terminal.wait_for(OPEN)
    terminal.type('{"y":2}' + ENTER)
    terminal.wait_for('▼ {"y":2}')


def test_what_was_sent_is_one_key_away_after_a_restart(opened, echo):
    first = opened(echo.url)
    first.type("[1]" + ENTER + "[2]" + ENTER)
    first.wait_for(SENT_TWO)
    first.type(CTRL_Q)
    assert first.wait() == 0
    second = opened(echo.url)
    second.type(UP)
    second.wait_for(lambda: composed(second) == "[2]")
    second.type(UP)
    second.wait_for(lambda: composed(second) == "[1]")


def test_a_draft_survives_leaving(opened, echo):
    first = opened(echo.url)
    first.type('{"half": ')
    first.wait_for("… object")
    first.type(CTRL_Q)
    assert first.wait() == 0
    second = opened(echo.url)
    second.type(UP)
    second.wait_for(lambda: composed(second).startswith('{"half":'))


def test_the_client_opens_where_nothing_listens(run):
    terminal = run("--port", "9")  # the discard port
    terminal.wait_for(FOOTER)
    terminal.wait_for("refused: nothing listens on 127.0.0.1:9")
    terminal.type(CTRL_Q)
    assert terminal.wait() == 0
