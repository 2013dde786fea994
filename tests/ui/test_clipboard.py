import pytest

from client_tui.core.frame import Direction, Frame, Notice, NoticeKind, Opcode
from client_tui.core.printable import is_printable
from client_tui.ui.clipboard import copy, copy_entry, wire_text


def frame(payload, opcode=Opcode.TEXT):
    return Frame(0.0, Direction.RECEIVED, opcode, payload)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (frame('{"x": "世\u2028\x1b"}\r\n'.encode()), '{"x": "世\u2028\x1b"}\r\n'),
        (frame(b""), ""),
        (frame(b"\xff\x00a"), "ff 00 61"),
        (frame(b"[1]", Opcode.BINARY), "[1]"),
        (Notice(0.0, NoticeKind.INFO, "connected", "Server: x"), "connected\nServer: x"),
        (Notice(0.0, NoticeKind.INFO, "connected"), "connected"),
    ],
)
def test_an_entry_as_text_is_what_was_on_the_wire(entry, text):
    assert wire_text(entry) == text


@pytest.mark.parametrize(
    ("entry", "what"),
    [(frame(b"[1.10]"), "the frame · 6 B"), (Notice(0.0, NoticeKind.INFO, "closed"), "the notice · 6 B")],
)
async def test_a_copy_goes_to_the_clipboard_and_is_told(desk, entry, what):
    async with desk(None) as somebody:
        copy_entry(somebody.app, entry)
        assert somebody.app.clipboard == wire_text(entry)
        await somebody.until(lambda: [note.message for note in somebody.app._notifications] == [what])


async def test_what_has_no_utf_8_is_copied_as_it_is_shown(desk):
    async with desk(None) as somebody:
        copy(somebody.app, "a\udcffb\ud800", "the value")
        assert somebody.app.clipboard == r"a\xffb\ud800"


async def test_a_name_from_outside_is_escaped_and_cut(desk):
    async with desk(None) as somebody:
        copy(somebody.app, "1", "\x1b[/x]\u202e" * 50)
        await somebody.until(lambda: len(somebody.app._notifications))
        (note,) = somebody.app._notifications
        assert is_printable(note.message)
        assert note.message.endswith("… · 1 B")
        assert not note.markup
