import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_tui.core.frame import Opcode
from client_tui.wire.assembly import Assembly, utf8_fault


def test_a_whole_message_passes_as_it_is():
    assert Assembly().take(Opcode.TEXT, b"{}", fin=True) == (Opcode.TEXT, b"{}")


@given(st.lists(st.binary(), min_size=2), st.sampled_from([Opcode.TEXT, Opcode.BINARY]))
def test_fragments_become_one_message_of_the_first_opcode(fragments, opcode):
    assembly = Assembly()
    assert assembly.take(opcode, fragments[0], fin=False) is None
    for fragment in fragments[1:-1]:
        assert assembly.take(None, fragment, fin=False) is None
    assert assembly.take(None, fragments[-1], fin=True) == (opcode, b"".join(fragments))


def test_messages_do_not_leak_into_one_another():
    assembly = Assembly()
    assembly.take(Opcode.TEXT, b"a", fin=False)
    assembly.take(None, b"b", fin=True)
    assembly.take(Opcode.BINARY, b"c", fin=False)
    assert assembly.take(None, b"", fin=True) == (Opcode.BINARY, b"c")


@given(st.text())
def test_any_text_is_utf8(text):
    assert utf8_fault(text.encode()) == ""


@pytest.mark.parametrize("data", [b"\xff", b"abc\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80"])
def test_what_is_not_utf8_is_told_with_its_place(data):
    assert " at byte " in utf8_fault(data)
